"""The two halves of a search: chunks by word and chunks by meaning."""

from collections.abc import Mapping
from dataclasses import dataclass

from notesai.embedding.base import Embedder
from notesai.index.schema import ChunkRow
from notesai.index.store import Store
from notesai.notes.language import language_of
from notesai.notes.terms import query_terms

CANDIDATES = 100
"""Chunks that each half brings."""

TITLE_WEIGHT = 0.5
"""What the BM25 of a note's title, path and tags adds to each of its chunks."""

MAX_TERMS = 64
"""A pasted page is searched by its first words only."""

MAX_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Chunks by id and their raw scores; `titles` holds notes whose title, path or tags matched."""

    rows: Mapping[str, ChunkRow]
    scores: Mapping[str, float]
    titles: Mapping[str, float]


NONE = Candidates({}, {}, {})


def search_terms(query: str) -> list[str]:
    """The distinct words of a query for the lexical index."""
    return list(dict.fromkeys(query_terms(query[:MAX_CHARACTERS])))[:MAX_TERMS]


def by_word(store: Store, query: str) -> Candidates:
    """Chunks by BM25. A note whose title alone matches takes part with its first chunk."""
    terms = " ".join(search_terms(query))
    found = store.lexical(terms, CANDIDATES)
    titles = store.lexical_notes(terms, CANDIDATES)
    rows = {chunk.row.chunk_id: chunk.row for chunk in found}
    scores = {chunk.row.chunk_id: chunk.score for chunk in found}
    absent = titles.keys() - {row.note_id for row in rows.values()}
    for row in store.chunks_of(sorted(absent)):
        if row.ordinal == 0:
            rows[row.chunk_id] = row
            scores[row.chunk_id] = 0.0
    for chunk_id, row in rows.items():
        scores[chunk_id] += TITLE_WEIGHT * titles.get(row.note_id, 0.0)
    return Candidates(rows, scores, titles)


def by_meaning(store: Store, embedder: Embedder, query: str) -> Candidates:
    """Chunks by cosine, among notes in the model's languages; none if it cannot read the query."""
    languages = embedder.card.languages
    if not speaks(languages, query):
        return NONE
    found = store.semantic(embedder.embed_query(query[:MAX_CHARACTERS]), CANDIDATES)
    book = store.notebook()
    rows: dict[str, ChunkRow] = {}
    scores: dict[str, float] = {}
    for chunk in found:
        note = book.get(chunk.row.note_id)
        if note is not None and (not note.language or note.language in languages):
            rows[chunk.row.chunk_id] = chunk.row
            scores[chunk.row.chunk_id] = chunk.score
    return Candidates(rows, scores, {})


def speaks(languages: tuple[str, ...], text: str) -> bool:
    """Whether a model of these languages may be asked about `text`."""
    language = language_of(text)
    return bool(language) and language in languages
