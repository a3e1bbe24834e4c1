#!/usr/bin/env python3
"""Install a .deb on a bare Debian 12, use it there, remove it, and look what it left behind.

    python3 packaging/linux/trial.py FILE.deb [--root FOLDER] [--gguf FILE] [--suite bookworm]

As root, with debootstrap. The root is made once (FOLDER, kept) and has nothing but what Debian
calls minimal. What the package depends on comes from Debian; the commands then run without any
network. Prints what each step showed. Exit status 0 if all held.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PACKAGING = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PACKAGING))

from devtool.installers import contents  # noqa: E402

SCREEN = ("xvfb", "openbox", "xdotool", "bc", "fonts-noto-cjk")
"""What the trial itself needs on the screen; installed after the commands were tried without."""

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
    trial = Trial(options.root, options.suite)
    trial.prepare()
    trial.install(options.package)
    trial.commands(options.gguf)
    trial.window()
    trial.remove()
    print("all held" if not trial.failed else f"{trial.failed} failed")
    return int(bool(trial.failed))


class Trial:
    """A bare Debian in a folder."""

    def __init__(self, root: Path, suite: str) -> None:
        self.root, self.suite, self.failed = root, suite, 0

    def prepare(self) -> None:
        """Make the root if it is not there, and put back what a trial before has left."""
        if not (self.root / "etc" / "debian_version").is_file():
            variant = ("--variant=minbase", self.suite, str(self.root))
            subprocess.run(["debootstrap", *variant], check=True)
            self._give_network()
            self.inside("apt-get", "update", "-q")
        for folder in ("proc", "dev", "sys"):
            place = self.root / folder
            if not os.path.ismount(place):
                subprocess.run(["mount", "--rbind", f"/{folder}", str(place)], check=True)
                subprocess.run(["mount", "--make-rslave", str(place)], check=True)
        # What a trial before has put there for itself, and what came along.
        self.inside("apt-get", "purge", "-qy", "--autoremove", "notesai", *SCREEN, quiet=True)

    def install(self, package: Path) -> None:
        """Install the package with what it depends on."""
        shutil.copy(package, self.root / "tmp" / "notesai.deb")
        self._give_network()
        self.before = self._files()
        code = self.inside(
            "apt-get", "install", "-qy", "--no-install-recommends", "/tmp/notesai.deb", quiet=True
        )
        self.say("installs", code == 0)
        # Debian counts in units of 1,024 bytes.
        told = int(self.output("dpkg-query", "-W", "-f", "${Installed-Size}", "notesai") or 0)
        size = contents.total(self.root / "usr" / "lib" / "notesai")
        print(
            f"  package {package.stat().st_size / 1e6:.1f} MB, the program {size / 1e6:.1f} MB,"
            f" all that is installed {told * 1024 / 1e6:.1f} MB"
        )

    def commands(self, gguf: "Path | None") -> None:
        """The commands, with no network and no Python but the program's own."""
        has_python = self.inside("sh", "-c", "command -v python3 cc gcc", quiet=True) == 0
        self.say("no Python and no compiler there", not has_python)
        smoke = [sys.executable, str(PACKAGING / "smoke.py"), str(self.root / "usr/lib/notesai")]
        smoke += ["--chroot", str(self.root), *(["--gguf", str(gguf)] if gguf else [])]
        self.say(
            "commands", subprocess.run(["unshare", "--net", *smoke], check=False).returncode == 0
        )

    def window(self) -> None:
        """The window under a screen that is not there, and quick search."""
        self._give_network()
        needs = ("apt-get", "install", "-qy", "--no-install-recommends", *SCREEN)
        self.inside(*needs, quiet=True)
        notes = self.root / "notes"
        if not notes.is_dir():
            shutil.copytree(PACKAGING.parent / "resources" / "sample-vault", notes)
        (self.root / "tmp" / "window.sh").write_text(WINDOW, "utf-8")
        self.say("window and quick search", self.inside("bash", "/tmp/window.sh") == 0)
        self.bad_input()

    def bad_input(self) -> None:
        """No display, and one that is not there: both are said in words."""
        app = ("env", "-u", "WAYLAND_DISPLAY", "HOME=/home/trial")
        for name, told in (("no display", "DISPLAY="), ("a display that is away", "DISPLAY=:987")):
            done = self._run(*app, told, "notesai", "--vault", "/notes")
            calm = "notesai --help" in done.stderr and "qt.qpa" not in done.stderr
            self.say(f"{name} is said: {done.stderr[:70]!r}", done.returncode == 1 and calm)

    def remove(self) -> None:
        """Removal, and what it leaves: nothing but the person's own data; then purging."""
        self.inside("apt-get", "remove", "-qy", "notesai", quiet=True)
        kept = self._left()
        system = [f for f in kept if not f.startswith("home/")]
        self.say(f"removal leaves no file of its own {system[:5]}", not system)
        self.say("removal keeps the person's data", any("/indexes/" in f for f in kept))
        # The person of the trial is nobody that the system knows.
        self.inside("useradd", "--home-dir", "/home/trial", "trial", quiet=True)
        self.inside("dpkg", "--purge", "notesai", quiet=True)
        left = self._left()
        self.say(f"purging leaves nothing {left[:5]}", not left)

    def _left(self) -> list[str]:
        """Files with our name that were not there before, but for what the trial put there."""
        return [
            file
            for file in sorted(self._files() - self.before)
            if "notesai" in file.lower()
            and not file.startswith(("tmp/", "notes/", "var/lib/dpkg/"))
        ]

    def say(self, what: str, held: bool) -> None:
        """Print whether it held."""
        self.failed += not held
        print(f"{'ok    ' if held else 'FAILED'} {what}", flush=True)

    def inside(self, *command: str, quiet: bool = False) -> int:
        """Run a command in the root; the exit code."""
        output = subprocess.DEVNULL if quiet else None
        entering = self._entering(command)
        return subprocess.run(
            entering, stdout=output, stderr=output, env=_ENV, check=False
        ).returncode

    def output(self, *command: str) -> str:
        """What a command in the root prints."""
        return self._run(*command).stdout

    def _run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        entering = self._entering(command)
        return subprocess.run(entering, capture_output=True, text=True, env=_ENV, check=False)

    def _entering(self, command: Sequence[str]) -> list[str]:
        return ["chroot", str(self.root), *command]

    def _give_network(self) -> None:
        """What this machine knows of hosts, proxies and where Debian is."""
        for name in ("resolv.conf", "hosts"):
            if Path("/etc", name).exists():
                shutil.copy(Path("/etc", name), self.root / "etc" / name)
        for folder in ("apt/apt.conf.d", "apt/sources.list.d", "ssl/certs"):
            if Path("/etc", folder).is_dir():
                shutil.copytree(
                    Path("/etc", folder), self.root / "etc" / folder, dirs_exist_ok=True
                )

    def _files(self) -> set[str]:
        foreign = {self.root / name for name in ("proc", "dev", "sys")}
        found: set[str] = set()
        left = [self.root]
        while left:
            for path in left.pop().iterdir():
                if path.is_dir() and not path.is_symlink():
                    left += [path] if path not in foreign else []
                else:
                    found.add(str(path.relative_to(self.root)))
        return found


_HANDED_ON = ("http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE")
_ENV = {
    **{
        k: v
        for k, v in os.environ.items()
        if "proxy" in k.lower() or k.endswith(("CERT_FILE", "CERT_DIR"))
    },
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "DEBIAN_FRONTEND": "noninteractive",
    "LANG": "C.UTF-8",
    "HOME": "/root",
}

if __name__ == "__main__":
    sys.exit(main())
