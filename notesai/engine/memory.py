"""Memory that libraries have let go of but keep for later: given back while nothing is done."""

import contextlib
import ctypes
import gc
import sys
from typing import Any


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
