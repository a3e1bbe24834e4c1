"""The notes as a map sees them: those with a vector, those that wait for it or have none."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.index.note_vectors import NoteVectors
from notesai.index.store import Store
from notesai.model import Note, NoteStatus


@dataclass(frozen=True)
class EmbeddedNotes:
    """Notes by path, with `halves`, shape (n, dimension), float16, one row each.

    A note is here once all of its passages have vectors; until then it is `waiting`. `empty` notes
    have no passage that could have one.
    """

    notes: tuple[Note, ...]
    halves: NDArray[np.float16]
    waiting: tuple[Note, ...] = ()
    empty: tuple[Note, ...] = ()

    @classmethod
    def of(cls, store: Store, check: Callable[[], None] = lambda: None) -> "EmbeddedNotes":
        """The notes of `store` as of now. `check` may raise `Cancelled`. Raises `StoreError`."""
        found = store.note_vectors(check)
        notes = sorted(store.notebook(), key=lambda note: note.path)
        there = [note for note in notes if _is_whole(note, found)]
        rows = np.array([found.places[note.note_id] for note in there], np.intp)
        known = {note.note_id for note in there}
        waiting = (note for note in notes if note.n_chunks and note.note_id not in known)
        empty = (n for n in notes if not n.n_chunks and n.status is NoteStatus.INDEXED)
        return cls(tuple(there), found.matrix[rows], tuple(waiting), tuple(empty))

    @cached_property
    def vectors(self) -> Vectors:
        """All vectors in float32; what rounding took from their length is nothing here."""
        return self.halves.astype(np.float32)


def _is_whole(note: Note, found: NoteVectors) -> bool:
    row = found.places.get(note.note_id)
    return row is not None and note.n_chunks > 0 and int(found.embedded[row]) >= note.n_chunks
