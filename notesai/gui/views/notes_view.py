"""The view of all notes: by folder or by time, with the note being read."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from notesai.engine.protocol import Failure
from notesai.gui import states
from notesai.gui.appearance import Appearance
from notesai.gui.reading_pane import Place, ReadingPane
from notesai.gui.rows import Row, note_row, tag_query
from notesai.gui.theme import Size
from notesai.gui.titles import Titles
from notesai.gui.views.three_columns import ThreeColumns
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.row_list import RowList
from notesai.gui.widgets.state_pane import StatePane
from notesai.gui.widgets.tree_list import TreeList

_RECENT = 300


class NotesView(QWidget):
    """Browses all notes. `query_wanted` brings a query that a click here asks for."""

    query_wanted = Signal(str)

    def __init__(self, look: Appearance, titles: Titles, reading: ReadingPane) -> None:
        super().__init__()
        self._titles, self.reading = titles, reading
        self._error: Failure | None = None
        self._card = Card(self)
        self._card.setMinimumWidth(Size.CARD_LEAST)
        self._heading = QLabel(self._card)
        self._heading.setObjectName("caps")
        self.by_folder = _choice(self._card)
        self.by_time = _choice(self._card)
        self.by_folder.setChecked(True)
        self.tree = TreeList(look, self._card)
        self.recent = RowList(look, 1, self._card)
        self.state = StatePane(look, self._card)
        self._stack = QStackedWidget(self._card)
        for page in (self.state, self.tree, self.recent):
            self._stack.addWidget(page)
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        self._card.add_head(self._heading, self.by_folder, self.by_time)
        self._card.add_list(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ThreeColumns(self._card, self.reading.reader, self.reading.related))

    def _connect(self) -> None:
        self._order = QButtonGroup(self)
        self._order.addButton(self.by_folder)
        self._order.addButton(self.by_time)
        self._order.buttonClicked.connect(self._show)
        self.tree.picked.connect(self._open_path)
        self.recent.picked.connect(self._open_row)
        self.recent.opened.connect(self._open_row)
        self.reading.tag_clicked.connect(self._find_tag)
        self.reading.note_shown.connect(self._follow)
        self._titles.changed.connect(self._titles_changed)
        self._titles.failed.connect(self._titles_failed)

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        page = self._stack.currentWidget()
        if page is not None:
            page.setFocus()

    def _titles_changed(self) -> None:
        self._error = None
        self._show()

    def _titles_failed(self, error: Failure) -> None:
        self._error = error
        self._show()

    def _show(self) -> None:
        """Show the notes in the order that is chosen, or why there are none."""
        notes = self._titles.notes
        heading = self.tr("%Ln note(s)", None, len(notes)) if notes else self.tr("Notes")
        self._heading.setText(heading)
        if not notes:
            self._show_state()
        elif self.by_time.isChecked():
            rows = [note_row(note) for note in self._titles.recent(_RECENT)]
            self.recent.show_rows(rows, same_subject=True)
            self._stack.setCurrentWidget(self.recent)
            self.recent.select_path(self.reading.path)
        else:
            self.tree.show_notes(notes)
            self._stack.setCurrentWidget(self.tree)

    def _show_state(self) -> None:
        self._stack.setCurrentWidget(self.state)
        if self._error is not None:
            self.state.say(states.failed(self._error), self._titles.refresh)
        elif self._titles.loaded:
            self.state.say(states.no_notes, self.reading.show_vault)
        else:
            self.state.say(states.opening)

    def _open_path(self, path: str) -> None:
        self.reading.open(Place(path))

    def _open_row(self, row: Row) -> None:
        self.reading.open(Place(row.path))

    def _find_tag(self, tag: str) -> None:
        self.query_wanted.emit(tag_query(tag))

    def _follow(self, path: str) -> None:
        """Select in the list what a link has led to."""
        if self._stack.currentWidget() is self.tree:
            self.tree.show_path(path)
        else:
            self.recent.select_path(path)

    def _retranslate(self) -> None:
        self.by_folder.setText(self.tr("Folders"))
        self.by_time.setText(self.tr("Recent"))
        self.by_folder.setToolTip(self.tr("Notes by folder"))
        self.by_time.setToolTip(self.tr("Notes changed last, first"))
        self.tree.setAccessibleName(self.tr("Notes by folder"))
        self.recent.setAccessibleName(self.tr("Recent notes"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _choice(parent: QWidget) -> QPushButton:
    button = QPushButton(parent)
    button.setObjectName("quiet")
    button.setCheckable(True)
    return button
