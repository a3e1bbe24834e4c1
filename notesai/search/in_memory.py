"""Looking up a query in the lexical index in memory."""

import math
from collections.abc import Mapping, Sequence
from itertools import compress

import numpy as np

from notesai.embedding.base import Vectors
from notesai.index.corpus import Integers
from notesai.index.lexicon import Lexicon
from notesai.index.postings import Mask
from notesai.index.ranking import Scores
from notesai.index.schema import ChunkKey, ScoredKey
from notesai.index.store import Store
from notesai.notes.terms import query_terms
from notesai.search.narrowing import Narrowed
from notesai.search.selection import WIDE
from notesai.search.verifying import Doubts

COMPARED = 600
"""Chunks that are compared with a query's vector one by one, which takes about 8 ms.

A condition in LanceDB's search takes more from a few hundred chunks on.
"""

COMPARED_OF = 800
"""Of so many chunks one more is compared: a condition looks at every row that there is."""

_RANKED = 1000
"""Chunks that are ranked at first where it is not known how many of them will do."""

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
        numbers, scores, sure = self._sure(terms, k, limits.chunks, limits.doubts)
        keys = self._lexicon.keys(numbers[sure])
        pairs = zip(keys, scores[sure].tolist(), strict=True)
        return [ScoredKey(key, score) for key, score in pairs], titles

    def _sure(
        self, terms: Mapping[str, float], k: int, among: Mask, doubts: Doubts
    ) -> tuple[Integers, Scores, list[int]]:
        """The best chunks, their scores, and the places among them of `k` that are hits."""
        corpus = self._lexicon.chunks.corpus
        numbers, scores = corpus.best(terms, _RANKED, among)
        sure = doubts.sure(numbers, k)
        if len(sure) < k and len(numbers) == _RANKED:
            numbers, scores = corpus.best(terms, len(among), among)
            sure = doubts.sure(numbers, k)
        return numbers, scores, sure

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
        compared = max(COMPARED, len(limits.chunks) // COMPARED_OF)
        if candidates <= compared:
            return self._compared(vector, np.flatnonzero(limits.chunks), k)
        if limits.share >= WIDE and not (limits.whole_notes and limits.short):
            more = math.ceil(2 * k / limits.share)
            found = self._store.semantic_keys(vector, more, spare=True)
            admitted = list(compress(found, self._may_be(limits, [chunk.key for chunk in found])))
            # Far fewer than asked for: there are no others.
            if len(admitted) >= k or 2 * len(found) < more or not limits.whole_notes:
                return admitted[:k]
        if limits.whole_notes:
            return self._store.semantic_keys(vector, k, where=limits.selection.condition)
        likely, _ = self._lexicon.chunks.corpus.best(self._weights, compared, limits.chunks)
        return self._compared(vector, likely, k)

    def _compared(self, vector: Vectors, numbers: Integers, k: int) -> list[ScoredKey]:
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
        # What is not known here has the number -1.
        return np.append(limits.chunks, False)[self._lexicon.numbers(keys)].tolist()

    def holding(self, word: str, found: Sequence[ChunkKey], enough: int) -> int:
        """See `Lookup`."""
        numbers = self._lexicon.numbers(found)
        held = self._lexicon.chunks.corpus.held(query_terms(word), numbers[numbers >= 0])
        return min(enough, int(np.count_nonzero(held)))

    def knows(self, word: str) -> bool:
        """See `Lookup`."""
        terms = query_terms(word)
        sides = self._lexicon.chunks, self._lexicon.titles
        return any(bool(side.corpus.holding(terms).any()) for side in sides)
