"""A bare Debian in a folder, in which a package is tried."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_FOREIGN = ("proc", "dev", "sys")
_ALONE = ("unshare", "--mount", "--net")
"""Without network, and so without the screens of this machine: an X server listens there too."""


class Root:
    """A bare Debian of a `suite` in `folder`, made by debootstrap if it is not there."""

    def __init__(self, folder: Path, suite: str) -> None:
        self.folder, self.suite, self.failed = folder, suite, 0

    def prepare(self, unwanted: Sequence[str]) -> None:
        """Make the root if it is not there, and take the `unwanted` packages out of it."""
        if not (self.folder / "etc" / "debian_version").is_file():
            variant = ("--variant=minbase", self.suite, str(self.folder))
            subprocess.run(["debootstrap", *variant], check=True)
            self.give_network()
            self.inside("apt-get", "update", "-q")
        for name in _FOREIGN:
            place = self.folder / name
            if not os.path.ismount(place):
                subprocess.run(["mount", "--rbind", f"/{name}", str(place)], check=True)
                subprocess.run(["mount", "--make-rslave", str(place)], check=True)
        # One by one: apt-get does nothing at all if it does not know one of them any more.
        for name in unwanted:
            self.inside("apt-get", "purge", "-qy", name, quiet=True)
        self.inside("apt-get", "autoremove", "-qy", "--purge", quiet=True)

    def say(self, what: str, held: bool) -> None:
        """Print whether it held."""
        self.failed += not held
        print(f"{'ok    ' if held else 'FAILED'} {what}", flush=True)

    def inside(self, *command: str, quiet: bool = False, alone: bool = False) -> int:
        """Run a command in the root, `alone` if without any network; the exit code."""
        output = subprocess.DEVNULL if quiet else None
        entering = [*(_ALONE if alone else ()), *self.entering(command)]
        return subprocess.run(
            entering, stdout=output, stderr=output, env=ENVIRONMENT, check=False
        ).returncode

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a command in the root, with mounts of its own and no network; what it printed."""
        entering = [*_ALONE, *self.entering(command)]
        return subprocess.run(
            entering, capture_output=True, text=True, env=ENVIRONMENT, check=False
        )

    def entering(self, command: Sequence[str]) -> list[str]:
        """The command that runs `command` in the root."""
        return ["chroot", str(self.folder), *command]

    def give_network(self) -> None:
        """What this machine knows of hosts, proxies and where Debian is."""
        etc = self.folder / "etc"
        for name in ("resolv.conf", "hosts"):
            if Path("/etc", name).exists():
                shutil.copy(Path("/etc", name), etc / name)
        for name in ("apt/apt.conf.d", "apt/sources.list.d", "ssl/certs"):
            if Path("/etc", name).is_dir():
                shutil.copytree(Path("/etc", name), etc / name, dirs_exist_ok=True)

    def files(self) -> set[str]:
        """All that is in the root, but for what the system makes up."""
        foreign = {self.folder / name for name in _FOREIGN}
        found: set[str] = set()
        left = [self.folder]
        while left:
            for path in left.pop().iterdir():
                if path.is_dir() and not path.is_symlink():
                    left += [path] if path not in foreign else []
                else:
                    found.add(str(path.relative_to(self.folder)))
        return found


ENVIRONMENT = {
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
"""The variables in the root: the way to Debian's packages, and no other of this machine's."""
