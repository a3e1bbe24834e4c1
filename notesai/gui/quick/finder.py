"""What quick search asks the engine: rows for a query in two steps, and the note to preview."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from notesai.engine.protocol import EngineState, Failure
from notesai.gui.client import CANCELLED, EngineClient
from notesai.gui.requests import Replies
from notesai.gui.rows import Row, hit_row, note_row
from notesai.gui.titles import Titles
from notesai.model import Hit, NoteContent, SearchMode, SearchResult

MOST = 20
_ROOM = 16
"""So many characters are surely seen of a snippet of one line."""

_PREVIEW_MS = 60


class Finder(QObject):
    """Answers one query at a time. Without a query the rows are the notes changed last.

    `found` brings the rows, and True if they answer a query other than the last rows did;
    `answered` follows when no more will come, with the `SearchResult`, or None without a query.
    """

    found = Signal(list, bool)
    answered = Signal(object)
    failed = Signal(object)
    note_read = Signal(object)
    note_missing = Signal()

    def __init__(self, client: EngineClient, titles: Titles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._titles = client, titles
        self._query = ""
        self._call = self._read_call = 0
        self._fresh = True
        self._awake = False
        self._wanted = ""
        self._lines: dict[str, int] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PREVIEW_MS)
        self._soon.timeout.connect(self._read)
        titles.changed.connect(self._titles_changed)
        client.state_changed.connect(self._state_changed)

    @property
    def query(self) -> str:
        """What is being searched for."""
        return self._query

    @property
    def waiting(self) -> bool:
        """True until the first rows for the query have come."""
        return self._fresh

    def line(self, path: str) -> int:
        """The line of the best passage of a note that was found; 1 if there is none."""
        return self._lines.get(path, 1)

    def wake(self) -> None:
        """Be looked at: answers may have changed since the last time."""
        self._awake = True
        self._again()

    def rest(self) -> None:
        """Nobody is looking; ask for nothing more."""
        self._awake = False
        self._soon.stop()
        self._client.cancel(self._call)
        self._client.cancel(self._read_call)

    def search(self, query: str) -> None:
        """Find `query`; an older search is given up."""
        self._query, self._fresh = query, True
        self._again()

    def preview(self, path: str) -> None:
        """Have `note_read` bring the note at `path` in a moment, unless another one is wanted.

        `note_missing` tells that it cannot be read. While nobody looks, nothing is.
        """
        self._wanted = path
        self._client.cancel(self._read_call)
        if path and self._awake:
            self._soon.start()
        else:
            self._soon.stop()

    def _again(self) -> None:
        self._client.cancel(self._call)
        if not self._query:
            self._show_recent()
        elif self._awake:
            replies = Replies(ok=self._ok, partial=self._partial, failed=self._fail)
            self._call = self._client.search(self._query, SearchMode.HYBRID, replies)

    def _show_recent(self) -> None:
        self._lines = {}
        self._show([note_row(note) for note in self._titles.recent(MOST)])
        self.answered.emit(None)

    def _partial(self, result: SearchResult) -> None:
        if result.hits:
            self._show_hits(result)

    def _ok(self, result: SearchResult) -> None:
        self._show_hits(result)
        self.answered.emit(result)

    def _show_hits(self, result: SearchResult) -> None:
        hits = result.hits[:MOST]
        self._lines = {hit.path: hit.passages[0].line for hit in hits if hit.passages}
        self._show([two_lines(hit) for hit in hits])

    def _show(self, rows: list[Row]) -> None:
        fresh, self._fresh = self._fresh, False
        self.found.emit(rows, fresh)

    def _fail(self, error: Failure) -> None:
        if error.code != CANCELLED:
            self.failed.emit(error)

    def _read(self) -> None:
        replies = Replies[NoteContent](ok=self.note_read.emit, failed=self._missing)
        self._read_call = self._client.read(self._wanted, replies)

    def _missing(self, error: Failure) -> None:
        if error.code != CANCELLED:
            self.note_missing.emit()

    def _titles_changed(self) -> None:
        if not self._query:
            self._show_recent()

    def _state_changed(self, state: EngineState) -> None:
        if state.state == "ready" and self._awake:
            self._again()


def two_lines(hit: Hit) -> Row:
    """A result in two lines: its title, and what was found; the preview says where it is."""
    row = hit_row(hit, _ROOM)
    return replace(row, detail="") if row.snippet else row
