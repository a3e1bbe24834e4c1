"""The text of one answer: as high as its text, with citations that are links and nothing else.

Nothing is ever fetched, whatever an answer holds.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QToolTip, QWidget

from notesai.gui import stylesheet
from notesai.gui.appearance import Appearance
from notesai.gui.asking.answer_text import (
    Sentence,
    cited_number,
    finished_part,
    render,
    sentences_of,
)
from notesai.gui.asking.growing_text import GrowingText
from notesai.gui.asking.wording import reason_words
from notesai.gui.theme import Size, font
from notesai.gui.widgets import note_blocks
from notesai.gui.widgets.note_writer import NoteWriter
from notesai.model import Answer

_FLAGS = (
    Qt.TextInteractionFlag.TextSelectableByMouse
    | Qt.TextInteractionFlag.TextSelectableByKeyboard
    | Qt.TextInteractionFlag.LinksAccessibleByMouse
    | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
)


class AnswerPage(QTextBrowser):
    """Shows an answer. `pointed` brings the numbers of the sources under the pointer or at the
    keyboard's link, `cited` the one that is clicked or entered, `grown` follows another height."""

    pointed = Signal(tuple)
    cited = Signal(int)
    grown = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._answer: Answer | None = None
        self._writing = False
        self._sentences: tuple[Sentence, ...] = ()
        self._places: list[tuple[Sentence, QTextCursor]] = []
        self._pointed: tuple[int, ...] = ()
        self._growing = GrowingText(self.document())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFont(font(Size.READING))
        self.setTextInteractionFlags(_FLAGS)
        self.setMouseTracking(True)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._clicked)
        self.highlighted.connect(self._link_reached)
        look.changed.connect(self._write)
        self._fit()

    @property
    def doubtful(self) -> tuple[tuple[str, str], ...]:
        """The sentences that their sources do not bear, and what each lacks as a word."""
        return tuple(
            (place.selectedText().replace("\u2029", " "), sentence.reason)
            for sentence, place in self._places
            if sentence.reason
        )

    def show_answer(self, answer: Answer | None, *, writing: bool) -> None:
        """Show `answer`; what is selected stays so while more of it is `writing`."""
        if (answer, writing) == (self._answer, self._writing):
            return
        self._answer, self._writing = answer, writing
        self._sentences = sentences_of(answer) if answer is not None and not writing else ()
        self._write()

    def point_at(self, numbers: Sequence[int]) -> None:
        """Highlight the sentences that name one of these sources."""
        self._mark(set(numbers))

    def _write(self) -> None:
        selected = self.textCursor()
        anchor, position = selected.anchor(), selected.position()
        answer = self._answer
        text = answer.answer if answer is not None else ""
        citations = answer.citations if answer is not None else ()
        numbers = {citation.n for citation in citations}
        style = stylesheet.answer(self._look.tokens)
        if self._writing:
            self._places = []
            self._growing.write(finished_part(text), numbers, style)
        else:
            self._places = self._written(text, numbers, style)
        self._select(anchor, position)
        self._mark(set())
        self._fit()

    def _written(
        self, text: str, numbers: set[int], style: str
    ) -> list[tuple[Sentence, QTextCursor]]:
        """Show a text that is whole; its sentences and their places."""
        self._growing.forget()
        document = self.document()
        document.clear()
        document.setDefaultStyleSheet(style)
        shown = render(text, self._sentences, numbers)
        writer = NoteWriter(document, *shown.marks)
        if shown.html:
            writer.append(shown.html)
        pairs = zip(shown.order, writer.passages, strict=False)
        return [(self._sentences[at], place) for at, place in pairs]

    def _select(self, anchor: int, position: int) -> None:
        last = max(0, self.document().characterCount() - 1)
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _mark(self, numbers: set[int]) -> None:
        """Underline what is not borne out; lay the highlight behind what names `numbers`."""
        marks: list[QTextEdit.ExtraSelection] = []
        for sentence, place in self._places:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = place
            if sentence.reason:
                mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                mark.format.setUnderlineColor(self._look.colour("warn"))
            if numbers.intersection(sentence.cited):
                mark.format.setBackground(self._look.colour("tint"))
                mark.format.setForeground(self._look.colour("text"))
            if mark.format.propertyCount():
                marks.append(mark)
        self.setExtraSelections(marks)

    def _clicked(self, url: QUrl) -> None:
        number = cited_number(url.toString())
        if number is not None:
            self.cited.emit(number)

    def _link_reached(self, url: QUrl) -> None:
        """The keyboard, or the pointer, has come to a link."""
        number = cited_number(url.toString())
        if number is not None:
            self._point((number,))

    def _point(self, numbers: tuple[int, ...]) -> None:
        if numbers != self._pointed:
            self._pointed = numbers
            self.pointed.emit(numbers)

    def _sentence_at(self, at: QPoint) -> Sentence | None:
        hit = self.document().documentLayout().hitTest(at, Qt.HitTestAccuracy.ExactHit)
        for sentence, place in self._places:
            if place.selectionStart() <= hit < place.selectionEnd():
                return sentence
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the source of the citation, else of the sentence, under the pointer."""
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        number = cited_number(self.anchorAt(at))
        sentence = self._sentence_at(at) if number is None else None
        self._point((number,) if number is not None else sentence.cited if sentence else ())

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self._point(())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing."""
        super().focusOutEvent(event)
        self._point(())

    def event(self, event: QEvent) -> bool:
        """Say what is wrong with the sentence under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            sentence = self._sentence_at(event.pos())
            words = reason_words(sentence.reason) if sentence and sentence.reason else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Nothing, ever."""
        picture = QPixmap(1, 1)
        picture.fill(Qt.GlobalColor.transparent)
        return picture

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What is around the answer scrolls."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Become as high as the text is at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(max(1, self.viewport().width()))
        height = math.ceil(self.document().size().height()) if self._answer is not None else 0
        if height != self.height():
            self.setFixedHeight(height)
            self.grown.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surfaces of code and quotes, then the text."""
        painter = QPainter(self.viewport())
        painter.setClipRect(event.rect())
        note_blocks.paint(painter, self.document(), QRectF(event.rect()), self._look.tokens)
        painter.end()
        super().paintEvent(event)
