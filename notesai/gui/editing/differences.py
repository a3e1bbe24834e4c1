"""Two versions of a text, line beside line, with what differs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

_MOST_LINES = 4_000
_LONGEST_COMPARED = 2_000
_ALIKE = 0.5

# Words, not letters: two sentences always share letters, and marks on these tell nothing.
_WORD = re.compile(r"\w+|\s+|[^\w\s]")

Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of each version; None where a version has none there.

    The marks are the parts (start, end) that differ, of lines that are alike.
    """

    mine: str | None
    theirs: str | None
    mine_marks: Marks = ()
    theirs_marks: Marks = ()

    @property
    def same(self) -> bool:
        """True for a line that both have."""
        return self.mine == self.theirs


def pairs(mine: str, theirs: str) -> list[Pair]:
    """Both versions line by line."""
    return list(_pairs(mine.split("\n"), theirs.split("\n")))


def _pairs(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Pair]:
    most = min(len(mine), len(theirs))
    head = next((at for at in range(most) if mine[at] != theirs[at]), most)
    rest = range(most - head)
    tail = next((at for at in rest if mine[-1 - at] != theirs[-1 - at]), most - head)
    yield from map(Pair, mine[:head], theirs[:head])
    yield from _compared(mine[head : len(mine) - tail], theirs[head : len(theirs) - tail])
    yield from map(Pair, mine[len(mine) - tail :], theirs[len(theirs) - tail :])


def _compared(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Pair]:
    if len(mine) + len(theirs) > _MOST_LINES:
        yield from _beside(mine, theirs)
        return
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from map(Pair, mine[a:b], theirs[c:d])
        else:
            yield from _beside(mine[a:b], theirs[c:d])


def _beside(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Pair]:
    for at in range(max(len(mine), len(theirs))):
        left = mine[at] if at < len(mine) else None
        right = theirs[at] if at < len(theirs) else None
        yield _marked(left, right)


def _marked(mine: str | None, theirs: str | None) -> Pair:
    """A pair with the parts that differ, or with all of both where they have little in common."""
    if mine is None or theirs is None or len(mine) + len(theirs) > _LONGEST_COMPARED:
        return Pair(mine, theirs, _whole(mine), _whole(theirs))
    left, right = _WORD.findall(mine), _WORD.findall(theirs)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return Pair(mine, theirs, _whole(mine), _whole(theirs))
    codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return Pair(
        mine,
        theirs,
        _places(left, [(a, b) for _, a, b, _, _ in codes if a < b]),
        _places(right, [(c, d) for _, _, _, c, d in codes if c < d]),
    )


def _places(words: Sequence[str], runs: Sequence[tuple[int, int]]) -> Marks:
    """Runs of words as runs of characters."""
    starts = [0, *accumulate(map(len, words))]
    return tuple((starts[first], starts[end]) for first, end in runs)


def _whole(line: str | None) -> Marks:
    return ((0, len(line)),) if line else ()
