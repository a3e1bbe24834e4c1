"""The notes that pass the filters, when nothing else is asked for."""

from collections.abc import Set as AbstractSet
from heapq import nlargest

from notesai.index.schema import PassageRow
from notesai.index.store import Store
from notesai.model import Note, NoteStatus
from notesai.search.filters import facets


def newest(
    store: Store, note_ids: AbstractSet[str], k: int
) -> list[tuple[Note, PassageRow | None]]:
    """The `k` newest of these notes, each with its first passage if it has text at all."""
    book = store.notebook()
    known = facets(book)
    days = dict(zip(known.ids, known.days.tolist(), strict=True))
    notes = [
        note
        for note in book
        if note.note_id in note_ids and (note.n_chunks or note.status is NoteStatus.INDEXED)
    ]

    def age(note: Note) -> tuple[str, int, str]:
        return days.get(note.note_id, ""), note.mtime_ns, note.path

    best = nlargest(k, notes, key=age)
    rows = store.passages_at(store.beginnings(note.note_id for note in best))
    first = {row.note_id: row for row in rows.values()}
    return [(note, first.get(note.note_id)) for note in best]
