"""Looking up a query in LanceDB's own indexes: slower, but there from the first moment on."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from notesai.embedding.base import Vectors
from notesai.index.schema import ChunkKey, ScoredKey
from notesai.index.store import Store
from notesai.notes.terms import query_terms
from notesai.search.selection import Selection


class InTables:
    """Finds what a selection lets be found, or anything if there is none."""

    def __init__(self, store: Store, selection: Selection | None) -> None:
        self._store = store
        self._selection = selection
        self._read: tuple[Sequence[ChunkKey], list[str]] = ((), [])

    def words(self, terms: Mapping[str, float], k: int) -> tuple[list[ScoredKey], dict[str, float]]:
        """See `Lookup`."""
        selection = self._selection
        chunks = partial(self._store.lexical_keys, terms)
        notes = partial(self._store.lexical_notes, terms)
        if selection is None:
            return chunks(k), notes(k)
        return (
            selection.found(lambda n, where: chunks(n, where=where), k),
            selection.titles(lambda n, where: notes(n, where=where), k),
        )

    def meaning(self, vector: Vectors, k: int) -> list[ScoredKey]:
        """See `Lookup`."""
        fetch = partial(self._store.semantic_keys, vector)
        if self._selection is None:
            return fetch(k)
        return self._selection.found(lambda n, where: fetch(n, where=where, spare=not where), k)

    def admitted(self, keys: Sequence[ChunkKey]) -> list[ChunkKey]:
        """See `Lookup`."""
        selection = self._selection
        return [key for key in keys if selection is None or selection.admits(key)]

    def holding(self, word: str, found: Sequence[ChunkKey], enough: int) -> int:
        """See `Lookup`. The chunks are read, once as long as they are the same."""
        if self._read[0] is not found:
            read = self._store.terms_at(found)
            self._read = found, [terms for terms in read if terms is not None]
        return _holding(self._read[1], word, enough)

    def knows(self, word: str) -> bool:
        """See `Lookup`."""
        terms = " ".join(query_terms(word))
        best = (chunk.row.terms for chunk in self._store.lexical(terms, 1))
        return _holding(best, word, 1) > 0 or bool(self._store.notes_with(terms))


def _holding(passages: Iterable[str], word: str, enough: int) -> int:
    """How many of the passages, given as terms, hold all terms of the word, up to `enough`."""
    terms = [f" {term} " for term in query_terms(word)]
    count = 0
    for passage in passages:
        padded = f" {passage} "
        count += all(term in padded for term in terms)
        if count >= enough:
            break
    return count
