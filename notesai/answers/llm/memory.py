"""How much memory a model needs, known before it is loaded, and the context that fits into it."""

import psutil

from notesai.answers.llm.gguf import Header
from notesai.errors import ModelError

BATCH = 256
"""Tokens that are read at once. Small: the room for intermediate values grows with it."""

CONTEXTS = (8192, 6144, 4096, 3072, 2048)
"""What is tried, largest first. 8,192 hold about forty passages; reading more takes minutes."""

UNKNOWN_CONTEXT = 2048
"""For a model that does not say what it was trained for."""

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
    """Bytes that can be had without others being swapped out."""
    return psutil.virtual_memory().available


def fitted_context(header: Header, wanted: int, free: int) -> int:
    """The tokens of context to load the model with: `wanted`, or with 0 what `free` bytes allow.

    Never more than the model was trained for. Raises `llm.memory` if even the smallest is too much.
    """
    trained = header.context or UNKNOWN_CONTEXT
    if wanted:
        contexts = [min(wanted, trained)]
    else:
        contexts = sorted({min(context, trained) for context in CONTEXTS}, reverse=True)
    for context in contexts:
        if needed(header, context) <= free:
            return context
    raise too_large(header, needed(header, contexts[-1]), free)


def too_large(header: Header, need: int, free: int) -> ModelError:
    """The error of a model that does not fit."""
    return ModelError(
        "llm.memory",
        f"{header.name} needs {_gigabytes(need)} of memory; {_gigabytes(free)} are free.",
        "Close other programs, or choose a smaller model.",
    )


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:,.1f} GB"
