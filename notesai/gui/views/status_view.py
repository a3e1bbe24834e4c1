"""The view of the index: its figures, what it is made of, and where each note stands."""

from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from notesai.engine.protocol import Done, EngineState, Failure, NoteStates
from notesai.gui import explain, states
from notesai.gui.activity import Activity
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.exporting import choose_file, write_status
from notesai.gui.reading.history import Place
from notesai.gui.relating.duplicates_dialog import DuplicatesDialog
from notesai.gui.requests import Replies
from notesai.gui.states import State
from notesai.gui.theme import Space
from notesai.gui.views.page import Page
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.figure_tile import FigureTile
from notesai.gui.widgets.index_card import IndexCard
from notesai.gui.widgets.notes_card import NotesCard
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import VaultStatus

_REFRESH_MS = 1500
_FIGURES = ("notes", "chunks", "pending", "skipped", "failed")


class StatusView(Page):
    """Shows the state of the index, kept fresh while it is looked at."""

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        activity: Activity,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._client = look, client
        self._status: VaultStatus | None = None
        self._call = self._list = 0
        self._stack = QStackedWidget(self)
        self._waiting = Card(self._stack)
        self._page = QWidget(self._stack)
        self.state = StatePane(look, self._waiting)
        self.tiles = {name: FigureTile(self._page) for name in _FIGURES}
        self.index = IndexCard(look, activity, self._page)
        self.notes = NotesCard(look, self._page)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self._lay_out()
        self._connect()
        activity.changed.connect(self._refresh_soon)
        client.index_changed.connect(self._refresh_soon)
        client.state_changed.connect(self._state_changed)
        self._retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout(self._page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.GAP)
        figures = QHBoxLayout()
        figures.setSpacing(Space.GAP)
        for tile in self.tiles.values():
            figures.addWidget(tile, 1)
        grid.addLayout(figures, 0, 0, 1, 2)
        grid.addWidget(self.index, 1, 0)
        grid.addWidget(self.notes, 1, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setRowStretch(1, 1)
        self._waiting.column.addWidget(self.state)
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self._page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def arrive(self) -> None:
        """Give the list of notes the keyboard or, until it is there, its place."""
        if self._stack.currentWidget() is self._page:
            self.notes.take_keyboard()
        else:
            self._stack.setFocus()

    def refresh(self) -> None:
        """Fetch the state of the index now."""
        self._client.cancel(self._call)
        self._client.cancel(self._list)
        self._call = self._client.status(Replies(ok=self._arrived, failed=self._failed))
        self._list = self._client.list_states(Replies(ok=self._listed))

    def _connect(self) -> None:
        self.notes.opened.connect(self._open_note)
        self.notes.folder_wanted.connect(self._show_folder)
        self.notes.retried.connect(self._retry)
        self.notes.export_wanted.connect(self._export)
        self.notes.duplicates_wanted.connect(self.show_duplicates)

    def _open_note(self, path: str) -> None:
        self.place_wanted.emit(Place(path))

    def show_duplicates(self) -> None:
        """Show the notes that say the same, side by side."""
        dialog = DuplicatesDialog(self._look, self._client, self.window())
        dialog.note_wanted.connect(self._open_note)
        dialog.open()

    def _show_folder(self, folder: str) -> None:
        if self._status is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._status.vault) / folder)))

    def _retry(self, paths: list[str]) -> None:
        self._client.retry(paths, Replies(ok=self._retried, failed=self._not_retried))

    def _retried(self, _: Done) -> None:
        self.notes.say(lambda: self.tr("They are looked at again."))

    def _not_retried(self, failure: Failure) -> None:
        self.notes.say(lambda: explain.failure(failure).what)

    def _export(self) -> None:
        status = self._status
        file = choose_file(self) if status is not None else None
        if status is None or file is None:
            return
        try:
            write_status(file, status, self.notes.notes.notes)
        except OSError as error:
            why = error.strerror or str(error)
            self.notes.say(lambda: self.tr("It could not be written: %1").replace("%1", why))
        else:
            self.notes.say(lambda: self.tr("Written: %1").replace("%1", file.name))

    def _listed(self, states: NoteStates) -> None:
        self.notes.show_notes(states.notes)

    def _refresh_soon(self) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _state_changed(self, state: EngineState) -> None:
        if state.state == "ready" and self.isVisible():
            self.refresh()

    def _arrived(self, status: VaultStatus) -> None:
        self._status = status
        self._show()

    def _failed(self, error: Failure) -> None:
        if self._status is None:
            self.state.say(states.failed(error), self.refresh)
            self._stack.setCurrentIndex(0)

    def _show(self) -> None:
        status = self._status
        if status is None:
            self.state.say(lambda: State("status", self.tr("Looking at the index…")))
            self._stack.setCurrentIndex(0)
            return
        counts = (
            status.notes,
            status.chunks,
            status.pending,
            len(status.skipped),
            len(status.failed),
        )
        for tile, count in zip(self.tiles.values(), counts, strict=True):
            tile.show_figure(count)
        self.index.show_status(status)
        awaited = self._stack.hasFocus()
        self._stack.setCurrentIndex(1)
        if awaited:
            self.notes.take_keyboard()

    def _retranslate(self) -> None:
        names = (
            self.tr("Notes"),
            self.tr("Passages"),
            self.tr("Waiting for embedding"),
            self.tr("Skipped"),
            self.tr("Failed"),
        )
        for tile, name in zip(self.tiles.values(), names, strict=True):
            tile.name_it(name)
        self._stack.setAccessibleName(self.tr("Status"))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date when looked at."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing while not looked at."""
        super().hideEvent(event)
        self._soon.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
