"""One question and what became of it. What a conversation is made of, and what is kept of it."""

import time
from enum import StrEnum

import msgspec

from notesai.engine.protocol import Failure
from notesai.model import Answer, AnswerKind, Citation, Scope, Turn

_GIVEN = 5
"""Passages that are shown while the model reads: the right one is among them as a rule."""


class Stage(StrEnum):
    """How far an exchange is. `STOPPED` by the person, `FAILED` for a reason that is said."""

    WAITING = "waiting"
    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """The notes that a question is asked of; `query` is the search whose results they are."""

    scope: Scope = Scope()
    query: str = ""

    @property
    def everything(self) -> bool:
        """True for all notes."""
        return self.scope == Scope()


def of_note(path: str) -> Reach:
    """The note at `path` alone."""
    return Reach(scope=Scope(paths=(path,)))


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """A question and its answer, whole or as far as it came. `asked_at` in seconds since 1970.

    `code`, `message` and `hint` are those of the failure.
    """

    question: str
    reach: Reach = Reach()
    answer: Answer | None = None
    stage: Stage = Stage.WAITING
    code: str = ""
    message: str = ""
    hint: str = ""
    asked_at: float = 0.0

    @property
    def busy(self) -> bool:
        """True while more is to come."""
        return self.stage in {Stage.WAITING, Stage.WRITING}

    @property
    def failure(self) -> Failure:
        """Why it failed."""
        return Failure(id=0, code=self.code, message=self.message, hint=self.hint)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The sources of the answer so far."""
        return self.answer.citations if self.answer is not None else ()

    @property
    def given(self) -> tuple[Citation, ...]:
        """The best passages that the answer is made from, until it names the first of them."""
        if self.answer is None or not self.busy or self.answer.citations:
            return ()
        return self.answer.passages[:_GIVEN]

    def written(self, answer: Answer, stage: Stage) -> "Exchange":
        """The same question with this answer."""
        return msgspec.structs.replace(self, answer=answer, stage=stage)

    def ended(self, stage: Stage) -> "Exchange":
        """The same, with no more to come."""
        return msgspec.structs.replace(self, stage=stage)

    def failed(self, error: Failure) -> "Exchange":
        """The same question, which could not be answered to its end."""
        return msgspec.structs.replace(
            self, stage=Stage.FAILED, code=error.code, message=error.message, hint=error.hint
        )


def begun(question: str, reach: Reach) -> Exchange:
    """A question that is asked now."""
    return Exchange(question=question, reach=reach, asked_at=time.time())


def turns(exchanges: tuple[Exchange, ...], most: int) -> tuple[Turn, ...]:
    """The last `most` questions that were answered, for a follow-up to be understood by."""
    answered = [
        Turn(one.question, one.answer.answer)
        for one in exchanges
        if one.answer is not None
        and one.answer.answer.strip()
        and one.answer.kind is not AnswerKind.NOT_COVERED
    ]
    return tuple(answered[-most:])
