"""The graph of which vectors are near each other, and the space that its slow vibrations span.

Distances in many dimensions tell little: most short texts are about as far from each other as from
anything. In the space of the graph's leading eigenvectors, what many short steps connect is
together, so that density means something again.
"""

# scipy ships no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from typing import Any

import numpy as np
from numpy.typing import NDArray

from notesai.maps.neighbours import Neighbours

_DENSE = 400
"""Vectors up to which all eigenvectors are computed at once."""

_TOLERANCE = 1e-4


def fuzzy_graph(near: Neighbours) -> Any:
    """A symmetric sparse matrix of weights in 0..1 between neighbours, shape (n, n).

    Each vector measures distances by its own neighbourhood, and two weights a and b of one pair
    become a + b - ab: the fuzzy graph of McInnes, Healy and Melville, "UMAP" (2018), with the mean
    distance for its scale.
    """
    import scipy.sparse as sparse

    n, k = near.rows.shape
    distances = np.maximum(1.0 - near.cosines.astype(np.float64), 0.0)
    beyond = np.maximum(distances - distances[:, :1], 0.0)
    weights = np.exp(-beyond / np.maximum(beyond.mean(axis=1, keepdims=True), 1e-6))
    at = (np.repeat(np.arange(n), k), near.rows.ravel())
    one = sparse.csr_matrix((weights.ravel(), at), shape=(n, n))
    return one + one.T - one.multiply(one.T)


def spectral_places(graph: Any, dimensions: int) -> NDArray[np.float64]:
    """Places of unit length in `dimensions` leading eigenvectors of the graph's random walk.

    Rows of unit length are those of Ng, Jordan and Weiss (2001). The first eigenvector, which is
    the same everywhere, is left out.
    """
    degrees = np.asarray(graph.sum(axis=1)).ravel()
    scale = 1.0 / np.sqrt(np.maximum(degrees, 1e-12))
    constant = np.sqrt(degrees) / np.linalg.norm(np.sqrt(degrees))
    vectors = _leading(graph, scale, constant, dimensions) * scale[:, None]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-12)


def _leading(
    graph: Any, scale: NDArray[np.float64], constant: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    """Leading eigenvectors of the normalised graph, all at right angles to `constant`."""
    n = len(scale)
    if n <= _DENSE:
        full = graph.toarray() * scale[:, None] * scale[None, :]
        full -= np.outer(constant, constant)
        return np.linalg.eigh(full)[1][:, ::-1][:, :count]
    from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

    def applied(x: NDArray[np.float64]) -> NDArray[np.float64]:
        flat = np.asarray(x).ravel()
        return scale * (graph @ (scale * flat)) - constant * (constant @ flat)

    operator: Any = LinearOperator
    walk = operator((n, n), matvec=applied, dtype=np.float64)
    begin = np.cos(np.arange(n, dtype=np.float64))
    try:
        solve: Any = eigsh
        values, vectors = solve(walk, k=count, which="LA", v0=begin, tol=_TOLERANCE)
    except ArpackNoConvergence as error:
        # Thousands of parts without connection: those that were found separate enough.
        values, vectors = error.eigenvalues, error.eigenvectors
    return vectors[:, np.argsort(-values, kind="stable")]


def spread_labels(
    graph: Any, labels: NDArray[np.intp], *, share: float, rounds: int = 15, keep: float = 0.9
) -> NDArray[np.intp]:
    """The labels, also for those of the unlabelled (-1) that `graph` ties to one of them.

    A random walk that goes on with probability `keep` and ends at the labelled gives each label a
    share of each unlabelled vector (label propagation, Zhu and Ghahramani, 2002); it takes the
    largest if that is at least `share`.
    """
    count = int(labels.max(initial=-1)) + 1
    known = labels >= 0
    if not count or known.all():
        return labels
    degrees = np.asarray(graph.sum(axis=1)).ravel()
    walk = graph.multiply(1.0 / np.maximum(degrees, 1e-12)[:, None]).tocsr()
    fixed = np.zeros((len(labels), count), np.float32)
    fixed[np.flatnonzero(known), labels[known]] = 1.0
    shares = fixed
    for _ in range(rounds):
        shares = keep * (walk @ shares)
        shares[known] = fixed[known]
    joins = ~known & (shares.max(axis=1) >= share)
    return np.where(joins, shares.argmax(axis=1), labels)
