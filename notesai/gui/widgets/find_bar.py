"""The bar that finds words in what is shown: a field, a count, and steps between the places."""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.i18n import number
from notesai.gui.reading.finding import MOST_FOUND, find_all
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.search_field import QueryEdit


class Findable(Protocol):
    """What words can be found in."""

    def find_text(self) -> str:
        """All its text."""
        ...

    def show_found(self, found: list[tuple[int, int]], at: int) -> None:
        """Mark the places (in UTF-16 units), and go to the one at index `at` unless negative."""
        ...


class FindBar(QFrame):
    """Finds in one target. `closed` follows Escape or the button, when a person closes it."""

    closed = Signal()

    def __init__(self, look: Appearance, target: Findable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = target
        self._found: list[tuple[int, int]] = []
        self._at = -1
        self._query = ""
        self.edit = QueryEdit(self)
        self._count = QLabel(self)
        self._count.setObjectName("soft")
        self._before = IconButton(look, "chevron-up", self)
        self._after = IconButton(look, "chevron-down", self)
        self._close = IconButton(look, "close", self)
        self.setObjectName("field")
        self._lay_out()
        self._connect()
        self._retranslate()
        self.hide()

    def _lay_out(self) -> None:
        self.setFixedHeight(Size.BUTTON + Space.S)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, 0, Space.XS, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self.edit, 1)
        for widget in (self._count, self._before, self._after, self._close):
            row.addWidget(widget)
        self.setFocusProxy(self.edit)

    def _connect(self) -> None:
        self.edit.query_changed.connect(self._find)
        self.edit.stepped.connect(self.step)
        self.edit.installEventFilter(self)
        self._before.clicked.connect(lambda: self.step(-1))
        self._after.clicked.connect(lambda: self.step(1))
        self._close.clicked.connect(self._close_by_hand)

    @property
    def count(self) -> int:
        """How many places are found."""
        return len(self._found)

    @property
    def at(self) -> int:
        """The index of the place that is shown, -1 if none."""
        return self._at

    def open_bar(self, words: str = "") -> None:
        """Show the bar, with `words` to find if there are any."""
        self.show()
        if words:
            self.edit.setText(words)
            self.edit.announce_now()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()
        self.refresh()

    def close_bar(self) -> None:
        """Hide the bar and the marks."""
        if not self.isHidden():
            self.hide()
            self._found, self._at = [], -1
            self._target.show_found([], -1)

    def _close_by_hand(self) -> None:
        self.close_bar()
        self.closed.emit()

    def refresh(self) -> None:
        """Find again: the target shows something else, or more."""
        if self.isVisible() and self._query:
            at = self._at
            self._found = find_all(self._target.find_text(), self._query)
            self._at = min(at, len(self._found) - 1)
            self._target.show_found(self._found, -1)
            self._show_count()

    def step(self, by: int) -> None:
        """Go to the next or the previous place, round the ends."""
        self.edit.announce_now()
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._target.show_found(self._found, self._at)
            self._show_count()

    def _find(self, query: str) -> None:
        self._query = query
        self._found = find_all(self._target.find_text(), query)
        self._at = 0 if self._found else -1
        self._target.show_found(self._found, self._at)
        self._show_count()

    def _show_count(self) -> None:
        if not self._query:
            self._count.setText("")
        elif not self._found:
            self._count.setText(self.tr("Not found"))
        else:
            most = "+" if len(self._found) >= MOST_FOUND else ""
            text = self.tr("%1 of %2").replace("%1", number(max(self._at, 0) + 1))
            self._count.setText(text.replace("%2", number(len(self._found)) + most))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter step, Escape closes."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self._close_by_hand()
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(-1 if back else 1)
            return True
        return False

    def _retranslate(self) -> None:
        self.edit.setPlaceholderText(self.tr("Find in this note"))
        self.edit.setAccessibleName(self.tr("Find in this note"))
        self._before.name_it(self.tr("Previous place"), "Shift+Enter")
        self._after.name_it(self.tr("Next place"), "Enter")
        self._close.name_it(self.tr("Close"), "Esc")
        self._show_count()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
