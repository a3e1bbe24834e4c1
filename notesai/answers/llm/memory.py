"""How much memory a model needs, known before it is loaded, and the context that fits into it."""

import sys
from dataclasses import dataclass

import psutil

from notesai.answers.llm.gguf import Header
from notesai.errors import ModelError

BATCH = 256
"""Tokens that are read at once. Small: the room for intermediate values grows with it."""

CONTEXTS = (8192, 6144, 4096, 3072, 2048)
"""What is tried, largest first. 8,192 hold about forty passages; reading more takes minutes."""

UNKNOWN_CONTEXT = 2048
"""For a model that does not say what it was trained for."""

GRAPHICS_SHARE = 0.9
"""Of the free memory of graphics processors: the desktop needs some, too."""

_OVERHEAD = 96 << 20
"""Bytes for the program itself, its libraries, and the vocabulary."""


def needed(header: Header, context: int) -> int:
    """Bytes that the model takes with `context` tokens: weights, keys and values, scratch.

    Scratch is the logits of a batch and some activations; attention is computed in pieces and
    keeps no table of all pairs of tokens.
    """
    scratch = 4 * BATCH * (header.vocabulary + 16 * header.width)
    return header.weights + context * header.bytes_per_token + scratch + _OVERHEAD


def available() -> int:
    """Bytes of memory that can be had without others being swapped out."""
    return psutil.virtual_memory().available


@dataclass(frozen=True, slots=True)
class Room:
    """Free bytes: of memory, and of graphics processors. On Macs both are the same memory."""

    memory: int
    graphics: int = 0
    shared: bool = sys.platform == "darwin"


@dataclass(frozen=True, slots=True)
class Fit:
    """The tokens of context to load a model with, and how many of its layers go to the GPU."""

    context: int
    layers: int = 0


def fitted(header: Header, wanted: int, room: Room) -> Fit:
    """How to load a model: with `wanted` tokens of context, or with 0 as many as there is room for.

    Never more than the model was trained for. As many layers as fit go to graphics processors.
    Raises `llm.memory` if even the smallest context is too much.
    """
    trained = header.context or UNKNOWN_CONTEXT
    if wanted:
        contexts = [min(wanted, trained)]
    else:
        contexts = sorted({min(context, trained) for context in CONTEXTS}, reverse=True)
    for context in contexts:
        need = needed(header, context)
        # The last layer is that of the output.
        layers = len(header.heads) + 1
        placed = min(layers, int(layers * GRAPHICS_SHARE * room.graphics / need))
        if need - (0 if room.shared else need * placed // layers) <= room.memory:
            return Fit(context, placed)
    raise too_large(header, needed(header, contexts[-1]), room.memory)


def too_large(header: Header, need: int, free: int) -> ModelError:
    """The error of a model that does not fit."""
    return ModelError(
        "llm.memory",
        f"{header.name} needs {_gigabytes(need)} of memory; {_gigabytes(free)} are free.",
        "Close other programs, or choose a smaller model.",
    )


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:,.1f} GB"
