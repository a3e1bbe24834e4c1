"""The nearest neighbours of all vectors, found by comparing all with all.

10,000 vectors of 384 dimensions take a few seconds, exactly and with the same result every time;
approximate ways are not much quicker at this size and differ from run to run.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.progress import Progress

PHASE = "comparing"

_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each of n vectors its k nearest others, nearest first.

    `rows` and `cosines` have shape (n, k).
    """

    rows: NDArray[np.intp]
    cosines: Vectors

    @property
    def count(self) -> int:
        """How many each has."""
        return self.rows.shape[1]

    def first(self, k: int) -> "Neighbours":
        """Only the `k` nearest, or all if there are fewer."""
        return Neighbours(self.rows[:, :k], self.cosines[:, :k])


def nearest(vectors: Vectors, k: int, progress: Progress) -> Neighbours:
    """The `k` nearest of each of the unit `vectors`, shape (n, dimension), by cosine.

    Of equally near ones the first ones; fewer than `k` if there are not that many.
    """
    n = len(vectors)
    k = max(0, min(k, n - 1))
    rows, cosines = np.zeros((n, k), np.intp), np.zeros((n, k), np.float32)
    for start in range(0, n if k else 0, _BLOCK):
        progress.report(PHASE, start, n)
        part = slice(start, min(n, start + _BLOCK))
        rows[part], cosines[part] = _nearest_of(vectors, part, k)
    progress.report(PHASE, n, n)
    return Neighbours(rows, cosines)


def _nearest_of(vectors: Vectors, part: slice, k: int) -> tuple[NDArray[np.intp], Vectors]:
    near = vectors[part] @ vectors.T
    np.fill_diagonal(near[:, part], -np.inf)
    found = np.argpartition(-near, k - 1, axis=1)[:, :k] if k < near.shape[1] else None
    found = np.sort(found, axis=1) if found is not None else np.tile(np.arange(k), (len(near), 1))
    values = np.take_along_axis(near, found, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    return np.take_along_axis(found, order, axis=1), np.take_along_axis(values, order, axis=1)
