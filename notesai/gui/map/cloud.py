"""Drawing thousands of points: one call of the painter for all of them.

Qt copies small pictures to places that it reads from one block of memory
(`QPainter.drawPixmapFragments`). The block is an array of ten numbers for each point, of which a
frame writes a few.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import shiboken6
from PySide6.QtGui import QPainter

from notesai.gui.map.lens import Lens
from notesai.gui.map.marks import Sheet
from notesai.gui.map.points import Points

HIDDEN, NORMAL, DIM, LIT = -1, 0, 1, 2
"""How a point is shown; all but the first are states of `Sheet`."""

_FIELDS = 10
_X, _Y, _LEFT, _TOP, _WIDTH, _HEIGHT, _SCALE_X, _SCALE_Y, _OPACITY = 0, 1, 2, 3, 4, 5, 6, 7, 9
"""Where the numbers are in a `QPainter::PixmapFragment`."""

_BEHIND = {DIM: 0, NORMAL: 2, LIT: 3}
"""What is drawn first is seen least; those of no group lie behind those of one."""


@dataclass(frozen=True, slots=True)
class Styles:
    """For each point its mark (a column of the sheet) and how it is shown."""

    mark_of: Sequence[int]
    state_of: Sequence[int]
    quiet: int = -1
    """The mark of those in no group."""


class Cloud:
    """The points of a map in the order in which they are drawn."""

    def __init__(self) -> None:
        self._xs: list[float] = []
        self._ys: list[float] = []
        self._looks: list[int] = []
        self._block = array("d")

    def __len__(self) -> int:
        return len(self._xs)

    def arrange(self, points: Points, styles: Styles) -> None:
        """Take over places and looks; points that are hidden are not drawn at all."""
        marks, states, quiet = styles.mark_of, styles.state_of, styles.quiet
        shown = [at for at in range(len(points)) if states[at] != HIDDEN]
        shown.sort(key=lambda at: _BEHIND[states[at]] - (marks[at] == quiet))
        self._xs = [points.xs[at] for at in shown]
        self._ys = [points.ys[at] for at in shown]
        self._looks = [marks[at] * Sheet.STATES + states[at] for at in shown]
        count = len(shown)
        ones = array("d", [1.0]) * count
        self._block = array("d", [0.0]) * (_FIELDS * count)
        for field in (_SCALE_X, _SCALE_Y, _OPACITY):
            self._block[field::_FIELDS] = ones

    def draw(self, painter: QPainter, lens: Lens, sheet: Sheet) -> int:
        """Draw what the lens shows, in the painter's own pixels. Returns how many points."""
        xs, ys, looks = self._xs, self._ys, self._looks
        if not self._all_seen(lens):
            at = self._seen(lens, sheet.side)
            xs, ys, looks = [xs[i] for i in at], [ys[i] for i in at], [looks[i] for i in at]
        count = len(xs)
        if not count:
            return 0
        block = self._block if count == len(self._xs) else self._block[: _FIELDS * count]
        scale = lens.scale
        left, top = lens.width / 2 - lens.x * scale, lens.height / 2 + lens.y * scale
        block[_X::_FIELDS] = array("d", [x * scale + left for x in xs])
        block[_Y::_FIELDS] = array("d", [top - y * scale for y in ys])
        block[_LEFT::_FIELDS] = array("d", map(sheet.lefts.__getitem__, looks))
        block[_TOP::_FIELDS] = array("d", map(sheet.tops.__getitem__, looks))
        sides = array("d", map(sheet.sides.__getitem__, looks))
        block[_WIDTH::_FIELDS] = block[_HEIGHT::_FIELDS] = sides
        address, _ = block.buffer_info()
        fragments = shiboken6.wrapInstance(address, QPainter.PixmapFragment)
        painter.drawPixmapFragments(
            cast("QPainter.PixmapFragment", fragments), count, sheet.picture
        )
        return count

    def _all_seen(self, lens: Lens) -> bool:
        seen, xs, ys = lens.seen, self._xs, self._ys
        if not xs:
            return True
        wide = seen.left <= min(xs) and max(xs) <= seen.right
        return wide and seen.bottom <= min(ys) and max(ys) <= seen.top

    def _seen(self, lens: Lens, cell: int) -> list[int]:
        """The points that are seen, with those that reach in from outside."""
        seen, around = lens.seen, cell / lens.scale
        left, right = seen.left - around, seen.right + around
        low, high = seen.bottom - around, seen.top + around
        ys = self._ys
        return [at for at, x in enumerate(self._xs) if left <= x <= right and low <= ys[at] <= high]
