"""Where a question is typed: Enter asks, Shift+Enter begins a line, Up brings the last one back."""

import math

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from notesai.gui.theme import Size, Space, font
from notesai.gui.widgets.window_keys import left_to_window

_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class QuestionEdit(QPlainTextEdit):
    """Grows with its text up to a few lines.

    Enter that ends the composition of an input method is that method's own: it sends nothing.
    """

    asked = Signal()
    escaped = Signal()
    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = ""
        self._past: tuple[str, ...] = ()
        self._at = 0
        self._typed = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font(Size.READING))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(Space.XS)
        self.textChanged.connect(self._fit)
        self._fit()

    @property
    def question(self) -> str:
        """What is typed, without the white space around it."""
        return self.toPlainText().strip()

    @property
    def composing(self) -> bool:
        """True while an input method has a text that is not finished."""
        return bool(self._composing)

    def remember(self, questions: tuple[str, ...]) -> None:
        """Know what was asked, the last one at the end."""
        self._past, self._at, self._typed = questions, len(questions), ""

    def put(self, question: str) -> None:
        """Have `question` stand here, the cursor at its end."""
        self.setPlainText(question)
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Leave some keys to the window."""
        return not left_to_window(event) and super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note what is being composed."""
        super().inputMethodEvent(event)
        self._composing = event.preeditString()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that are not for typing."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain:
            if self._composing:
                QGuiApplication.inputMethod().commit()
            else:
                self.asked.emit()
        elif event.key() == Qt.Key.Key_Escape and plain:
            self.escaped.emit()
        elif not (plain and self._recall(_STEPS.get(event.key(), 0))):
            super().keyPressEvent(event)

    def _recall(self, by: int) -> bool:
        """Go to the question before or after; True if there was one to go to.

        Only from an empty line, or from a question that was brought back and not changed.
        """
        if by == 0:
            return False
        text = self.toPlainText()
        recalled = self._at < len(self._past) and text == self._past[self._at]
        if self._composing or not (recalled or (by < 0 and not text.strip())):
            return False
        at = self._at + by
        if not 0 <= at <= len(self._past):
            return recalled
        self._at = at
        self.put(self._past[at] if at < len(self._past) else "")
        return True

    def _fit(self) -> None:
        """As high as the text, up to a few lines."""
        lines = min(max(1, math.ceil(self.document().size().height())), Size.QUESTION_LINES)
        height = lines * self.fontMetrics().lineSpacing() + 2 * Space.XS + 2
        if height != self.height():
            self.setFixedHeight(height)
        most = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        none = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(most if lines == Size.QUESTION_LINES else none)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break elsewhere at another width."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the frame."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the frame."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        """Another face has other lines."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()
