"""The view of all notes: by folder, by time or by tag, with the note being read."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from notesai.engine.protocol import NoteTitle
from notesai.gui import states
from notesai.gui.appearance import Appearance
from notesai.gui.asking.exchange import Reach, of_note
from notesai.gui.reading_pane import Place, ReadingPane
from notesai.gui.rows import Row, note_row, tag_query
from notesai.gui.states import State
from notesai.gui.theme import Size, Space
from notesai.gui.titles import Titles
from notesai.gui.views.page import Page
from notesai.gui.views.three_columns import ThreeColumns
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.choice_button import quiet_choice
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.note_menu import note_menu
from notesai.gui.widgets.row_list import RowList
from notesai.gui.widgets.state_pane import StatePane
from notesai.gui.widgets.tag_list import TagList, tag_counts, tagged
from notesai.gui.widgets.tree_list import TreeList
from notesai.model import Scope

_RECENT = 300


class NotesView(Page):
    """Browses all notes."""

    def __init__(
        self,
        look: Appearance,
        titles: Titles,
        reading: ReadingPane,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._titles, self.reading = titles, reading
        reading.setParent(self)
        self._columns = ThreeColumns(self, "notes")
        self._card = Card(self._columns)
        self._card.setMinimumWidth(Size.CARD_LEAST)
        self._heading = QLabel(self._card)
        self._heading.setObjectName("caps")
        self.by_folder = quiet_choice(self._card)
        self.by_time = quiet_choice(self._card)
        self.by_tag = quiet_choice(self._card)
        self.new_button = IconButton(look, "plus", self._card)
        self.filter_chip = QPushButton(self._card)
        self.filter_chip.setObjectName("chip")
        self.filter_chip.hide()
        self._tag = ""
        self.by_folder.setChecked(True)
        self._stack = QStackedWidget(self._card)
        self.tree = TreeList(look, self._stack)
        self.recent = RowList(look, 1, self._stack)
        self.tags = TagList(look, self._stack)
        self.state = StatePane(look, self._stack)
        for page in (self.state, self.tree, self.recent, self.tags):
            self._stack.addWidget(page)
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        self._card.add_head(self._heading, self.filter_chip, self.new_button)
        order = QHBoxLayout()
        order.setContentsMargins(Space.M, 0, Space.M, Space.S)
        order.setSpacing(Space.XS)
        for choice in (self.by_folder, self.by_time, self.by_tag):
            order.addWidget(choice)
        order.addStretch(1)
        self._card.column.addLayout(order)
        self._card.add_list(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._columns.fill(self._card, self.reading.reader, self.reading.related)
        column.addWidget(self._columns)

    def _connect(self) -> None:
        self._order = QButtonGroup(self)
        self._order.addButton(self.by_folder)
        self._order.addButton(self.by_time)
        self._order.addButton(self.by_tag)
        self._order.buttonClicked.connect(self._show)
        self.tags.picked.connect(self.filter_by)
        self.new_button.clicked.connect(lambda: self.reading.ask_new_note())
        self.filter_chip.clicked.connect(lambda: self.filter_by(""))
        for view in (self.tree, self.recent):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(self._show_menu)
        self.tree.picked.connect(self._open_path)
        self.recent.picked.connect(self._open_row)
        self.recent.opened.connect(self._open_row)
        self.reading.tag_clicked.connect(self._find_tag)
        self.reading.note_shown.connect(self._follow)
        self.reading.note_shown.connect(self.heading_changed)
        self.reading.actions.ask_wanted.connect(self._ask_note)
        self._titles.changed.connect(self._show)
        self._titles.failed.connect(self._show)

    @property
    def heading(self) -> str:
        """The note being read: it is what tells windows apart in a task list."""
        return self.reading.title

    def leave(self) -> None:
        """Keep the draft of what is being written."""
        self.reading.close_pane()

    def engine_ready(self) -> None:
        """Ask again for the note that could not be read."""
        self.reading.engine_ready()

    def arrive(self) -> None:
        """Give the list the keyboard."""
        self.focus_list()

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        page = self._stack.currentWidget()
        if page is not None:
            page.setFocus()

    def filter_by(self, tag: str) -> None:
        """Show only the notes with `tag`, or all of them if it is empty."""
        self._tag = tag
        (self.by_folder if tag else self.by_tag).setChecked(True)
        self._show()
        if tag:
            self.tree.open_few()
        self.focus_list()

    def _show_menu(self, at: QPoint) -> None:
        """The menu of what is selected; the keyboard asks for it too."""
        in_tree = self._stack.currentWidget() is self.tree
        row = self.recent.current
        path = self.tree.selected_path if in_tree else (row.path if row is not None else "")
        view = self.tree if in_tree else self.recent
        is_note = self.tree.selected_is_note if in_tree else bool(path)
        menu = note_menu(
            self,
            self.reading.vault,
            path,
            is_note=is_note,
            open_outside=self.reading.open_outside,
            new_note=self.reading.ask_new_note,
            ask=lambda: self._ask(path, is_note=is_note),
            see_tokens=self.reading.actions.see_tokens,
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(view.viewport().mapToGlobal(at))

    def _ask_note(self, path: str) -> None:
        self._ask(path, is_note=True)

    def _ask(self, path: str, *, is_note: bool) -> None:
        reach = of_note(path) if is_note else Reach(scope=Scope(folder=f"{path}/"))
        self.ask_wanted.emit("", reach)

    def _show(self) -> None:
        """Show the notes in the order that is chosen, or why there are none."""
        notes = self._titles.notes
        if self._tag:
            notes = tuple(tagged(notes, self._tag))
            self._tag = self._tag if notes else ""
            notes = notes or self._titles.notes
        self.filter_chip.setVisible(bool(self._tag))
        self.filter_chip.setText(f"#{self._tag} ×".replace("&", "&&"))
        heading = self.tr("%Ln note(s)", None, len(notes)) if notes else self.tr("Notes")
        self._heading.setText(heading)
        if not notes:
            self._show_state()
        elif self.by_time.isChecked():
            latest = sorted(notes, key=lambda note: -note.mtime_ns)[:_RECENT]
            rows = [note_row(note) for note in latest]
            self.recent.show_rows(rows, same_subject=True)
            self._stack.setCurrentWidget(self.recent)
            self.recent.select_path(self.reading.path)
        elif self.by_tag.isChecked():
            self._show_tags(notes)
        else:
            self.tree.show_notes(notes)
            self._stack.setCurrentWidget(self.tree)

    def _show_tags(self, notes: Sequence[NoteTitle]) -> None:
        counts = tag_counts(notes)
        if not counts:
            self.state.say(self._no_tags)
            self._stack.setCurrentWidget(self.state)
            return
        self._heading.setText(self.tr("%Ln tag(s)", None, len(counts)))
        self.tags.show_tags(counts)
        self._stack.setCurrentWidget(self.tags)

    def _no_tags(self) -> State:
        return State(
            "notes",
            self.tr("No note has a tag yet."),
            self.tr("Write #tag into a note, or tags: into its front matter."),
        )

    def _show_state(self) -> None:
        self._stack.setCurrentWidget(self.state)
        error = self._titles.error
        if error is not None:
            self.state.say(states.failed(error), self._titles.refresh)
        elif self._titles.empty:
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
        elif self._stack.currentWidget() is self.recent:
            self.recent.select_path(path)

    def _retranslate(self) -> None:
        self.by_folder.setText(self.tr("Folders"))
        self.by_time.setText(self.tr("Recent"))
        self.new_button.name_it(self.tr("New note"), _native("Ctrl+N"))
        self.by_tag.setText(self.tr("Tags"))
        self.by_tag.setToolTip(self.tr("Notes by tag"))
        self.filter_chip.setToolTip(self.tr("Show all notes again"))
        self.filter_chip.setAccessibleName(self.tr("Show all notes again"))
        self.tags.setAccessibleName(self.tr("Tags"))
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


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
