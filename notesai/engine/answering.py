"""Answers as the user chose them: quoted, or written by a chat model, opened on first need."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from notesai import settings
from notesai.answers.answerer import Bearing, Findings, generate
from notesai.answers.llama import ChatModel, Check, Report
from notesai.answers.llm.threads import default_threads
from notesai.answers.opening import open_chat_model
from notesai.answers.verify import rests_on_nothing
from notesai.engine.power import on_battery
from notesai.errors import ModelError
from notesai.model import Answer, Trouble, Turn
from notesai.progress import Progress
from notesai.settings import Settings

log = logging.getLogger(__name__)

Partial = Callable[[Answer], None]

T = TypeVar("T")


def quoted_if_unfounded(answer: Answer, found: Findings) -> Answer:
    """The answer; quotes, which say why, instead of one that no passage was found to bear."""
    if not rests_on_nothing(answer):
        return answer
    log.info("quoting instead: %s named no passage for what it wrote", answer.model)
    said = f"{answer.model} named no passage of your notes for what it wrote."
    hint = "Your notes are quoted instead. A larger model answers better."
    return replace(found.quoted, trouble=Trouble("llm.unfounded", said, hint))


class Answering:
    """One chat model, that of the settings, and the one answer that it is at. For many threads.

    The settings are read anew for each question. A model that fails before it has said anything is
    stood in for by quotes, which say why.
    """

    def __init__(self, settings_file: Path) -> None:
        self._file = settings_file
        self._turn = threading.Lock()
        self._chosen: tuple[str, int] = ("", 0)
        self._model: ChatModel | None = None
        self._options = Settings()
        self._closed = False

    def answer(
        self,
        found: Findings,
        history: Sequence[Turn],
        *,
        model: str = "",
        report: Report,
        check: Check,
        partial: Partial,
        bearing: Bearing,
    ) -> Answer:
        """Generate from what was found, with `model` instead of the chosen one if it is given.

        Without a model the answer is quoted. Raises `Cancelled`, and `ModelError` if the model
        fails in the middle, or at all where it was asked for by name.
        """
        if not found.covered:
            return found.quoted
        self._wait_for_turn(check)
        said: list[Answer] = []

        def keep(answer: Answer) -> None:
            said[:] = [answer]
            partial(answer)

        try:
            chat = self._opened(model)
            if chat is None:
                return found.quoted
            return generate(
                chat,
                found,
                history,
                report=report,
                check=check,
                partial=keep,
                bearing=bearing,
            )
        except ModelError as error:
            if model or (said and said[0].answer):
                raise
            log.warning("quoting instead of generating: %s", error.message)
            return replace(found.quoted, trouble=Trouble(error.code, error.message, error.hint))
        finally:
            self._turn.release()

    def lend(self, use: Callable[[ChatModel], T], *, model: str, task: Progress) -> T | None:
        """What `use` does with the chat model, or with `model` if it is given; None without one.

        Raises what `use` does, `Cancelled`, and `ModelError`.
        """

        def check() -> None:
            task.report("waiting", 0, 0)

        self._wait_for_turn(check)
        try:
            chat = self._opened(model)
            if chat is None:
                return None
            chat.prepare(task.report, check)
            return use(chat)
        finally:
            self._turn.release()

    def close(self) -> None:
        """Free the model, whatever it is doing; there are only quotes from now on."""
        self._closed = True
        self._let_go()

    def _let_go(self) -> None:
        model, self._model, self._chosen = self._model, None, ("", 0)
        if model is not None:
            model.close()

    def _wait_for_turn(self, check: Check) -> None:
        while not self._turn.acquire(timeout=0.05):
            check()

    def _opened(self, wanted: str) -> ChatModel | None:
        self._options = options = settings.load(self._file)
        chosen = (wanted or options.chat_model, options.llm_context)
        if chosen != self._chosen or self._model is None:
            self._let_go()
            if chosen[0] and not self._closed:
                self._model = open_chat_model(chosen[0], context=chosen[1], threads=self._threads)
                self._chosen = chosen
        return self._model

    def _threads(self) -> int:
        """As many as the settings say, else one for each free core, on battery for half of them."""
        if self._options.llm_threads:
            return self._options.llm_threads
        spare = self._options.power != "full" and on_battery()
        return default_threads(0.5 if spare else 1.0)
