"""Two texts beside each other: with what differs, or with the passages that are alike."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.editing.differences import Marks, pairs
from notesai.gui.reading.marks import Span
from notesai.gui.reading.utf16 import ranges
from notesai.gui.theme import Size, Space, code_faces
from notesai.gui.widgets.elided_label import ElidedLabel

_Line = tuple[str | None, Marks, bool]
_CONTEXT = 3


class SideBySide(QWidget):
    """Two texts to read, under their names."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._level = False
        middle = Qt.TextElideMode.ElideMiddle
        self.names = ElidedLabel("caps", self, middle), ElidedLabel("caps", self, middle)
        self.sides = self._side(), self._side()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.S)
        for column, (name, side) in enumerate(zip(self.names, self.sides, strict=True)):
            grid.addWidget(name, 0, column)
            grid.addWidget(side, 1, column)
            grid.setColumnStretch(column, 1)
        left, right = self.sides
        left.verticalScrollBar().valueChanged.connect(self._scroll_right)
        right.verticalScrollBar().valueChanged.connect(self._scroll_left)

    def name_them(self, left: str, right: str) -> None:
        """Say what the texts are."""
        for name, side, text in zip(self.names, self.sides, (left, right), strict=True):
            name.setText(text)
            side.setAccessibleName(text)

    def show_differences(self, left: str, right: str) -> None:
        """Show both line by line, level with each other, and mark what differs."""
        self._level = False
        lines = pairs(left, right)
        self._fill(self.sides[0], [(pair.mine, pair.mine_marks, pair.same) for pair in lines])
        self._fill(self.sides[1], [(pair.theirs, pair.theirs_marks, pair.same) for pair in lines])
        first = next((at for at, pair in enumerate(lines) if not pair.same), 0)
        self._level = True
        for side in self.sides:
            side.verticalScrollBar().setValue(max(0, first - _CONTEXT))

    def show_passages(
        self, left: str, here: Sequence[Span], right: str, there: Sequence[Span]
    ) -> None:
        """Show both as they are, each at its passages, which are marked."""
        self._level = False
        for side, text, spans in zip(self.sides, (left, right), (here, there), strict=True):
            side.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
            side.setPlainText(text)
            marks = ranges(text, tuple((span.start, span.end) for span in spans))
            self._mark(side, [(start, end) for start, end in marks])
            cursor = side.textCursor()
            last = max(0, side.document().characterCount() - 1)
            cursor.setPosition(min(marks[0][0], last) if marks else 0)
            side.setTextCursor(cursor)
            side.centerCursor()

    def _side(self) -> QPlainTextEdit:
        side = QPlainTextEdit(self)
        face = QFont(list(code_faces()))
        face.setPixelSize(Size.SMALL)
        side.setFont(face)
        side.setReadOnly(True)
        side.setObjectName("side")
        return side

    def _fill(self, side: QPlainTextEdit, lines: Sequence[_Line]) -> None:
        """One version; lines that only the other one has are empty here: both stay level."""
        side.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        side.setPlainText("\n".join(line or "" for line, _, _ in lines))
        places: list[tuple[int, int]] = []
        block = side.document().begin()
        for line, marks, _ in lines:
            start = block.position()
            places += [(start + one, start + end) for one, end in ranges(line or "", marks)]
            block = block.next()
        self._mark(side, places)
        side.moveCursor(QTextCursor.MoveOperation.Start)

    def _mark(self, side: QPlainTextEdit, places: Sequence[tuple[int, int]]) -> None:
        mark = QTextCharFormat()
        mark.setBackground(self._look.colour("mark"))
        cursor = QTextCursor(side.document())
        last = max(0, side.document().characterCount() - 1)
        cursor.beginEditBlock()
        for start, end in places:
            # The text may have become shorter since the passages were found in it.
            cursor.setPosition(min(start, last))
            cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(mark)
        cursor.endEditBlock()

    def _scroll_left(self, value: int) -> None:
        if self._level:
            self.sides[0].verticalScrollBar().setValue(value)

    def _scroll_right(self, value: int) -> None:
        if self._level:
            self.sides[1].verticalScrollBar().setValue(value)
