"""What notesai needs from the system: which of it is missing, and how to get it."""

import ctypes
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from devtool import steps


class Need(NamedTuple):
    """A shared library, program, font or Python module, and the package that holds it."""

    probe: str
    apt: str
    dnf: str
    pacman: str
    zypper: str


def _table(text: str) -> tuple[Need, ...]:
    return tuple(Need(*line.split()) for line in text.strip().splitlines())


# What the libraries of PySide6-Essentials and its platform plugins link to and do not bring along.
QT = _table("""
libEGL.so.1            libegl1             libglvnd-egl      libglvnd          libEGL1
libGL.so.1             libgl1              libglvnd-glx      libglvnd          libGL1
libX11.so.6            libx11-6            libX11            libx11            libX11-6
libxkbcommon.so.0      libxkbcommon0       libxkbcommon      libxkbcommon      libxkbcommon0
libdbus-1.so.3         libdbus-1-3         dbus-libs         dbus              libdbus-1-3
libfontconfig.so.1     libfontconfig1      fontconfig        fontconfig        libfontconfig1
libfreetype.so.6       libfreetype6        freetype          freetype2         libfreetype6
libglib-2.0.so.0       libglib2.0-0        glib2             glib2             libglib-2_0-0
libgthread-2.0.so.0    libglib2.0-0        glib2             glib2             libgthread-2_0-0
libbrotlidec.so.1      libbrotli1          libbrotli         brotli            libbrotlidec1
libgssapi_krb5.so.2    libgssapi-krb5-2    krb5-libs         krb5              krb5
libzstd.so.1           libzstd1            libzstd           zstd              libzstd1
libz.so.1              zlib1g              zlib              zlib              libz1
""")

X11 = _table("""
libX11-xcb.so.1        libx11-xcb1         libX11-xcb        libx11            libX11-xcb1
libxkbcommon-x11.so.0  libxkbcommon-x11-0  libxkbcommon-x11  libxkbcommon-x11  libxkbcommon-x11-0
libxcb.so.1            libxcb1             libxcb            libxcb            libxcb1
libxcb-glx.so.0        libxcb-glx0         libxcb            libxcb            libxcb-glx0
libxcb-randr.so.0      libxcb-randr0       libxcb            libxcb            libxcb-randr0
libxcb-render.so.0     libxcb-render0      libxcb            libxcb            libxcb-render0
libxcb-shape.so.0      libxcb-shape0       libxcb            libxcb            libxcb-shape0
libxcb-shm.so.0        libxcb-shm0         libxcb            libxcb            libxcb-shm0
libxcb-sync.so.1       libxcb-sync1        libxcb            libxcb            libxcb-sync1
libxcb-xfixes.so.0     libxcb-xfixes0      libxcb            libxcb            libxcb-xfixes0
libxcb-xkb.so.1        libxcb-xkb1         libxcb            libxcb            libxcb-xkb1
libxcb-util.so.1       libxcb-util1        xcb-util          xcb-util          libxcb-util1
libxcb-cursor.so.0     libxcb-cursor0      xcb-util-cursor   xcb-util-cursor   libxcb-cursor0
libxcb-icccm.so.4      libxcb-icccm4       xcb-util-wm       xcb-util-wm       libxcb-icccm4
libxcb-image.so.0      libxcb-image0       xcb-util-image    xcb-util-image    libxcb-image0
libxcb-keysyms.so.1    libxcb-keysyms1     xcb-util-keysyms  xcb-util-keysyms  libxcb-keysyms1
libxcb-render-util.so.0 libxcb-render-util0 \
  xcb-util-renderutil  xcb-util-renderutil  libxcb-render-util0
""")

WAYLAND = _table("""
libwayland-client.so.0 libwayland-client0  libwayland-client wayland           libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0  libwayland-cursor wayland           libwayland-cursor0
libwayland-egl.so.1    libwayland-egl1     libwayland-egl    wayland           libwayland-egl1
""")

HANGUL = _table("""
hangul-font            fonts-noto-cjk google-noto-sans-cjk-fonts noto-fonts-cjk noto-sans-cjk-fonts
""")

# The end-to-end tests of the window press real keys in a real window manager.
SCREEN = _table("""
Xvfb                   xvfb   xorg-x11-server-Xvfb   xorg-server-xvfb   xorg-x11-server-Xvfb
openbox                openbox             openbox           openbox           openbox
xdotool                xdotool             xdotool           xdotool           xdotool
trayer                 trayer              trayer            trayer            trayer
""")

COMPILER = _table("""
cmake                  cmake               cmake             cmake             cmake
c++                    g++                 gcc-c++           gcc               gcc-c++
""")

