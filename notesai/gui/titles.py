"""The list of all notes, kept fresh, and what a link between notes means."""

import unicodedata
from pathlib import PurePosixPath
from posixpath import normpath

from PySide6.QtCore import QObject, QTimer, Signal

from notesai.engine.protocol import (
    EngineState,
    Failure,
    IndexChanged,
    IndexProgress,
    NoteTitle,
    NoteTitles,
)
from notesai.gui.client import EngineClient
from notesai.gui.requests import Replies

_REFRESH_MS = 1000


class Titles(QObject):
    """Path and title of every note, by path. `changed` follows each new list."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._notes: tuple[NoteTitle, ...] = ()
        self._loaded = False
        self._error: Failure | None = None
        self._call = 0
        self._names: dict[str, str] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        client.state_changed.connect(self._state_changed)
        client.index_changed.connect(self._index_changed)
        client.index_progress.connect(self._index_progress)

    @property
    def notes(self) -> tuple[NoteTitle, ...]:
        """All notes, by path."""
        return self._notes

    @property
    def loaded(self) -> bool:
        """True once the list has come."""
        return self._loaded

    @property
    def empty(self) -> bool:
        """True once it is known that there are no notes: the folder has been looked through."""
        looked = self._client.looked_through or not self._client.state.writer
        return self._loaded and not self._notes and looked

    @property
    def error(self) -> Failure | None:
        """Why there is no list; None if there is one, or none has failed."""
        return self._error

    def recent(self, count: int) -> list[NoteTitle]:
        """The notes changed last, the latest first."""
        return sorted(self._notes, key=lambda note: -note.mtime_ns)[:count]

    def resolve(self, target: str, note: str) -> str | None:
        """The path of the note that `target`, a path, file name or title in `note`, means."""
        if not target:
            return note
        names = self._name_table()
        folder = str(PurePosixPath(note).parent)
        for name in (target, normpath(f"{folder}/{target}"), PurePosixPath(target).name):
            found = names.get(_key(name.lstrip("/")))
            if found is not None:
                return found
        return None

    def clear(self) -> None:
        """Forget the list: another folder is being opened."""
        self._client.cancel(self._call)
        self._notes, self._names, self._loaded, self._error = (), None, False, None
        self.changed.emit()

    def refresh(self) -> None:
        """Fetch the list anew."""
        self._client.cancel(self._call)
        self._call = self._client.list_notes(Replies(ok=self._arrived, failed=self._fail))

    def _name_table(self) -> dict[str, str]:
        """Names to paths; of notes with the same file name or title the one less deep wins."""
        if self._names is None:
            table: dict[str, str] = {}
            by_depth = sorted(self._notes, key=lambda note: note.path.count("/"))
            for note in by_depth:
                table.setdefault(_key(note.path), note.path)
            for note in by_depth:
                table.setdefault(_key(note.path.rpartition("/")[2]), note.path)
            for note in by_depth:
                table.setdefault(_key(note.title), note.path)
            self._names = table
        return self._names

    def _arrived(self, titles: NoteTitles) -> None:
        self._notes, self._names, self._loaded = titles.notes, None, True
        self._error = None
        self.changed.emit()

    def _fail(self, error: Failure) -> None:
        if not self._loaded:
            self._error = error
            self.failed.emit(error)

    def _state_changed(self, state: EngineState) -> None:
        if state.state == "ready":
            self.refresh()
        elif state.state == "failed":
            error = Failure(id=0, code=state.code, message=state.message, hint=state.hint)
            self._fail(error)

    def _index_progress(self, progress: IndexProgress) -> None:
        if progress.phase == "done" and self.empty:
            self.changed.emit()

    def _index_changed(self, _: IndexChanged) -> None:
        if not self._soon.isActive():
            # The first notes of a folder are waited for.
            self._soon.start(_REFRESH_MS if self._notes else 0)


def _key(name: str) -> str:
    """A name as links compare: composed, without case and without the ending of a note."""
    # Most names are plain: for ten thousand notes it is a stall or none.
    key = name.lower() if name.isascii() else unicodedata.normalize("NFC", name).casefold()
    for ending in (".md", ".markdown"):
        key = key.removesuffix(ending)
    return key
