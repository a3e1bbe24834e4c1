"""The notes that pass the filters, when nothing else is asked for."""

from heapq import nlargest

from notesai.index.schema import ChunkRow
from notesai.index.store import Store
from notesai.model import Note, NoteStatus
from notesai.search.dates import newest_first
from notesai.search.selection import Selection


def newest(store: Store, selection: Selection, k: int) -> list[tuple[Note, list[ChunkRow]]]:
    """The `k` newest of the selected notes, each with its first passage if it has text at all."""
    notes = [
        note
        for note in store.notebook()
        if note.note_id in selection.notes and (note.n_chunks or note.status is NoteStatus.INDEXED)
    ]
    best = nlargest(k, notes, key=newest_first)
    rows = store.first_chunks([note.note_id for note in best])
    first = {row.note_id: row for row in rows}
    return [(note, [first[note.note_id]] if note.note_id in first else []) for note in best]
