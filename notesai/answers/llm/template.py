"""A model's own chat template: from messages to the exact prompt.

The template is a Jinja program inside the model's file, so it runs in Jinja's sandbox. What a
message says is put in afterwards: the template sees a stand-in for it, so that nothing in a note
can be taken for a part of the template, and the model's tokenizer is told which parts are which.
"""

import datetime
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from notesai.answers.llama import Message, Role

log = logging.getLogger(__name__)

_STAND_IN = "\ue0f0{}\ue0f1"
_STOOD_IN = re.compile("\ue0f0(\\d+)\ue0f1")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a prompt. In a `control` part special tokens are what they say, else only text."""

    text: str
    control: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt in parts, and the texts at which an answer ends besides the model's own tokens."""

    parts: tuple[Part, ...]
    stops: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole prompt."""
        return "".join(part.text for part in self.parts)


class ChatTemplate:
    """Renders messages. Without a template, or with one that fails, as a plain dialogue."""

    def __init__(self, source: str, *, bos: str = "", eos: str = "") -> None:
        self._values = {"bos_token": bos, "eos_token": eos}
        self._template: Any = _compiled(source) if source else None

    def render(self, messages: Sequence[Message]) -> Rendered:
        """The prompt after which the assistant speaks."""
        if self._template is not None:
            # Some templates know no system message, or refuse it.
            for given in (list(messages), _without_system(messages)):
                parts = self._rendered(given)
                if parts is not None:
                    return Rendered(parts)
        return _plain(messages)

    def _rendered(self, messages: Sequence[Message]) -> tuple[Part, ...] | None:
        stand_ins = [
            {"role": message.role.value, "content": _STAND_IN.format(n)}
            for n, message in enumerate(messages)
        ]
        try:
            text: str = self._template.render(
                messages=stand_ins,
                add_generation_prompt=True,
                enable_thinking=False,
                **self._values,
            )
        except Exception as error:  # a template is a program, and may fail in any way
            log.info("the chat template refuses these messages: %s", error)
            return None
        seen = [int(number) for number in _STOOD_IN.findall(text)]
        # What a person asked, and what they are to be told, must be in it.
        needed = {n for n, message in enumerate(messages) if message.role is not Role.ASSISTANT}
        if not needed <= set(seen) or len(seen) != len(set(seen)):
            log.info("the chat template leaves messages out or repeats them")
            return None
        return _filled(text, messages)


def _filled(text: str, messages: Sequence[Message]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for at, piece in enumerate(_STOOD_IN.split(text)):
        # Every other piece is the number of a stand-in.
        part = Part(messages[int(piece)].content, False) if at % 2 else Part(piece, True)
        if part.text:
            parts.append(part)
    return tuple(parts)


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """The same with what the system says in front of what the user says first."""
    system = "\n\n".join(m.content for m in messages if m.role is Role.SYSTEM)
    rest = [m for m in messages if m.role is not Role.SYSTEM]
    if system and rest:
        rest[0] = Message(rest[0].role, f"{system}\n\n{rest[0].content}")
    return rest


def _plain(messages: Sequence[Message]) -> Rendered:
    """A dialogue that any language model may go on with."""
    parts: list[Part] = []
    for message in messages:
        speaker = "" if message.role is Role.SYSTEM else f"{message.role.value.capitalize()}: "
        parts.append(Part(f"{speaker}{message.content}\n\n", False))
    return Rendered((*parts, Part("Assistant:", False)), stops=("\nUser:", "\nAssistant:"))


def _compiled(source: str) -> Any:
    """The template as Hugging Face's transformers sets it up; None if it is none."""
    from jinja2 import TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    functions: Any = {"raise_exception": _refuse, "strftime_now": _now}
    environment.globals.update(functions)
    try:
        return environment.from_string(source)
    except (TemplateError, RecursionError) as error:
        log.warning("the model's chat template cannot be used: %s", error)
        return None


def _refuse(message: str) -> None:
    raise ValueError(message)


def _now(layout: str) -> str:
    return datetime.datetime.now().strftime(layout)
