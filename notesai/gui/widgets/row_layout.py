"""Laying out the text of a row: at most so many lines, the last one ending in an ellipsis."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from notesai.gui.reading import utf16

Marks = Sequence[tuple[int, int]]


class Paragraph:
    """A few lines of text with highlighted ranges, laid out once and painted often."""

    def __init__(self, text: str, face: QFont, width: float, lines: int, line_height: int) -> None:
        self._text = text
        self._face = face
        self._width = max(width, 1.0)
        self._lines = lines
        self._line_height = line_height
        self._whole = self._laid_out(text)
        self._shown: QTextLayout | None = None

    @property
    def height(self) -> int:
        """The height of all lines in pixels."""
        return min(self._whole.lineCount(), self._lines) * self._line_height

    @property
    def layout(self) -> QTextLayout:
        """What is painted. Made when first asked for: a list needs the heights of all its rows,
        but paints few of them."""
        if self._shown is None:
            fits = self._whole.lineCount() <= self._lines and not self._unfinished()
            self._shown = self._whole if fits else self._laid_out(self._elided())
        return self._shown

    def formats(self, marks: Marks, text: QColor, mark: QColor) -> list[QTextLayout.FormatRange]:
        """How the ranges in `marks` (UTF-16 units) are painted."""
        end = utf16.length(self.layout.text())
        result: list[QTextLayout.FormatRange] = []
        for start, stop in marks:
            if start < end:
                shape = QTextLayout.FormatRange()
                shape.start, shape.length = start, min(stop, end) - start
                look = QTextCharFormat()
                look.setBackground(mark)
                look.setForeground(text)
                shape.format = look
                result.append(shape)
        return result

    def _laid_out(self, text: str) -> QTextLayout:
        layout = QTextLayout(text, self._face)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        for number in range(self._lines + 1):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self._width)
            line.setPosition(QPointF(0, number * self._line_height))
        layout.endLayout()
        return layout

    def _unfinished(self) -> bool:
        last = self._whole.lineAt(self._whole.lineCount() - 1)
        return last.textStart() + last.textLength() < utf16.length(self._text)

    def _elided(self) -> str:
        start = self._whole.lineAt(self._lines - 1).textStart()
        rest = utf16.from_unit(self._text, start)
        room = self._width - 1
        last = QFontMetricsF(self._face).elidedText(rest, Qt.TextElideMode.ElideRight, room)
        return utf16.to_unit(self._text, start) + last
