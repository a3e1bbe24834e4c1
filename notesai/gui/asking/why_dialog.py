"""Why an answer is as it is: what was looked up, the passages given, and the exact prompt."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from notesai.gui.asking.exchange import Exchange
from notesai.gui.asking.wording import kind_words, reason_words, short
from notesai.gui.theme import Size, Space, code_faces, font
from notesai.model import Answer, Citation, SentenceCheck, Verdict


class WhyDialog(QDialog):
    """Pages of plain text: the passages, the prompt if one was written, and the checks."""

    def __init__(self, exchange: Exchange, answer: Answer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("page")
        self.setWindowTitle(self.tr("Why this answer"))
        self.resize(*Size.DIALOG)
        self._answer = answer
        self.pages = QTabWidget(self)
        self.pages.setDocumentMode(True)
        self.copy = QPushButton(self.tr("Copy this page"), self)
        self.copy.clicked.connect(self._copy)
        close = QPushButton(self.tr("Close"), self)
        close.setObjectName("primary")
        close.clicked.connect(self.accept)
        head = QLabel(self._head(exchange), self)
        head.setObjectName("soft")
        head.setWordWrap(True)
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        given = answer.passages or answer.citations
        self._add(self.tr("Passages (%1)").replace("%1", str(len(given))), _passages(given))
        if answer.prompt:
            self._add(self.tr("Prompt"), answer.prompt, code=True)
        if answer.checks:
            self._add(self.tr("Checks"), self._checks())
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        for widget in (head, self.pages):
            column.addWidget(widget)
        column.addLayout(buttons)

    def texts(self) -> tuple[str, ...]:
        """What the pages hold."""
        pages = [self.pages.widget(at) for at in range(self.pages.count())]
        return tuple(page.toPlainText() for page in pages if isinstance(page, QPlainTextEdit))

    def _head(self, exchange: Exchange) -> str:
        answer = self._answer
        asked = answer.asked or exchange.question
        lines = [self.tr("Looked up: “%1”").replace("%1", short(asked, 400)), kind_words(answer)]
        if not answer.prompt:
            lines.append(self.tr("No model was asked, so there is no prompt."))
        return "\n".join(lines)

    def _add(self, title: str, text: str, *, code: bool = False) -> None:
        page = QPlainTextEdit(self)
        page.setObjectName("side")
        page.setReadOnly(True)
        page.setTabChangesFocus(True)
        page.setAccessibleName(title)
        face = font(Size.SMALL if code else Size.BASE)
        if code:
            face.setFamilies(list(code_faces()))
        page.setFont(face)
        page.setPlainText(text)
        self.pages.addTab(page, title)

    def _checks(self) -> str:
        return "\n\n".join(self._check(check) for check in self._answer.checks)

    def _check(self, check: SentenceCheck) -> str:
        text = short(self._answer.answer[check.start : check.end], 400)
        sources = "".join(f"[{number}]" for number in check.cited)
        match check.verdict:
            case Verdict.SUPPORTED:
                outcome = self.tr("borne out by its source")
            case Verdict.FREE:
                outcome = self.tr("claims nothing that needs a source")
            case Verdict.UNCITED:
                outcome = reason_words("uncited")
            case Verdict.UNSUPPORTED:
                outcome = reason_words(check.reason)
        return f"{text}\n→ {outcome} {sources}".rstrip()

    def _copy(self) -> None:
        page = self.pages.currentWidget()
        if isinstance(page, QPlainTextEdit):
            QGuiApplication.clipboard().setText(page.toPlainText())


def _passages(given: tuple[Citation, ...]) -> str:
    def one(passage: Citation) -> str:
        # The title is often the first heading as well.
        named = passage.heading.partition(" › ")[0] == passage.title
        parts = (passage.heading,) if named else (passage.title, passage.heading)
        place = " › ".join(part for part in parts if part)
        head = f"[{passage.n}] {passage.path}:{passage.line}"
        return f"{head}\n{place}\n{passage.text}" if place else f"{head}\n{passage.text}"

    return "\n\n".join(one(passage) for passage in given)
