"""Whether this computer's processor can run LanceDB, which would end the process if it cannot.

LanceDB's libraries for x86-64 are compiled for Intel's Haswell of 2013 and what came after it; the
first of its instructions that an older processor does not know ends the process without a word.
"""

import importlib
import platform
from collections.abc import Mapping
from typing import Any

from notesai.errors import MachineError

NEEDED = {"AVX2": "AVX2", "FMA3": "FMA"}
"""What is needed, as numpy names it and as processors are sold."""

_X86_64 = ("x86_64", "amd64")


def insist() -> None:
    """Raise `MachineError` on a processor that cannot run LanceDB."""
    if platform.machine().lower() in _X86_64:
        insist_on(_features())


def insist_on(features: Mapping[str, bool]) -> None:
    """Raise `MachineError` if what is needed is missing; what is not told of counts as there."""
    missing = [name for known, name in NEEDED.items() if not features.get(known, True)]
    if missing:
        lacks = " and no ".join(missing)
        raise MachineError(
            "machine.processor",
            f"This computer's processor is too old for notesai: it has no {lacks}.",
            "Your notes are safe. Most computers made since 2013 can run notesai.",
        )


def _features() -> Mapping[str, bool]:
    """What numpy found as it was loaded: it asks the processor itself, alike on all systems."""
    try:
        found: Any = importlib.import_module("numpy._core._multiarray_umath")
    except ImportError:
        return {}
    return getattr(found, "__cpu_features__", {})
