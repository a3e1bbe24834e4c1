"""Ending an answer that goes round in circles, as small models do."""

from collections.abc import Iterable, Iterator

TAIL = 60
"""Characters that repeat; shorter ones are the lines of tables and lists."""

TIMES = 4
_LOOK = 20


def until_loop(pieces: Iterable[str]) -> Iterator[str]:
    """The text as it comes, up to where its last characters stand there for the fourth time."""
    text, looked = "", 0
    for piece in pieces:
        text += piece
        yield piece
        if len(text) - looked >= _LOOK:
            looked = len(text)
            if len(text) > TAIL and text.count(text[-TAIL:]) >= TIMES:
                return