# Without it there is no venv. Debian keeps this part of the standard library in its own package.
_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTHON = (Need("ensurepip", f"python{_VERSION}-venv", "python3", "python", "python3"),)

TESTS = PYTHON + QT + X11 + HANGUL + SCREEN

# Names that changed with the 64-bit time_t of Ubuntu 24.04 and Debian 13.
_T64 = frozenset({"libglib2.0-0"})
_T64_SINCE = {"ubuntu": (24, 4), "debian": (13, 0)}

_INSTALL = {
    "apt": "apt-get install --no-install-recommends",
    "dnf": "dnf install",
    "pacman": "pacman -S --needed",
    "zypper": "zypper install",
}
_PROGRAM = {"apt": "apt-get", "dnf": "dnf", "pacman": "pacman", "zypper": "zypper"}
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def has_display() -> bool:
    """Whether a window can be shown: always but on a Linux without X11 and Wayland."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def window() -> tuple[Need, ...]:
    """What the window needs on the display that there is."""
    return PYTHON + QT + (X11 if os.environ.get("DISPLAY") else WAYLAND) + HANGUL


def missing(needs: Iterable[Need]) -> list[Need]:
    """Those that cannot be found, by looking for the thing itself, not for its package."""
    if sys.platform == "linux":
        return [need for need in needs if not _present(need.probe)]
    if sys.platform == "darwin":
        return [need for need in needs if need in COMPILER and not _present(need.probe)]
    return []


def provide(needs: Sequence[Need], purpose: str) -> list[Need]:
    """Install what is missing, or say how. Returns what is missing still.

    Installs only as root on Debian and its relatives; anybody else gets the command to type.
    """
    lacking = missing(needs)
    if not lacking:
        return []
    if can_install():
        apt_install(packages(lacking, "apt"))
        lacking = missing(needs)
    if lacking:
        names = ", ".join(need.probe for need in lacking)
        print(f"  missing for {purpose}: {names}\n  To get them: {remedy(lacking)}")
    return lacking


def can_install() -> bool:
    """Whether packages can be installed without asking: root, on Debian or a relative."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(names: Sequence[str]) -> None:
    """Install packages with apt-get; a failure is told and survived."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=120"]
    install = ["apt-get", *wait, "install", "-y", "--no-install-recommends", *names]
    with steps.step(f"installing {len(names)} system packages"):
        # Its failure is none yet: one stale source among many does not hinder the others.
        steps.capture(["apt-get", *wait, "update"], env=env)
        code, output = steps.capture(install, env=env)
    if code != 0:
        print(f"  apt-get could not install them:\n{steps.tail(output, 8)}")


def packages(needs: Iterable[Need], manager: str) -> list[str]:
    """The packages that hold `needs`, each once, in order."""
    names = dict.fromkeys(str(getattr(need, manager)) for need in needs)
    renamed = manager == "apt" and _is_t64()
    return [f"{name}t64" if renamed and name in _T64 else name for name in names]


def remedy(needs: Sequence[Need]) -> str:
    """The command that installs `needs` on this system."""
    if sys.platform == "darwin":
        compiler = any(need.probe == "c++" for need in needs)
        tools = [need.probe for need in needs if need.probe != "c++"]
        brew = [f"brew install {' '.join(tools)}"] if tools else []
        return " && ".join((["xcode-select --install"] if compiler else []) + brew)
    for manager, program in _PROGRAM.items():
        if shutil.which(program):
            return f"{_sudo()}{_INSTALL[manager]} {' '.join(packages(needs, manager))}"
    return "your package manager; on Debian the packages are " + " ".join(packages(needs, "apt"))


def _sudo() -> str:
    return "" if os.geteuid() == 0 else "sudo "


def _present(probe: str) -> bool:
    if ".so." in probe:
        try:
            ctypes.CDLL(probe)
        except OSError:
            return False
        return True
    if probe == "ensurepip":
        importlib.invalidate_caches()
        return importlib.util.find_spec(probe) is not None
    return _has_hangul() if probe == "hangul-font" else shutil.which(probe) is not None


def _has_hangul() -> bool:
    code, output = steps.capture(["fc-list", ":lang=ko", "file"], errors=False)
    if code == 0:
        return bool(output.strip())
    folders = [Path(folder).expanduser() for folder in _FONTS]
    searches = [folder.rglob(f"*{name}*") for folder in folders for name in ("CJK", "Nanum")]
    return any(next(search, None) for search in searches)


def _is_t64() -> bool:
    try:
        release = platform.freedesktop_os_release()
        version = tuple(int(part) for part in release.get("VERSION_ID", "0").split("."))
    except (OSError, ValueError):
        return False
    since = _T64_SINCE.get(release.get("ID", ""))
    return since is not None and version >= since[: len(version)]
