"""Notes that say the same, or nearly.

Notes of one content are one group. Of the others, those whose mean vectors are nearer than
`ALIKE` are looked at, and count if they also have most of their words in common: notes made from
one template are near in meaning, and no duplicates.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from notesai.index.note_vectors import NoteVectors, widened
from notesai.index.note_words import NoteWords
from notesai.index.store import Store
from notesai.model import DuplicatePair, Duplicates, Note, NoteRef

ALIKE = 0.97
"""The cosine from which two notes may be duplicates."""

OVERLAP = 0.7
"""The share of their words that they must have in common (weighted Jaccard index)."""

MOST_PAIRS = 500
"""Pairs that are listed; whoever has more has a folder twice."""

_ROWS = 512
_MOST_OF_ONE = 20

Report = Callable[[int, int], None]


def find_duplicates(store: Store, report: Report, check: Callable[[], None]) -> Duplicates:
    """Groups of equal notes, the largest first, and pairs that nearly are, most alike first.

    `report` is told of how many notes are compared, of how many; `check` may raise `Cancelled`.
    """
    vectors, words = store.note_vectors(check), store.note_words(check)
    notes = sorted((note for note in store.notebook() if note.n_chunks), key=lambda n: n.path)
    by_content: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        by_content[note.content_hash].append(note)
    same = sorted(
        (g for g in by_content.values() if len(g) > 1), key=lambda g: (-len(g), g[0].path)
    )
    ones = [group[0] for group in by_content.values() if group[0].note_id in vectors.places]
    pairs: list[DuplicatePair] = []
    for one, other, cosine in _near(vectors, ones, report, check):
        overlap = common_words(words, one.note_id, other.note_id)
        if overlap >= OVERLAP:
            pairs.append(_pair(one, other, cosine, overlap))
    pairs.sort(key=lambda pair: (-pair.score, pair.a, pair.b))
    groups = tuple(tuple(NoteRef(note.path, note.title) for note in group) for group in same)
    return Duplicates(tuple(pairs[:MOST_PAIRS]), groups, max(0, len(pairs) - MOST_PAIRS))


def common_words(words: NoteWords, one: str, other: str) -> float:
    """The weighted Jaccard index of two notes' words, 0..1; 0 if either has none."""
    rows = words.places.get(one), words.places.get(other)
    if rows[0] is None or rows[1] is None:
        return 0.0
    (a, a_counts), (b, b_counts) = (words.text.row(row) for row in rows if row is not None)
    _, at_a, at_b = np.intersect1d(a, b, assume_unique=True, return_indices=True)
    shared = np.minimum(a_counts[at_a], b_counts[at_b]).sum(dtype=np.int64)
    union = a_counts.sum(dtype=np.int64) + b_counts.sum(dtype=np.int64) - shared
    return float(shared / union) if union else 0.0


def _near(
    vectors: NoteVectors, notes: Sequence[Note], report: Report, check: Callable[[], None]
) -> Iterator[tuple[Note, Note, float]]:
    """The pairs of these notes whose cosine is at least `ALIKE`, each once.

    Of one note at most its `_MOST_OF_ONE` nearest that come after it: thousands of notes that
    differ in a number make millions of pairs.
    """
    rows = np.array([vectors.places[note.note_id] for note in notes], np.int64)
    matrix: NDArray[np.float32] = widened(vectors.matrix[rows])
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)
    for start in range(0, len(notes), _ROWS):
        check()
        report(start, len(notes))
        cosines = np.triu(matrix[start : start + _ROWS] @ matrix[start:].T, 1)
        for one, row in enumerate(cosines):
            others = np.flatnonzero(row >= ALIKE)
            for other in others[np.argsort(-row[others], kind="stable")[:_MOST_OF_ONE]].tolist():
                yield notes[start + one], notes[start + other], float(min(1.0, row[other]))
    report(len(notes), len(notes))


def _pair(one: Note, other: Note, cosine: float, overlap: float) -> DuplicatePair:
    return DuplicatePair(
        one.path, other.path, one.title, other.title, round(cosine, 4), overlap >= 1.0,
        round(overlap, 4),
    )  # fmt: skip
