"""Which notes and passages may be hits: filters, phrases and exclusions, decided before searching.

Filters are decided on the notes in memory. What holds a phrase or an excluded word comes from the
lexical index, by all of its terms, and is then looked at. The outcome is pushed into the queries of
both halves as a condition on ids, so that a narrow filter still brings as many hits as there are.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import compress

from notesai.index.conditions import outside, within
from notesai.index.notebook import Notebook
from notesai.index.schema import ChunkKey, ScoredKey
from notesai.index.store import Store
from notesai.model import Note
from notesai.notes.terms import phrase_terms, query_terms
from notesai.notes.words import CJK
from notesai.search.filters import facets, passing
from notesai.search.phrases import holding
from notesai.search.query import Query

SHORT = 2000
"""Ids in a condition that cost the planner nothing to speak of; 5,000 cost as much as searching."""

WIDE = 1 / 12
"""Share of all from which fetching more and leaving out the rest beats a long list of ids."""

MAX_ASKED = 16
"""Phrases and exclusions that are looked at: each asks the index."""

MAX_TERMS = 64

EAST_ASIAN = re.compile(f"[{CJK}]")
"""What is indexed by pairs of characters, which may stand apart."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The notes that may be hits, all `others`, and the passages if only some of theirs may.

    `share` is that of the selected among all passages, roughly.
    """

    notes: frozenset[str]
    others: frozenset[str]
    chunks: frozenset[str] | None = None
    share: float = 1.0

    def admits(self, key: ChunkKey) -> bool:
        """Whether this passage may be a hit."""
        if self.chunks is not None:
            return key.chunk_id in self.chunks
        return key.note_id in self.notes

    def found(self, fetch: Callable[[int, str], list[ScoredKey]], k: int) -> list[ScoredKey]:
        """The best `k` selected passages of a search that takes a number and a condition.

        The shorter of a list of what is in and of what is out goes into the condition. With both
        long, more is fetched than needed; if that is not enough, the long list has to do.
        """
        condition = self._short_condition()
        if not condition and self.share >= WIDE:
            more = math.ceil(2 * k / self.share)
            found = fetch(more, "")
            admitted = [chunk for chunk in found if self.admits(chunk.key)]
            # Far fewer than asked for: there are no others.
            if len(admitted) >= k or 2 * len(found) < more:
                return admitted[:k]
        return fetch(k, condition or self.condition)

    def titles(self, fetch: Callable[[int, str], dict[str, float]], k: int) -> dict[str, float]:
        """The best `k` selected notes of a search that takes a number and a condition."""
        condition = self._note_condition() if self._few_notes() else ""
        found = fetch(k if condition else math.ceil(2 * k / max(self.share, WIDE)), condition)
        selected = [note_id for note_id in found if note_id in self.notes]
        return {note_id: found[note_id] for note_id in selected[:k]}

    @property
    def condition(self) -> str:
        """What is selected as a condition, however long."""
        return self._note_condition() if self.chunks is None else within("chunk_id", self.chunks)

    def _short_condition(self) -> str:
        few = self._few_notes() if self.chunks is None else len(self.chunks) <= SHORT
        return self.condition if few else ""

    def _few_notes(self) -> bool:
        return short(len(self.notes), len(self.others))

    def _note_condition(self) -> str:
        if len(self.others) < len(self.notes):
            return outside("note_id", self.others)
        return within("note_id", self.notes)


def short(inside: int, outside: int) -> bool:
    """Whether the shorter list of so many ids in and out makes a condition that costs little."""
    return min(inside, outside) <= SHORT


def selected(store: Store, query: Query, apart: frozenset[str] = frozenset()) -> Selection | None:
    """What `query` lets be found, without the notes `apart`; None if that is everything.

    Exclusions are note-wise, as Obsidian's are: a note of which any passage, the title, path or a
    tag holds the word is out as a whole. A word counts in all its inflections, as in searching. A
    note has to hold every phrase, in a passage or its title, and is shown by passages that do.
    A phrase that runs over the edge of two passages is not seen.
    """
    if not (query.filters or query.phrases or query.excluded or apart):
        return None
    book = store.notebook()
    known = facets(book)
    notes = set(compress(known.ids, passing(known, query))) - apart
    for excluded in query.excluded[:MAX_ASKED]:
        chunks, titled = _holders(store, book, excluded, exact=" " in excluded)
        notes -= titled | set(chunks.values())
    held: set[str] = set()
    for phrase in query.phrases[:MAX_ASKED]:
        chunks, titled = _holders(store, book, phrase, exact=True)
        notes &= titled | set(chunks.values())
        held |= chunks.keys() | {f"{note_id}:0" for note_id in titled}
    others = frozenset(known.ids) - notes
    if not query.phrases:
        return Selection(frozenset(notes), others, None, len(notes) / max(1, len(known)))
    shown = frozenset(chunk for chunk in held if chunk.rpartition(":")[0] in notes)
    total = sum(note.n_chunks for note in book)
    return Selection(frozenset(notes), others, shown, len(shown) / max(1, total))


def _holders(
    store: Store, book: Notebook, text: str, *, exact: bool
) -> tuple[dict[str, str], set[str]]:
    """Chunk ids and their notes' ids, and ids of notes whose title, path or tags hold the text.

    If not `exact`, a word in all its inflections. East Asian words have none in the index's eyes,
    but their pairs of characters may stand apart, so these are looked at as well.
    """
    read = exact or EAST_ASIAN.search(text) is not None
    terms = " ".join((phrase_terms(text) if read else query_terms(text))[:MAX_TERMS])
    stands_in = holding(text)
    chunks = {
        chunk_id: note_id
        for chunk_id, note_id, passage in store.chunks_with(terms, text=read)
        if not read or stands_in(passage)
    }
    named = (book.get(note_id) for note_id in store.notes_with(terms))
    titled = {
        note.note_id
        for note in named
        if note is not None and (not read or any(map(stands_in, names(note))))
    }
    return chunks, titled


def names(note: Note) -> tuple[str, ...]:
    """What a note is known by: title, path and tags."""
    return (note.title, note.path, *note.tags)
