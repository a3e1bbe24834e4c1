"""Where rows go when more of them come, so that the one a person looks at does not move.

Results come in steps: by word at once, by meaning a moment later, at times put in order once more.
Between two steps a person has begun to read, to point or to move the selection. Launchers that
put the new order in place at once let people open what slid under their finger; those that append
what comes later show the best result last. Here one row is the anchor, and

- the anchor keeps its place on the screen to the pixel, and stays even if newer results lack it;
- all newer results are there at once, around the anchor, in the order of their rank;
- the list stays scrolled to where it was, as far as that is possible: what is better than what was
  there comes into sight and is not hidden above;
- as soon as the person moves on, the anchor goes to the place of its rank.

The anchor is the row under the pointer if the pointer was last used and is in the list, else the
row that the person chose, else, once it has been on the screen for long enough to be aimed at, the
row that was selected by itself. While nothing of this holds, newer results simply take over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Place:
    """Where the anchor goes: after so many of the other rows, with the list scrolled to `scroll`.

    `scroll` is in pixels. It may be negative or beyond the last row, by as much as is left blank.
    """

    position: int
    scroll: int


def around(heights: Sequence[int], y: int, scroll: int, *, gap: int) -> Place:
    """The place that keeps the anchor at `y` and moves all else the least.

    `heights` are those of the other rows in their order, `y` is the anchor's upper edge below that
    of the list, all in pixels. At most `gap` pixels stay blank above the first row, if there are
    rows enough.
    """
    tops = list(accumulate(heights, initial=0))
    allowed = [at for at, top in enumerate(tops) if top - y >= -gap] or [len(tops) - 1]
    position = min(allowed, key=lambda at: (abs(tops[at] - y - scroll), at))
    return Place(position, tops[position] - y)


def at_rank(heights: Sequence[int], rank: int, y: int) -> Place:
    """The place of the anchor's rank, with the list scrolled so that it is at `y` if possible."""
    return Place(rank, max(0, sum(heights[:rank]) - y))
