"""A GGUF model as seen from outside: starts its process, asks it, and ends it for certain."""

import contextlib
import itertools
import logging
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from notesai.answers.llama import Capacity, Check, Message, Prompt, Report
from notesai.answers.llm import wire
from notesai.answers.llm.binding import is_installed, missing
from notesai.answers.llm.running import Gone, Running
from notesai.answers.llm.threads import default_threads
from notesai.errors import Cancelled, ModelError

log = logging.getLogger(__name__)

IDLE_SECONDS = 300.0
"""How long a model that nobody asks stays in memory."""

TEMPERATURE = 0.3
"""Close to the likeliest words: answers are to say what the notes say."""

OBEY_SECONDS = 0.1
"""How long a process that is asked to stop may take before it is killed."""

GONE_SECONDS = 0.03
"""How long is waited for a killed process; one that reads from a slow disk may take longer."""

LOOK_SECONDS = 0.02
"""How often it is looked whether anybody still waits."""

CRASHES = 3
CRASH_SECONDS = 300.0
"""So many crashes in so many seconds, and the model is not started again till they are over."""

T = TypeVar("T", bound=wire.FromModel)


class LlamaProcess:
    """A chat model in a process of its own, which is started on first need and when it is gone.

    See `notesai.answers.llama.ChatModel`. `context` is 0 for what fits, `threads` is asked before
    each answer, `grammar` is GBNF that all answers follow, `seed` makes them repeat themselves.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str = "",
        context: int = 0,
        threads: Callable[[], int] = default_threads,
        idle: float = IDLE_SECONDS,
        temperature: float = TEMPERATURE,
        grammar: str = "",
        seed: int = -1,
    ) -> None:
        self._path = path
        self._name = name or path.stem
        self._wanted = context
        self._threads = threads
        self._idle = idle
        self._temperature = temperature
        self._grammar = grammar
        self._seed = seed
        self._ids = itertools.count(1)
        self._running: Running | None = None
        self._capacity = Capacity(0)
        self._closed = False
        self._crashes: deque[float] = deque(maxlen=CRASHES)

    @property
    def name(self) -> str:
        """The name that it was given, else that of its file."""
        return self._name

    @property
    def sends_to(self) -> str:
        """Empty: nothing leaves this machine."""
        return ""

    @property
    def pid(self) -> int:
        """The number of the model's process; 0 while there is none."""
        running = self._running
        return running.pid if running is not None else 0

    def prepare(self, report: Report, check: Check) -> Capacity:
        """Load the model if it is not; what it can take.

        Raises `llm.missing`, what `read_header` raises, `llm.memory`, `llm.architecture`,
        `llm.load_failed`, `llm.crashed`, `llm.keeps_crashing`, or `Cancelled`.
        """
        if self._closed:
            raise Cancelled()
        if self._running is not None and self._answers(check):
            return self._capacity
        self._refuse_after_crashes()
        if not is_installed():
            raise missing()
        self._running = Running(command(self._idle))
        request = wire.Load(
            id=next(self._ids),
            path=str(self._path.absolute()),
            context=self._wanted,
            threads=self._threads(),
        )
        try:
            loaded = self._asked(request, wire.Loaded, report, check)
        except ModelError:
            self._end()
            raise
        self._capacity = Capacity(loaded.context, loaded.speed)
        log.info(
            "%s is loaded: %d tokens of context, %.0f are read in a second",
            *(self._name, loaded.context, loaded.speed),
        )
        return self._capacity

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text is, by the model's own tokenizer."""
        request = wire.Count(id=next(self._ids), texts=tuple(texts))
        return list(self._asked(request, wire.Counted).tokens)

    def prompt(self, messages: Sequence[Message]) -> Prompt:
        """The exact prompt; what is in a message is never read as a control token."""
        request = wire.Render(id=next(self._ids), messages=tuple(messages))
        rendered = self._asked(request, wire.Rendered)
        return Prompt(rendered.text, rendered.tokens)

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, report: Report, check: Check
    ) -> Generator[str]:
        """The answer, piece by piece; `report` is told how much of the prompt is read."""
        request = wire.Generate(
            id=next(self._ids),
            messages=tuple(messages),
            max_tokens=max_tokens,
            threads=self._threads(),
            temperature=self._temperature,
            grammar=self._grammar,
            seed=self._seed,
        )
        with contextlib.closing(self._replies(request, check)) as replies:
            for reply in replies:
                if isinstance(reply, wire.Piece):
                    yield reply.text
                elif isinstance(reply, wire.Advance):
                    report(reply.phase, reply.done, reply.total)
                elif isinstance(reply, wire.Finished):
                    self._capacity = replace(self._capacity, speed=reply.speed)

    def unload(self) -> None:
        """Give the model's memory back; it is loaded again when it is asked."""
        self._end()

    def close(self) -> None:
        """End the process, whatever it is doing. Whoever waits for it gets `Cancelled`."""
        self._closed = True
        self._end()

    def _answers(self, check: Check) -> bool:
        """Whether the process is there. Asking it also keeps it from ending for being idle."""
        request = wire.Count(id=next(self._ids), texts=())
        try:
            self._asked(request, wire.Counted, check=check)
        except ModelError as error:
            if error.code == "llm.crashed":
                self._refuse_after_crashes()
            self._end()
            return False
        return True

    def _refuse_after_crashes(self) -> None:
        recent = [at for at in self._crashes if time.monotonic() - at < CRASH_SECONDS]
        if len(recent) == CRASHES:
            raise ModelError(
                "llm.keeps_crashing",
                f"{self._name} crashed {CRASHES} times in a row.",
                "Choose another model. Until then answers are quoted from your notes.",
            )

    def _asked(
        self,
        request: wire.ToModel,
        expected: type[T],
        report: Report = lambda phase, done, total: None,
        check: Check = lambda: None,
    ) -> T:
        """The reply of a request that has one, of the type that it must have."""
        with contextlib.closing(self._replies(request, check)) as replies:
            for reply in replies:
                if isinstance(reply, expected):
                    return reply
                if isinstance(reply, wire.Advance):
                    report(reply.phase, reply.done, reply.total)
        raise Cancelled()

    def _replies(self, request: wire.ToModel, check: Check) -> Generator[wire.AnyReply]:
        """All replies to a request. Whoever leaves early, or is cancelled, stops it for certain."""
        running = self._running
        if running is None:
            raise Cancelled() if self._closed else ModelError("llm.failed", "No model is loaded.")
        over = False
        running.send(request)
        try:
            while not over:
                reply = running.reply(LOOK_SECONDS)
                if isinstance(reply, Gone):
                    over = True
                    raise self._gone(reply)
                ours = reply is not None and reply.id == request.id
                over = ours and not isinstance(reply, wire.Advance | wire.Piece)
                check()
                if reply is None or not ours:
                    continue
                if isinstance(reply, wire.Failed):
                    code = reply.code
                    raise ModelError(code, reply.message, reply.hint)
                yield reply
        finally:
            if not over:
                self._stop(running, request.id)

    def _stop(self, running: Running, request: int) -> None:
        """Have a request given up: by word, or if that is not obeyed by the process's end.

        Before its model is loaded, which may be before it listens, there is nothing to be kept.
        """
        if not self._capacity.context:
            self._end(GONE_SECONDS)
            return
        running.send(wire.Stop(id=request))
        until = time.monotonic() + OBEY_SECONDS
        while (left := until - time.monotonic()) > 0:
            reply = running.reply(left)
            if isinstance(reply, Gone):
                break
            if reply is None or reply.id != request:
                continue
            if not isinstance(reply, wire.Advance | wire.Piece):
                return
        log.info("the process of %s is ended, as it did not stop", self._name)
        self._end(GONE_SECONDS)

    def _gone(self, gone: Gone) -> ModelError | Cancelled:
        """What to tell of a process that ended in the middle."""
        self._end()
        if self._closed:
            return Cancelled()
        if gone.failure:
            return ModelError(
                "llm.failed",
                f"The process of the language model cannot be started: {gone.failure}.",
                "Answers are quoted from your notes meanwhile.",
            )
        self._crashes.append(time.monotonic())
        log.warning("the process of %s ended: %s", self._name, gone.code)
        return ModelError(
            "llm.crashed",
            f"The process of {self._name} ended unexpectedly ({_cause(gone.code)}).",
            "Your notes are safe. Ask again: it is started anew.",
        )

    def _end(self, seconds: float = 5.0) -> None:
        running, self._running = self._running, None
        self._capacity = Capacity(0)
        if running is not None:
            running.end(seconds)


def command(idle: float) -> list[str]:
    """How the process of a model is started."""
    options = ["llm", "--idle", str(idle)]
    if getattr(sys, "frozen", False):
        return [sys.executable, *options]
    return [sys.executable, "-m", "notesai", *options]


def _cause(code: int) -> str:
    if code >= 0:
        return f"exit status {code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
