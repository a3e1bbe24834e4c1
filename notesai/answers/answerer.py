"""Answering a question in its own language: what the notes hold, then, with a model, in words.

Looking up asks the index and is quick; generating asks a chat model and is not. They are apart, so
that the index may change hands meanwhile.
"""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from notesai.answers import extractive
from notesai.answers.attribution import Bearer, attributed
from notesai.answers.claims import cited_in
from notesai.answers.coverage import bearings, weights
from notesai.answers.followups import standalone
from notesai.answers.language import Language, answered_in
from notesai.answers.likeness import Likeness
from notesai.answers.llama import ChatModel, Check, Report
from notesai.answers.loops import unlooped, until_loop
from notesai.answers.packing import Packed, pack, small_context
from notesai.answers.retrieval import Source, retrieve
from notesai.answers.scoping import names_few
from notesai.answers.thinking import spoken
from notesai.embedding.base import Embedder
from notesai.errors import RequestError
from notesai.index.store import Store
from notesai.model import Answer, AnswerKind, Citation, Scope, Turn

PARTIAL_SECONDS = 0.05
"""How often the answer so far is told while it is written."""

EVERYTHING = Scope()

Bearing = Callable[[Sequence[Citation]], Bearer]
"""Given the passages of an answer, finds the one that bears a sentence."""

_LEAD = {"ko": "노트에 이렇게 적혀 있어요:", "en": "From your notes:"}
_NOT_COVERED = {
    "ko": "노트에는 이 내용이 없는 것 같아요. 가장 가까운 노트를 함께 보여 드려요.",
    "en": "Your notes do not seem to cover this. The nearest notes are listed as sources.",
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What the notes hold on a question. `asked` is what was looked for, `quoted` the answer that
    needs no model; `covered` says whether there is anything to generate one from, `patient` whether
    it is to be read as a whole, however long that takes.
    """

    question: str
    asked: str
    language: Language
    sources: tuple[Source, ...]
    quoted: Answer
    covered: bool
    patient: bool = False


def look_up(
    store: Store,
    embedder: Embedder,
    question: str,
    scope: Scope = EVERYTHING,
    history: Sequence[Turn] = (),
    check: Check = lambda: None,
) -> Findings:
    """Find what bears on a question. Raises `RequestError` for an empty one, and `Cancelled`."""
    started = time.perf_counter()
    question = question.strip()
    if not question:
        raise RequestError("ask.empty", "The question is empty.", "Ask something.")
    asked, language = standalone(question, history), answered_in(question)
    sources = retrieve(store, embedder, asked, scope, check=check)
    found = bearings(asked, weights(store, asked), sources, Likeness(embedder))
    check()
    quoted = extractive.answer(
        found, sources, not_covered=_NOT_COVERED[language], lead=_LEAD[language]
    )
    # A note that somebody points at is what they ask about, whatever the words.
    few = names_few(scope)
    covered = quoted.kind is not AnswerKind.NOT_COVERED or few
    quoted = replace(quoted, asked=asked, milliseconds=_since(started))
    sure = covered and bool(sources)
    return Findings(question, asked, language, tuple(sources), quoted, sure, patient=few)


def ask(store: Store, embedder: Embedder, question: str) -> Answer:
    """Answer from all notes, by quoting them. Raises `RequestError` for an empty question."""
    return look_up(store, embedder, question).quoted


def generate(
    model: ChatModel,
    found: Findings,
    history: Sequence[Turn] = (),
    *,
    report: Report = lambda phase, done, total: None,
    check: Check = lambda: None,
    partial: Callable[[Answer], None] = lambda answer: None,
    bearing: Bearing = lambda passages: lambda sentence: 0,
) -> Answer:
    """Have `model` answer from what was found; quote it if it has nothing to say.

    `bearing` is given the passages, and finds the one behind a sentence that cites none.
    `partial` is given the answer so far, some 20 times a second at most, the first time with its
    passages alone. Raises `ModelError`, and `Cancelled` within 200 ms of `check` raising it.
    """
    started = time.perf_counter()
    if not found.covered:
        return found.quoted
    capacity = model.prepare(report, check)
    packed = pack(
        model,
        capacity,
        found.question,
        found.sources,
        history,
        found.language,
        patient=found.patient,
    )
    if not packed.sources:
        raise small_context(capacity.context)
    passages = tuple(source.cited(n) for n, source in enumerate(packed.sources, start=1))
    draft = _Draft(model.name, found, passages, started)
    partial(draft.answer(""))
    text, told = "", time.perf_counter()
    written = _written(model, packed, report, check)
    with closing(written), closing(attributed(written, bearing(passages))) as pieces:
        for piece in pieces:
            text += piece
            if time.perf_counter() - told >= PARTIAL_SECONDS:
                partial(draft.answer(text))
                told = time.perf_counter()
    text = unlooped(text.strip())
    if not text:
        return found.quoted
    return replace(draft.answer(text), prompt=packed.prompt.text)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An answer that is being written, but for its text."""

    model: str
    found: Findings
    passages: tuple[Citation, ...]
    started: float

    def answer(self, text: str) -> Answer:
        numbers = cited_in(text)
        return Answer(
            answer=text,
            kind=AnswerKind.GENERATED,
            citations=tuple(passage for passage in self.passages if passage.n in numbers),
            unsupported=(),
            milliseconds=round(self.found.quoted.milliseconds + _since(self.started), 1),
            asked=self.found.asked,
            passages=self.passages,
            model=self.model,
        )


def _written(model: ChatModel, packed: Packed, report: Report, check: Check) -> Generator[str]:
    stream = model.stream(
        packed.messages, max_tokens=packed.answer_tokens, report=report, check=check
    )
    with closing(stream):
        yield from until_loop(spoken(stream))


def _since(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 1)
