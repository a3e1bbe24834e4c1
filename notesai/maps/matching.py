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
    rows = np.fromiter((by_id.get(note.note_id, -1) for note in notes), np.intp, len(notes))
    strange = by_id.keys() - {note.note_id for note in notes}
    if strange:
        by_path = {layout.places[by_id[note_id]].path: by_id[note_id] for note_id in strange}
        for at in np.flatnonzero(rows < 0).tolist():
            rows[at] = by_path.get(notes[at].path, -1)
    return rows
