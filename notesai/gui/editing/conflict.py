"""Two have changed the note: both versions beside each other, and what is to become of them."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from notesai.gui.appearance import Appearance
from notesai.gui.editing.differences import Marks, Pair, pairs
from notesai.gui.editing.editor import MarkdownEditor
from notesai.gui.reading.utf16 import ranges
from notesai.gui.theme import Size, Space, code_faces


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
        self._sides = self._make_sides(pairs(mine, theirs))
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

    def _make_sides(self, lines: list[Pair]) -> QWidget:
        page = QWidget(self)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.S)
        left = self._side([(pair.mine, pair.mine_marks, pair.same) for pair in lines])
        right = self._side([(pair.theirs, pair.theirs_marks, pair.same) for pair in lines])
        heads = (self.tr("Your text"), self.tr("The file as it is now"))
        for column, (name, side) in enumerate(zip(heads, (left, right), strict=True)):
            head = QLabel(name, page)
            head.setObjectName("caps")
            side.setAccessibleName(name)
            grid.addWidget(head, 0, column)
            grid.addWidget(side, 1, column)
        left.verticalScrollBar().valueChanged.connect(right.verticalScrollBar().setValue)
        right.verticalScrollBar().valueChanged.connect(left.verticalScrollBar().setValue)
        first = next((at for at, pair in enumerate(lines) if not pair.same), 0)
        for side in (left, right):
            side.verticalScrollBar().setValue(max(0, first - 3))
        return page

    def _side(self, lines: list[tuple[str | None, Marks, bool]]) -> QPlainTextEdit:
        """One version; lines that only the other one has are empty here: both stay level."""
        side = QPlainTextEdit(self)
        face = QFont(list(code_faces()))
        face.setPixelSize(Size.SMALL)
        side.setFont(face)
        side.setReadOnly(True)
        side.setObjectName("side")
        side.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        side.setPlainText("\n".join(line or "" for line, _, _ in lines))
        self._mark(side, lines)
        side.moveCursor(QTextCursor.MoveOperation.Start)
        return side

    def _mark(self, side: QPlainTextEdit, lines: list[tuple[str | None, Marks, bool]]) -> None:
        mark = QTextCharFormat()
        mark.setBackground(self._look.colour("mark"))
        block = side.document().begin()
        cursor = QTextCursor(side.document())
        cursor.beginEditBlock()
        for line, marks, _ in lines:
            for start, end in ranges(line or "", marks):
                cursor.setPosition(block.position() + start)
                cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(mark)
            block = block.next()
        cursor.endEditBlock()
