"""Search: both halves, fused, grouped by note."""

import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from notesai.embedding.base import Embedder
from notesai.index.notebook import Notebook
from notesai.index.schema import ChunkKey, ChunkRow, PassageRow
from notesai.index.store import Store
from notesai.model import Hit, Passage, SearchMode, SearchResult
from notesai.notes.language import language_of
from notesai.search.arithmetic import resolved
from notesai.search.calibration import UNMEASURED, Calibration, calibration
from notesai.search.candidates import (
    NONE,
    TITLE_WEIGHT,
    Candidates,
    by_meaning,
    by_word,
)
from notesai.search.fusion import convex, normalised
from notesai.search.keyboard import in_the_layout_meant
from notesai.search.listing import newest
from notesai.search.lookup import chosen, looking
from notesai.search.misread import misread
from notesai.search.naming import is_named
from notesai.search.phrases import marks
from notesai.search.query import Query, parse

MEANING_WEIGHT = 0.5
"""Share of meaning where the model speaks the query's language; flat between 0.4 and 0.6."""

MEANING_WEIGHT_KOREAN = 0.15
"""For Korean, where pairs of syllables find nearly everything and models are less sure."""

PASSAGES = 3

FILTERED = "filters"
"""The reason of a hit when nothing was looked for but notes that pass the filters."""


def search(
    store: Store,
    embedder: Embedder,
    query: str | Query,
    *,
    k: int = 10,
    mode: SearchMode = SearchMode.HYBRID,
    typing: bool = False,
    first: Callable[[SearchResult], None] | None = None,
    check: Callable[[], None] = lambda: None,
) -> SearchResult:
    """The `k` best notes for a query, in the language of `notesai.search.query` if it is a text.

    While `typing`, the last word may be the beginning of another one. In hybrid mode `first` is
    given the hits by word before meaning is looked at; `check` may raise `Cancelled` between the
    steps. Filters alone list the notes that pass them.
    """
    started = time.perf_counter()
    query, terms = resolved(store, parse(query) if isinstance(query, str) else query)
    if query.only_filters:
        listed = _listed(store, chosen(store, query, terms.apart), k)
        return _answered(store, query, listed, started)
    lookup = looking(store, query, terms.apart)
    meant = in_the_layout_meant(store, query, lookup)
    if meant is not query:
        query, lookup = meant, looking(store, meant, terms.apart)
    check()
    words = NONE if mode is SearchMode.SEMANTIC else by_word(store, query, lookup, typing=typing)
    check()
    shown = Shown(store)
    if first is not None and mode is SearchMode.HYBRID:
        first(_result(store, query, words, NONE, shown, k, started))
        check()
    meaning = NONE
    if mode is not SearchMode.LEXICAL:
        meaning = by_meaning(store, embedder, query, lookup, terms)
    check()
    return _result(store, query, words, meaning, shown, k, started)


def share_of_meaning(text: str, trusted: Calibration = UNMEASURED) -> float:
    """The weight of meaning, 0..1, in the answer to `text`: none for a model that reads nothing."""
    language = language_of(text)
    share = MEANING_WEIGHT_KOREAN if language == "ko" else MEANING_WEIGHT
    return share * trusted.trust(language)


def _share(store: Store, query: Query, meaning: Candidates) -> float:
    return share_of_meaning(query.text, calibration(store)) if meaning.keys else 0.0


def fused(
    words: Candidates, meaning: Candidates, share: float = MEANING_WEIGHT
) -> dict[str, float]:
    """Chunk ids and their joined scores in 0..1; `share` is the weight of meaning.

    With none of it what meaning brings is left out, even where words bring nothing.
    """
    by_words = normalised(words.scores, words.floor)
    if share <= 0.0:
        return by_words
    by_meanings = normalised(meaning.scores, meaning.floor)
    if not by_words:
        # A filter may leave only what is further from the query than most notes are.
        return by_meanings or normalised(meaning.scores, 0.0)
    if not by_meanings:
        return by_words
    return convex(by_words, by_meanings, share)


