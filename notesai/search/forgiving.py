"""What stands in for the words of a query: before it is looked up, and once it is known what for.

A word that is still being typed goes on as words of the notes do. A word that is found nowhere is
taken for the nearest ones. Whether it is found, the hits mostly tell, so that a query without
mistakes costs next to nothing, and a process that answers but one of them reads no vocabulary.
"""

from collections.abc import Sequence

from notesai.index.schema import ChunkKey
from notesai.index.store import Store
from notesai.search.hangul import half_typed, initials
from notesai.search.lookup import Lookup
from notesai.search.query import Query
from notesai.search.spelling import (
    TITLE_WORDS,
    StandIns,
    continuations,
    continued_hangul,
    corrections,
    doubtful,
    meant_by_initials,
    unfinished,
)

MAX_LOOKED_UP = 4
"""Words of a query that the index is asked for one by one, or that are corrected."""

MAX_CHARACTERS = 1000
"""Of a pasted page, what is looked at for initial consonants."""

FEW = 10
"""Hits with an unfinished Korean word from which its continuations are of no interest."""


def foreseen(store: Store, query: Query, *, typing: bool) -> StandIns:
    """Stand-ins for what is not a word yet: an unfinished word, initial consonants."""
    words = query.words[:MAX_CHARACTERS].split()
    begun = unfinished(query) if typing else ""
    if begun and half_typed(begun):
        words = words[:-1]
    abbreviated = any(map(initials, words))
    if not (begun or abbreviated):
        return {}
    vocabulary = store.vocabulary(wait=not typing)
    near = dict(continuations(vocabulary, begun)) if begun else {}
    return {**near, **meant_by_initials(vocabulary, words)} if abbreviated else near


def hindsight(
    store: Store,
    query: Query,
    lookup: Lookup,
    found: Sequence[ChunkKey],
    near: StandIns,
    *,
    typing: bool,
) -> StandIns:
    """Stand-ins for words that `found`, the hits of the query with `near`, do not show."""
    begun = unfinished(query) if typing else ""
    more: dict[str, float] = {}
    short = len(query.words.split()) <= TITLE_WORDS
    continued = continued_hangul(begun if short and not near else "")
    if continued and lookup.holding(begun, found, FEW) < FEW:
        more.update(continued)
    words = [word for word in _unknown(store, query) if not lookup.holding(word, found, 1)]
    if begun and near:
        words = [word for word in words if not begun.lower().endswith(word)]
    for word in words[:MAX_LOOKED_UP]:
        more.update(_corrected(store, lookup, word, wait=not typing))
    return dict.fromkeys(more, 1.0) if query.text.strip() in words else more


def _unknown(store: Store, query: Query) -> list[str]:
    """Words that may be written wrongly; without those that are known to stand in the notes.

    A process that has no vocabulary yet reads none for that.
    """
    words = doubtful(query.words)
    if not words or not store.has_vocabulary:
        return words
    vocabulary = store.vocabulary(wait=False)
    return [word for word in words if not vocabulary.count(word)]


def _corrected(store: Store, lookup: Lookup, word: str, *, wait: bool) -> StandIns:
    """What the word was to be, unless the index knows it after all; the quicker question first."""
    if store.has_vocabulary:
        near = corrections(store.vocabulary(wait=wait), word)
        return {} if near and lookup.knows(word) else near
    return {} if lookup.knows(word) else corrections(store.vocabulary(wait=wait), word)
