"""A hub as the rest of notesai sees it: two questions, each cancelled within a moment."""

import multiprocessing
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from notesai import connections
from notesai.embedding.hub import errors, worker
from notesai.embedding.hub.messages import (
    Arrived,
    Contact,
    Crashed,
    Find,
    Found,
    Get,
    Got,
    Message,
    Request,
)
from notesai.embedding.hub.selection import HubFile
from notesai.errors import NotesaiError

WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before each further attempt, counted anew whenever something has arrived."""

TICK = 0.2
"""Seconds after which progress is reported even if nothing arrives, so that it can be cancelled."""

Tick = Callable[[int], None]


class Hub:
    """The hub at `HF_ENDPOINT`, or the public one, spoken to by a process of its own.

    All visits go to the log of connections, under `purpose`. Leaving the context ends the process.
    """

    def __init__(self, purpose: str) -> None:
        self._purpose = purpose
        self._stack = ExitStack()
        self._visits: dict[str, connections.Visit] = {}
        # Not fork: the engine has threads, whose locks a fork would copy as they are.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=worker.serve, args=(theirs, WAITS), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()
        self._stack.close()

    def find(self, hub_id: str, revision: str, tick: Tick) -> Found:
        """The commit and the files of `revision`, or of the default branch for "".

        Raises `ModelError`: `hub.unknown_model`, `hub.no_revision`, `hub.gated`, `hub.bad_token`,
        `hub.unreachable`, `hub.refused`, `hub.not_a_hub`; and what `tick` raises.
        """
        answer = self._ask(Find(hub_id, revision), 0, tick)
        assert isinstance(answer, Found)
        return answer

    def get(self, hub_id: str, commit: str, file: HubFile, part: Path, tick: Tick) -> None:
        """Bring what is missing of `file` in `part`; `tick` hears how many bytes it holds.

        Raises as `find` does, and `hub.disk_full` or `hub.not_writable`.
        """
        held = part.stat().st_size if part.exists() else 0
        answer = self._ask(Get(hub_id, commit, file, part), held, tick)
        assert isinstance(answer, Got)

    def _ask(self, request: Request, held: int, tick: Tick) -> Message:
        try:
            self._pipe.send(request)
            while True:
                while not self._pipe.poll(TICK):
                    tick(held)
                message: Message = self._pipe.recv()
                if isinstance(message, Contact):
                    self._visit(message.host)
                elif isinstance(message, Arrived):
                    self._visit(message.host).count(message.moved)
                    held = message.held
                    tick(held)
                else:
                    return _checked(message)
                self._pipe.send(None)
        except (EOFError, BrokenPipeError, ConnectionResetError) as error:
            raise errors.stopped() from error

    def _visit(self, host: str) -> connections.Visit:
        if host not in self._visits:
            visit = connections.visit(host, self._purpose)
            self._visits[host] = self._stack.enter_context(visit)
        return self._visits[host]


def _checked(message: Message) -> Message:
    if isinstance(message, NotesaiError):
        raise message
    if isinstance(message, Crashed):
        raise RuntimeError(message.traceback)
    return message
