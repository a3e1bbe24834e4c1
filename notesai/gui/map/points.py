"""The notes on the plane, by place: which is nearest, which lie within a line drawn around."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from notesai.model import MapPoint

_CELLS = 96
"""Cells a side of the grid in which the nearest point is looked for."""

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle of the plane; `y` grows upward."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> Place:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


NOWHERE = Bounds(-1.0, -1.0, 1.0, 1.0)


class Points:
    """The points of a map that have a place, in the order they came in; `left_out` have none.

    A place that is no finite number cannot be drawn, and one such would spoil every measure of
    all the others.
    """

    def __init__(self, notes: Sequence[MapPoint] = ()) -> None:
        self.notes = tuple(note for note in notes if _has_place(note))
        some_left = len(self.notes) < len(notes)
        self.left_out = tuple(note.path for note in notes if some_left and not _has_place(note))
        self.xs = [note.x for note in self.notes]
        self.ys = [note.y for note in self.notes]
        self._at = {note.path: at for at, note in enumerate(self.notes)}
        self.bounds = self._bounds()
        self._cell = max(self.bounds.right - self.bounds.left, 1e-9) / _CELLS
        self._row = max(self.bounds.top - self.bounds.bottom, 1e-9) / _CELLS
        self._grid = self._make_grid()

    def __len__(self) -> int:
        return len(self.notes)

    def find_all(self, paths: Iterable[str]) -> list[int]:
        """Where the notes at `paths` are, those that are there."""
        return [at for at in map(self._at.get, paths) if at is not None]

    def find(self, path: str) -> int:
        """Where the note at `path` is among the points; -1 if it is not there."""
        return self._at.get(path, -1)

    def nearest(
        self, x: float, y: float, reach: float, shown: Callable[[int], bool] = lambda _: True
    ) -> int:
        """The point nearest to a place among those `shown` within `reach`; -1 if there is none."""
        best, best_square = -1, reach * reach
        for at in self._around(x, y, reach):
            square = (self.xs[at] - x) ** 2 + (self.ys[at] - y) ** 2
            if square <= best_square and shown(at):
                best, best_square = at, square
        return best

    def at_place_of(self, point: int) -> list[int]:
        """All points at the very place of one, itself among them."""
        x, y = self.xs[point], self.ys[point]
        return [at for at in self._around(x, y, 0.0) if self.xs[at] == x and self.ys[at] == y]

    def crowd(self, room: Bounds) -> int:
        """About how many points lie in a rectangle: all of the cells that it touches."""
        left, low = self._cell_of(room.left, room.bottom)
        right, high = self._cell_of(room.right, room.top)
        left, low = (min(max(at, 0), _CELLS + 1) for at in (left, low))
        right, high = (min(max(at + 1, 0), _CELLS + 1) for at in (right, high))
        sums = self._sums
        return sums[high][right] - sums[low][right] - sums[high][left] + sums[low][left]

    @cached_property
    def _sums(self) -> list[list[int]]:
        """For each corner of the grid, how many points are in the cells below and left of it."""
        sums = [[0] * (_CELLS + 2)]
        for row in range(_CELLS + 1):
            line, below = [0], sums[-1]
            total = 0
            for column in range(_CELLS + 1):
                total += len(self._grid.get((column, row), ()))
                line.append(below[column + 1] + total)
            sums.append(line)
        return sums

    def within(self, outline: Sequence[Place]) -> list[int]:
        """The points inside a closed line (even-odd rule)."""
        if len(outline) < 3:
            return []
        left, right = min(x for x, _ in outline), max(x for x, _ in outline)
        low, high = min(y for _, y in outline), max(y for _, y in outline)
        return [
            at
            for at, (x, y) in enumerate(zip(self.xs, self.ys, strict=True))
            if left <= x <= right and low <= y <= high and _inside(x, y, outline)
        ]

    def toward(self, point: int, dx: float, dy: float, shown: Callable[[int], bool]) -> int:
        """The next point from one in a direction (arrow keys); the same one if there is none.

        Near and straight ahead come first: the way counts, and twice what it leads aside.
        """
        x, y = self.xs[point], self.ys[point]
        best, best_cost = point, math.inf
        for at, (ax, ay) in enumerate(zip(self.xs, self.ys, strict=True)):
            along = (ax - x) * dx + (ay - y) * dy
            aside = abs((ax - x) * dy) + abs((ay - y) * dx)
            if along > 0 and aside <= along and shown(at):
                cost = along + 2 * aside
                if cost < best_cost:
                    best, best_cost = at, cost
        return best

    def _bounds(self) -> Bounds:
        if not self.notes:
            return NOWHERE
        return Bounds(min(self.xs), min(self.ys), max(self.xs), max(self.ys))

    def _make_grid(self) -> dict[tuple[int, int], list[int]]:
        grid: dict[tuple[int, int], list[int]] = {}
        for at, (x, y) in enumerate(zip(self.xs, self.ys, strict=True)):
            grid.setdefault(self._cell_of(x, y), []).append(at)
        return grid

    def _cell_of(self, x: float, y: float) -> tuple[int, int]:
        return (
            math.floor((x - self.bounds.left) / self._cell),
            math.floor((y - self.bounds.bottom) / self._row),
        )

    def _around(self, x: float, y: float, reach: float) -> Sequence[int]:
        """The points in the cells that a disc touches, or all if these are too many to look at."""
        if not (math.isfinite(x) and math.isfinite(y)):
            return ()
        if 2 * reach > min(self._cell, self._row) * _CELLS / 2:
            return range(len(self.notes))
        left, low = self._cell_of(x - reach, y - reach)
        right, high = self._cell_of(x + reach, y + reach)
        cells = ((c, r) for c in range(left, right + 1) for r in range(low, high + 1))
        return [at for cell in cells for at in self._grid.get(cell, ())]


def _has_place(note: MapPoint) -> bool:
    return math.isfinite(note.x) and math.isfinite(note.y)


def _inside(x: float, y: float, outline: Sequence[Place]) -> bool:
    odd = False
    ax, ay = outline[-1]
    for bx, by in outline:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
        ax, ay = bx, by
    return odd
