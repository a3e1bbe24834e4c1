"""Figures of a space of unit vectors: how spread it is, what is nearly the same, what is alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.index.products import products
from notesai.model import SpaceFigures

NEAR_DUPLICATE = 0.97
"""The cosine above which two notes say nearly the same."""

_ALONE = 2.0
"""A note is an orphan whose nearest is so many standard deviations farther than is usual."""

_ALONE_AT_MOST = 0.5
"""What is nearer than this is never an orphan, however near all others are to each other."""

_BLOCK = 512

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Closeness:
    """Of each of n vectors the `nearest` cosine and the row of that other one, -1 for none."""

    nearest: Vectors
    rows: NDArray[np.int32]

    @property
    def orphans(self) -> NDArray[np.bool_]:
        """Which vectors none is near to, shape (n,)."""
        found = np.zeros(len(self.nearest), np.bool_)
        known = self.rows >= 0
        found[known] = alone(self.nearest[known])
        return found

    def kept(self, rows: Rows) -> "Closeness":
        """That of some rows among themselves; those whose nearest is gone have row -1 now."""
        place = np.full(len(self.nearest) + 1, -1, np.int32)
        place[rows] = np.arange(len(rows), dtype=np.int32)
        return Closeness(self.nearest[rows], place[self.rows[rows]])

    def grown(self, vectors: Vectors, there: NDArray[np.bool_], fresh: Rows) -> "Closeness":
        """That of all `vectors`, shape (n, dimension), of which the rows `fresh` are new or moved.

        Only those that are `there` have a vector. Rows beyond the present ones are `fresh` too.
        """
        n = len(vectors)
        more = n - len(self.nearest)
        nearest = np.concatenate((self.nearest, np.full(more, -np.inf, np.float32)))
        rows = np.concatenate((self.rows, np.full(more, -1, np.int32)))
        is_fresh = np.zeros(n, np.bool_)
        is_fresh[fresh] = True
        # What was nearest to a vector that has moved is to be looked for again.
        lost = there & ((rows < 0) | is_fresh[np.maximum(rows, 0)] | is_fresh)
        nearest[lost | ~there], rows[lost | ~there] = -np.inf, -1
        for part in _parts(np.flatnonzero(lost)):
            cosines = products(vectors[part], vectors)
            cosines[:, ~there] = -np.inf
            cosines[np.arange(len(part)), part] = -np.inf
            rows[part] = cosines.argmax(axis=1)
            nearest[part] = cosines[np.arange(len(part)), rows[part]]
            best = cosines.max(axis=0)
            closer = there & (best > nearest)
            rows[closer] = part[cosines.argmax(axis=0)[closer]]
            nearest[closer] = best[closer]
        rows[np.isneginf(nearest)] = -1
        return Closeness(np.maximum(nearest, -1.0), rows)


def alone(nearest: Vectors) -> NDArray[np.bool_]:
    """Which vectors none is near to, by the cosine of each one's nearest, shape (n,)."""
    if len(nearest) < 2:
        return np.zeros(len(nearest), np.bool_)
    usual = float(np.median(nearest))
    # 1.4826 makes the median deviation that of a normal distribution.
    spread = 1.4826 * float(np.median(np.abs(nearest - usual)))
    return nearest < min(_ALONE_AT_MOST, usual - _ALONE * spread)


NOTHING = Closeness(np.zeros(0, np.float32), np.zeros(0, np.int32))
"""That of no vectors."""


def closeness(vectors: Vectors) -> Closeness:
    """How close each of `vectors`, shape (n, dimension), is to others: all compared with all."""
    everyone = np.ones(len(vectors), np.bool_)
    return NOTHING.grown(vectors, everyone, np.arange(len(vectors)))


def near_duplicates(vectors: Vectors, close: Closeness, labels: Rows) -> NDArray[np.int64]:
    """How many pairs of each label, 0 to the largest one, are nearly the same; -1 is no label."""
    found = np.zeros(int(labels.max(initial=-1)) + 1, np.int64)
    twins = np.flatnonzero((close.nearest > NEAR_DUPLICATE) & (labels >= 0))
    for part in _parts(twins):
        alike = vectors[part] @ vectors[twins].T > NEAR_DUPLICATE
        alike &= labels[part][:, None] == labels[twins][None, :]
        # Each is nearly the same as itself, which is no pair.
        np.add.at(found, labels[part], alike.sum(axis=1) - 1)
    return found // 2


def figures(vectors: Vectors, rows: Rows, orphans: int, duplicates: int) -> SpaceFigures:
    """The figures of some `rows` of `vectors`, shape (n, dimension).

    `orphans` is the number of those that none is near to, `duplicates` that of their pairs which
    are nearly the same. The mean cosine of all pairs follows from the mean vector m of n unit
    vectors, exactly: (n * |m|² - 1) / (n - 1).
    """
    n = len(rows)
    if not n:
        return SpaceFigures(0, 0.0, 0.0, 0, 0)
    mean = vectors[rows].mean(axis=0, dtype=np.float64)
    square = float(mean @ mean)
    similarity = (n * square - 1.0) / (n - 1) if n > 1 else 1.0
    # The mean cosine to the middle is the length of the mean vector.
    spread = 1.0 - square**0.5
    return SpaceFigures(n, _rounded(spread), _rounded(similarity), duplicates, orphans)


def _parts(rows: Rows) -> list[Rows]:
    return [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]


def _rounded(value: float) -> float:
    return round(min(1.0, max(-1.0, value)), 4) + 0.0
