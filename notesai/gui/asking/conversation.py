"""One conversation: what was asked and answered, and the question that is being answered."""

import logging

from PySide6.QtCore import QObject, Signal

from notesai.engine.protocol import Failure
from notesai.gui.asking.archive import Archive
from notesai.gui.asking.exchange import Exchange, Reach, Stage, begun, turns
from notesai.gui.client import CANCELLED, EngineClient
from notesai.gui.requests import Replies
from notesai.model import Answer

log = logging.getLogger(__name__)

REMEMBERED = 12
"""Questions and answers that a follow-up is asked with; the engine takes what it has room for."""


class Conversation(QObject):
    """Asks one question at a time. `reset` means: all exchanges are other ones.

    `added` and `changed` bring the index of an exchange, `progressed` what the engine reports
    before the first word, `settled` follows each answer, `unsaved` the reason why it is not kept.
    """

    reset = Signal()
    added = Signal(int)
    changed = Signal(int)
    progressed = Signal(object)
    settled = Signal()
    unsaved = Signal(str)

    def __init__(
        self, client: EngineClient, archive: Archive, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._archive = client, archive
        self._exchanges: tuple[Exchange, ...] = ()
        self._name = ""
        self._call = 0
        self.keeps = True

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """All questions and their answers, in order."""
        return self._exchanges

    @property
    def name(self) -> str:
        """The name that it is kept under; empty until then."""
        return self._name

    @property
    def busy(self) -> bool:
        """True while a question is being answered."""
        return bool(self._exchanges) and self._exchanges[-1].busy

    def ask(self, question: str, reach: Reach) -> bool:
        """Ask the next question. False if there is none in it, or another is being answered."""
        question = question.strip()
        if not question or self.busy:
            return False
        self._exchanges = (*self._exchanges, begun(question, reach))
        self.added.emit(len(self._exchanges) - 1)
        self._send()
        return True

    def stop(self) -> None:
        """Answer no further. What is written stays."""
        if self.busy:
            self._client.cancel(self._call)
            self._replace(self._exchanges[-1].ended(Stage.STOPPED))
            self._settle()

    def again(self) -> None:
        """Ask the last question once more; its answer is replaced."""
        if self._exchanges and not self.busy:
            last = self._exchanges[-1]
            self._replace(begun(last.question, last.reach))
            self._send()

    def edit(self, at: int, question: str, reach: Reach) -> bool:
        """Ask the question at index `at` in other words. If others follow it, this goes on as a
        conversation of its own, and the one before is kept as it is."""
        if self.busy or not question.strip() or not 0 <= at < len(self._exchanges):
            return False
        if at + 1 < len(self._exchanges):
            self._name = ""
        self._exchanges = self._exchanges[:at]
        self.reset.emit()
        return self.ask(question, reach)

    def begin(self) -> None:
        """Start anew; the one before stays kept."""
        self.stop()
        self._exchanges, self._name = (), ""
        self.reset.emit()

    def show(self, name: str, exchanges: tuple[Exchange, ...]) -> None:
        """Go on with a conversation that was kept."""
        self.stop()
        self._exchanges, self._name = exchanges, name
        self.reset.emit()

    def _send(self) -> None:
        last = self._exchanges[-1]
        replies = Replies(
            ok=self._answered,
            partial=self._written,
            failed=self._failed,
            progress=self.progressed.emit,
        )
        history = turns(self._exchanges[:-1], REMEMBERED)
        self._call = self._client.ask(last.question, last.reach.scope, history, replies)

    def _written(self, answer: Answer) -> None:
        if self.busy:
            stage = Stage.WRITING if answer.answer else Stage.WAITING
            self._replace(self._exchanges[-1].written(answer, stage))

    def _answered(self, answer: Answer) -> None:
        if self.busy:
            self._replace(self._exchanges[-1].written(answer, Stage.DONE))
            self._settle()

    def _failed(self, error: Failure) -> None:
        if not self.busy:
            return
        last = self._exchanges[-1]
        stopped = error.code == CANCELLED
        self._replace(last.ended(Stage.STOPPED) if stopped else last.failed(error))
        self._settle()

    def _replace(self, exchange: Exchange) -> None:
        self._exchanges = (*self._exchanges[:-1], exchange)
        self.changed.emit(len(self._exchanges) - 1)

    def _settle(self) -> None:
        if self.keeps:
            self._name = self._name or self._archive.new_name()
            try:
                self._archive.save(self._name, self._exchanges)
            except OSError as error:
                log.warning("a conversation could not be kept: %s", error)
                self.unsaved.emit(error.strerror or str(error))
        self.settled.emit()
