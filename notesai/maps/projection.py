"""From vectors to places on a plane: t-SNE, or the two principal components.

t-SNE is that of openTSNE: van der Maaten and Hinton (2008), interpolated by FFT as in FIt-SNE
(Linderman et al., 2019), begun from the principal components (Kobak and Berens, 2019). The same
vectors in the same order have the same places: nothing is drawn at random, neighbours are exact.
"""

# openTSNE ships no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from typing import Any

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.maps.neighbours import Neighbours
from notesai.maps.plane import Places, fitted, sunflower
from notesai.maps.principal import Components, components
from notesai.progress import Progress

PHASE = "placing"

PERPLEXITY = 30
NEIGHBOURS = 3 * PERPLEXITY

_FEWEST = 10
"""Vectors below which there is nothing to optimise: their principal components are the layout."""

_EARLY, _LATE = 250, 500
_EARLY_EXAGGERATION = 12.0
_EXAGGERATION_A_VECTOR = 0.1
"""Of few vectors, which are all each other's neighbours, more would make one point."""

_REPORT_EVERY = 10
_THREADS = 1
"""More would wait for each other at every step, which on a busy machine takes longer than one."""
_GRID = 2
"""Width of a cell of the grid that forces are read from, in t-SNE's units. At 1, as is usual, the
grid of 10,000 vectors has 600,000 nodes, and a step takes three to five times as long."""

_START = 1e-4
"""Standard deviation of the places that t-SNE begins with; larger ones would hold it back."""


def pca_places(vectors: Vectors) -> tuple[Places, Components]:
    """Places by the two principal components, not yet fitted, and the components."""
    found = components(vectors, 2)
    return found.project(vectors), found


def tsne_places(
    vectors: Vectors, near: Neighbours, progress: Progress, start: Places | None = None
) -> Places:
    """Places by t-SNE, within the unit disc, for distinct unit `vectors`, shape (n, dimension).

    `near` holds `NEIGHBOURS` neighbours of each, if there are so many. `start` are places to begin
    with, of which the outcome keeps the arrangement.
    """
    flat, _ = pca_places(vectors)
    if len(vectors) < _FEWEST:
        return _spread(flat)
    begin = fitted(start if start is not None else flat)
    begin = begin / max(float(begin[:, 0].std()), 1e-12) * _START
    return fitted(_optimised(begin, near, progress))


def _spread(places: Places) -> Places:
    """A few places, fitted; evenly spread where all are the same."""
    found = fitted(places)
    return found if np.ptp(found) > 1e-9 else sunflower(len(places), 0.5)


def _optimised(begin: Places, near: Neighbours, progress: Progress) -> Places:
    # Not at the top: only the process that lays out needs it.
    from openTSNE import TSNEEmbedding

    total = _EARLY + _LATE
    progress.report(PHASE, 0, total)
    embedding: Any = TSNEEmbedding(
        begin,
        _affinities(near),
        n_jobs=_THREADS,
        random_state=0,
        negative_gradient_method="fft" if len(begin) > 1000 else "bh",
    )
    exaggeration = min(_EARLY_EXAGGERATION, max(1.0, _EXAGGERATION_A_VECTOR * len(begin)))
    done = 0

    def step(_iteration: int, _error: float, _places: NDArray[np.float64]) -> None:
        progress.report(PHASE, done + _iteration, total)

    options: dict[str, Any] = {
        "ints_in_interval": _GRID,
        "callbacks": [step],
        "callbacks_every_iters": _REPORT_EVERY,
        "use_callbacks": True,
        "propagate_exception": True,
    }
    embedding = embedding.optimize(_EARLY, exaggeration=exaggeration, momentum=0.5, **options)
    done = _EARLY
    embedding = embedding.optimize(_LATE, momentum=0.8, **options)
    return np.asarray(embedding, np.float64)


def _affinities(near: Neighbours) -> Any:
    from openTSNE.affinity import PerplexityBasedNN
    from openTSNE.nearest_neighbors import PrecomputedNeighbors

    distances = np.sqrt(np.maximum(2.0 - 2.0 * near.cosines.astype(np.float64), 0.0))
    index = PrecomputedNeighbors(near.rows, distances)
    perplexity: Any = min(PERPLEXITY, max(1.0, near.count / 3))
    return PerplexityBasedNN(knn_index=index, perplexity=perplexity, n_jobs=_THREADS)
