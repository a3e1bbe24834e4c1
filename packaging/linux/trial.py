#!/usr/bin/env python3
"""Install a .deb on a bare Debian 12, use it there, remove it, and look what it left behind.

    python3 packaging/linux/trial.py FILE.deb [--root FOLDER] [--gguf FILE] [--suite bookworm]

As root, with debootstrap. The root is made once (FOLDER, kept) and has nothing but what Debian
calls minimal. What the package depends on comes from Debian; the commands then run without any
network, in homes that are in the way too, and over an older version and back. Prints what each step
showed. Exit status 0 if all held.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import homes
import versions
from root import Root

PACKAGING = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PACKAGING))

from devtool.installers import contents  # noqa: E402

SCREEN = ("xvfb", "openbox", "xdotool", "bc", "fonts-noto-cjk")
"""What the trial itself needs on the screen; installed after the commands were tried without."""

DESKTOP = (
    "home/trial/.cache/fontconfig/",
    "home/trial/.cache/openbox/",
    "home/trial/.config/openbox/",
)
"""What the system's own libraries and the window manager keep in a home."""

# Xvfb, a window manager, the app; prints the seconds until its window is on the screen.
WINDOW = r"""
set -e
export HOME=/home/trial DISPLAY=:77 XDG_RUNTIME_DIR=/tmp/run LANG=C.UTF-8
mkdir -p $HOME /tmp/run; chmod 700 /tmp/run
Xvfb :77 -screen 0 1280x800x24 -nolisten tcp -noreset >/dev/null 2>&1 & screen=$!
for _ in $(seq 100); do xdotool getdisplaygeometry >/dev/null 2>&1 && break; sleep 0.05; done
openbox >/dev/null 2>&1 & manager=$!
sleep 0.5
quick='Quick search|빠른 검색'
for round in cold warm; do
    if [ $round = cold ]; then
        sync
        (echo 3 >/proc/sys/vm/drop_caches) 2>/dev/null || echo "the disk's cache stays full here"
    fi
    start=$(date +%s.%N)
    notesai --vault /notes >/tmp/app.log 2>&1 & app=$!
    window=
    for _ in $(seq 400); do
        window=$(xdotool search --onlyvisible --name notesai 2>/dev/null | head -n 1) || true
        [ -z "$window" ] || break
        sleep 0.02
    done
    end=$(date +%s.%N)
    [ -n "$window" ] || { echo "no window"; cat /tmp/app.log; exit 1; }
    [ $round = warm ] || echo "no tray here, and the window opens"
    echo "window ($round): $(echo "$end - $start" | bc) s"
    sleep 3
    if [ $round = warm ]; then
        notesai quick
        found=
        for _ in $(seq 100); do
            found=$(xdotool search --onlyvisible --name "$quick" 2>/dev/null | head -n 1) || true
            [ -n "$found" ] && break
            sleep 0.05
        done
        [ -n "$found" ] || { echo "no quick search"; exit 1; }
        xdotool type compost; sleep 1
        echo "quick search: answers"
    fi
    kill $app; wait $app 2>/dev/null || true
    sleep 1
done
kill $manager $screen
"""


