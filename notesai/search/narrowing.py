"""What a query lets be found, told from the lexical index in memory.

As `notesai.search.selection`, which asks LanceDB and reads whatever may hold a phrase: here it is
told from terms alone at first, and read only of what would be shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from notesai.index.lexicon import Lexicon
from notesai.index.notebook import Notebook
from notesai.index.postings import Mask
from notesai.index.store import Store
from notesai.notes.terms import phrase_terms, query_terms
from notesai.search.filters import facets, passing
from notesai.search.phrases import holding, in_both_forms
from notesai.search.query import Query
from notesai.search.selection import EAST_ASIAN, MAX_ASKED, MAX_TERMS, Selection, names
from notesai.search.verifying import Doubts, Sought


@dataclass(frozen=True, slots=True)
class Narrowed:
    """These notes may be hits; of all chunks and titles those that may be.

    `everything` are the ids of all notes. `whole_notes` if all chunks of the notes are among those.
    With `doubts`, a chunk only may be a hit: they are to be asked before it is shown.
    """

    notes: frozenset[str]
    everything: Sequence[str]
    chunks: Mask
    titles: Mask
    whole_notes: bool
    doubts: Doubts | None

    @property
    def share(self) -> float:
        """The share of all chunks that may be hits."""
        return float(self.chunks.mean()) if len(self.chunks) else 0.0

    @property
    def selection(self) -> Selection:
        """The notes as a condition for LanceDB."""
        return Selection(self.notes, frozenset(self.everything) - self.notes, None, self.share)


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
    held = [phrase.titled | lexicon.chunks.notes(phrase.chunks) for phrase in phrases]
    if query.filters or not held:
        held.append(frozenset(passing(known, query)))
    notes = held[0].intersection(*held[1:]) - apart
    for sought in unwanted:
        notes -= sought.titled
        if sought not in doubtful:
            notes -= lexicon.chunks.notes(sought.chunks)
    limits = limited(lexicon, notes, known.ids)
    if not (phrases or doubtful):
        return limits
    doubts = Doubts(store, lexicon, phrases, doubtful)
    chunks = limits.chunks & _shown(lexicon, phrases) if phrases else limits.chunks
    return replace(limits, chunks=chunks, whole_notes=not phrases, doubts=doubts)


def limited(lexicon: Lexicon, notes: frozenset[str], everything: Sequence[str]) -> Narrowed:
    """These of all notes, with all that they hold."""
    sides = lexicon.chunks, lexicon.titles
    if 2 * len(notes) <= len(everything):
        chunks, titles = (side.of_notes(notes) for side in sides)
    else:
        others = frozenset(everything) - notes
        chunks, titles = (side.corpus.alive & ~side.of_notes(others) for side in sides)
    return Narrowed(notes, everything, chunks, titles, whole_notes=True, doubts=None)


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
        titled = {note_id for note_id, theirs in named if any(map(stands_in, theirs))}
    return Sought(stands_in, chunks, frozenset(titled))


def _names_of(book: Notebook, note_id: str) -> Iterable[str]:
    note = book.get(note_id)
    return names(note) if note is not None else ()


def _shown(lexicon: Lexicon, phrases: Iterable[Sought]) -> Mask:
    """Of every chunk whether it may hold one of the phrases, or begins a note named so."""
    titled = frozenset[str]().union(*(phrase.titled for phrase in phrases))
    first = (lexicon.chunks.corpus.ordinals == 0) & lexicon.chunks.of_notes(titled)
    return np.logical_or.reduce([first, *(phrase.chunks for phrase in phrases)])
