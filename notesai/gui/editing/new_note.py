"""Asking for the title of a new note."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from notesai.gui.theme import Size, Space

_LONGEST_TITLE = 200


class NewNoteDialog(QDialog):
    """A title for a note in `folder`. `wanted` brings it once."""

    wanted = Signal(str)

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New note"))
        self.setMinimumWidth(Size.LIST)
        self.title = QLineEdit(self)
        self.title.setMaxLength(_LONGEST_TITLE)
        self.title.setPlaceholderText(self.tr("Title"))
        self.title.setAccessibleName(self.tr("Title of the new note"))
        where = QLabel(self.tr("In %1").replace("%1", folder.replace("/", " / ")), self)
        where.setObjectName("soft")
        self.create_button = QPushButton(self.tr("Create"), self)
        self.create_button.setObjectName("primary")
        self.create_button.setDefault(True)
        self.create_button.setEnabled(False)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(where, 1)
        row.addWidget(cancel)
        row.addWidget(self.create_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.title)
        column.addLayout(row)
        self.title.textChanged.connect(self._title_changed)
        self.create_button.clicked.connect(self._create)

    def _title_changed(self, title: str) -> None:
        self.create_button.setEnabled(bool(title.strip()))

    def _create(self) -> None:
        title = self.title.text().strip()
        self.accept()
        self.wanted.emit(title)
