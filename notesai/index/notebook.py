"""The notes of an index in memory: small, and asked for by every search."""

from collections.abc import Iterable, Iterator

from notesai.model import Note


class Notebook:
    """Notes by id and by path. Replaced as a whole, or changed by the single writer."""

    def __init__(self, notes: Iterable[Note] = ()) -> None:
        self._by_id = {note.note_id: note for note in notes}
        self._by_path = {note.path: note for note in self._by_id.values()}
        self.changes = 0
        """Grows with every change, after it."""

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Note]:
        # A copy: readers iterate while the writer lane changes the dictionary.
        return iter(list(self._by_id.values()))

    def get(self, note_id: str) -> Note | None:
        """The note with this id."""
        return self._by_id.get(note_id)

    def at(self, path: str) -> Note | None:
        """The note at this path."""
        return self._by_path.get(path)

    def by_path(self) -> dict[str, Note]:
        """A copy of the notes by path."""
        return dict(self._by_path)

    def put(self, notes: Iterable[Note]) -> None:
        """Add notes or replace those of the same id."""
        for note in notes:
            old = self._by_id.get(note.note_id)
            if old is not None and self._by_path.get(old.path) is old:
                del self._by_path[old.path]
            self._by_id[note.note_id] = note
            self._by_path[note.path] = note
        self.changes += 1

    def drop(self, note_ids: Iterable[str]) -> None:
        """Forget notes."""
        for note_id in note_ids:
            note = self._by_id.pop(note_id, None)
            if note is not None and self._by_path.get(note.path) is note:
                del self._by_path[note.path]
        self.changes += 1
