"""k-means: the plainest clustering, so that what is measured is the vectors."""

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors

RESTARTS = 5
ITERATIONS = 100

Labels = NDArray[np.intp]


def kmeans(vectors: Vectors, k: int, *, seed: int) -> Labels:
    """The cluster, 0 to `k - 1`, of each of `vectors`, shape (n, dimension), `k` at most n.

    Lloyd's algorithm from k-means++ starts (Arthur and Vassilvitskii, 2007), the best of
    `RESTARTS`; the same seed gives the same clusters.
    """
    random = np.random.default_rng(seed)
    runs = [_lloyd(vectors, _starts(vectors, k, random)) for _ in range(RESTARTS)]
    return min(runs, key=lambda run: run[0])[1]


def _lloyd(vectors: Vectors, centres: Vectors) -> tuple[float, Labels]:
    """Sum of squared distances to the nearest centre, and which one that is."""
    distances = _distances(vectors, centres)
    labels = distances.argmin(axis=1)
    for _ in range(ITERATIONS):
        centres = _means(vectors, labels, distances, len(centres))
        distances = _distances(vectors, centres)
        before, labels = labels, distances.argmin(axis=1)
        if np.array_equal(before, labels):
            break
    return float(distances.min(axis=1).sum(dtype=np.float64)), labels


def _means(vectors: Vectors, labels: Labels, distances: Vectors, k: int) -> Vectors:
    """The mean of each cluster; an empty one starts again at the vector that fits worst."""
    members = np.zeros((k, len(vectors)), np.float32)
    members[labels, np.arange(len(vectors))] = 1.0
    sizes = members.sum(axis=1, keepdims=True)
    means = (members @ vectors) / np.maximum(sizes, 1.0)
    empty = np.flatnonzero(sizes[:, 0] == 0.0)
    worst = distances.min(axis=1).argsort()[::-1][: len(empty)]
    means[empty] = vectors[worst]
    return means


def _starts(vectors: Vectors, k: int, random: np.random.Generator) -> Vectors:
    """k-means++: each next centre is drawn by its squared distance to those before."""
    chosen = [int(random.integers(len(vectors)))]
    nearest = _distances(vectors, vectors[chosen])[:, 0].astype(np.float64)
    while len(chosen) < k:
        total = nearest.sum()
        share = nearest / total if total > 0.0 else None
        chosen.append(int(random.choice(len(vectors), p=share)))
        newest = _distances(vectors, vectors[chosen[-1:]])[:, 0]
        nearest = np.minimum(nearest, newest)
    return vectors[chosen]


def _distances(vectors: Vectors, centres: Vectors) -> Vectors:
    """Squared Euclidean distances, shape (n, k)."""
    squares = np.einsum("ij,ij->i", vectors, vectors)[:, None]
    squares = squares - 2.0 * vectors @ centres.T + np.einsum("ij,ij->i", centres, centres)
    return np.maximum(squares, 0.0).astype(np.float32)