def _result(
    store: Store,
    query: Query,
    words: Candidates,
    meaning: Candidates,
    shown: "Shown",
    k: int,
    started: float,
) -> SearchResult:
    keys = {**words.keys, **meaning.keys}
    share = 1.0 if words is NONE else _share(store, query, meaning)
    by_note: dict[str, list[tuple[float, ChunkKey]]] = defaultdict(list)
    for chunk_id, score in fused(words, meaning, share).items():
        by_note[keys[chunk_id].note_id].append((score, keys[chunk_id]))
    for chunks in by_note.values():
        chunks.sort(key=lambda pair: (-pair[0], pair[1].ordinal))
    book = store.known
    named = _named(book, words, query)
    for note_id in named & by_note.keys():
        by_note[note_id][0] = (1.0, by_note[note_id][0][1])

    def rank(note_id: str) -> tuple[bool, float, int, int, str]:
        # Of notes that share their best passage, the one of which it is the larger part, then the
        # newest; never by chance: an index that is made anew answers in the same order.
        note = book.get(note_id)
        score = round(by_note[note_id][0][0], 6)
        size, age, path = (note.n_chunks, -note.mtime_ns, note.path) if note else (0, 0, "")
        return note_id not in named, -score, size, age, path

    best = sorted(by_note, key=rank)[:k]
    shown.read(key for note_id in best for _, key in by_note[note_id][:PASSAGES])
    hits = [_hit(book, by_note[note_id], shown, query, words, meaning) for note_id in best]
    return _answered(store, query, [hit for hit in hits if hit is not None], started)


def _named(book: Notebook, words: Candidates, query: Query) -> set[str]:
    """Notes whose name is all that was typed: that is how one gets to a note that one knows."""
    name = unicodedata.normalize("NFC", " ".join(query.text.split())).casefold()
    found = ((note_id, book.get(note_id)) for note_id in words.titles)
    return {note_id for note_id, note in found if note is not None and is_named(note, name)}


def _answered(store: Store, query: Query, hits: list[Hit], started: float) -> SearchResult:
    milliseconds = round(1000 * (time.perf_counter() - started), 2)
    waiting, told = store.count_waiting(), misread(store, query, hits=bool(hits))
    return SearchResult(query.source, milliseconds, tuple(hits), waiting, told)


def _listed(store: Store, note_ids: frozenset[str], k: int) -> list[Hit]:
    """These notes, newest first, each with how it begins."""
    return [
        Hit(note.path, note.title, 1.0, (passage(row, 1.0),) if row else (), (FILTERED,))
        for note, row in newest(store, note_ids, k)
    ]


def _hit(
    book: Notebook,
    chunks: list[tuple[float, ChunkKey]],
    shown: "Shown",
    query: Query,
    words: Candidates,
    meaning: Candidates,
) -> Hit | None:
    note = book.get(chunks[0][1].note_id)
    rows = [(score, shown.row(key)) for score, key in chunks[:PASSAGES]]
    passages = tuple(
        passage(row, score, query, words.near) for score, row in rows if row is not None
    )
    # A note may be removed, or lose its passages, while it is searched for.
    if note is None or not passages:
        return None
    why = _why([key.chunk_id for _, key in chunks], note.note_id, words, meaning)
    return Hit(note.path, note.title, chunks[0][0], passages, why)


class Shown:
    """The chunks of the hits of one search; what two answers to it show is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: dict[str, PassageRow] = {}

    def read(self, keys: Iterable[ChunkKey]) -> None:
        """Read those of these chunks that have not been read."""
        self._rows.update(
            self._store.passages_at([key for key in keys if key.chunk_id not in self._rows])
        )

    def row(self, key: ChunkKey) -> PassageRow | None:
        """The chunk, if it was still there to be read."""
        return self._rows.get(key.chunk_id)


def _why(
    chunk_ids: list[str], note_id: str, words: Candidates, meaning: Candidates
) -> tuple[str, ...]:
    named: Mapping[str, bool] = {
        "title": note_id in words.titles,
        "words": any(
            words.scores.get(i, 0.0) > TITLE_WEIGHT * words.titles.get(note_id, 0.0)
            for i in chunk_ids
        ),
        "meaning": any(meaning.scores.get(i, -1.0) >= meaning.clear for i in chunk_ids),
    }
    reasons = tuple(reason for reason, holds in named.items() if holds)
    return reasons or ("meaning",)


def passage(
    row: ChunkRow | PassageRow, score: float, query: Query | None = None, near: Sequence[str] = ()
) -> Passage:
    """A chunk as shown to a person, with the words and phrases of `query` marked.

    So are the words `near`, which stand in for some of the query's.
    """
    return Passage(
        heading=" › ".join(row.headings),
        line=row.line,
        start=row.start,
        end=row.end,
        text=row.text,
        score=round(score, 4),
        highlights=marks(row.text, query, near) if query is not None else (),
    )
