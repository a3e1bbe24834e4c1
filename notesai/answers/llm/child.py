"""The process of a language model: `notesai llm`.

Main thread: loads, counts, generates. Another reads standard input, so that a stop is seen at any
time and the process ends with its parent. After `idle` seconds without a request it ends by itself,
which gives all of its memory back.
"""

import contextlib
import ctypes
import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from notesai.answers.llm import memory, wire
from notesai.answers.llm.binding import graphics_memory, library
from notesai.answers.llm.gguf import read_header
from notesai.answers.llm.native import Native
from notesai.answers.llm.stops import until_stop
from notesai.answers.llm.template import ChatTemplate
from notesai.errors import Cancelled, ModelError, NotesaiError
from notesai.log import claim_stdout

log = logging.getLogger(__name__)

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


class Child:
    """Answers the requests for one model until there are none any more."""

    def __init__(self, source: BinaryIO, sink: BinaryIO, idle: float) -> None:
        self._source = source
        self._sink = sink
        self._idle = idle
        self._requests: queue.SimpleQueue[wire.AnyRequest] = queue.SimpleQueue()
        self._stopped: set[int] = set()
        self._current = 0
        self._answered = 0
        self._native: Native | None = None
        self._template = ChatTemplate("")

    def run(self) -> None:
        """Serve until nothing has been asked for `idle` seconds."""
        threading.Thread(target=self._listen, daemon=True, name="requests").start()
        while True:
            try:
                request = self._requests.get(timeout=self._idle)
            except queue.Empty:
                return
            self._answer(request)

    def _listen(self) -> None:
        for line in self._source:
            try:
                request = wire.request(line)
            except msgspec.MsgspecError as error:
                log.warning("unreadable request ignored: %s", error)
                continue
            if isinstance(request, wire.Stop):
                # What has been answered cannot be stopped any more.
                if request.id > self._answered:
                    self._stopped.add(request.id)
            else:
                self._requests.put(request)
        # Nobody is there to be answered. Native code may be running, so no orderly end.
        os._exit(0)

    def _answer(self, request: wire.AnyRequest) -> None:
        self._current = request.id
        try:
            reply = self._reply(request)
        except Cancelled:
            reply = wire.Finished(id=request.id, reason="stopped")
        except NotesaiError as error:
            reply = wire.Failed(
                id=request.id, code=error.code, message=error.message, hint=error.hint
            )
        except Exception as error:
            log.exception("request failed")
            reply = wire.Failed(id=request.id, code="llm.failed", message=f"{error!r}")
        self._answered = request.id
        self._stopped.discard(request.id)
        self._say(reply)

    def _reply(self, request: wire.AnyRequest) -> wire.AnyReply:
        match request:
            case wire.Load():
                return self._load(request)
            case wire.Count():
                native = self._loaded
                return wire.Counted(id=request.id, tokens=tuple(map(native.count, request.texts)))
            case wire.Render():
                rendered = self._template.render(request.messages)
                count = len(self._loaded.tokens(rendered.parts))
                return wire.Rendered(id=request.id, text=rendered.text, tokens=count)
            case wire.Generate():
                return self._generate(request)
            case wire.Stop():
                raise Cancelled()

    @property
    def _loaded(self) -> Native:
        if self._native is None:
            raise ModelError("llm.failed", "The language model is not loaded.")
        return self._native

    def _load(self, request: wire.Load) -> wire.Loaded:
        path = Path(request.path)
        header = read_header(path)
        room = memory.Room(memory.available(), graphics_memory(library()))
        fit = memory.fitted(header, request.context, room)
        shown = -1

        def loaded(share: float) -> None:
            nonlocal shown
            if int(100 * share) > shown:
                shown = int(100 * share)
                self._say(wire.Advance(id=request.id, phase="load", done=shown, total=100))

        self._native = None
        loaded(0.0)
        self._native = native = Native(
            path,
            context=fit.context,
            threads=request.threads,
            gpu_layers=fit.layers,
            loaded=loaded,
            stopped=self._is_stopped,
        )
        native.try_reading()
        self._template = ChatTemplate(
            native.template, bos=native.special("bos"), eos=native.special("eos")
        )
        return wire.Loaded(
            id=request.id,
            context=native.context,
            speed=native.speed,
            name=header.name,
            gpu_layers=fit.layers,
        )

    def _generate(self, request: wire.Generate) -> wire.Finished:
        native = self._loaded
        rendered = self._template.render(request.messages)
        tokens = native.tokens(rendered.parts)
        if len(tokens) + request.max_tokens > native.context:
            raise ModelError(
                "llm.context",
                f"{len(tokens)} tokens and an answer of {request.max_tokens} are more than the"
                f" model's context of {native.context}.",
                "Ask a shorter question, or begin a new conversation.",
            )
        reused, written = native.reused(tokens), 0

        def read(known: int) -> None:
            total = len(tokens)
            self._say(wire.Advance(id=request.id, phase="read", done=known, total=total))

        def counted(_: int) -> None:
            nonlocal written
            written += 1

        with contextlib.closing(
            native.generate(
                tokens,
                max_tokens=request.max_tokens,
                threads=request.threads,
                temperature=request.temperature,
                grammar=request.grammar,
                seed=request.seed,
                read=read,
                wrote=counted,
            )
        ) as pieces:
            for text in until_stop(pieces, rendered.stops):
                self._say(wire.Piece(id=request.id, text=text))
        reason = "length" if written >= request.max_tokens else "end"
        return wire.Finished(
            id=request.id,
            reason=reason,
            prompt_tokens=len(tokens),
            reused=reused,
            tokens=written,
            speed=native.speed,
        )

    def _is_stopped(self) -> bool:
        return self._current in self._stopped

    def _say(self, reply: wire.AnyReply) -> None:
        with contextlib.suppress(BrokenPipeError, ValueError):
            self._sink.write(wire.encode(reply))
            self._sink.flush()


def serve(idle: float, started: Callable[[], None] = lambda: None) -> None:
    """Run the process of a language model until its input ends or it is idle for long."""
    sink = claim_stdout()
    # Ctrl+C in a terminal reaches the whole group; it is the parent that ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    started()
    Child(sys.stdin.buffer, sink, idle).run()
    sys.stdout.flush()
    # Without the destructors of native libraries, which have been seen to crash at the end.
    os._exit(0)


def _die_with_parent() -> None:
    """End with the thread that started this process, even while native code holds on to Python.

    The end of standard input says the same, but needs a thread of ours to run.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
