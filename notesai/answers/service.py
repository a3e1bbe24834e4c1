"""A chat model that a service runs: llama-server, Ollama, LM Studio, or one far away.

It speaks the OpenAI protocol: `/v1/chat/completions`, streamed as server-sent events. What is asked
and the passages of the notes are sent there. A thread of its own waits for the network, so that
whoever waits for it can cancel at any moment: the connection is then cut, and the service stops.
"""

import json
import os
import queue
import threading
from collections.abc import Generator, Sequence
from urllib.parse import urlsplit

from notesai.answers.event_stream import Connection, Events, Refused
from notesai.answers.llama import Capacity, Check, Message, Prompt, Report, Role
from notesai.connections import require_network, visit
from notesai.embedding.addresses import bad_address, carries_key, service_address, this_machine
from notesai.embedding.endpoint import estimated_tokens
from notesai.embedding.records import Origin
from notesai.embedding.said import said
from notesai.errors import ModelError

CONTEXT = 4096
"""Tokens that a service is taken to read where the settings name no number: Ollama's default.

A service that reads less drops the beginning without a word.
"""

PURPOSE = "questions and passages of notes, for answers"
_POLL_SECONDS = 0.05
_PER_MESSAGE = 8
_SAFE = "Your notes are safe. Without it, answers are quoted from them. "
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


class ChatService:
    """A `ChatModel` over a service."""

    def __init__(self, name: str, origin: Origin, context: int = 0) -> None:
        """Prepare asking it; nothing is sent yet. Raises `model.address`."""
        self._name = name
        self._url = service_address(origin.url, "/chat/completions")
        self._model = origin.model
        self._key_variable = origin.key_variable
        self._context = context or CONTEXT
        self._local = this_machine(urlsplit(self._url))
        self.host = urlsplit(self._url).netloc
        self._connection: Connection | None = None
        if origin.key_variable and not carries_key(urlsplit(self._url)):
            raise bad_address(origin.url, "a key is sent only over https")

    @property
    def name(self) -> str:
        """What a person knows it by."""
        return self._name

    @property
    def sends_to(self) -> str:
        """Host and port that prompts are sent to; empty for a service on this machine."""
        return "" if self._local else self.host

    def prepare(self, report: Report, check: Check) -> Capacity:
        """The size of its context. Raises `network.off`."""
        if not self._local:
            require_network(PURPOSE)
        return Capacity(self._context)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text is, guessed, rather too many than too few."""
        return [estimated_tokens(text) for text in texts]

    def prompt(self, messages: Sequence[Message]) -> Prompt:
        """The messages as they are sent; the service puts them into its own chat template."""
        text = "\n\n".join(f"[{message.role}]\n{message.content}" for message in messages)
        counted = sum(self.count_tokens([message.content for message in messages]))
        return Prompt(text, counted + _PER_MESSAGE * len(messages))

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, report: Report, check: Check
    ) -> Generator[str]:
        """The next turn of the assistant. Raises `ModelError` and `network.off`."""
        self.prepare(report, check)
        body = json.dumps(
            {
                "model": self._model,
                "messages": [{"role": str(m.role), "content": m.content} for m in messages],
                "max_tokens": max_tokens,
                "temperature": 0.2,
                "stream": True,
            }
        ).encode()
        arriving: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        connection = self._connection = Connection(self._url, self._headers())
        thread = threading.Thread(
            target=_fetch, args=(connection, body, arriving), name="chat-service", daemon=True
        )
        with visit(self.host, PURPOSE) as moved:
            moved.count(len(body))
            thread.start()
            try:
                yield from self._arrived(arriving, check)
            finally:
                connection.close()
                thread.join(timeout=1.0)
                moved.count(connection.received)

    def greet(self) -> None:
        """Let it say one token. Raises what `stream` does."""
        hello = (Message(Role.USER, "Hello"),)
        for _ in self.stream(hello, max_tokens=1, report=_nobody, check=lambda: None):
            return

    def close(self) -> None:
        """Cut the connection, whatever is under way."""
        if self._connection is not None:
            self._connection.close()

    def _arrived(
        self, arriving: "queue.SimpleQueue[str | Exception | None]", check: Check
    ) -> Generator[str]:
        while True:
            check()
            try:
                piece = arriving.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise self._told(piece) from piece
            yield piece

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        if self._key_variable:
            key = os.environ.get(self._key_variable, "").strip()
            if not key or not key.isascii() or not key.isprintable():
                raise ModelError(
                    "model.key",
                    f"The environment variable {self._key_variable} holds no key for {self.host}.",
                    _SAFE + "Set it before starting notesai.",
                )
            headers["Authorization"] = f"Bearer {key}"
        return headers

    def _told(self, error: Exception) -> Exception:
        if isinstance(error, Refused):
            return self._refused(error)
        if isinstance(error, OSError):
            message = f"{self.host} cannot be reached: {error.strerror or type(error).__name__}."
            hint = _SAFE + "Check the network, or that the service is running."
            return ModelError("model.offline", message, hint)
        if isinstance(error, ValueError):
            message = f"{self.host} cannot be used: {error}."
            return ModelError("model.endpoint", message, _SAFE + "Check the address.")
        return error

    def _refused(self, answer: Refused) -> ModelError:
        words = said(answer.body, self._key_variable)
        if answer.status in (401, 403):
            return ModelError("model.key", f"{self.host} does not accept the key.{words}", _SAFE)
        if answer.status in _LATER:
            message = f"{self.host} is too busy or out of order (HTTP {answer.status}).{words}"
            return ModelError("model.busy", message, _SAFE + "Try again later.")
        message = (
            f"{self.host} refused the request for the model {self._model!r} "
            f"(HTTP {answer.status}).{words}"
        )
        return ModelError(
            "model.endpoint", message, _SAFE + "Check the address and the model's name."
        )


def _nobody(phase: str, done: int, total: int) -> None:
    """Nobody is told how far it is."""


def _fetch(
    connection: Connection,
    body: bytes,
    arriving: "queue.SimpleQueue[str | Exception | None]",
) -> None:
    """Put the pieces of the answer into the queue, then None; or what went wrong."""
    try:
        for text in Events(connection.post(body)).texts():
            arriving.put(text)
        arriving.put(None)
    except Exception as error:
        # Handed over whatever it is: whoever waits would wait for ever.
        arriving.put(error)
    finally:
        connection.close()
