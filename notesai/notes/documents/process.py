"""The process in which documents are read: where native code may crash, and time is limited.

One child for one reader of many, started on first need. It reads one document at a time and says
now and then that it is still at work; one that falls silent is ended, and so is one that works
past all patience. A crash costs the document that it happened over, nothing else.
"""

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from notesai.errors import EngineError, NoteError
from notesai.notes.documents import refusals

Check = Callable[[], None]

SILENT_SECONDS = 60.0
"""So long one page, or one part of a file, may take."""

PATIENCE_SECONDS = 300.0
"""So long a document may take in all; two thousand pages take ten seconds."""

MEMORY = 3 << 30
"""Bytes that the child may have, where the system can say so."""

_POLL_SECONDS = 0.05
_TICK_SECONDS = 0.2
_TRIES = 2


class _Stopped(Exception):
    """What `check` raised; not to be taken for an end of the child, whatever it is."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def _call(check: Check) -> None:
    try:
        check()
    except Exception as error:
        raise _Stopped(error) from error


class DocumentReader:
    """Turns documents into text in a child process. May be pickled; each copy has its own child."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def __reduce__(self) -> tuple[type["DocumentReader"], tuple[()]]:
        return type(self), ()

    def convert(self, data: bytes, suffix: str, check: Check) -> str:
        """As `converting.convert`; `check` is called meanwhile and may raise `Cancelled`.

        A document over which the child crashes is tried once more with a new one.
        """
        for _ in range(_TRIES):
            try:
                return self._asked(data, suffix, check)
            except (EOFError, OSError):
                self.close()
            except _Stopped as stopped:
                # What the child is at is of no use any more.
                self.close()
                raise stopped.error from None
        raise refusals.crashed()

    def close(self) -> None:
        """End the child, whatever it is doing."""
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def _asked(self, data: bytes, suffix: str, check: Check) -> str:
        pipe = self._pipe or self._start()
        pipe.send_bytes(suffix.encode())
        pipe.send_bytes(data)
        silent = 0.0
        while True:
            # Counted, not measured: `check` may hold the work for as long as it is paused.
            if not pipe.poll(_POLL_SECONDS):
                silent += _POLL_SECONDS
                if silent > SILENT_SECONDS:
                    self.close()
                    raise refusals.too_long()
                _call(check)
                continue
            answer: str | NoteError | None = pickle.loads(pipe.recv_bytes())
            if isinstance(answer, NoteError):
                raise answer
            if answer is not None:
                return answer
            silent = 0.0
            _call(check)

    def _start(self) -> Connection:
        # Not fork: the parent runs threads, whose locks a fork would copy as they are.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), daemon=True)
        try:
            process.start()
        except OSError as error:
            ours.close()
            raise EngineError(
                "engine.no_process",
                f"The process that reads documents did not start: {error}.",
                "Nothing is lost. Close other programs and try again.",
            ) from error
        finally:
            theirs.close()
        self._process, self._pipe = process, ours
        return ours


def _serve(pipe: Connection) -> None:
    """Read what the parent sends until it closes its end, or is gone."""
    # Ctrl+C reaches the whole group; it is the parent that ends its child.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    from notesai.notes.documents.converting import convert

    with contextlib.suppress(EOFError, OSError):
        while True:
            suffix, data = pipe.recv_bytes().decode(), pipe.recv_bytes()
            answer: str | NoteError
            try:
                answer = convert(data, suffix, _Ticks(pipe))
            except NoteError as error:
                answer = error
            del data
            pipe.send_bytes(pickle.dumps(answer))


class _Ticks:
    """Tells the parent every now and then that the work goes on, and ends what takes too long."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._begun = self._said = time.monotonic()

    def __call__(self) -> None:
        now = time.monotonic()
        if now - self._begun > PATIENCE_SECONDS:
            raise refusals.too_long()
        if now - self._said > _TICK_SECONDS:
            self._said = now
            self._pipe.send_bytes(pickle.dumps(None))


def _limit_memory() -> None:
    """A file that unpacks to more than can be held is to fail alone."""
    if sys.platform == "linux" and os.name == "posix":
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
