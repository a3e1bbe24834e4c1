"""One note being read and its neighbours: what opens, what follows, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from notesai.engine.protocol import Failure, IndexChanged
from notesai.gui import states
from notesai.gui.appearance import Appearance
from notesai.gui.client import CANCELLED, EngineClient, Replies
from notesai.gui.reading.links import Link, NoteLink, StartLink, TagLink, WebLink
from notesai.gui.reading.marks import Span
from notesai.gui.rows import Row
from notesai.gui.titles import Titles
from notesai.gui.widgets.reader import Reader
from notesai.gui.widgets.related import Related
from notesai.model import NoteContent, SimilarResult

_LOADING_MS = 250
_RELATED_MS = 3000
_MOST_BACK = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A note and what to show of it: passages, or a heading."""

    path: str
    spans: tuple[Span, ...] = ()
    heading: str = ""


class ReadingPane(QObject):
    """Drives a reader and the related notes beside it.

    `tag_clicked` brings a tag to search for; `note_shown` path and title of each note
    that is shown.
    """

    tag_clicked = Signal(str)
    note_shown = Signal(str, str)

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        titles: Titles,
        vault: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.reader = Reader(look, vault)
        self.related = Related(look)
        self._client, self._titles, self._vault = client, titles, vault
        self._place: Place | None = None
        self._wanted: Place | None = None
        self._back: list[Place] = []
        self._read_call = self._similar_call = 0
        self._loading = _timer(self, _LOADING_MS, self._show_loading)
        self._refresh_related = _timer(self, _RELATED_MS, self._find_related)
        self.reader.link_clicked.connect(self._follow)
        self.reader.tag_clicked.connect(self.tag_clicked)
        self.reader.outside_wanted.connect(self._open_outside)
        self.reader.back_wanted.connect(self.go_back)
        self.related.picked.connect(self._open_related)
        client.index_changed.connect(self._index_changed)
        titles.changed.connect(self._titles_changed)
        self.show_empty()

    @property
    def path(self) -> str:
        """The path of the note shown, empty if there is none."""
        return self.reader.path

    @property
    def title(self) -> str:
        """The title of the note shown, empty if there is none."""
        return self.reader.title

    def show_empty(self) -> None:
        """Show no note."""
        self._cancel()
        self._place = self._wanted = None
        self._back.clear()
        self.related.show_nothing()
        self.reader.show_nothing(self._open_latest if self._titles.notes else None)

    def open(self, place: Place) -> None:
        """Show the note at `place`, chosen from a list: there is nothing to go back to."""
        self._back.clear()
        self._go(place)

    def go_back(self) -> None:
        """Show the note from which a link was followed."""
        if self._back:
            self._go(self._back.pop())

    def show_vault(self) -> None:
        """Open the folder of notes in the system's file browser."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._vault)))

    def engine_ready(self) -> None:
        """Ask again for what the engine did not come to show."""
        place = self._wanted
        if place is not None and self.reader.path != place.path:
            self._go(place)

    def close_pane(self) -> None:
        """Stop all work; the window is closing."""
        self._cancel()
        self.reader.close_reader()

    def _open_latest(self) -> None:
        for note in self._titles.recent(1):
            self.open(Place(note.path))

    def _titles_changed(self) -> None:
        if self._wanted is None and self._place is None:
            self.show_empty()

    def _advance(self, place: Place) -> None:
        """Show a note that was reached from the one shown."""
        if self._place is not None and self._place.path != place.path:
            self._back = [*self._back[-_MOST_BACK:], self._place]
        self._go(place)

    def _go(self, place: Place) -> None:
        if place == self._wanted and self.reader.path == place.path:
            self._show_back()
            return
        self._cancel()
        self._wanted = place
        self._loading.start()
        self._read_call = self._client.read(
            place.path, Replies(ok=self._note_arrived, failed=self._note_failed)
        )

    def _note_arrived(self, note: NoteContent) -> None:
        self._loading.stop()
        place = self._wanted
        if place is None:
            return
        self._place = place
        self.reader.show_note(note, place.spans)
        if place.heading:
            self.reader.go_to_heading(place.heading)
        self._show_back()
        self.note_shown.emit(note.path, note.title)
        self.related.show_loading()
        self._find_related()

    def _note_failed(self, error: Failure) -> None:
        self._loading.stop()
        if error.code == CANCELLED:
            return
        place, self._wanted, self._place = self._wanted, None, None
        if place is not None:
            self.related.show_nothing()
            self.reader.show_state(states.failed(error), lambda: self._go(place))
            self._show_back()

    def _find_related(self) -> None:
        path = self.reader.path
        if not path:
            return
        self._client.cancel(self._similar_call)
        self._similar_call = self._client.similar(
            path, Replies(ok=self._related_arrived, failed=self._related_failed)
        )

    def _related_arrived(self, result: SimilarResult) -> None:
        self.related.show_result(result)

    def _related_failed(self, error: Failure) -> None:
        if error.code != CANCELLED:
            self.related.show_error(states.failed(error), self._find_related)

    def _show_loading(self) -> None:
        if not self.reader.path:
            self.reader.show_loading()

    def _show_back(self) -> None:
        self.reader.offer_back(bool(self._back))

    def _cancel(self) -> None:
        self._loading.stop()
        self._client.cancel(self._read_call)
        self._client.cancel(self._similar_call)

    def _open_related(self, row: Row) -> None:
        self._advance(Place(row.path, row.spans))

    def _follow(self, link: Link) -> None:
        """Do what a click on `link` means."""
        match link:
            case NoteLink():
                self._follow_note(link)
            case TagLink():
                self.tag_clicked.emit(link.tag)
            case StartLink():
                self.reader.show_from_start()
            case WebLink():
                QDesktopServices.openUrl(QUrl(link.address))
            case _:
                pass

    def _follow_note(self, link: NoteLink) -> None:
        path = self._titles.resolve(link.target, self.reader.path)
        if path is None:
            self.reader.say_missing(link.target)
        elif path == self.reader.path:
            self.reader.go_to_heading(link.heading)
        else:
            self._advance(Place(path, heading=link.heading))

    def _open_outside(self, path: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._vault / path)))

    def _index_changed(self, change: IndexChanged) -> None:
        """Fetch the note anew if it changed; its neighbours may have changed in any case."""
        path = self.reader.path
        if not path:
            return
        if not change.paths or path in change.paths:
            self._client.read(path, Replies(ok=self._note_again, failed=self._note_vanished))
        if not self._refresh_related.isActive():
            self._refresh_related.start()

    def _note_again(self, note: NoteContent) -> None:
        if note.path == self.reader.path:
            self.reader.refresh(note)

    def _note_vanished(self, error: Failure) -> None:
        if error.code.startswith("note."):
            self.reader.say_vanished()


def _timer(parent: QObject, milliseconds: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer
