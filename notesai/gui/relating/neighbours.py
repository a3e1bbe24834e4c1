"""Keeps the related notes beside the note that is read or written, or what may be of interest."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from notesai.engine.protocol import Failure, ForYou, MarkNeighbour
from notesai.gui import states
from notesai.gui.appearance import Appearance
from notesai.gui.client import CANCELLED, EngineClient
from notesai.gui.relating.duplicates_dialog import DuplicatesDialog
from notesai.gui.relating.read_notes import ReadNotes
from notesai.gui.requests import Replies
from notesai.gui.widgets.related import Related
from notesai.model import Mark, SimilarResult

REFRESH_MS = 3000
TYPING_MS = 400
"""How long typing has to rest before the neighbours of the new text are looked for."""

READ_MS = 4000
"""How long a note has to be open to have been read."""

LONGEST = 400_000
"""Characters up to which a text is compared while it is being written."""


class Neighbours(QObject):
    """Drives the pane of related notes. `found` brings each `SimilarResult` of the note shown.

    `note_wanted` brings the path of a duplicate to read. `written` gives the text of the note as it
    is being written, None while it is only read.
    """

    found = Signal(object)
    note_wanted = Signal(str)

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        vault: Path,
        written: Callable[[], str | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.pane = Related(look)
        self.read_notes = ReadNotes(vault)
        self._look, self._client, self._written = look, client, written
        self._path = ""
        self._unknown = ""
        self._call = 0
        self._again = self._timer(REFRESH_MS, self._find)
        self._typing = self._timer(TYPING_MS, self._find)
        self._reading = self._timer(READ_MS, self._note_read)
        self.pane.marked.connect(self._mark)
        self.pane.choice_changed.connect(self._find)
        self.pane.duplicates_wanted.connect(self._show_duplicates)

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def show(self, path: str, unknown: str = "") -> None:
        """Find what is like the note at `path`; `unknown` is its text if no index knows it yet."""
        self._path, self._unknown = path, unknown
        self._typing.stop()
        self._reading.start()
        self.pane.show_loading(path)
        self._find()

    def clear(self) -> None:
        """No note is shown: offer what is near to those that were read lately."""
        self.stop()
        self._path = self._unknown = ""
        self.pane.show_nothing()
        if self._client.ready and self.pane.isVisible():
            self._find()

    def stop(self) -> None:
        """Ask for nothing more."""
        for timer in (self._again, self._typing, self._reading):
            timer.stop()
        self._client.cancel(self._call)

    def text_changed(self) -> None:
        """The note is being written: look again once typing rests."""
        if self._path and self._written() is not None:
            self._typing.start()

    def index_changed(self) -> None:
        """Notes have changed: look again, but not at each of many changes."""
        if not self._again.isActive():
            self._again.start()

    def _show_duplicates(self) -> None:
        dialog = DuplicatesDialog(self._look, self._client, self.pane.window())
        dialog.note_wanted.connect(self.note_wanted)
        dialog.open()

    def _note_read(self) -> None:
        if self._path:
            self.read_notes.add(self._path)

    def _find(self) -> None:
        self._client.cancel(self._call)
        replies = Replies(ok=self._arrived, failed=self._failed)
        if self.pane.for_you or not self._path:
            self._find_for_you(replies)
            return
        text = self._written()
        text = text if text is not None else self._unknown or None
        if text is not None and len(text) > LONGEST:
            text = None
        self._call = self._client.similar(
            self._path, replies, text=text, with_hidden=self.pane.with_hidden
        )

    def _find_for_you(self, replies: Replies[SimilarResult]) -> None:
        recent = self.read_notes.all()
        if recent:
            self._call = self._client.request(
                lambda number: ForYou(id=number, recent=recent), replies
            )
        else:
            self.pane.show_for_you(SimilarResult("", ()))

    def _arrived(self, result: SimilarResult) -> None:
        if not result.note:
            self.pane.show_for_you(result)
        elif result.note == self._path:
            self.pane.show_result(result)
            self.found.emit(result)

    def _failed(self, error: Failure) -> None:
        if error.code != CANCELLED and (self._path or self.pane.for_you):
            self.pane.show_error(states.failed(error), self._find)

    def _mark(self, path: str, other: str, mark: Mark) -> None:
        self._client.request(
            lambda number: MarkNeighbour(id=number, path=path, other=other, mark=mark),
            Replies[SimilarResult](ok=self._marked, failed=self._not_marked),
        )

    def _marked(self, _: SimilarResult) -> None:
        self._find()

    def _not_marked(self, error: Failure) -> None:
        self.pane.show_error(states.failed(error), self._find)
