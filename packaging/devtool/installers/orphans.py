"""Libraries of the system that came along only for what was left out.

PyInstaller follows what a library needs before anything is left out: GTK's, of a plugin of Qt's,
would come with half of a desktop, but only on a machine that has one.
"""

import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

_NEEDED = re.compile(r"\(NEEDED\).*\[(?P<name>[^]]+)\]")
_LOADED_BY_NAME = ("libpython",)
"""What the program itself loads as it starts."""


def remove(folder: Path) -> int:
    """Remove what nothing in a build needs any more; returns the bytes saved."""
    if shutil.which("readelf") is None:
        return 0
    saved = 0
    while orphans := _orphans(folder):
        saved += sum(file.stat().st_size for file in orphans)
        for file in orphans:
            file.unlink()
    return saved


def _orphans(folder: Path) -> list[Path]:
    """Those at the top of the build: what lies in a package is the package's own."""
    needed = _needed([folder / "notesai", *_regular(folder.rglob("*.so*"))])
    return [
        file
        for file in _regular((folder / "_internal").glob("lib*.so*"))
        if file.name not in needed and not file.name.startswith(_LOADED_BY_NAME)
    ]


def _regular(files: Iterable[Path]) -> list[Path]:
    return sorted(file for file in files if file.is_file() and not file.is_symlink())


def _needed(files: Sequence[Path]) -> set[str]:
    """The names of libraries that the loader looks for with these."""
    command = ["readelf", "--dynamic", "--wide", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return {found["name"] for found in _NEEDED.finditer(done.stdout)}
