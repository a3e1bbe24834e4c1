"""What goes into the model's context: whole passages and whole turns, as many as fit.

The question comes first, then the latest turns of the conversation, up to a share, then passages
in their order: on a slow machine only as many as are read while a person waits, for a processor may
take minutes to read what a context holds. Counts are the model's own. The texts are counted one by
one, which is nearly right; then the whole prompt is, and what turns out to be too much is left out
again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from notesai.answers.language import Language
from notesai.answers.llama import Capacity, ChatModel, Message, Prompt
from notesai.answers.prompt import messages, neutral, passage
from notesai.answers.retrieval import Source
from notesai.errors import ModelError, RequestError
from notesai.model import Turn

ANSWER_SHARE = 0.25
"""Of the context, at most, for the answer."""

ANSWER_TOKENS = 1024
HISTORY_SHARE = 0.2
"""Of the context, at most, for earlier turns."""

READ_SECONDS = 15.0
"""How long the model may read passages before its first word."""

LEAST_READ = 1000
"""Tokens of passages that are read however long that takes, four or so: the right passage is the
first in nine of ten cases."""

_TURN_TOKENS = 16
"""What a chat template puts around two messages, about."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What the model is given. `sources` are numbered from 1 in their order here."""

    messages: tuple[Message, ...]
    prompt: Prompt
    sources: tuple[Source, ...]
    history: tuple[Turn, ...]
    answer_tokens: int


def pack(
    model: ChatModel,
    capacity: Capacity,
    question: str,
    sources: Sequence[Source],
    history: Sequence[Turn],
    language: Language,
    *,
    patient: bool = False,
) -> Packed:
    """Fill the model's context. There may be no passage in it, if none fits whole.

    `patient`: however long reading takes, for a note that is to be read as a whole. Raises
    `ask.too_long` for a question that leaves no room for anything else, and `llm.small_context`
    for a model in which not even the rules have room.
    """
    context = capacity.context
    reserve = answer_tokens(context)
    room = context - reserve
    bare = model.prompt(messages(question, (), (), language))
    if bare.tokens > room and model.prompt(messages("", (), (), language)).tokens > room // 2:
        raise small_context(context)
    if bare.tokens > room:
        raise RequestError(
            "ask.too_long",
            "The question is longer than the model can read.",
            "Ask a shorter question.",
        )
    turns = _latest(model, history, min(int(HISTORY_SHARE * context), room - bare.tokens))
    packed = messages(question, (), turns, language)
    free = room - model.prompt(packed).tokens
    chosen = _fitting(model, sources, free if patient else min(free, readable(capacity)))
    while True:
        packed = messages(question, chosen, turns, language)
        prompt = model.prompt(packed)
        if prompt.tokens <= room:
            return Packed(tuple(packed), prompt, tuple(chosen), tuple(turns), reserve)
        # The parts' tokens do not quite add up: the least of the passages has to go, or a turn.
        if chosen:
            chosen = chosen[:-1]
        else:
            turns = turns[1:]


def readable(capacity: Capacity) -> int:
    """How many tokens of passages a person waits for."""
    if not capacity.speed:
        return capacity.context
    return max(LEAST_READ, int(READ_SECONDS * capacity.speed))


def small_context(context: int) -> ModelError:
    """The error of a model that cannot read enough to answer from."""
    return ModelError(
        "llm.small_context",
        f"The model reads {context} tokens at once: too few to answer from notes.",
        "Choose a model that reads more. Your notes are safe.",
    )


def answer_tokens(context: int) -> int:
    """Tokens that are kept free for the answer."""
    return max(1, min(ANSWER_TOKENS, int(ANSWER_SHARE * context)))


def _latest(model: ChatModel, history: Sequence[Turn], room: int) -> list[Turn]:
    """As many of the last turns as fit, whole."""
    if not history:
        return []
    counts = model.count_tokens([f"{turn.question}\n{neutral(turn.answer)}" for turn in history])
    kept: list[Turn] = []
    for turn, count in zip(reversed(history), reversed(counts), strict=True):
        room -= count + _TURN_TOKENS
        if room < 0:
            break
        kept.insert(0, turn)
    return kept


def _fitting(model: ChatModel, sources: Sequence[Source], room: int) -> list[Source]:
    """As many passages as fit, whole, in their order; one that is too long gives way to others."""
    if not sources:
        return []
    # The number may be longer by then than it is here, never shorter.
    counts = model.count_tokens([f"{passage(n, s)}\n" for n, s in enumerate(sources, start=1)])
    kept: list[Source] = []
    for source, count in zip(sources, counts, strict=True):
        if count <= room:
            kept.append(source)
            room -= count
    return kept
