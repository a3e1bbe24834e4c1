"""The words of topics and themes, read from the notes that stand nearest to their middles."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.maps.clustering import Groups
from notesai.maps.labels import Aboutness, Said, terms_of, vocabulary
from notesai.model import Note
from notesai.progress import Progress

_SAMPLED = 40
"""Notes of a topic, those nearest to its middle, that its words are taken from."""


@dataclass(frozen=True, slots=True)
class Sources:
    """`says` reads what notes say; `embed`, if there is one, gives words vectors like theirs."""

    says: Callable[[Sequence[Note]], list[Said]]
    embed: Callable[[Sequence[str]], Vectors] | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The best words of each topic and of each theme."""

    topics: list[tuple[str, ...]]
    themes: list[tuple[str, ...]]


def described(
    notes: Sequence[Note], vectors: Vectors, groups: Groups, sources: Sources, progress: Progress
) -> Terms:
    """The words of all clusters. `notes` and `vectors`, shape (n, dimension), go together."""
    chosen = [_nearest_to_middle(vectors, groups.topics == t) for t in range(len(groups.themes))]
    rows = sorted({row for part in chosen for row in part})
    place = {row: index for index, row in enumerate(rows)}
    words = vocabulary(sources.says([notes[row] for row in rows]), progress)
    topics = [[place[row] for row in part] for part in chosen]
    themes: dict[int, list[int]] = defaultdict(list)
    of_topics: list[int] = groups.themes.tolist()
    for topic, theme in enumerate(of_topics):
        themes[theme] += topics[topic]

    def about(labels: NDArray[np.intp], count: int) -> Aboutness | None:
        if sources.embed is None or not count:
            return None
        common = vectors.mean(axis=0)
        middles = [vectors[labels == label].mean(axis=0) - common for label in range(count)]
        return Aboutness(sources.embed, np.array(middles, np.float32))

    return Terms(
        terms_of(words, topics, about(groups.topics, len(topics))),
        terms_of(
            words, [themes[t] for t in sorted(themes)], about(groups.theme_of_each, len(themes))
        ),
    )


def _nearest_to_middle(vectors: Vectors, part: NDArray[np.bool_]) -> list[int]:
    rows = np.flatnonzero(part)
    order = np.argsort(-(vectors[rows] @ vectors[rows].mean(axis=0)), kind="stable")
    return rows[order[:_SAMPLED]].tolist()
