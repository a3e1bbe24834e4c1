"""Products of matrices of vectors, computed by one thread."""

import numpy as np

from notesai.embedding.base import Vectors

_ONE_THREAD = 250_000
"""Multiplications up to which OpenBLAS leaves a product of two matrices to one thread."""


def products(some: Vectors, others: Vectors) -> Vectors:
    """The dot product of each of some vectors with each other one, shape (some, others).

    In parts that one thread computes: on a busy machine, two that wait for each other were seen to
    take fifty times as long.
    """
    if len(some) == 1:
        return along(some[0], others)[None]
    rows = max(1, _ONE_THREAD // max(1, some.size))
    found = np.empty((len(some), len(others)), np.float32)
    for at in range(0, len(others), rows):
        found[:, at : at + rows] = some @ others[at : at + rows].T
    return found


def along(direction: Vectors, vectors: Vectors) -> Vectors:
    """The dot product of each vector with one, shape (n,), by one thread as well.

    OpenBLAS divides even the smallest of such products among its threads; numpy's own does not.
    """
    return np.einsum("ij,j->i", vectors, direction)
