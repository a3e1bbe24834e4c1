"""One question and its answer, as the conversation shows them."""

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from notesai.engine.protocol import Failure, ProgressMessage
from notesai.gui import explain
from notesai.gui.appearance import Appearance
from notesai.gui.asking import wording
from notesai.gui.asking.answer_page import AnswerPage
from notesai.gui.asking.exchange import Exchange, Stage
from notesai.gui.theme import Space
from notesai.gui.widgets.flow_layout import FlowLayout
from notesai.gui.widgets.icon_button import IconButton
from notesai.model import AnswerKind

_REDRAW_MS = 40
_IDLE = 4
"""A long answer takes longer to lay out; it is done less often, so that the window stays free."""
_QUESTION_SHOWN = 600
_DOUBTS_SHOWN = 5


class ExchangePane(QFrame):
    """A question, what is being done, the answer, what is doubtful in it, and what can be done.

    `pointed` and `cited` are those of the page; `attended` follows pointer and keyboard. The other
    signals are the buttons: `action` brings "copy", "save", "again", "why", "edit", "models",
    "search" or "widen".
    """

    pointed = Signal(tuple)
    cited = Signal(int)
    attended = Signal()
    action = Signal(str)

    def __init__(
        self, look: Appearance, titles: Callable[[], Mapping[str, str]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._titles = titles
        self._exchange = Exchange(question="")
        self._progress: ProgressMessage | None = None
        self._last = self._has_model = False
        self.question = _text("question", self, selectable=True)
        self.edit = IconButton(look, "edit", self)
        self.reach = _text("faint", self)
        self.asked = _text("faint", self)
        self.stage = _text("soft", self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.page = AnswerPage(look, self)
        self.trouble = _text("doubt", self)
        self.doubts = _text("doubt", self)
        self.advice = _text("soft", self)
        self.kind = _text("faint", self)
        self.buttons = {
            name: self._button(name)
            for name in ("models", "widen", "search", "copy", "save", "again", "why")
        }
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_REDRAW_MS)
        self._redraw.timeout.connect(self._show_more)
        self._lay_out()
        self.edit.clicked.connect(lambda: self.action.emit("edit"))
        self.page.pointed.connect(self.pointed)
        self.page.cited.connect(self.cited)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName("inline")
        button.clicked.connect(lambda: self.action.emit(name))
        return button

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        asked.setSpacing(Space.S)
        asked.addWidget(self.question, 1)
        asked.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        row = QWidget(self)
        actions = FlowLayout(row, Space.L, 0)
        for button in self.buttons.values():
            actions.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(asked)
        for widget in (self.reach, self.asked, self.stage, self.bar, self.page):
            column.addWidget(widget)
        for widget in (self.trouble, self.doubts, self.advice, self.kind):
            column.addWidget(widget)
        column.addWidget(row)

    @property
    def exchange(self) -> Exchange:
        """What is shown."""
        return self._exchange

    def show_exchange(self, exchange: Exchange, *, last: bool, has_model: bool) -> None:
        """Show `exchange`; `last` if none follows it. While it is written, not at each word."""
        streaming = exchange.stage is Stage.WRITING and self._exchange.stage is Stage.WRITING
        self._exchange, self._last, self._has_model = exchange, last, has_model
        if not exchange.busy:
            self._progress = None
        if not streaming:
            self._redraw.stop()
            self._show()
        elif not self._redraw.isActive():
            self._redraw.start()

    def _show_more(self) -> None:
        """Show what has been written meanwhile."""
        begun = time.perf_counter()
        self._show()
        took = 1000 * (time.perf_counter() - begun)
        self._redraw.setInterval(max(_REDRAW_MS, round(_IDLE * took)))

    def show_progress(self, progress: ProgressMessage) -> None:
        """Show what is being done before the first word."""
        self._progress = progress
        self._show_stage()

    def point_at(self, numbers: tuple[int, ...]) -> None:
        """Highlight the sentences that name these sources."""
        self.page.point_at(numbers)

    def _show(self) -> None:
        one = self._exchange
        self.question.setText(wording.short_text(one.question, _QUESTION_SHOWN))
        self.edit.setVisible(not one.busy)
        answer = one.answer
        self.page.show_answer(answer, writing=one.busy)
        self.page.setVisible(answer is not None and bool(answer.answer))
        _say(self.reach, "" if one.reach.everything else self._reach_words())
        _say(self.asked, self._asked_words())
        self._show_stage()
        self._show_doubts()
        _say(self.trouble, self._trouble())
        _say(self.advice, self._advice())
        _say(self.kind, self._kind_words())
        self._show_buttons()
        self._name_page()

    def _show_stage(self) -> None:
        one, progress = self._exchange, self._progress
        words = wording.stage_words(one, progress)
        if one.stage is Stage.FAILED:
            meaning = explain.failure(one.failure)
            words = f"{meaning.what} {meaning.hint}".strip()
        _say(self.stage, words)
        waiting = one.stage is Stage.WAITING
        self.bar.setVisible(waiting)
        known = progress is not None and progress.total > 0 and waiting
        self.bar.setRange(0, progress.total if known and progress is not None else 0)
        if known and progress is not None:
            self.bar.setValue(progress.done)

    def _show_doubts(self) -> None:
        """Say in words what is underlined, for those who cannot see it or cannot hover."""
        found = () if self._exchange.busy else self.page.doubtful
        lines = [
            f"“{wording.short(text, 80)}” {wording.reason_words(reason)}"
            for text, reason in found[:_DOUBTS_SHOWN]
        ]
        if found:
            count = self.tr("%Ln sentence(s) not borne out by the notes:", None, len(found))
            lines.insert(0, count)
        _say(self.doubts, "\n".join(lines))

    def _trouble(self) -> str:
        """Why there are only quotes, although a chat model is chosen."""
        answer = self._exchange.answer
        found = answer.trouble if answer is not None else None
        if found is None:
            return ""
        meaning = explain.failure(
            Failure(id=0, code=found.code, message=found.message, hint=found.hint)
        )
        return f"{meaning.what} {meaning.hint}".strip()

    def _advice(self) -> str:
        answer = self._exchange.answer
        if answer is None or self._exchange.stage is not Stage.DONE:
            return ""
        if answer.kind is AnswerKind.NOT_COVERED:
            if not self._exchange.reach.everything:
                return self.tr("Ask all notes, or in other words.")
            return self.tr("Ask in other words, or search.")
        plain = answer.kind is AnswerKind.EXTRACTIVE and answer.trouble is None
        if plain and not self._has_model and self._last:
            return self.tr("With a chat model, answers are written out of several notes.")
        return ""

    def _kind_words(self) -> str:
        one = self._exchange
        if one.answer is not None and one.stage is Stage.WRITING:
            return wording.writing_words(one.answer)
        if one.answer is None or one.stage is not Stage.DONE:
            return ""
        if one.answer.kind is AnswerKind.NOT_COVERED:
            return ""
        time = wording.seconds_words(one.answer.milliseconds)
        return f"{wording.kind_words(one.answer)} · {time}"

    def _asked_words(self) -> str:
        answer = self._exchange.answer
        question = " ".join(self._exchange.question.split())
        if answer is None or not answer.asked or " ".join(answer.asked.split()) == question:
            return ""
        return self.tr("Looked up: “%1”").replace("%1", wording.short(answer.asked, 200))

    def _reach_words(self) -> str:
        return wording.reach_words(self._exchange.reach, self._titles())

    def _show_buttons(self) -> None:
        one, answer = self._exchange, self._exchange.answer
        text = answer is not None and bool(answer.answer) and not one.busy
        uncovered = answer is not None and answer.kind is AnswerKind.NOT_COVERED
        uncovered = uncovered and one.stage is Stage.DONE
        quoted = answer is not None and answer.kind is AnswerKind.EXTRACTIVE and not one.busy
        shown = {
            "models": quoted and self._last and (not self._has_model or bool(self._trouble())),
            "widen": uncovered and not one.reach.everything,
            "search": uncovered,
            "copy": text and not uncovered,
            "save": text and not uncovered,
            "again": self._last and not one.busy,
            "why": text and answer is not None and bool(answer.citations or answer.passages),
        }
        for name, visible in shown.items():
            self.buttons[name].setVisible(visible)

    def _name_page(self) -> None:
        self.page.setAccessibleName(self.tr("Answer"))
        self.page.setAccessibleDescription(self.doubts.text())
        self.question.setAccessibleName(self.tr("Question"))

    def retranslate(self) -> None:
        """Speak the window's language."""
        self.edit.name_it(self.tr("Edit the question"))
        names = {
            "models": self.tr("Chat models"),
            "widen": self.tr("Ask all notes"),
            "search": self.tr("Search for it"),
            "copy": self.tr("Copy"),
            "save": self.tr("Save as a note"),
            "again": self.tr("Ask again"),
            "why": self.tr("Why this answer"),
        }
        for name, words in names.items():
            self.buttons[name].setText(words)
        self.buttons["copy"].setToolTip(self.tr("Copy as Markdown, with links to the notes"))
        self._show()

    def enterEvent(self, event: QEnterEvent) -> None:
        """This is what the person looks at."""
        super().enterEvent(event)
        self.attended.emit()


def _text(name: str, parent: QWidget, *, selectable: bool = False) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _say(label: QLabel, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
