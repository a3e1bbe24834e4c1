"""The sheet of all keys."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from notesai.gui import shortcuts
from notesai.gui.shortcuts import Group
from notesai.gui.theme import Size, Space

_COLUMNS = 3


class ShortcutSheet(QDialog):
    """Lists what the keys do, in the window's language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._groups = shortcuts.groups()
        self._labels: list[tuple[QLabel, Group, int]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        row.setSpacing(2 * Space.XL)
        half = sum(len(group.keys) + 2 for group in self._groups) / _COLUMNS
        column, filled = self._column(), 0
        row.addLayout(column, 1)
        for group in self._groups:
            if filled + len(group.keys) / 2 >= half:
                column.addStretch(1)
                column, filled = self._column(), 0
                row.addLayout(column, 1)
            column.addLayout(self._block(group))
            column.addSpacing(Space.XL)
            filled += len(group.keys) + 2
        column.addStretch(1)
        self._retranslate()

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        return column

    def _block(self, group: Group) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.XL)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._label("caps", group, -1), 0, 0, 1, 2)
        for at, entry in enumerate(group.keys):
            keys = QLabel(entry.shown, self)
            keys.setObjectName("soft")
            keys.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(self._label("value", group, at), at + 1, 0)
            grid.addWidget(keys, at + 1, 1, Qt.AlignmentFlag.AlignRight)
            grid.setRowMinimumHeight(at + 1, Size.TITLE_LINE)
        return grid

    def _label(self, name: str, group: Group, at: int) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        self._labels.append((label, group, at))
        return label

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Keys"))
        self.setAccessibleName(self.tr("Keys"))
        for label, group, at in self._labels:
            label.setText(group.describe() if at < 0 else group.keys[at].describe())

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
