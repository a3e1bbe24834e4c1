"""The conversations that are kept: opened, named and deleted here."""

import functools
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QInputDialog, QLabel, QMenu, QMessageBox, QStackedWidget, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.asking.archive import Kept
from notesai.gui.rows import Row, moment
from notesai.gui.states import State
from notesai.gui.theme import Size
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.row_list import RowList
from notesai.gui.widgets.state_pane import StatePane


class _Conversations(RowList):
    """A list in which Delete and F2 do what they do elsewhere."""

    delete_wanted = Signal()
    rename_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and rename."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        else:
            super().keyPressEvent(event)


class HistoryCard(Card):
    """`new_wanted` begins a conversation; the other signals bring the name of one.

    `renamed` brings the title too; `kept_wanted` whether conversations are to be kept from now on.
    """

    new_wanted = Signal()
    open_wanted = Signal(str)
    renamed = Signal(str, str)
    deleted = Signal(str)
    all_deleted = Signal()
    kept_wanted = Signal(bool)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(Size.CARD_LEAST)
        self._keeps = True
        self._kept: tuple[Kept, ...] = ()
        self._heading = QLabel(self)
        self._heading.setObjectName("caps")
        self.new_button = IconButton(look, "plus", self)
        self.more_button = IconButton(look, "more", self)
        self._stack = QStackedWidget(self)
        self.list = _Conversations(look, 2, self._stack)
        self.state = StatePane(look, self._stack)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.list)
        self.add_head(self._heading, self.new_button, self.more_button)
        self.add_list(self._stack)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.picked.connect(self._open)
        self.list.opened.connect(self._open)
        self.list.delete_wanted.connect(self.ask_delete)
        self.list.rename_wanted.connect(self.ask_rename)
        self.new_button.clicked.connect(self.new_wanted)
        self.more_button.clicked.connect(self._show_more)
        self.state.say(self._nothing)
        self._retranslate()

    def show_kept(self, kept: list[Kept], current: str, *, keeps: bool) -> None:
        """Show the conversations; the `current` one is selected."""
        self._kept, self._keeps = tuple(kept), keeps
        rows = [
            Row(one.name, one.head.shown, detail=moment(round(one.head.changed_at * 1e9)))
            for one in kept
        ]
        self.list.show_rows(rows, same_subject=True)
        self.list.select_path(current)
        self._stack.setCurrentIndex(1 if rows else 0)
        self.state.say(self._nothing)

    def menu(self) -> QMenu:
        """The menu of the selected conversation."""
        menu = QMenu(self)
        _add(menu, self.tr("Open"), self._open_current)
        _add(menu, self.tr("Rename…"), self.ask_rename)
        menu.addSeparator()
        _add(menu, self.tr("Delete…"), self.ask_delete)
        return menu

    def more_menu(self) -> QMenu:
        """The menu of all conversations."""
        menu = QMenu(self)
        keep = menu.addAction(self.tr("Keep conversations"))
        keep.setCheckable(True)
        keep.setChecked(self._keeps)
        keep.triggered.connect(self.kept_wanted)
        menu.addSeparator()
        _add(menu, self.tr("Delete all…"), self.ask_delete_all).setEnabled(bool(self._kept))
        return menu

    def ask_rename(self) -> None:
        """Ask for another title of the selected conversation."""
        row = self.list.current
        if row is None:
            return
        dialog = QInputDialog(self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Rename the conversation"))
        dialog.setLabelText(self.tr("Title"))
        dialog.setTextValue(row.title)
        dialog.textValueSelected.connect(functools.partial(self.renamed.emit, row.path))
        dialog.open()

    def ask_delete(self) -> None:
        """Ask whether the selected conversation is to be deleted."""
        row = self.list.current
        if row is not None:
            what = self.tr("Delete the conversation “%1”?").replace("%1", row.title)
            self._confirm(what, lambda: self.deleted.emit(row.path))

    def ask_delete_all(self) -> None:
        """Ask whether all conversations are to be deleted."""
        what = self.tr("Delete %Ln conversation(s)?", None, len(self._kept))
        self._confirm(what, self.all_deleted.emit)

    def _confirm(self, what: str, action: Callable[[], object]) -> None:
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("notesai")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(what)
        box.setInformativeText(self.tr("Your notes stay as they are."))
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        delete.clicked.connect(lambda: action())
        box.open()

    def _open(self, row: Row) -> None:
        self.open_wanted.emit(row.path)

    def _open_current(self) -> None:
        row = self.list.current
        if row is not None:
            self._open(row)

    def _show_menu(self, at: QPoint) -> None:
        if self.list.current is not None:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.list.viewport().mapToGlobal(at))

    def _show_more(self) -> None:
        menu = self.more_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _nothing(self) -> State:
        if not self._keeps:
            return State(
                "ask",
                self.tr("Conversations are not kept."),
                self.tr("The menu above switches that on."),
            )
        return State(
            "ask",
            self.tr("What you ask is kept here."),
            self.tr("On this computer only, until you delete it."),
        )

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Conversations"))
        self.list.setAccessibleName(self.tr("Conversations"))
        self.new_button.name_it(self.tr("New conversation"), "Ctrl+Shift+N")
        self.more_button.name_it(self.tr("More"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _add(menu: QMenu, text: str, action: Callable[[], object]) -> QAction:
    added = menu.addAction(text)
    added.triggered.connect(lambda: action())
    return added
