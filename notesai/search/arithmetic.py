"""Vector arithmetic over words and notes: words + like - unlike.

In the spirit of king - man + woman (Mikolov, Yih and Zweig, "Linguistic Regularities in Continuous
Space Word Representations", 2013). A note counts as the mean of its passages' vectors, at unit
length, so that a long note weighs no more than a short one or than the words.
"""

from dataclasses import dataclass, replace

import numpy as np

from notesai.embedding.base import Embedder, Vectors
from notesai.embedding.vectors import unit
from notesai.index.store import Store
from notesai.model import Note
from notesai.search.naming import find_note
from notesai.search.query import Query

MAX_NAMES = 16
"""Names that are looked up: each looks at all notes."""

_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Terms:
    """What is added to and taken from the vector of a query: notes, and words to take from it."""

    like: tuple[Note, ...] = ()
    unlike: tuple[Note, ...] = ()
    unlike_words: tuple[str, ...] = ()

    @property
    def apart(self) -> frozenset[str]:
        """Ids of the notes that are no hits, being what others are to be like."""
        return frozenset(note.note_id for note in self.like)


NO_TERMS = Terms()


def resolved(store: Store, query: Query) -> tuple[Query, Terms]:
    """The query with its names looked up: `like:` a name of no note is one more plain word.

    `unlike:` a name of no note takes the word's own vector away.
    """
    if not (query.like or query.unlike):
        return query, NO_TERMS
    book = store.notebook()
    like = {name: find_note(book, name) for name in query.like[:MAX_NAMES]}
    unlike = {name: find_note(book, name) for name in query.unlike[:MAX_NAMES]}
    query = query.with_words(tuple(name for name, note in like.items() if note is None))
    terms = Terms(
        tuple(filter(None, like.values())),
        tuple(filter(None, unlike.values())),
        tuple(name for name, note in unlike.items() if note is None),
    )
    return replace(query, like=tuple(n.title for n in terms.like)), terms


def combined(
    store: Store, embedder: Embedder, words: Vectors | None, terms: Terms
) -> Vectors | None:
    """The unit vector, shape (dimension,), of words + like - unlike; None if nothing is left.

    `words` is the query's own vector, if it has words that the model can read. Notes in languages
    that it cannot read, or not embedded yet, have no say.
    """
    total = np.zeros(embedder.card.dimension, np.float32)
    if words is not None:
        total += unit(words[None])[0]
    for sign, notes in ((1.0, terms.like), (-1.0, terms.unlike)):
        for note in notes:
            total += sign * _vector(store, embedder, note)
    for word in terms.unlike_words:
        total -= unit(embedder.embed_query(word)[None])[0]
    return unit(total[None])[0] if np.linalg.norm(total) > _SMALLEST else None


def _vector(store: Store, embedder: Embedder, note: Note) -> Vectors:
    nothing = np.zeros(embedder.card.dimension, np.float32)
    if note.language not in embedder.card.languages:
        return nothing
    rows, vectors = store.matrix_of(note.note_id, note.content_hash)
    return unit(vectors.mean(axis=0, keepdims=True))[0] if rows else nothing
