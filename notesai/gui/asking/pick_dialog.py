"""Choosing one thing of many by typing a part of its name: a folder, a tag, a note."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from notesai.gui.theme import Size, Space

_SHOWN = 200
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class PickDialog(QDialog):
    """`picked` brings the value of the entry that is chosen. Entries are (shown, value)."""

    picked = Signal(str)

    def __init__(self, title: str, entries: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._entries = [(shown, value, f"{shown}\n{value}".casefold()) for shown, value in entries]
        self.field = QLineEdit(self)
        self.field.setObjectName("entry")
        self.field.setPlaceholderText(self.tr("Type a part of the name"))
        self.field.setAccessibleName(title)
        self.list = QListWidget(self)
        self.list.setObjectName("entry")
        self.list.setAccessibleName(title)
        self._more = QLabel(self)
        self._more.setObjectName("faint")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.S)
        for widget in (self.field, self.list, self._more):
            column.addWidget(widget)
        self.resize(Size.LIST, Size.LIST)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._filter)
        self.field.returnPressed.connect(self._pick)
        self.list.itemActivated.connect(self._pick)
        self.list.itemClicked.connect(self._pick)
        self._filter("")

    def _filter(self, text: str) -> None:
        part = text.strip().casefold()
        found = [(shown, value) for shown, value, key in self._entries if part in key]
        self.list.clear()
        for shown, value in found[:_SHOWN]:
            item = QListWidgetItem(shown, self.list)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setToolTip(value)
        self.list.setCurrentRow(0)
        more = len(found) - _SHOWN
        self._more.setText(self.tr("%Ln more", None, more) if more > 0 else "")
        self._more.setVisible(more > 0)

    def _pick(self, _: object = None) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            value = str(index.data(Qt.ItemDataRole.UserRole))
            self.accept()
            self.picked.emit(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move through the list work in the field."""
        if (
            watched is self.field
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _MOVES
        ):
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)
