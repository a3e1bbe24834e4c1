"""The card of all notes and where they stand: filter, sort, retry, open, export."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QWidget

from notesai.engine.protocol import NoteState
from notesai.gui import note_table
from notesai.gui.appearance import Appearance
from notesai.gui.i18n import number
from notesai.gui.note_table import NoteTable
from notesai.gui.settings.section import Choice
from notesai.gui.states import State
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.state_pane import StatePane
from notesai.gui.widgets.table import Table
from notesai.model import NoteStatus

_ALL = "all"
_FILTERS = (_ALL, "indexed", "pending", "skipped", "failed")


class NotesCard(Card):
    """`opened` and `folder_wanted` bring a path; `retried` brings paths; the others ask."""

    opened = Signal(str)
    folder_wanted = Signal(str)
    retried = Signal(list)
    export_wanted = Signal()
    duplicates_wanted = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notes = NoteTable(self)
        self._lists = QStackedWidget(self)
        self.table = Table(self._lists)
        self.table.setModel(self.notes)
        self.table.share_width(0, (0, 88, 88, Size.TABLE_WHY))
        self._heading = QLabel(self)
        self._heading.setObjectName("caps")
        self.filter = Choice(_FILTERS, self)
        self.search = QLineEdit(self)
        self.search.setObjectName("entry")
        self.retry_all = QPushButton(self)
        self.duplicates = QPushButton(self)
        self.duplicates.setObjectName("quiet")
        self.export = IconButton(look, "export", self)
        self.open = QPushButton(self)
        self.folder = QPushButton(self)
        self.retry = QPushButton(self)
        self._empty = StatePane(look, self._lists)
        self._says: Callable[[], str] = str
        self._said = QLabel(self)
        self._said.setObjectName("faint")
        self._lay_out()
        self._connect()
        self.filter.show_value(_ALL)
        self.table.sortByColumn(note_table.STATE, Qt.SortOrder.AscendingOrder)
        self._retranslate()

    def _lay_out(self) -> None:
        self.add_head(self._heading, self.retry_all, self.duplicates, self.export)
        tools = QHBoxLayout()
        tools.setContentsMargins(Space.EDGE, 0, Space.EDGE, Space.S)
        tools.setSpacing(Space.M)
        tools.addWidget(self.filter)
        tools.addWidget(self.search, 1)
        self.column.addLayout(tools)
        self._lists.addWidget(self._empty)
        self._lists.addWidget(self.table)
        body = QHBoxLayout()
        body.setContentsMargins(Space.M, 0, Space.M, 0)
        body.addWidget(self._lists)
        self.column.addLayout(body, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.EDGE, Space.S, Space.EDGE, Space.M)
        foot.setSpacing(Space.S)
        for button in (self.open, self.folder, self.retry):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._said)
        self.column.addLayout(foot)

    def _connect(self) -> None:
        self.table.setSortingEnabled(True)
        self.filter.chosen.connect(self._filter)
        self.search.textChanged.connect(self._find)
        self.table.selectionModel().currentRowChanged.connect(self._enable)
        self.table.activated.connect(self._open)
        self.open.clicked.connect(self._open)
        self.folder.clicked.connect(self._show_folder)
        self.retry.clicked.connect(self._retry)
        self.retry_all.clicked.connect(self._retry_all)
        self.export.clicked.connect(self.export_wanted)
        self.duplicates.clicked.connect(self.duplicates_wanted)

    @property
    def chosen(self) -> NoteState | None:
        """The note that is selected."""
        at = self.table.currentIndex().row()
        return self.notes.rows[at] if 0 <= at < len(self.notes.rows) else None

    def take_keyboard(self) -> None:
        """Give the keyboard to the table or, until there is anything in it, to its place."""
        (self.table if self._lists.currentWidget() is self.table else self._lists).setFocus()

    def show_notes(self, notes: tuple[NoteState, ...]) -> None:
        """Show where these stand; what is chosen stays chosen, the list where it is."""
        self._keep(lambda: self.notes.show_notes(notes))

    def say(self, says: Callable[[], str]) -> None:
        """Say something below the table, in whatever language."""
        self._says = says
        self._said.setText(says())

    def _keep(self, change: Callable[[], None]) -> None:
        chosen, scroll = self.chosen, self.table.verticalScrollBar().value()
        change()
        at = self.notes.row_of(chosen.path) if chosen is not None else -1
        if at >= 0:
            self.table.selectRow(at)
        self.table.verticalScrollBar().setValue(scroll)
        self._show()

    def _filter(self, value: str) -> None:
        self._keep(lambda: self.notes.show_status(None if value == _ALL else NoteStatus(value)))

    def _find(self, text: str) -> None:
        self._keep(lambda: self.notes.find(text))

    def _show(self) -> None:
        shown, count = len(self.notes.rows), len(self.notes.notes)
        figures = number(count) if shown == count else f"{number(shown)} / {number(count)}"
        self._heading.setText(f"{self.tr('All notes')} · {figures}")
        self.retry_all.setVisible(bool(note_table.failed(self.notes.notes)))
        self._empty.say(self._nothing)
        awaited = self._lists.hasFocus()
        # Mostly there is nothing to say; then paths have the room.
        told = any(note.reason for note in self.notes.notes)
        self.table.setColumnHidden(note_table.WHY, not told)
        self._lists.setCurrentIndex(1 if shown else 0)
        if awaited:
            self.take_keyboard()
        self._enable()

    def _nothing(self) -> State:
        """Why the table is empty."""
        if not self.notes.notes:
            return State("notes", self.tr("There are no notes in this folder yet."))
        if self.search.text().strip():
            return State("search", self.tr("No path and no reason holds that."))
        return State("check", self.tr("No note is in this state."))

    def _enable(self) -> None:
        chosen = self.chosen
        readable = chosen is not None and chosen.status in {NoteStatus.INDEXED, NoteStatus.PENDING}
        self.open.setEnabled(readable)
        self.folder.setEnabled(chosen is not None)
        self.retry.setEnabled(chosen is not None)

    def _open(self) -> None:
        if self.chosen is not None and self.open.isEnabled():
            self.opened.emit(self.chosen.path)

    def _show_folder(self) -> None:
        if self.chosen is not None:
            self.folder_wanted.emit(str(Path(self.chosen.path).parent))

    def _retry(self) -> None:
        if self.chosen is not None:
            self.retried.emit([self.chosen.path])

    def _retry_all(self) -> None:
        self.retried.emit(note_table.failed(self.notes.notes))

    def _retranslate(self) -> None:
        self.table.name_it(self.tr("All notes"))
        self._lists.setAccessibleName(self.tr("All notes"))
        self.filter.setAccessibleName(self.tr("Which notes are shown"))
        self.filter.name_values(
            (
                self.tr("All"),
                self.tr("Indexed"),
                self.tr("Waiting"),
                self.tr("Skipped"),
                self.tr("Failed"),
            )
        )
        self.search.setPlaceholderText(self.tr("Path or reason"))
        self.search.setAccessibleName(self.tr("Find notes by path or reason"))
        self.retry_all.setText(self.tr("Retry all failed"))
        self.duplicates.setText(self.tr("Find duplicates…"))
        self.export.name_it(self.tr("Export as JSON"))
        self.open.setText(self.tr("Open"))
        self.folder.setText(self.tr("Its folder"))
        self.retry.setText(self.tr("Try again"))
        self.notes.retranslate()
        self.say(self._says)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
