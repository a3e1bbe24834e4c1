"""The notes as a map sees them: those with a vector, those that wait for it or have none."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.index.note_vectors import widened
from notesai.index.store import Store
from notesai.model import Note, NoteStatus

_PATH = attrgetter("path")


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
        places, embedded = found.places, found.embedded.tolist()
        there: list[Note] = []
        rows: list[int] = []
        waiting: list[Note] = []
        empty: list[Note] = []
        for note in sorted(store.notebook(), key=_PATH):
            row = places.get(note.note_id, -1)
            if row >= 0 and embedded[row] >= note.n_chunks > 0:
                there.append(note)
                rows.append(row)
            elif note.n_chunks:
                waiting.append(note)
            elif note.status is NoteStatus.INDEXED:
                empty.append(note)
        halves = found.matrix[np.array(rows, np.intp)]
        return cls(tuple(there), halves, tuple(waiting), tuple(empty))

    @cached_property
    def vectors(self) -> Vectors:
        """All vectors in float32; what rounding took from their length is nothing here."""
        return widened(self.halves)
