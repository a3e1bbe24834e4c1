"""Looking up a query in the lexical index in memory."""

import math
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import compress

import numpy as np

from notesai.embedding.base import Vectors
from notesai.index.lexicon import Lexicon
from notesai.index.schema import ChunkKey, ScoredKey
from notesai.index.store import Store
from notesai.notes.terms import query_terms
from notesai.search.narrowing import Narrowed
from notesai.search.selection import WIDE

COMPARED = 600
"""Chunks that are compared with a query's vector one by one, which takes about 8 ms.

A condition in LanceDB's search takes more from a few hundred chunks on.
"""

_MORE = 3
"""Chunks that are looked for where some may turn out to be no hits, to those wanted."""


class InMemory:
    """Finds what some limits let be found."""

    def __init__(
        self, store: Store, lexicon: Lexicon, limits: Narrowed | None, text: str = ""
    ) -> None:
        """`text` is what is looked for; None for `limits` lets everything be found."""
        self._store = store
        self._lexicon = lexicon
        self._limits = limits
        self._weights = dict.fromkeys(query_terms(text), 1.0)

    def words(self, terms: Mapping[str, float], k: int) -> tuple[list[ScoredKey], dict[str, float]]:
        """See `Lookup`."""
        limits = self._limits
        if limits is None:
            return self._lexicon.best_chunks(terms, k), self._lexicon.best_notes(terms, k)
        titles = self._lexicon.best_notes(terms, k, limits.titles)
        if limits.doubts is None:
            return self._lexicon.best_chunks(terms, k, limits.chunks), titles
        numbers, scores = self._lexicon.chunks.corpus.best(terms, len(limits.chunks), limits.chunks)
        sure = limits.doubts.sure(numbers, k)
        keys = self._lexicon.keys(numbers[sure])
        pairs = zip(keys, scores[sure].tolist(), strict=True)
        return [ScoredKey(key, score) for key, score in pairs], titles

    def meaning(self, vector: Vectors, k: int) -> list[ScoredKey]:
        """See `Lookup`."""
        limits = self._limits
        if limits is None:
            return self._store.semantic_keys(vector, k)
        if limits.doubts is None:
            return self._nearest(limits, vector, k)
        found = self._nearest(limits, vector, _MORE * k)
        numbers = self._lexicon.numbers([chunk.key for chunk in found])
        known = numbers >= 0
        places = np.flatnonzero(known)[limits.doubts.sure(numbers[known], k)]
        return [found[at] for at in places.tolist()]

    def _nearest(self, limits: Narrowed, vector: Vectors, k: int) -> list[ScoredKey]:
        """The `k` nearest of what may be found, whatever there are doubts about."""
        candidates = int(np.count_nonzero(limits.chunks))
        fetch = partial(self._store.semantic_keys, vector)
        if candidates > COMPARED and limits.whole_notes:
            return limits.selection.found(lambda n, where: fetch(n, where=where), k)
        if candidates > COMPARED and limits.share >= WIDE:
            found = fetch(math.ceil(2 * k / limits.share))
            admitted = self._may_be(limits, [chunk.key for chunk in found])
            return list(compress(found, admitted))[:k]
        if candidates > COMPARED:
            numbers, _ = self._lexicon.chunks.corpus.best(self._weights, COMPARED, limits.chunks)
        else:
            numbers = np.flatnonzero(limits.chunks)
        return self._store.nearest_of(vector, self._lexicon.keys(numbers))[:k]

    def admitted(self, keys: Sequence[ChunkKey]) -> list[ChunkKey]:
        """See `Lookup`."""
        limits = self._limits
        if limits is None:
            return list(keys)
        may_be = list(compress(keys, self._may_be(limits, keys)))
        if limits.doubts is None:
            return may_be
        sure = limits.doubts.sure(self._lexicon.numbers(may_be), len(may_be))
        return [may_be[at] for at in sure]

    def _may_be(self, limits: Narrowed, keys: Sequence[ChunkKey]) -> list[bool]:
        """Of each of these chunks whether it may be a hit."""
        if limits.whole_notes:
            return [key.note_id in limits.notes for key in keys]
        # What is not known here has the number -1.
        return np.append(limits.chunks, False)[self._lexicon.numbers(keys)].tolist()

    def holding(self, word: str, found: Sequence[ChunkKey], enough: int) -> int:
        """See `Lookup`."""
        numbers = self._lexicon.numbers(found)
        held = self._lexicon.chunks.corpus.holding(query_terms(word))
        return min(enough, int(np.count_nonzero(held[numbers[numbers >= 0]])))

    def knows(self, word: str) -> bool:
        """See `Lookup`."""
        terms = query_terms(word)
        sides = self._lexicon.chunks, self._lexicon.titles
        return any(bool(side.corpus.holding(terms).any()) for side in sides)
