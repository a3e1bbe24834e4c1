"""Clusters of vectors on two levels: topics where they are dense, themes of near topics.

The same recipe for every vault. Topics are what HDBSCAN (Campello, Moulavi and Sander, 2013) finds
in the spectral space of the neighbourhood graph; what it calls noise joins the topic that the graph
ties it to, if it does so clearly, and stays noise else. So does what no other vector is near to: a
graph gives neighbours to all. Themes join topics whose middles are near
in that space, by average linkage.
"""

# scikit-learn ships no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from notesai.maps.figures import alone
from notesai.maps.graph import fuzzy_graph, spectral_places, spread_labels
from notesai.maps.neighbours import Neighbours
from notesai.progress import Progress

PHASE = "grouping"

NEIGHBOURS = 15

NOISE = -1

Labels = NDArray[np.intp]

_FEWEST = 6
"""Vectors below which there are no clusters to speak of."""

_LEAST_NEIGHBOURS = 5
_DIMENSIONS = 24
_VECTORS_A_DIMENSION = 5
_FEWEST_TOPICS = 8
"""Topics below which each is a theme of its own: so few need no other order."""

_DENSITY = 3
_SMALLEST, _LARGEST_LEAST = 3, 25
_SHARE = 0.2
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Groups:
    """The topic of each vector (`NOISE` for none), shape (n,), and the theme of each topic."""

    topics: Labels
    themes: Labels

    @property
    def theme_of_each(self) -> Labels:
        """The theme of each vector, `NOISE` for none."""
        if not len(self.themes):
            return self.topics
        return np.where(self.topics >= 0, self.themes[self.topics], NOISE)


def least_size(n: int) -> int:
    """The fewest vectors that make a topic, among `n`."""
    return min(_LARGEST_LEAST, max(_SMALLEST, round(n**0.5 / 4)))


def grouped(near: Neighbours, progress: Progress) -> Groups:
    """The clusters of vectors, of which `near` holds at least `NEIGHBOURS` neighbours."""
    n = len(near.rows)
    progress.report(PHASE, 0, _STEPS)
    if n < _FEWEST:
        return Groups(np.full(n, NOISE, np.intp), np.zeros(0, np.intp))
    graph = fuzzy_graph(near.first(min(NEIGHBOURS, max(_LEAST_NEIGHBOURS, round(n**0.5)))))
    places = spectral_places(graph, min(_DIMENSIONS, max(2, n // _VECTORS_A_DIMENSION)))
    progress.report(PHASE, 1, _STEPS)
    dense = _dense(places, least_size(n))
    progress.report(PHASE, 2, _STEPS)
    topics = _numbered(
        np.where(alone(near.cosines[:, 0]), NOISE, spread_labels(graph, dense, share=_SHARE))
    )
    themes = _themes(places, topics)
    progress.report(PHASE, _STEPS, _STEPS)
    return Groups(topics, themes)


def _numbered(labels: Labels) -> Labels:
    """The labels without gaps, as some topic may have lost all it had."""
    known = np.unique(labels[labels >= 0])
    return np.where(labels >= 0, np.searchsorted(known, labels), NOISE)


def _dense(places: NDArray[np.float64], least: int) -> Labels:
    from sklearn.cluster import HDBSCAN

    recipe: Any = HDBSCAN
    found = recipe(min_cluster_size=least, min_samples=_DENSITY, n_jobs=1, copy=True)
    return np.asarray(found.fit(places).labels_, np.intp)


def _themes(places: NDArray[np.float64], topics: Labels) -> Labels:
    """The theme of each topic; about one and a half times the root of their number."""
    count = int(topics.max(initial=NOISE)) + 1
    wanted = round(1.5 * count**0.5)
    if count < _FEWEST_TOPICS:
        return np.arange(count, dtype=np.intp)
    from sklearn.cluster import AgglomerativeClustering

    middles = np.array([places[topics == topic].mean(axis=0) for topic in range(count)])
    middles /= np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-12)
    found = AgglomerativeClustering(wanted, linkage="average", metric="cosine")
    return np.asarray(found.fit(middles).labels_, np.intp)
