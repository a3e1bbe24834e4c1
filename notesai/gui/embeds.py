"""Fetching the notes that the shown note embeds."""

from PySide6.QtCore import QObject, Signal

from notesai.engine.protocol import Failure
from notesai.gui.client import EngineClient
from notesai.gui.reading.embedding import Embedded, Key, embeds_of, part
from notesai.gui.requests import Replies
from notesai.gui.titles import Titles
from notesai.model import NoteContent

_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".svg")


class Embeds(QObject):
    """Asks for embedded notes; `arrived` brings those of the note asked for last, all at once."""

    arrived = Signal(object)

    def __init__(self, client: EngineClient, titles: Titles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._titles = client, titles
        self._calls: dict[str, int] = {}
        self._found: dict[Key, Embedded] = {}

    def find(self, note: NoteContent) -> None:
        """Fetch what `note` embeds; what was asked before is given up."""
        for call in self._calls.values():
            self._client.cancel(call)
        self._calls, self._found = {}, {}
        wanted: dict[str, list[Key]] = {}
        for key in embeds_of(note.text):
            path = self._titles.resolve(key[0], note.path)
            if path and not key[0].lower().endswith(_IMAGES) and (path != note.path or key[1]):
                wanted.setdefault(path, []).append(key)
        for path, keys in wanted.items():
            self._fetch(path, keys)

    def _fetch(self, path: str, keys: list[Key]) -> None:
        def arrived(note: NoteContent) -> None:
            for key in keys:
                text = part(note.text, note.title, key[1])
                if text:
                    self._found[key] = Embedded(note.title or note.path, text)
            self._settle(path)

        def failed(_: Failure) -> None:
            self._settle(path)

        self._calls[path] = self._client.read(path, Replies(ok=arrived, failed=failed))

    def _settle(self, path: str) -> None:
        self._calls.pop(path, None)
        if not self._calls and self._found:
            self.arrived.emit(dict(self._found))
