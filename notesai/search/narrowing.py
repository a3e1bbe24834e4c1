"""What a query lets be found, told from the lexical index in memory.

As `notesai.search.selection`, which asks LanceDB and reads whatever may hold a phrase: here it is
told from terms alone at first, and read only of what would be shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress

import numpy as np

from notesai.index.lexicon import Lexicon
from notesai.index.notebook import Notebook
from notesai.index.postings import Mask
from notesai.index.store import Store
from notesai.notes.terms import phrase_terms, query_terms
from notesai.search.filters import Facets, facets, passing
from notesai.search.phrases import holding, in_both_forms
from notesai.search.query import Query
from notesai.search.selection import EAST_ASIAN, MAX_ASKED, MAX_TERMS, Selection, names, short
from notesai.search.verifying import Doubts, Sought


@dataclass(frozen=True)
class Narrowed:
    """Of all notes, of all chunks and of all titles those that may be hits.

    `whole_notes` if all chunks of the notes are among those. With `doubts`, a chunk only may be a
    hit: they are to be asked before it is shown.
    """

    known: Facets
    notes: Mask
    chunks: Mask
    titles: Mask
    whole_notes: bool
    doubts: Doubts | None

    @property
    def share(self) -> float:
        """The share of all chunks that may be hits."""
        return float(self.chunks.mean()) if len(self.chunks) else 0.0

    @cached_property
    def note_ids(self) -> frozenset[str]:
        """Ids of the notes."""
        return frozenset(compress(self.known.ids, self.notes.tolist()))

    @property
    def short(self) -> bool:
        """Whether the notes make a short condition."""
        inside = int(np.count_nonzero(self.notes))
        return short(inside, len(self.notes) - inside)

    @property
    def selection(self) -> Selection:
        """The notes as a condition for LanceDB."""
        others = frozenset(compress(self.known.ids, (~self.notes).tolist()))
        return Selection(self.note_ids, others, None, self.share)


def narrowed(
    store: Store, lexicon: Lexicon, query: Query, apart: frozenset[str] = frozenset()
) -> Narrowed | None:
    """What `query` lets be found, without the notes `apart`; None if that is everything.

    The rules are those of `notesai.search.selection.selected`.
    """
    if not (query.filters or query.phrases or query.excluded or apart):
        return None
    known = facets(store.known)
    phrases = [_sought(store, lexicon, text, read=True) for text in query.phrases[:MAX_ASKED]]
    excluded = query.excluded[:MAX_ASKED]
    unwanted = [_sought(store, lexicon, text, read=_is_read(text)) for text in excluded]
    doubtful = [sought for sought, text in zip(unwanted, excluded, strict=True) if _is_read(text)]
    notes = passing(known, query)
    for phrase in phrases:
        notes &= _holders(known, lexicon, phrase.titled, phrase.chunks)
    for sought in unwanted:
        chunks = None if sought in doubtful else sought.chunks
        notes &= ~_holders(known, lexicon, sought.titled, chunks)
    if apart:
        notes &= ~_holders(known, lexicon, apart)
    limits = limited(lexicon, known, notes)
    if not (phrases or doubtful):
        return limits
    doubts = Doubts(store, lexicon, phrases, doubtful)
    chunks = limits.chunks & _shown(lexicon, phrases) if phrases else limits.chunks
    return replace(limits, chunks=chunks, whole_notes=not phrases, doubts=doubts)


def limited(lexicon: Lexicon, known: Facets, notes: Mask) -> Narrowed:
    """These of all notes, with all that they hold."""
    chunks, titles = (
        side.corpus.alive & side.owned(known.numbers(side)[notes])
        for side in (lexicon.chunks, lexicon.titles)
    )
    return Narrowed(known, notes, chunks, titles, whole_notes=True, doubts=None)


def _holders(
    known: Facets, lexicon: Lexicon, note_ids: Iterable[str], chunks: Mask | None = None
) -> Mask:
    """Of every note whether it is among these, or has one of the chunks."""
    side = lexicon.chunks
    owners = side.owners_of(chunks) if chunks is not None else side.nobody()
    owners[[number for number in map(side.number, note_ids) if number is not None]] = True
    # The last of the owners stands for what has none.
    return np.append(owners, False)[known.numbers(side)]


def _is_read(excluded: str) -> bool:
    """Whether its terms alone do not tell where an excluded word or phrase stands."""
    return " " in excluded or EAST_ASIAN.search(excluded) is not None


def _sought(store: Store, lexicon: Lexicon, text: str, *, read: bool) -> Sought:
    """What holds the terms of a text; titles have to hold it as it stands if it is to be `read`."""
    terms = (phrase_terms(text) if read else query_terms(text))[:MAX_TERMS]
    stands_in = holding(text)
    chunks = lexicon.chunks.corpus.holding(terms)
    titled = lexicon.titles.notes(lexicon.titles.corpus.holding(terms))
    if read:
        chunks = lexicon.chunks.corpus.beside(chunks, in_both_forms(text))
        named = ((note_id, _names_of(store.known, note_id)) for note_id in titled)
        # Most hold it in none of their names, which one look tells.
        titled = {
            note_id
            for note_id, theirs in named
            if stands_in("\n".join(theirs)) and any(map(stands_in, theirs))
        }
    return Sought(stands_in, chunks, frozenset(titled))


def _names_of(book: Notebook, note_id: str) -> Iterable[str]:
    note = book.get(note_id)
    return names(note) if note is not None else ()


def _shown(lexicon: Lexicon, phrases: Iterable[Sought]) -> Mask:
    """Of every chunk whether it may hold one of the phrases, or begins a note named so."""
    titled = frozenset[str]().union(*(phrase.titled for phrase in phrases))
    first = (lexicon.chunks.corpus.ordinals == 0) & lexicon.chunks.of_notes(titled)
    return np.logical_or.reduce([first, *(phrase.chunks for phrase in phrases)])
