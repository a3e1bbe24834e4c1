"""Where a search looks: in the lexical index in memory where it is there, else in LanceDB's."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from notesai.embedding.base import Vectors
from notesai.index.schema import ChunkKey, ScoredKey
from notesai.index.store import Store
from notesai.search.filters import facets
from notesai.search.in_memory import InMemory
from notesai.search.in_tables import InTables
from notesai.search.narrowing import limited, narrowed
from notesai.search.query import Query
from notesai.search.selection import Selection, selected

ScoredNotes = dict[str, float]
"""Ids of notes and their BM25."""


class Lookup(Protocol):
    """Finds chunks and notes for one query, among those that it lets be found."""

    def words(self, terms: Mapping[str, float], k: int) -> tuple[list[ScoredKey], ScoredNotes]:
        """The `k` best chunks by BM25 for terms and what each counts, and the `k` best notes.

        Those are found by their titles, paths and tags.
        """
        ...

    def meaning(self, vector: Vectors, k: int) -> list[ScoredKey]:
        """The `k` nearest chunks by cosine to `vector`, shape (dimension,)."""
        ...

    def admitted(self, keys: Sequence[ChunkKey]) -> list[ChunkKey]:
        """Those of these chunks that may be found."""
        ...

    def holding(self, word: str, found: Sequence[ChunkKey], enough: int) -> int:
        """How many of these chunks hold all terms of the word; counts up to `enough`."""
        ...

    def knows(self, word: str) -> bool:
        """Whether any chunk, title, path or tag, left out or not, holds the word's terms."""
        ...


def looking(store: Store, query: Query, apart: frozenset[str] = frozenset()) -> Lookup:
    """Where `query` is looked up, without the notes `apart`."""
    lexicon = store.lexicon()
    if lexicon is None:
        return InTables(store, selected(store, query, apart))
    return InMemory(store, lexicon, narrowed(store, lexicon, query, apart), query.text)


def chosen(store: Store, query: Query, apart: frozenset[str] = frozenset()) -> frozenset[str]:
    """Ids of the notes that pass the filters and exclusions of `query`, without those `apart`."""
    lexicon = store.lexicon()
    limits = narrowed(store, lexicon, query, apart) if lexicon is not None else None
    if limits is not None and limits.doubts is None:
        return limits.note_ids
    selection = selected(store, query, apart)
    return selection.notes if selection is not None else frozenset(facets(store.known).ids) - apart


def looking_among(store: Store, selection: Selection | None, text: str) -> Lookup:
    """Where `text` is looked up: in whole notes that are selected, or everywhere."""
    lexicon = store.lexicon()
    if lexicon is None:
        return InTables(store, selection)
    if selection is None:
        return InMemory(store, lexicon, None, text)
    known = facets(store.known)
    return InMemory(store, lexicon, limited(lexicon, known, known.of_ids(selection.notes)), text)
