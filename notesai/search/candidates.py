"""The two halves of a search: chunks by word and chunks by meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from notesai.embedding.base import Embedder, Vectors
from notesai.index.schema import ChunkKey
from notesai.index.store import Store
from notesai.notes.language import language_of
from notesai.notes.terms import query_weights
from notesai.search.arithmetic import NO_TERMS, Terms, combined
from notesai.search.calibration import calibration
from notesai.search.forgiving import foreseen, hindsight
from notesai.search.hangul import whole_syllables, without_initials
from notesai.search.lookup import Lookup
from notesai.search.query import Query
from notesai.search.spelling import with_stand_ins

CANDIDATES = 100
"""Chunks that each half brings."""

TITLE_WEIGHT = 0.5
"""What the BM25 of a note's title, path and tags adds to each of its chunks."""

MAX_TERMS = 64
"""A pasted page is searched by its first words only."""

MAX_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Chunks by id, not read, and their raw scores.

    `titles` holds notes whose title, path or tags matched. Scores up to `floor` tell nothing; from
    `clear` on they are a reason of their own. `near` are words that stood in for some of the
    query's.
    """

    keys: Mapping[str, ChunkKey]
    scores: Mapping[str, float]
    titles: Mapping[str, float]
    floor: float = 0.0
    clear: float = 0.0
    near: tuple[str, ...] = ()


NONE = Candidates({}, {}, {})


def search_terms(query: str) -> dict[str, float]:
    """The distinct words of a query for the lexical index, and what each counts."""
    return dict(islice(query_weights(query[:MAX_CHARACTERS]).items(), MAX_TERMS))


def by_word(store: Store, query: Query, lookup: Lookup, *, typing: bool = False) -> Candidates:
    """Chunks by BM25. A note whose title alone matches takes part with its first chunk.

    While `typing`, the last word may go on. Words that are found nowhere are taken for near ones.
    """
    sought = search_terms(whole_syllables(query.text))
    near = foreseen(store, query, typing=typing)
    found, titles = lookup.words(with_stand_ins(sought, near), CANDIDATES)
    more = hindsight(store, query, lookup, [chunk.key for chunk in found], near, typing=typing)
    if more:
        near = {**more, **near}
        found, titles = lookup.words(with_stand_ins(sought, near), CANDIDATES)
    keys = {chunk.key.chunk_id: chunk.key for chunk in found}
    scores = {chunk.key.chunk_id: chunk.score for chunk in found}
    absent = titles.keys() - {key.note_id for key in keys.values()}
    for key in lookup.admitted(store.beginnings(sorted(absent))):
        keys[key.chunk_id] = key
        scores[key.chunk_id] = 0.0
    for chunk_id, key in keys.items():
        scores[chunk_id] += TITLE_WEIGHT * titles.get(key.note_id, 0.0)
    return Candidates(keys, scores, titles, near=tuple(near))


def by_meaning(
    store: Store,
    embedder: Embedder,
    query: Query,
    lookup: Lookup,
    terms: Terms = NO_TERMS,
) -> Candidates:
    """Chunks by cosine, among notes in the model's languages; none if it cannot read the query."""
    vector = _vector(store, embedder, query, terms)
    if vector is None:
        return NONE
    found = lookup.meaning(vector, CANDIDATES)
    languages = embedder.card.languages
    background = calibration(store).background(vector)
    # With nothing but what to stay away from, what is merely unrelated is the best there is.
    away = not (query.text.strip() or terms.like)
    book = store.known
    keys: dict[str, ChunkKey] = {}
    scores: dict[str, float] = {}
    for chunk in found:
        note = book.get(chunk.key.note_id)
        if note is not None and (not note.language or note.language in languages):
            keys[chunk.key.chunk_id] = chunk.key
            scores[chunk.key.chunk_id] = (1.0 + chunk.score) / 2 if away else chunk.score
    return Candidates(keys, scores, {}, 0.0 if away else background.floor, background.clear)


def _vector(store: Store, embedder: Embedder, query: Query, terms: Terms) -> Vectors | None:
    # Initial consonants and half a syllable mean nothing.
    languages, text = embedder.card.languages, whole_syllables(without_initials(query.text))
    words = embedder.embed_query(text[:MAX_CHARACTERS]) if speaks(languages, text) else None
    if terms == NO_TERMS:
        return words
    read = tuple(word for word in terms.unlike_words if speaks(languages, word))
    return combined(store, embedder, words, replace(terms, unlike_words=read))


def speaks(languages: tuple[str, ...], text: str) -> bool:
    """Whether a model of these languages may be asked about `text`."""
    language = language_of(text)
    return bool(language) and language in languages
