"""Late interaction: the passages of a note against those of others, and the pairs that match.

MaxSim (Khattab and Zaharia, "ColBERT", 2020) over passages instead of tokens: each passage of the
note takes its best one in the other note, and the mean over the passages is the score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from notesai.embedding.base import Vectors
from notesai.index.products import products
from notesai.index.schema import ChunkKey, ChunkRow, PassageRow
from notesai.index.store import Store
from notesai.model import Note, PassagePair
from notesai.search.hybrid import passage
from notesai.search.likeness import centred
from notesai.search.subject import Meaning, Subject, some

MOST_PASSAGES = 3000
"""Passages that are read: of a book among the candidates not all are needed."""

PAIRS = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of the subject and one of another note, and how they fit.

    That is their cosine, or the share of the words of the first that stand in the other.
    """

    here: ChunkKey
    there: ChunkKey
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """How the passages of one other note fit: MaxSim, -1..1.

    `nearness` has the shape (own passages, passages of the other note).
    """

    score: float
    own: Meaning
    others: Meaning
    nearness: Vectors

    def pairs(self) -> tuple[Pair, ...]:
        """The best `PAIRS` pairs, each passage in one of them."""
        found: list[Pair] = []
        # Passages that say the same are taken in their order, however products were rounded.
        left = self.nearness.round(5)
        for _ in range(min(PAIRS, *left.shape)):
            here, there = map(int, np.unravel_index(int(left.argmax()), left.shape))
            cosine = float(self.own.vectors[here] @ self.others.vectors[there])
            if cosine > 0.0:
                found.append(Pair(self.own.keys[here], self.others.keys[there], cosine))
            left[here, :] = left[:, there] = -2.0
        return tuple(found)


def matches(
    store: Store, own: Meaning, note_ids: Sequence[str], middle: Vectors
) -> dict[str, Match]:
    """The match of each of these notes that has vectors, as far as they are read.

    `middle` is taken off all vectors before they are compared.
    """
    if not len(own.vectors) or not note_ids:
        return {}
    theirs = store.keys_of(_enough(store, note_ids))
    keys, vectors = store.vectors_at([key for of_note in theirs.values() for key in of_note])
    nearness = products(centred(own.vectors, middle), centred(vectors, middle))
    found: dict[str, Match] = {}
    for note_id, group in groupby(range(len(keys)), key=lambda at: keys[at].note_id):
        first, *rest = group
        part = slice(first, first + 1 + len(rest))
        near = nearness[:, part]
        score = float(near.max(axis=1).mean())
        found[note_id] = Match(score, own, Meaning(keys[part], vectors[part]), near)
    return found


def pairs_by_word(store: Store, subject: Subject, notes: Sequence[Note]) -> dict[str, Pair]:
    """Of notes that cannot be compared by meaning, the pair of passages that share most words."""
    if not subject.some or not notes:
        return {}
    theirs = {note_id: some(keys) for note_id, keys in store.keys_of(notes).items()}
    terms = subject.terms(store, [*subject.some, *(k for keys in theirs.values() for k in keys)])
    words = {
        key.chunk_id: frozenset(
            term for term in terms.get(key.chunk_id, "").split() if len(term) > 1
        )
        for key in subject.some
    }
    return {
        note_id: pair
        for note_id, keys in theirs.items()
        if (pair := _most_shared(subject.some, words, keys, terms)) is not None
    }


def shown(
    passages: Mapping[str, ChunkRow | PassageRow], pairs: Sequence[Pair]
) -> tuple[PassagePair, ...]:
    """These pairs as they are shown, given the passages by id; without what is gone by now."""
    return tuple(
        PassagePair(
            passage(passages[pair.here.chunk_id], pair.score),
            passage(passages[pair.there.chunk_id], pair.score),
            round(pair.score, 4),
        )
        for pair in pairs
        if pair.here.chunk_id in passages and pair.there.chunk_id in passages
    )


def _most_shared(
    own: Sequence[ChunkKey],
    words: Mapping[str, frozenset[str]],
    others: Sequence[ChunkKey],
    terms: Mapping[str, str],
) -> Pair | None:
    best, pair = 0, None
    for there in others:
        held = frozenset(terms.get(there.chunk_id, "").split())
        for here in own:
            asked = words[here.chunk_id]
            if len(asked) > best and (shared := len(asked & held)) > best:
                best, pair = shared, Pair(here, there, shared / len(asked))
    return pair


def _enough(store: Store, note_ids: Sequence[str]) -> list[Note]:
    """The first of these notes, until they have `MOST_PASSAGES`."""
    passages, found = 0, list[Note]()
    for note in filter(None, map(store.known.get, note_ids)):
        passages += note.n_chunks
        if found and passages > MOST_PASSAGES:
            break
        found.append(note)
    return found
