"""One file of those that are the same library: copies under other names, runtimes of compilers.

Packages on PyPI bring the runtimes of Fortran and OpenMP along, each its own, under a name of its
own, `libgomp-HASH.so.1.0.0`.
"""

import hashlib
import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

_BROUGHT = re.compile(r"(?P<name>lib[a-z]+)-[0-9a-f-]+\.so\.(?P<version>\d+)")
"""What `auditwheel` calls a library that a package brings along: its name, and what it replaces."""


def link(folder: Path) -> int:
    """Keep one file of those with the same content in one folder; returns the bytes saved."""
    known: dict[tuple[Path, bytes], Path] = {}
    saved = 0
    for file in sorted(_files(folder), key=lambda file: (-len(file.name), file)):
        content = file.read_bytes()
        first = known.setdefault((file.parent, hashlib.sha256(content).digest()), file)
        if first != file:
            saved += _lead(file, first)
    return saved


def link_runtimes(folder: Path) -> int:
    """Let the packages in a build share a compiler's runtime; returns the bytes saved.

    Of those with one name and version the one that offers most stays, in the place of all whose
    every symbol it has, versions included. The loader maps a file once, by whatever names it is
    asked for.
    """
    if shutil.which("nm") is None:
        return 0
    brought: defaultdict[tuple[str, str], list[Path]] = defaultdict(list)
    for file in _files(folder / "_internal"):
        if file.parent.name.endswith(".libs") and (found := _BROUGHT.match(file.name)):
            brought[found["name"], found["version"]].append(file)
    saved = 0
    for same in brought.values():
        offers = {file: _offered(file) for file in same}
        most = max(same, key=lambda file: (len(offers[file]), file.name))
        less = [file for file in same if file != most and offers[file] <= offers[most]]
        saved += sum(_lead(file, most) for file in less)
    return saved


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*.so*")):
        if file.is_file() and not file.is_symlink():
            yield file


def _lead(file: Path, target: Path) -> int:
    saved = file.stat().st_size
    file.unlink()
    file.symlink_to(os.path.relpath(target, file.parent))
    return saved


def _offered(library: Path) -> set[str]:
    """The names that a library offers, each with its version: `GOMP_parallel@@GOMP_4.0`."""
    command = ["nm", "--dynamic", "--defined-only", "--format=posix", str(library)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {line.split()[0] for line in done.stdout.splitlines() if line}
