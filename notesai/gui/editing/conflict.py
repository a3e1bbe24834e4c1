"""Two have changed the note: both versions beside each other, and what is to become of them."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from notesai.gui.appearance import Appearance
from notesai.gui.editing.editor import MarkdownEditor
from notesai.gui.relating.side_by_side import SideBySide
from notesai.gui.theme import Size, Space


class Choice(StrEnum):
    """What is to be saved: one version, both in two files, or a text made of both."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    MERGED = "merged"


class ConflictDialog(QDialog):
    """Shows `mine` and `theirs`. `chosen` brings a `Choice` and the merged text, if it is that.

    Closing it chooses nothing: the text stays in the editor, the file as it is.
    """

    chosen = Signal(object, str)

    def __init__(
        self, look: Appearance, title: str, mine: str, theirs: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look, self._title, self._mine = look, title, mine
        self.setWindowTitle(self.tr("“%1” was changed by another program").replace("%1", title))
        self.resize(Size.WINDOW_LEAST[0] + 2 * Size.RAIL, Size.WINDOW_LEAST[1])
        self.buttons: dict[Choice, QPushButton] = {}
        self.merged = MarkdownEditor(look, self)
        self._sides = SideBySide(look, self)
        self._sides.name_them(self.tr("Your text"), self.tr("The file as it is now"))
        self._sides.show_differences(mine, theirs)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._sides)
        self._stack.addWidget(self.merged)
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.reject)

    def _lay_out(self) -> None:
        what = QLabel(
            self.tr("Your text and the file differ. Nothing is lost: choose what to keep.")
        )
        what.setObjectName("what")
        what.setWordWrap(True)
        self._merge = QPushButton(self.tr("Edit a merged text…"), self)
        self._merge.clicked.connect(self._begin_merge)
        self._merge.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._merge)
        row.addStretch(1)
        for choice, text in (
            (Choice.THEIRS, self.tr("Keep the file")),
            (Choice.MINE, self.tr("Keep mine")),
            (Choice.MERGED, self.tr("Save the merged text")),
            (Choice.BOTH, self.tr("Keep both")),
        ):
            row.addWidget(self._choice(choice, text))
        self.buttons[Choice.MERGED].hide()
        self.buttons[Choice.BOTH].setObjectName("primary")
        self.buttons[Choice.BOTH].setDefault(True)
        self.buttons[Choice.BOTH].setToolTip(
            self.tr("The file stays; your text is saved beside it under a name of its own")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(what)
        column.addWidget(self._stack, 1)
        column.addLayout(row)

    def _choice(self, choice: Choice, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._choose(choice))
        self.buttons[choice] = button
        return button

    def _choose(self, choice: Choice) -> None:
        text = self.merged.text if choice is Choice.MERGED else ""
        self.accept()
        self.chosen.emit(choice, text)

    def _begin_merge(self) -> None:
        """Edit a text that begins as mine; undoing leads back to it."""
        self.merged.show_text(self._mine)
        self.merged.setAccessibleName(self.tr("The merged text"))
        self._stack.setCurrentWidget(self.merged)
        self._merge.hide()
        self.buttons[Choice.MERGED].show()
        self.merged.setFocus()
