"""Which note of now is which of a layout."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notesai.maps.layout import Layout
from notesai.model import Note


def rows_before(layout: Layout | None, notes: Sequence[Note]) -> NDArray[np.intp]:
    """The row of each note in `layout`, -1 if it has none, shape (n,).

    By id, which stays when a note is renamed; else by path, for an index that was built anew.
    """
    if layout is None:
        return np.full(len(notes), -1, np.intp)
    by_id = {place.note_id: row for row, place in enumerate(layout.places)}
    known = {note.note_id for note in notes}
    by_path = {
        place.path: row for row, place in enumerate(layout.places) if place.note_id not in known
    }
    rows = (by_id.get(note.note_id, by_path.get(note.path, -1)) for note in notes)
    return np.fromiter(rows, np.intp, len(notes))
