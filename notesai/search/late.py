"""Late interaction: the passages of a note against those of others, and the pairs that match.

MaxSim (Khattab and Zaharia, "ColBERT", 2020) over passages instead of tokens: each passage of the
note takes its best one in the other note, and the mean over the passages is the score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from notesai.embedding.base import Vectors
from notesai.index.schema import ChunkKey, ChunkRow
from notesai.index.store import Store
from notesai.model import PassagePair
from notesai.search.hybrid import passage
from notesai.search.likeness import centred
from notesai.search.subject import Subject, some

MOST_PASSAGES = 3000
"""Passages that are read: of a book among the candidates not all are needed."""

PAIRS = 3


@dataclass(frozen=True, slots=True)
class Match:
    """How the passages of one other note fit: MaxSim, -1..1, and the best pairs.

    A pair is a place in `Subject.embedded`, the other passage, and their cosine.
    """

    score: float
    pairs: tuple[tuple[int, ChunkKey, float], ...]


def matches(
    store: Store, subject: Subject, note_ids: Sequence[str], middle: Vectors
) -> dict[str, Match]:
    """The match of each of these notes that has vectors, as far as they are read.

    `middle` is taken off all vectors before they are compared.
    """
    if not len(subject.vectors):
        return {}
    keys, vectors = store.keyed_vectors(_enough(store, note_ids))
    if not keys:
        return {}
    nearness = centred(subject.vectors, middle) @ centred(vectors, middle).T
    columns: dict[str, list[int]] = {}
    for column, key in enumerate(keys):
        columns.setdefault(key.note_id, []).append(column)
    return {
        note_id: _match(nearness[:, places], subject.vectors, vectors[places], keys, places)
        for note_id, places in columns.items()
    }


def pairs_of(
    store: Store, subject: Subject, found: Mapping[str, Match]
) -> dict[str, tuple[PassagePair, ...]]:
    """The pairs of these notes as they are shown; those that are gone by now are left out."""
    keys = {key.chunk_id: key for match in found.values() for _, key, _ in match.pairs}
    rows = store.rows_at(list(keys.values()))
    return {
        note_id: tuple(
            _pair(subject.embedded[own], rows[key.chunk_id], cosine)
            for own, key, cosine in match.pairs
            if key.chunk_id in rows
        )
        for note_id, match in found.items()
    }


def pairs_by_word(
    store: Store, subject: Subject, note_ids: Sequence[str]
) -> dict[str, tuple[PassagePair, ...]]:
    """The pair of passages that share most words, for notes that cannot be compared by meaning."""
    if not subject.rows or not note_ids:
        return {}
    rows = some(subject.rows)
    own = [frozenset(term for term in row.terms.split() if len(term) > 1) for row in rows]
    theirs: dict[str, list[ChunkRow]] = {}
    for row in store.chunks_of(note_ids):
        theirs.setdefault(row.note_id, []).append(row)
    found: dict[str, tuple[PassagePair, ...]] = {}
    for note_id, others in theirs.items():
        pair = _most_shared(rows, own, some(others))
        if pair is not None:
            found[note_id] = (pair,)
    return found


def _most_shared(
    rows: Sequence[ChunkRow], own: Sequence[frozenset[str]], others: Sequence[ChunkRow]
) -> PassagePair | None:
    best, at, there = 0, 0, others[0]
    for row in others:
        terms = frozenset(row.terms.split())
        for place, words in enumerate(own):
            if len(words) > best and (shared := len(words & terms)) > best:
                best, at, there = shared, place, row
    return _pair(rows[at], there, best / len(own[at])) if best else None


def _pair(here: ChunkRow, there: ChunkRow, score: float) -> PassagePair:
    return PassagePair(passage(here, score), passage(there, score), round(score, 4))


def _enough(store: Store, note_ids: Sequence[str]) -> list[str]:
    """The first of these notes, until they have `MOST_PASSAGES`."""
    book, passages, found = store.known, 0, list[str]()
    for note_id in note_ids:
        note = book.get(note_id)
        passages += note.n_chunks if note is not None else 0
        if found and passages > MOST_PASSAGES:
            break
        found.append(note_id)
    return found


def _match(
    nearness: Vectors,
    own: Vectors,
    others: Vectors,
    keys: Sequence[ChunkKey],
    places: Sequence[int],
) -> Match:
    """Nearness has shape (own passages, passages of the other note), whose keys are at `places`."""
    score = float(nearness.max(axis=1).mean())
    pairs: list[tuple[int, ChunkKey, float]] = []
    left = nearness.copy()
    for _ in range(min(PAIRS, *left.shape)):
        here, there = map(int, np.unravel_index(int(left.argmax()), left.shape))
        cosine = float(own[here] @ others[there])
        if cosine > 0.0:
            pairs.append((here, keys[places[there]], cosine))
        left[here, :] = left[:, there] = -2.0
    return Match(score, tuple(pairs))
