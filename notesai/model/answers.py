"""Questions, answers, and the sources behind them."""

from dataclasses import dataclass
from enum import StrEnum


class AnswerKind(StrEnum):
    """How an answer came about."""

    GENERATED = "generated"
    EXTRACTIVE = "extractive"
    NOT_COVERED = "not_covered"


class Verdict(StrEnum):
    """What the check of one sentence of an answer came to.

    `FREE` sentences claim nothing that needs a source: greetings, "your notes do not say".
    """

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    UNCITED = "uncited"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which notes a question is asked of; all fields empty means all notes.

    `folder` ends in "/"; `tag` is without "#"; `paths` are the notes of a list of results.
    """

    folder: str = ""
    tag: str = ""
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and the answer it got."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Citation:
    """The source behind `[n]` in an answer; `text` is exactly the decoded file's `[start:end]`."""

    n: int
    path: str
    line: int
    start: int
    end: int
    text: str
    title: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class SentenceCheck:
    """One sentence, `answer[start:end]`, held against the passages that it cites.

    `reason` says what is missing: "words", "number", "name", "meaning", "source" (no such passage)
    or "" where it is supported.
    """

    start: int
    end: int
    cited: tuple[int, ...]
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something was done in a lesser way; as in `NotesaiError`."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its sources. `unsupported`: sentences that their citation does not bear.

    `asked` is the question that passages were looked for with, after follow-ups were rewritten.
    `passages` are all that the model was given, `prompt` is the exact text, `model` its name; all
    three are empty where nothing was generated. `checks` are in the order of the text. `trouble`
    says why there are only quotes although a chat model is chosen.

    While an answer is written it has its `passages` from the first, `citations` as far as they are
    cited yet, and neither `prompt` nor `checks`.
    """

    answer: str
    kind: AnswerKind
    citations: tuple[Citation, ...]
    unsupported: tuple[str, ...]
    milliseconds: float
    asked: str = ""
    passages: tuple[Citation, ...] = ()
    prompt: str = ""
    model: str = ""
    checks: tuple[SentenceCheck, ...] = ()
    trouble: Trouble | None = None
