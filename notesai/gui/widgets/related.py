"""The notes most similar to the one being read, or near to those that were read lately."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from notesai.gui.appearance import Appearance
from notesai.gui.relating.row_actions import RowActions
from notesai.gui.rows import Row, neighbour_row
from notesai.gui.states import Describe, State
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.choice_button import quiet_choice
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.note_menu import wikilink
from notesai.gui.widgets.row_list import RowList
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import Mark, SimilarResult


class Related(Card):
    """Related notes: likeness as a bar, the matching passage as a quote, the words in common.

    `picked` brings a row to open, `compare_wanted` one to be shown beside the note; `marked` brings
    the paths of a note and of its neighbour, and a `Mark`: until those of the next note arrive, the
    rows are those of the last one. `duplicates_wanted` asks for the list of duplicates.
    `choice_changed` says that `for_you` or `with_hidden` is another.
    """

    picked = Signal(object)
    compare_wanted = Signal(object)
    marked = Signal(str, str, object)
    choice_changed = Signal()
    duplicates_wanted = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: SimilarResult | None = None
        self._beside = ""
        self.with_hidden = self._offered = False
        self.setMinimumWidth(Size.CARD_LEAST)
        self.by_note, self.by_reading = quiet_choice(self), quiet_choice(self)
        self.by_note.setChecked(True)
        self._kinds = QButtonGroup(self)
        for button in (self.by_note, self.by_reading):
            self._kinds.addButton(button)
        self.more = IconButton(look, "more", self)
        self.list = RowList(look, 2, self)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.actions_ = RowActions(look, self.list)
        self.state = StatePane(look, self)
        self.hidden_button = QPushButton(self)
        self.hidden_button.setObjectName("quiet")
        self.hidden_button.setCheckable(True)
        self.hidden_button.hide()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.list)
        kinds = QWidget(self)
        row = QHBoxLayout(kinds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self.by_note)
        row.addWidget(self.by_reading)
        row.addStretch(1)
        self.add_head(kinds, self.more, left=Space.M)
        self.add_list(self._stack)
        self.column.addWidget(self.hidden_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._connect()
        self._retranslate()
        self.show_nothing()

    def _connect(self) -> None:
        self.list.picked.connect(self.picked)
        self.list.opened.connect(self.picked)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self._kinds.buttonClicked.connect(self._switch)
        self.more.clicked.connect(self._show_more)
        self.hidden_button.clicked.connect(self._show_hidden)
        self.actions_.pin_wanted.connect(self._toggle_pin)
        self.actions_.hide_wanted.connect(self._toggle_hidden)
        self.actions_.copy_wanted.connect(_copy_link)
        self.list.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that do something with the selected row while the list has the keyboard."""
        if watched is self.list and isinstance(event, QKeyEvent):
            act = self._act_of(QKeySequence(event.keyCombination()).toString())
            if act is not None and event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
            elif act is not None and event.type() is QEvent.Type.KeyPress:
                act(self.list.current)
                return True
        return super().eventFilter(watched, event)

    def _act_of(self, keys: str) -> Callable[[Row | None], object] | None:
        match keys:
            case "Ctrl+D":
                return self._toggle_pin
            case "Del":
                return self._toggle_hidden
            case "Ctrl+C":
                return _copy_link
            case _:
                return None

    @property
    def for_you(self) -> bool:
        """True while what is near to the notes read lately is wanted."""
        return self.by_reading.isChecked()

    def show_nothing(self) -> None:
        """No note is being read."""
        if self._offered:
            self._offer(False)
        self._shown, self._beside = None, ""
        self.hidden_button.hide()
        self._say(lambda: State("related", self.tr("Open a note to see what is like it.")))

    def show_loading(self, path: str = "") -> None:
        """Related notes are on their way; what is shown stays until they come."""
        if path and self._offered:
            self._offer(False)
        if path != self._beside:
            self._beside = path
            self._forget_hidden()
        if self._shown is None:
            self._say(lambda: State("related", self.tr("Looking for related notes…")))

    def show_error(self, describe: Describe, again: Callable[[], None]) -> None:
        """They could not be found."""
        self._shown = None
        self._say(describe, again)

    def show_result(self, result: SimilarResult) -> None:
        """Show the neighbours of a note."""
        self._show(result, lambda: self.tr("No other note is like this one yet."))

    def show_for_you(self, result: SimilarResult) -> None:
        """Show what is near to the notes that were read lately."""
        if result.neighbours and not self._beside and not self.for_you:
            self._offer(True)
        if result.neighbours or self.for_you:
            self._show(result, lambda: self.tr("Read a few notes, and others like them come here."))

    def _offer(self, offered: bool) -> None:
        """Show that what there is instead of related notes, while no note is read, is for you."""
        self._offered = offered
        (self.by_reading if offered else self.by_note).setChecked(True)
        if not offered:
            self._shown = None

    def _show(self, result: SimilarResult, nothing: Callable[[], str]) -> None:
        same = self._shown is not None and self._shown.note == result.note
        self._shown = result
        one_note = bool(result.note)
        # What is for you stands beside no note that it could be linked to.
        found = [replace(one, linked=one.linked and one_note) for one in result.neighbours]
        rows = [neighbour_row(one, result.note) for one in found]
        self.list.show_rows(rows, same_subject=same)
        self._show_count()
        if rows:
            self._stack.setCurrentWidget(self.list)
        else:
            self._say(lambda: State("related", nothing()))

    def _show_count(self) -> None:
        hidden = self._shown.hidden if self._shown is not None else 0
        self.hidden_button.setVisible(hidden > 0)
        show = self.tr("Show %Ln hidden note(s)", None, hidden)
        self.hidden_button.setText(self.tr("Hide them again") if self.with_hidden else show)

    def _forget_hidden(self) -> None:
        self.with_hidden = False
        self.hidden_button.setChecked(False)

    def _show_hidden(self) -> None:
        self.with_hidden = self.hidden_button.isChecked()
        self.choice_changed.emit()

    def _switch(self) -> None:
        self._shown, self._offered = None, False
        self.hidden_button.hide()
        self.show_loading(self._beside)
        self.choice_changed.emit()

    def _toggle_pin(self, row: Row | None) -> None:
        self._mark(row, Mark.NONE if row is not None and row.pinned else Mark.PIN)

    def _toggle_hidden(self, row: Row | None) -> None:
        self._mark(row, Mark.NONE if row is not None and row.hidden else Mark.HIDE)

    def _mark(self, row: Row | None, mark: Mark) -> None:
        if row is not None and row.markable:
            self.list.release()
            self.marked.emit(row.beside, row.path, mark)

    def _show_menu(self, at: QPoint) -> None:
        """The menu of the selected row; the keyboard asks for it too."""
        row = self.list.current
        if row is None:
            return
        menu = self.make_menu(row)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def make_menu(self, row: Row) -> QMenu:
        """What can be done with a neighbour."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def add(text: str, keys: str, act: Callable[[], object]) -> None:
            action = menu.addAction(text)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda: act())

        add(self.tr("Open"), "Enter", lambda: self.picked.emit(row))
        if row.markable:
            add(self.tr("Show both side by side"), "", lambda: self.compare_wanted.emit(row))
            menu.addSeparator()
            pin = self.tr("Unpin") if row.pinned else self.tr("Pin to the top")
            hide = self.tr("Bring it back") if row.hidden else self.tr("Hide here")
            add(pin, "Ctrl+D", lambda: self._toggle_pin(row))
            add(hide, "Delete", lambda: self._toggle_hidden(row))
        menu.addSeparator()
        add(self.tr("Copy as [[link]]"), "Ctrl+C", lambda: _copy_link(row))
        return menu

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        find = menu.addAction(self.tr("Find duplicates…"))
        find.triggered.connect(lambda: self.duplicates_wanted.emit())
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _say(self, describe: Describe, action: Callable[[], None] | None = None) -> None:
        self.state.say(describe, action)
        self._stack.setCurrentWidget(self.state)

    def _retranslate(self) -> None:
        self.by_note.setText(self.tr("Related notes"))
        self.by_reading.setText(self.tr("For you"))
        self.by_reading.setToolTip(self.tr("Near to the notes that you read lately"))
        self.more.name_it(self.tr("More"))
        self.list.setAccessibleName(self.tr("Related notes"))
        self.actions_.retranslate()
        if self._shown is not None:
            (self.show_result if self._shown.note else self.show_for_you)(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _copy_link(row: Row | None) -> None:
    if row is not None:
        QGuiApplication.clipboard().setText(wikilink(row.path))
