"""One source of an answer: its number, the note it is in, and the passage."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from notesai.gui.asking.wording import short
from notesai.gui.reading.snippet import plain
from notesai.gui.theme import Space
from notesai.gui.widgets.elided_label import ElidedLabel
from notesai.model import Citation

_PASSAGE = 900
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class SourceCard(QFrame):
    """A card that is a button: a click or Enter opens the note at the passage.

    `opened` brings the citation, `pointed` its number while the pointer or the keyboard is here.
    """

    opened = Signal(object)
    pointed = Signal(tuple)

    def __init__(self, citation: Citation, title: str, parent: QWidget, *, gone: bool) -> None:
        super().__init__(parent)
        self.setObjectName("source")
        self.citation, self.gone = citation, gone
        self._title = title
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        number = QLabel(str(citation.n), self)
        number.setObjectName("number")
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = ElidedLabel("value", self)
        head.setText(title)
        where = ElidedLabel("faint", self)
        # What tells passages of one note apart comes first, and is seen in a narrow card.
        first, _, rest = citation.heading.partition(" › ")
        heading = rest if first == title else citation.heading
        where.setText(" · ".join(part for part in (heading, citation.path) if part))
        self._missing = QLabel(self)
        self._missing.setObjectName("warn")
        self._missing.setWordWrap(True)
        self._missing.setVisible(gone)
        self.passage = QLabel(self)
        self.passage.setObjectName("passage")
        self.passage.setWordWrap(True)
        self.passage.setTextFormat(Qt.TextFormat.PlainText)
        self.passage.setText(short(plain(citation.text), _PASSAGE))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(number)
        row.addWidget(head, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.S)
        column.setSpacing(Space.XS)
        column.addLayout(row)
        for widget in (where, self._missing):
            column.addWidget(widget)
        column.addSpacing(Space.XS)
        column.addWidget(self.passage)
        self.retranslate()

    @property
    def highlighted(self) -> bool:
        """True while its passage is highlighted."""
        return bool(self.property("pointed"))

    def highlight(self, wanted: bool) -> None:
        """Lay the highlight behind the passage, or take it away."""
        if wanted == self.highlighted:
            return
        for widget in (self, self.passage):
            widget.setProperty("pointed", wanted)
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def retranslate(self) -> None:
        """Speak the window's language."""
        self._missing.setText(self.tr("This note is not there any more."))
        name = self.tr("Source %1: %2").replace("%1", str(self.citation.n))
        self.setAccessibleName(name.replace("%2", self._title))
        self.setAccessibleDescription(short(self.passage.text(), 300))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in _ENTER:
            self.opened.emit(self.citation)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.opened.emit(self.citation)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Point at the sentences that name this source."""
        self.pointed.emit((self.citation.n,))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self.pointed.emit(())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is here."""
        super().focusInEvent(event)
        self.pointed.emit((self.citation.n,))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone on."""
        super().focusOutEvent(event)
        self.pointed.emit(())

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
