"""What the system lacks is found, named and, where that is allowed, installed."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from devtool import steps, system
from devtool.system import Need

DPKG = Path("/var/lib/dpkg/info")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="libraries of Linux")
NOTHING = Need("libnotesai-missing.so.9", "libmissing9", "missing-libs", "missing", "libmissing9")
GLIB = Need("libnotesai-glib.so.0", "libglib2.0-0", "glib2", "glib2", "libglib-2_0-0")
TABLES = system.TESTS + system.WAYLAND + system.COMPILER


def only(program: str) -> object:
    return lambda name: f"/usr/bin/{name}" if name == program else None


@LINUX
def test_missing_looks_for_the_thing_itself() -> None:
    libc = Need("libc.so.6", "", "", "", "")
    shell = Need("sh", "", "", "", "")
    program = Need("notesai-no-such-program", "", "", "", "")
    assert system.missing([libc, NOTHING, shell, program]) == [NOTHING, program]


def test_every_need_is_named_once_and_in_full() -> None:
    assert len({need.probe for need in TABLES}) == len(TABLES)
    assert all(len(need) == 5 and all(need) for need in TABLES)


@pytest.mark.skipif(not DPKG.is_dir(), reason="not a Debian")
def test_the_packages_of_debian_hold_the_libraries() -> None:
    needs = {need.probe: need.apt for need in system.QT + system.X11 + system.WAYLAND}
    for content in DPKG.glob("lib*.list"):
        package = content.stem.split(":")[0].removesuffix("t64")
        for name in {Path(line).name for line in content.read_text("utf-8").splitlines()}:
            assert needs.get(name, package) == package


@LINUX
@pytest.mark.skipif(shutil.which("readelf") is None, reason="no readelf")
def test_the_tables_hold_what_qt_links_to() -> None:
    folder = Path(pytest.importorskip("PySide6").__file__).parent
    libraries = [folder / "Qt" / "lib" / f"libQt6{n}.so.6" for n in ("Core", "Gui", "Network")]
    libraries += [
        folder / "Qt" / "plugins" / "platforms" / f"libq{n}.so" for n in ("xcb", "wayland")
    ]
    shown = subprocess.run(["readelf", "-d", *libraries], capture_output=True, text=True).stdout
    wanted = {line.split("[")[1].rstrip("]") for line in shown.splitlines() if "(NEEDED)" in line}
    ours = {need.probe for need in TABLES}
    basic = (
        "libc.",
        "libm.",
        "libgcc_s.",
        "libstdc++.",
        "ld-linux",
        "libresolv.",
        "libdl.",
        "libpthr",
    )
    brought = ("libQt6", "libicu", "libbrotlicommon")
    assert {name for name in wanted if not name.startswith(basic + brought)} <= ours


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ({"ID": "ubuntu", "VERSION_ID": "24.04"}, "libglib2.0-0t64"),
        ({"ID": "ubuntu", "VERSION_ID": "22.04"}, "libglib2.0-0"),
        ({"ID": "debian", "VERSION_ID": "13"}, "libglib2.0-0t64"),
        ({"ID": "debian", "VERSION_ID": "12"}, "libglib2.0-0"),
        ({"ID": "debian"}, "libglib2.0-0"),
        ({"ID": "linuxmint", "VERSION_ID": "22"}, "libglib2.0-0"),
        ({"ID": "ubuntu", "VERSION_ID": "noble"}, "libglib2.0-0"),
    ],
)
def test_package_names_follow_the_release(
    monkeypatch: pytest.MonkeyPatch, release: dict[str, str], name: str
) -> None:
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: release)
    assert system.packages([GLIB, GLIB, NOTHING], "apt") == [name, "libmissing9"]


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("apt-get", "sudo apt-get install --no-install-recommends libmissing9"),
        ("dnf", "sudo dnf install missing-libs"),
        ("pacman", "sudo pacman -S --needed missing"),
        ("zypper", "sudo zypper install libmissing9"),
        ("apk", "your package manager; on Debian the packages are libmissing9"),
    ],
)
@LINUX
def test_remedy_is_the_command_of_this_system(
    monkeypatch: pytest.MonkeyPatch, program: str, command: str
) -> None:
    monkeypatch.setattr(shutil, "which", only(program))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert system.remedy([NOTHING]) == command


def test_remedy_on_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert system.missing(system.TESTS) == []
    lacking = system.missing(system.COMPILER)
    assert system.remedy(lacking) == "xcode-select --install && brew install cmake"


@LINUX
def test_others_than_root_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system, "apt_install", lambda _: pytest.fail("must not install"))
    assert system.provide([NOTHING], "the window") == [NOTHING]
    said = capsys.readouterr().out
    assert "missing for the window: libnotesai-missing.so.9" in said
    assert "To get them: " in said


@LINUX
@pytest.mark.parametrize("code", [0, 100])
def test_root_installs_once_and_survives_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    ran: list[str] = []

    def capture(command: Sequence[str], env: dict[str, str]) -> tuple[int, str]:
        assert env["DEBIAN_FRONTEND"] == "noninteractive"
        ran.append(" ".join(word for word in command if "Lock" not in word))
        return code, "E: Unable to locate package"

    monkeypatch.setattr(steps, "capture", capture)
    monkeypatch.setattr(system, "can_install", lambda: True)
    assert system.provide([NOTHING], "the window") == [NOTHING]
    assert ran == [
        "apt-get -o update",
        "apt-get -o install -y --no-install-recommends libmissing9",
    ]
    assert ("could not install them" in capsys.readouterr().out) == (code != 0)


@LINUX
@pytest.mark.parametrize(
    ("variables", "display", "platform_needs"),
    [
        ({}, False, system.WAYLAND),
        ({"DISPLAY": ":0"}, True, system.X11),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, system.WAYLAND),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, True, system.X11),
        ({"DISPLAY": ""}, False, system.WAYLAND),
    ],
)
def test_display(
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    display: bool,
    platform_needs: tuple[Need, ...],
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system.has_display() is display
    assert system.window() == system.PYTHON + system.QT + platform_needs + system.HANGUL
