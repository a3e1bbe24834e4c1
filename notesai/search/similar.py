"""Notes similar to a note: late interaction over chunks, joined with its own words.

MaxSim (Khattab and Zaharia, "ColBERT", 2020) over chunks instead of tokens: each chunk of the note
takes its best chunk in the other note, and the mean over the chunks is the score.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from notesai.embedding.base import Embedder
from notesai.index.schema import ChunkRow
from notesai.index.store import Store
from notesai.model import Neighbour, Note, PassagePair, SimilarResult
from notesai.search.calibration import UNRELATED
from notesai.search.fusion import convex
from notesai.search.hybrid import passage
from notesai.search.naming import links_to

CHUNKS = 24
"""Chunks of the note that are compared; a book is represented by chunks spread over it."""

PER_CHUNK = 30
WORDS = 40
MEANING_WEIGHT = 0.6
PAIRS = 3


@dataclass(slots=True)
class _Matches:
    """Per other note: the best score of each own chunk, and the pairs behind it."""

    best: dict[int, float] = field(default_factory=dict[int, float])
    pairs: list[tuple[float, ChunkRow, ChunkRow]] = field(
        default_factory=list[tuple[float, ChunkRow, ChunkRow]]
    )

    def add(self, index: int, score: float, here: ChunkRow, there: ChunkRow) -> None:
        if score > self.best.get(index, 0.0):
            self.best[index] = score
            self.pairs.append((score, here, there))


def similar(store: Store, embedder: Embedder, note: Note, *, k: int = 10) -> SimilarResult:
    """The `k` notes most similar to `note`, each with the passages that match best."""
    book = store.notebook()
    chunks = store.chunks_of([note.note_id])
    meaning = _by_meaning(store, embedder, note)
    words = _by_words(store, note, chunks)
    scores = _joined(meaning, words)
    best = sorted(scores, key=lambda note_id: (-scores[note_id], note_id))
    neighbours: list[Neighbour] = []
    for note_id in best:
        other = book.get(note_id)
        if other is not None and len(neighbours) < k:
            pairs = _pairs(meaning.get(note_id), words.get(note_id))
            linked = links_to(note, other) or links_to(other, note)
            score = round(scores[note_id], 4)
            neighbours.append(Neighbour(other.path, other.title, score, pairs, linked))
    return SimilarResult(note.path, tuple(neighbours))


def _by_meaning(store: Store, embedder: Embedder, note: Note) -> dict[str, _Matches]:
    languages = embedder.card.languages
    if note.language not in languages:
        return {}
    book = store.notebook()
    rows, vectors = store.matrix_of(note.note_id, note.content_hash)
    matches: dict[str, _Matches] = defaultdict(_Matches)
    for index in _spread(len(rows)):
        where = f"note_id != '{note.note_id}'"
        for found in store.semantic(vectors[index], PER_CHUNK, where=where):
            other = book.get(found.row.note_id)
            if found.score > 0.0 and other is not None and other.language in languages:
                matches[other.note_id].add(index, found.score, rows[index], found.row)
    return matches


def _by_words(store: Store, note: Note, chunks: list[ChunkRow]) -> dict[str, _Matches]:
    """Other notes by the words that this note uses most, weighed by BM25's own rarity.

    BM25 has no upper end; the note's own best chunk, which holds these words by definition, is 1.
    """
    counts = Counter(term for chunk in chunks for term in chunk.terms.split() if len(term) > 1)
    words = " ".join(term for term, _ in counts.most_common(WORDS))
    found = store.lexical(words, PER_CHUNK * 2)
    own_best = max((f.score for f in found if f.row.note_id == note.note_id), default=0.0)
    best = max([own_best, *(f.score for f in found)], default=1.0)
    own = [set(chunk.terms.split()) for chunk in chunks]
    matches: dict[str, _Matches] = defaultdict(_Matches)
    for other in found:
        if other.row.note_id != note.note_id:
            theirs = set(other.row.terms.split())
            index = max(range(len(own)), key=lambda i: len(own[i] & theirs))
            matches[other.row.note_id].add(index, other.score / best, chunks[index], other.row)
    return matches


def _joined(meaning: dict[str, _Matches], words: dict[str, _Matches]) -> dict[str, float]:
    own = max((len(found.best) for found in meaning.values()), default=0)
    cosines = {note_id: _mean_max(found, own) for note_id, found in meaning.items()}
    bm25 = {i: max(found.best.values()) for i, found in words.items()}
    if not cosines:
        return bm25
    related = {i: max(0.0, (c - UNRELATED) / (1 - UNRELATED)) for i, c in cosines.items()}
    return convex(bm25, related, MEANING_WEIGHT)


def _mean_max(found: _Matches, own: int) -> float:
    """Half the mean over all own chunks, half the best: a long note may match in one place."""
    values = np.fromiter(found.best.values(), float)
    return float(0.5 * values.sum() / own + 0.5 * values.max())


def _pairs(*sides: _Matches | None) -> tuple[PassagePair, ...]:
    for side in sides:
        if side is not None:
            best = sorted(side.pairs, key=lambda pair: -pair[0])
            seen: set[str] = set()
            pairs: list[PassagePair] = []
            for score, here, there in best:
                if there.chunk_id not in seen and len(pairs) < PAIRS:
                    seen.add(there.chunk_id)
                    pairs.append(
                        PassagePair(passage(here, score), passage(there, score), round(score, 4))
                    )
            return tuple(pairs)
    return ()


def _spread(count: int) -> list[int]:
    if count <= CHUNKS:
        return list(range(count))
    return sorted({round(i * (count - 1) / (CHUNKS - 1)) for i in range(CHUNKS)})
