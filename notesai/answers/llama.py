"""What generates answers: any chat model, behind one protocol.

A local GGUF model runs in a process of its own (`notesai.answers.llm.process`); a service that
speaks the OpenAI protocol may stand in its place. Neither has tools, and what it writes is text.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

Report = Callable[[str, int, int], None]
"""Told how far a phase is: "load" (per cent of the model) or "read" (tokens of the prompt)."""

Check = Callable[[], None]
"""Raises `Cancelled` once nobody waits any more. Called at least every 50 ms."""


class Role(StrEnum):
    """Who speaks in a conversation."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of what a chat model is given. The content is text, whatever it looks like."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """Messages as the model is given them: the exact text, and how many tokens that is."""

    text: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a model that is ready can take.

    `context` is in tokens, answer included; `speed` is how many tokens of a prompt it reads in a
    second, 0 where nobody knows.
    """

    context: int
    speed: float = 0.0


class ChatModel(Protocol):
    """A model that goes on with a conversation. One thread at a time; `close` from any.

    Every method may raise `ModelError`, and `Cancelled` where it takes `check`.
    """

    @property
    def name(self) -> str:
        """What a person knows it by."""
        ...

    @property
    def sends_to(self) -> str:
        """Host and port that prompts are sent to; empty for a model that runs here."""
        ...

    def prepare(self, report: Report, check: Check) -> Capacity:
        """Make it ready if it is not, and tell what it can take."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text is; where it is a guess, never too few."""
        ...

    def prompt(self, messages: Sequence[Message]) -> Prompt:
        """What the model would be given for these messages, its chat template included."""
        ...

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, report: Report, check: Check
    ) -> Generator[str]:
        """The next turn of the assistant, piece by piece, whole characters only.

        Cancelled within 200 ms; a generator that is closed early is cancelled, too.
        """
        ...

    def close(self) -> None:
        """Free all that the model takes."""
        ...
