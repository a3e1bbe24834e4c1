"""Making the built folder smaller without taking anything away that runs."""

import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from devtool.installers import hollow, one_blas, orphans, twins, unicode_data

_WORTHWHILE = 200_000
_PAGE = 4096
_LOAD = 1
_STEPS = (
    orphans.remove,
    unicode_data.cut,
    one_blas.share,
    hollow.hollow,
    twins.link,
    # After one_blas, which knows the runtimes by the names that they came with.
    twins.link_runtimes,
)


def slim(folder: Path) -> int:
    """On Linux, remove what is there twice, what nothing reads, and symbols for debuggers.

    Returns the bytes saved.
    """
    if sys.platform != "linux":
        return 0
    saved = _link_window(folder)
    for step in _STEPS:
        saved += step(folder)
    return saved + sum(_strip(file) for file in _libraries(folder))


def _link_window(folder: Path) -> int:
    """One program under both names: only Windows makes a difference between them."""
    window = folder / "notesai-window"
    saved = window.stat().st_size
    window.unlink()
    window.symlink_to("notesai")
    return saved


def _libraries(folder: Path) -> Iterator[Path]:
    if shutil.which("strip") is None:
        return
    for file in sorted(folder.rglob("*.so*")):
        if file.is_file() and not file.is_symlink() and file.stat().st_size > _WORTHWHILE:
            yield file


def _strip(file: Path) -> int:
    """Strip one library, unless the outcome could not be loaded; the bytes saved."""
    fresh = file.with_name(file.name + ".stripped")
    command = ["strip", "--strip-unneeded", "-o", str(fresh), str(file)]
    done = subprocess.run(command, capture_output=True, check=False)
    try:
        saved = file.stat().st_size - fresh.stat().st_size if done.returncode == 0 else 0
        if saved <= 0 or not loadable(fresh.read_bytes()):
            return 0
        fresh.chmod(file.stat().st_mode)
        fresh.replace(file)
        return saved
    finally:
        fresh.unlink(missing_ok=True)


def loadable(data: bytes) -> bool:
    """Whether each segment of a 64-bit ELF file stands as far into a page as it will in memory.

    GNU strip moves the segments of libraries that patchelf has lengthened, as many packages on
    PyPI have been; the loader refuses those.
    """
    if data[:5] != b"\x7fELF\x02":
        return False
    table, size, count = (
        struct.unpack_from("<Q", data, 32)[0],
        *struct.unpack_from("<HH", data, 54),
    )
    for at in range(table, table + size * count, size):
        kind, _, offset, address = struct.unpack_from("<IIQQ", data, at)
        if kind == _LOAD and (offset - address) % _PAGE:
            return False
    return True
