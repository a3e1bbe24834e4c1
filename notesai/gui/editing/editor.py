"""The editor: plain Markdown in the face for code, with lists that go on and indents that step."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.editing.colouring import MarkdownColours
from notesai.gui.editing.lists import INDENT, continuation, indented, is_item, outdented
from notesai.gui.editing.plain_text import shown
from notesai.gui.theme import Size, Space, code_faces

_COLUMNS = 88
_LARGEST_COLOURED = 200_000
# The window's own keys; without this the editor would take them for its own.
_LEFT_TO_THE_WINDOW = {Qt.Key.Key_K, Qt.Key.Key_E, Qt.Key.Key_F, Qt.Key.Key_N, Qt.Key.Key_S}


class MarkdownEditor(QPlainTextEdit):
    """Edits one text. `text` and `show_text` speak of lines that end in line feeds."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._found: list[tuple[int, int]] = []
        self._coloured = True
        self._laid_out = -1
        self._colours = MarkdownColours(look, self.document())
        face = QFont(list(code_faces()))
        face.setPixelSize(Size.BASE)
        self.setFont(face)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabStopDistance(QFontMetrics(face).horizontalAdvance(INDENT))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(False)
        self.setCursorWidth(2)
        look.changed.connect(self._show_found)

    @property
    def text(self) -> str:
        """All that is written here."""
        # Not `toPlainText`, which makes plain spaces of those that do not break.
        return shown(self.document().toRawText())

    def show_text(self, text: str) -> bool:
        """Begin to edit `text`. False if it holds characters that would not survive here."""
        # Colouring goes through all lines at once, which takes a second for a megabyte.
        coloured = len(text) <= _LARGEST_COLOURED
        if coloured != self._coloured:
            self._coloured = coloured
            self._colours.setDocument(self.document() if coloured else None)  # type: ignore[arg-type]
        self.setPlainText(text)
        self.document().setModified(False)
        return self.text == text

    def replace_text(self, text: str) -> None:
        """Show `text` instead, as one change that can be undone; the cursor stays at its place."""
        at = self.textCursor().position()
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.setPosition(min(at, max(0, self.document().characterCount() - 1)))
        self.setTextCursor(cursor)

    def go_to_line(self, line: int) -> None:
        """Put the cursor at the start of line `line`, counted from 1, in the middle of the page."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()

    def go_to_end(self) -> None:
        """Put the cursor behind all that is there."""
        self.moveCursor(QTextCursor.MoveOperation.End)

    # What the find bar asks for.

    def find_text(self) -> str:
        """The text to find in; its positions are those of the document."""
        return self.document().toRawText()

    def show_found(self, found: list[tuple[int, int]], at: int) -> None:
        """Mark the places found (in UTF-16 units) and go to the one at index `at`."""
        self._found = found
        if 0 <= at < len(found):
            cursor = QTextCursor(self.document())
            cursor.setPosition(found[at][0])
            cursor.setPosition(found[at][1], QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
        self._show_found()

    def _show_found(self) -> None:
        selections: list[QTextEdit.ExtraSelection] = []
        for start, end in self._found:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor  # type: ignore[attr-defined]
            selection.format.setBackground(self._look.colour("mark"))  # type: ignore[attr-defined]
            selections.append(selection)
        self.setExtraSelections(selections)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on with a list, Tab and Shift+Tab indent."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self._begin_line()
        elif key == Qt.Key.Key_Tab and plain:
            self._indent()
        elif key == Qt.Key.Key_Backtab:
            self._change_lines(outdented)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave the window's shortcuts to the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if control and event.key() in _LEFT_TO_THE_WINDOW:
                event.ignore()
                return False
        return super().event(event)

    def _begin_line(self) -> None:
        cursor = self.textCursor()
        before = shown(cursor.block().text())[: cursor.positionInBlock()]
        after = continuation(before)
        cursor.beginEditBlock()
        if after.ends and not cursor.hasSelection() and cursor.atBlockEnd():
            cursor.movePosition(
                QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.removeSelectedText()
        else:
            cursor.insertText("\n" + after.text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _indent(self) -> None:
        cursor = self.textCursor()
        several = cursor.hasSelection() and "\u2029" in cursor.selectedText()
        if several or is_item(cursor.block().text()):
            self._change_lines(indented)
        else:
            column = cursor.positionInBlock() % len(INDENT)
            cursor.insertText(INDENT[column:])

    def _change_lines(self, change: Callable[[str], str]) -> None:
        """Put every line that the selection touches through `change`, as one step."""
        cursor = self.textCursor()
        document = self.document()
        block = document.findBlock(cursor.selectionStart())
        last = document.findBlock(max(cursor.selectionStart(), cursor.selectionEnd() - 1))
        edit = QTextCursor(document)
        edit.beginEditBlock()
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            _change_lead(edit, block, change)
            block = block.next()
        edit.endEditBlock()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column of text readable: centred, and not wider than a page of code."""
        self._fit_column()
        # The margins change the viewport, and while hidden it is not told so by Qt.
        now, before = self.viewport().size(), QSize(self._laid_out, event.oldSize().height())
        self._laid_out = now.width()
        super().resizeEvent(QResizeEvent(now, before))

    def _fit_column(self) -> None:
        widest = QFontMetrics(self.font()).horizontalAdvance("x" * _COLUMNS)
        margin = max(Space.XL, (self.width() - widest) // 2)
        self.setViewportMargins(margin, Space.S, max(Space.S, margin - Space.S), 0)


def _change_lead(edit: QTextCursor, block: QTextBlock, change: Callable[[str], str]) -> None:
    """Change what `block` begins with, touching no more of it: the cursor keeps its place."""
    line = block.text()
    more = len(change(line)) - len(line)
    edit.setPosition(block.position())
    if more > 0:
        edit.insertText(change(line)[:more])
    elif more < 0:
        edit.setPosition(block.position() - more, QTextCursor.MoveMode.KeepAnchor)
        edit.removeSelectedText()
