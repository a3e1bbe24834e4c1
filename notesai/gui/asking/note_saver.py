"""Saving an answer as a new note, by the requests that make and save notes: never over anything."""

from PySide6.QtCore import QObject, Signal

from notesai.engine.protocol import Failure
from notesai.gui.client import EngineClient
from notesai.gui.requests import Replies
from notesai.model import SavedNote

LONGEST_TITLE = 120


class NoteSaver(QObject):
    """`saved` brings the path of the note that was made, `failed` why there is none, or why there
    is nothing in it yet."""

    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client

    def save(self, folder: str, title: str, body: str) -> None:
        """Make a note of this title in `folder`, and write `body` below its heading."""

        def made(note: SavedNote) -> None:
            text = f"# {title}\n\n{body}"
            self._client.save(note.path, text, note.seen, written(note.path))

        def written(path: str) -> Replies[SavedNote]:
            return Replies(ok=lambda _: self.saved.emit(path), failed=self._fail)

        self._client.create(folder, title, Replies(ok=made, failed=self._fail))

    def _fail(self, error: Failure) -> None:
        self.failed.emit(error)


def title_for(question: str) -> str:
    """What a note of the answer to `question` is called unless the person says otherwise."""
    line = " ".join(question.split())
    return line if len(line) <= LONGEST_TITLE else line[:LONGEST_TITLE].rstrip() + "…"