def main() -> int:
    """Run the whole trial. Returns 0 if all held."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("--root", type=Path, default=Path("/var/tmp/notesai-trial"))
    parser.add_argument("--gguf", type=Path)
    parser.add_argument("--suite", default="bookworm")
    options = parser.parse_args()
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        print("This needs root and debootstrap.", file=sys.stderr)
        return 2
    root = Root(options.root, options.suite)
    # What a trial before has put there for itself, and what came along.
    root.prepare(("notesai", *SCREEN))
    homes.clear(root)
    before = install(root, options.package)
    commands(root, options.gguf)
    homes.try_homes(root)
    versions.try_versions(root, options.package)
    window(root)
    remove(root, before)
    print("all held" if not root.failed else f"{root.failed} failed")
    return int(bool(root.failed))


def install(root: Root, package: Path) -> set[str]:
    """Install the package with what it depends on; returns the files that were there before."""
    shutil.copy(package, root.folder / "tmp" / "notesai.deb")
    root.give_network()
    before = root.files()
    code = root.inside(
        "apt-get", "install", "-qy", "--no-install-recommends", "/tmp/notesai.deb", quiet=True
    )
    root.say("installs", code == 0)
    # Debian counts in units of 1,024 bytes.
    told = int(root.run("dpkg-query", "-W", "-f", "${Installed-Size}", "notesai").stdout or 0)
    program = root.folder / "usr" / "lib" / "notesai"
    size = contents.total(program)
    print(
        f"  package {package.stat().st_size / 1e6:.1f} MB, the program {size / 1e6:.1f} MB,"
        f" all that is installed {told * 1024 / 1e6:.1f} MB"
    )
    print(contents.table(program, "its largest parts"))
    return before


def commands(root: Root, gguf: "Path | None") -> None:
    """The commands, with no network and no Python but the program's own."""
    has_python = root.inside("sh", "-c", "command -v python3 cc gcc", quiet=True) == 0
    root.say("no Python and no compiler there", not has_python)
    smoke = [sys.executable, str(PACKAGING / "smoke.py"), str(root.folder / "usr/lib/notesai")]
    smoke += ["--chroot", str(root.folder), *(["--gguf", str(gguf)] if gguf else [])]
    done = subprocess.run(["unshare", "--net", *smoke], check=False)
    root.say("commands", done.returncode == 0)


def window(root: Root) -> None:
    """The window under a screen that is not there, and quick search."""
    root.give_network()
    needs = ("apt-get", "install", "-qy", "--no-install-recommends", *SCREEN)
    root.inside(*needs, quiet=True)
    notes = root.folder / "notes"
    if not notes.is_dir():
        shutil.copytree(PACKAGING.parent / "resources" / "sample-vault", notes)
    (root.folder / "tmp" / "window.sh").write_text(WINDOW, "utf-8")
    root.say("window and quick search", root.inside("bash", "/tmp/window.sh", alone=True) == 0)
    homes.try_windows(root)
    without_display(root)


def without_display(root: Root) -> None:
    """No display, and one that is not there: both are said in words."""
    app = ("env", "-u", "WAYLAND_DISPLAY", "HOME=/home/trial")
    for name, told in (("no display", "DISPLAY="), ("a display that is away", "DISPLAY=:987")):
        done = root.run(*app, told, "notesai", "--vault", "/notes")
        calm = "notesai --help" in done.stderr and "qt.qpa" not in done.stderr
        root.say(f"{name} is said: {done.stderr[:70]!r}", done.returncode == 1 and calm)


def remove(root: Root, before: set[str]) -> None:
    """Removal, and what it leaves: nothing but the person's own data; then purging."""
    homes.clear(root)
    root.inside("apt-get", "remove", "-qy", "notesai", quiet=True)
    kept = root.files() - before
    system = _ours(file for file in kept if not file.startswith("home/"))
    root.say(f"removal leaves no file of its own {system[:5]}", not system)
    root.say("removal keeps the person's data", any("/indexes/" in file for file in kept))
    folders = tuple(f"home/trial/{name}/notesai/" for name in (".local/share", ".config", ".cache"))
    beside = sorted(f for f in kept if f.startswith("home/trial/") and not f.startswith(folders))
    beside = [file for file in beside if not file.startswith(DESKTOP)]
    root.say(f"nothing lies elsewhere in the home {beside[:5]}", not beside)
    # The person of the trial is nobody that the system knows.
    root.inside("useradd", "--home-dir", "/home/trial", "trial", quiet=True)
    root.inside("dpkg", "--purge", "notesai", quiet=True)
    left = _ours(root.files() - before)
    root.say(f"purging leaves nothing {left[:5]}", not left)


def _ours(files: Iterable[str]) -> list[str]:
    """Those with our name, but for what the trial itself put there."""
    own = ("tmp/", "notes/", "var/lib/dpkg/")
    return sorted(file for file in files if "notesai" in file.lower() and not file.startswith(own))


if __name__ == "__main__":
    sys.exit(main())
