"""Memory that is kept for later: given back while nothing is done."""

import contextlib
import ctypes
import gc
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_DONT_NEED = 4
"""`MADV_DONTNEED` of Linux."""


def give_back() -> None:
    """Return freed memory to the system; a few milliseconds, and nothing that is in use.

    After a large read or a run of embedding the allocators keep hundreds of MB that idle programs
    should not hold. Only glibc and Arrow can be asked.
    """
    gc.collect()
    arrow: Any = sys.modules.get("pyarrow")
    if arrow is not None:
        arrow.default_memory_pool().release_unused()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def let_go_of_files() -> None:
    """Have the system take what is resident of files: code of libraries above all, on Linux.

    Of 330 MB that an idle engine held, 150 were code that it had run through once. What is needed
    again comes from the system's cache, a page at a time and mostly without a disk; what is not,
    the system can use. Only what no process has changed is let go of, so nothing is lost.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        system = ctypes.CDLL(None)
        maps = Path("/proc/self/smaps").read_text(encoding="utf-8", errors="replace")
        for start, end in unchanged(maps.splitlines()):
            system.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _DONT_NEED)


def unchanged(maps: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where files are mapped that cannot be written and were not changed: first byte and end.

    `maps` are the lines of `/proc/self/smaps`.
    """
    place: tuple[int, int] | None = None
    for line in maps:
        name, _, rest = line.partition(" ")
        if not name.endswith(":"):
            place = _place(name, rest.split())
        elif name in _CHANGED and rest.split()[0] != "0":
            place = None
        elif name == "VmFlags:":
            if place is not None:
                yield place
            place = None


_CHANGED = ("Private_Dirty:", "Shared_Dirty:", "Anonymous:", "Swap:", "Locked:")
"""What of a mapping is in memory alone, or is to stay there, in kB."""


def _place(addresses: str, rest: list[str]) -> tuple[int, int] | None:
    """The place of a mapping; None if it can be written or is of no file."""
    rights, inode = rest[0], rest[3]
    if "w" in rights or "s" in rights or inode == "0":
        return None
    start, _, end = addresses.partition("-")
    return int(start, 16), int(end, 16)
