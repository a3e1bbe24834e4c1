"""Leaving out what a model thinks aloud before it answers."""

import re
from collections.abc import Iterable, Iterator

_OPENING = re.compile(r"\s*<(think|thought|thinking|reasoning)>", re.IGNORECASE)
_LONGEST_OPENING = len("<reasoning>") + 8


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """The answer without a `<think>` block at its beginning, and without leading white space."""
    held, closing, begun = "", "", False
    for piece in pieces:
        if begun:
            yield piece
            continue
        held += piece
        if not closing:
            opening = _OPENING.match(held)
            if opening:
                closing, held = f"</{opening[1].lower()}>", held[opening.end() :]
            elif _may_open(held):
                continue
        if closing:
            end = held.lower().find(closing)
            if end < 0:
                continue
            held, closing = held[end + len(closing) :], ""
        held = held.lstrip()
        if held:
            begun = True
            yield held
    if held and not begun and not closing:
        yield held.lstrip()


def _may_open(text: str) -> bool:
    """Whether more text could make this the beginning of such a block."""
    text = text.lstrip()
    return not text or (text[0] == "<" and ">" not in text and len(text) < _LONGEST_OPENING)
