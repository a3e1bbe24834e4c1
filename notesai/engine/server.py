"""The engine process: serves the window over standard input and output.

Main thread: reads requests. Upkeep thread: the one writer. Two reader threads: everything else.
"""

import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import msgspec

from notesai import paths, settings
from notesai.engine import authoring, lists, protocol
from notesai.engine.estimate import Estimate
from notesai.engine.power import Power
from notesai.engine.upkeep import Upkeep
from notesai.engine.workspace import Workspace
from notesai.errors import Cancelled, NotesaiError, StoreError, VaultError
from notesai.index.lock import WriterLock
from notesai.model import SavedNote, SearchResult, VaultStatus
from notesai.progress import Step, Task

log = logging.getLogger(__name__)

NICENESS = 5
"""The engine yields to the window by this much, and its writer lane to its readers by more."""

PROMOTION_SECONDS = 5.0
"""How often an engine that may only read tries to become the writer."""

NAMED_PATHS = 200
"""More changed paths than this are announced as "many"."""


class Server:
    """Answers requests for one vault until its input ends."""

    def __init__(self, vault: Path, source: BinaryIO, sink: BinaryIO) -> None:
        self._vault = vault
        self._source = source
        self._sink = sink
        self._sink_lock = threading.Lock()
        self._readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="reader")
        self._authors = ThreadPoolExecutor(max_workers=1, thread_name_prefix="author")
        self._tasks: dict[int, Task] = {}
        self._searching: Task | None = None
        self._workspace: Workspace | None = None
        self._upkeep: Upkeep | None = None
        self._estimate = Estimate()
        self._opening = threading.Lock()
        self._promotion: threading.Timer | None = None
        self._troubled = False
        self._told_model = ""
        self._closed_by = ""
        self._options = settings.Settings()

    def run(self) -> None:
        """Serve until the other side closes its end."""
        self._send(protocol.EngineState(state="starting"))
        self._open(rebuild=False)
        for line in self._source:
            self._accept(line)
        self._close()

    # Opening and closing

    def _open(self, *, rebuild: bool, paused: bool = False) -> None:
        self._options = settings.load(paths.home().settings_file)
        try:
            workspace, writer = self._opened(rebuild=rebuild)
        except NotesaiError as error:
            self._say_closed(error)
            if isinstance(error, VaultError):
                self._look_again()
            return
        self._closed_by = ""
        self._workspace = workspace
        self._send_ready(workspace, writer=writer)
        if writer:
            self._keep_up(workspace, paused=paused)
        else:
            self._wait_for_turn()

    def _keep_up(self, workspace: Workspace, *, paused: bool = False) -> None:
        self._upkeep = Upkeep(
            workspace,
            workspace.rules,
            step=self._on_step,
            changed=self._on_changed,
            failed=self._on_failed,
            power=Power(self._options.power),
        )
        if paused:
            self._upkeep.pause()
        self._upkeep.start()

    def _wait_for_turn(self) -> None:
        self._promotion = threading.Timer(PROMOTION_SECONDS, self._reopen)
        self._promotion.daemon = True
        self._promotion.start()

    def _say_closed(self, error: NotesaiError) -> None:
        """Say once why the index is not open."""
        if error.code != self._closed_by:
            self._closed_by = error.code
            state = protocol.EngineState(
                state="failed", code=error.code, message=error.message, hint=error.hint
            )
            self._send(state)

    def _look_again(self) -> None:
        """Open the vault as soon as it is there: a drive may only have to be connected."""
        self._promotion = threading.Timer(PROMOTION_SECONDS, self._open_again)
        self._promotion.daemon = True
        self._promotion.start()

    def _open_again(self) -> None:
        with self._opening:
            if self._promotion is not None and self._workspace is None:
                self._promotion = None
                self._open(rebuild=False)

    def _reopen(self) -> None:
        """Become the writer if the other process has let go of the index, else look again later."""
        with self._opening:
            if self._promotion is None or self._workspace is None:
                return
            lock = WriterLock(self._workspace.place.folder)
            try:
                lock.acquire()
            except StoreError:
                self._wait_for_turn()
                return
            lock.release()
            self._shut()
            self._open(rebuild=False)

    def _send_ready(self, workspace: Workspace, *, writer: bool) -> None:
        self._troubled = False
        self._told_model = workspace.model
        ready = protocol.EngineState(
            state="ready",
            notes=len(workspace.notes()),
            model=self._told_model,
            writer=writer,
        )
        self._send(ready)

    def _opened(self, *, rebuild: bool) -> tuple[Workspace, bool]:
        try:
            return Workspace.open(self._vault, write=True, rebuild=rebuild), True
        except StoreError as error:
            if error.code != "index.locked" or rebuild:
                raise
            log.info("another process keeps the index; reading only")
            return Workspace.open(self._vault, write=False), False

    def _shut(self) -> None:
        if self._promotion is not None:
            self._promotion.cancel()
            self._promotion = None
        for task in list(self._tasks.values()):
            task.cancel()
        if self._upkeep is not None:
            self._upkeep.stop()
            self._upkeep = None
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def _close(self) -> None:
        with self._opening:
            self._shut()
        self._readers.shutdown(wait=True, cancel_futures=True)
        # A note that is to be saved is saved.
        self._authors.shutdown(wait=True)

    # Requests

    def _accept(self, line: bytes) -> None:
        try:
            request = protocol.decode_request(line)
        except msgspec.MsgspecError as error:
            log.warning("unreadable request ignored: %s", error)
            return
        match request:
            case protocol.Cancel():
                task = self._tasks.get(request.target)
                if task is not None:
                    task.cancel()
                self._ok(request, protocol.Done())
            case protocol.Pause() | protocol.Resume() | protocol.Reindex():
                self._direct(request)
            case protocol.ReadSettings():
                self._read_settings()
                self._ok(request, protocol.Done())
            case _:
                self._queue(request)

    def _direct(self, request: protocol.Pause | protocol.Resume | protocol.Reindex) -> None:
        """What concerns the writer lane; quick, so done in the reading thread."""
        match request:
            case protocol.Pause():
                if self._upkeep is not None:
                    self._upkeep.pause()
                    self._announce(self._estimate.last, paused=True)
            case protocol.Resume():
                if self._upkeep is not None:
                    self._upkeep.resume()
                    self._announce(self._estimate.last, paused=False)
            case protocol.Reindex():
                if self._upkeep is not None and not request.rebuild:
                    self._upkeep.look_at(None)
                else:
                    with self._opening:
                        self._shut()
                        self._open(rebuild=request.rebuild)
        self._ok(request, protocol.Done())

    def _read_settings(self) -> None:
        """Take over the settings; the vault is opened anew if they say what is a note in it."""
        before, now = self._options, settings.load(paths.home().settings_file)
        self._options = now
        with self._opening:
            if (before.ignore, before.max_note_mib) != (now.ignore, now.max_note_mib):
                paused = self._upkeep is not None and self._upkeep.paused
                self._shut()
                self._open(rebuild=False, paused=paused)
            elif self._upkeep is not None:
                self._upkeep.use_power(now.power)

    def _queue(self, request: protocol.AnyRequest) -> None:
        task = Task()
        self._tasks[request.id] = task
        if isinstance(request, protocol.Search):
            if self._searching is not None:
                self._searching.cancel()
            self._searching = task
        lane = self._authors if isinstance(request, authoring.WRITES) else self._readers
        lane.submit(self._answer, request, task)

    def _answer(self, request: protocol.AnyRequest, task: Task) -> None:
        try:
            task.check()
            self._ok(request, self._result(request, task))
        except NotesaiError as error:
            self._fail(request, error)
        except Exception as error:
            log.exception("request failed: %s", request)
            bug = NotesaiError("bug", f"Unexpected error: {error}", "The log has the details.")
            self._fail(request, bug)
        finally:
            self._tasks.pop(request.id, None)

    def _result(self, request: protocol.AnyRequest, task: Task) -> protocol.Result:
        if isinstance(request, authoring.WRITES):
            return self._written(request)
        workspace = self._workspace
        if workspace is None:
            raise StoreError("index.closed", "The index is not open.", "See the message above.")
        match request:
            case protocol.Search():

                def first(result: SearchResult) -> None:
                    task.check()
                    self._send(protocol.Partial(id=request.id, value=protocol.raw(result)))

                found = workspace.search(
                    request.query,
                    k=request.k,
                    mode=request.mode,
                    typing=request.typing,
                    first=first,
                    check=task.check,
                )
                self._say_reranker(workspace)
                return found
            case protocol.Similar():
                return workspace.similar(request.path, k=request.k)
            case protocol.Ask():
                return workspace.ask(request.question)
            case protocol.Read():
                return workspace.read(request.path)
            case protocol.ListNotes():
                return lists.titles(workspace)
            case protocol.Status():
                return workspace.status()
            case protocol.ListStates():
                return lists.states(workspace)
            case protocol.ListModels():
                return lists.models(workspace)
            case protocol.Retry():
                return self._retry(request)
            case protocol.EstimateSwitch():
                return workspace.estimate_switch(request.model, task.check)
            case (
                protocol.UseModel()
                | protocol.CancelSwitch()
                | protocol.GoBack()
                | protocol.DropPrevious()
            ):
                return self._switched(request)
            case _:
                return protocol.Done()

    def _written(self, request: protocol.WriteRequest) -> SavedNote:
        """Write a note, and have the index look at it at once."""
        saved = authoring.written(self._vault, request)
        upkeep = self._upkeep
        if upkeep is not None:
            upkeep.look_at(frozenset(filter(None, (saved.path, saved.rescued))))
        return saved

    def _switched(self, request: protocol.ModelRequest) -> VaultStatus:
        """Do what concerns the model while the writer lane rests; it starts with a comparison."""
        with self._opening:
            workspace, upkeep = self._workspace, self._upkeep
            if workspace is None or upkeep is None:
                raise StoreError(
                    "index.read_only",
                    "This index is open for reading only.",
                    "Change the model where the index is kept up to date.",
                )
            paused = upkeep.paused
            upkeep.stop()
            try:
                _change_model(workspace, request)
            finally:
                self._keep_up(workspace, paused=paused)
        self._say_model(workspace)
        return workspace.status()

    def _retry(self, request: protocol.Retry) -> protocol.Done:
        if self._upkeep is None:
            raise StoreError(
                "index.read_only",
                "This index is open for reading only.",
                "Try again where the index is kept up to date.",
            )
        self._upkeep.look_at(frozenset(request.paths))
        return protocol.Done()

    def _say_reranker(self, workspace: Workspace) -> None:
        """Say once that results are not reranked as wished."""
        error = workspace.reranker_trouble()
        if error is not None:
            self._send(
                protocol.EngineState(
                    state="trouble", code=error.code, message=error.message, hint=error.hint
                )
            )

    def _say_model(self, workspace: Workspace) -> None:
        """Say so if another model answers than before."""
        if workspace.model != self._told_model:
            self._send_ready(workspace, writer=True)
            self._send(protocol.IndexChanged(paths=()))

    # Events

    def _on_step(self, step: Step) -> None:
        if self._estimate.is_news(step):
            self._announce(step, paused=self._upkeep is not None and self._upkeep.paused)
        workspace = self._workspace
        if step.phase == "done" and self._troubled and workspace is not None:
            self._send_ready(workspace, writer=True)

    def _announce(self, step: Step, *, paused: bool) -> None:
        message = protocol.IndexProgress(
            phase=step.phase,
            done=step.done,
            total=step.total,
            seconds_left=self._estimate.seconds_left(step),
            paused=paused,
        )
        self._send(message)

    def _on_changed(self, paths: set[str]) -> None:
        named = tuple(sorted(paths)) if len(paths) <= NAMED_PATHS else ()
        self._send(protocol.IndexChanged(paths=named))
        if self._workspace is not None:
            self._say_model(self._workspace)

    def _on_failed(self, error: NotesaiError) -> None:
        self._troubled = True
        state = protocol.EngineState(
            state="trouble", code=error.code, message=error.message, hint=error.hint
        )
        self._send(state)

    # Writing

    def _ok(self, request: protocol.AnyRequest, value: protocol.Result) -> None:
        self._send(protocol.Ok(id=request.id, value=protocol.raw(value)))

    def _fail(self, request: protocol.AnyRequest, error: NotesaiError) -> None:
        code = "cancelled" if isinstance(error, Cancelled) else error.code
        failure = protocol.Failure(id=request.id, code=code, message=error.message, hint=error.hint)
        self._send(failure)

    def _send(self, message: protocol.Message) -> None:
        line = protocol.encode(message)
        # The window may be gone already; then nobody is left to be told.
        with self._sink_lock, contextlib.suppress(BrokenPipeError, ValueError):
            self._sink.write(line)
            self._sink.flush()


def _change_model(workspace: Workspace, request: protocol.ModelRequest) -> None:
    match request:
        case protocol.UseModel():
            workspace.use_model(request.model)
        case protocol.CancelSwitch():
            workspace.cancel_switch()
        case protocol.GoBack():
            workspace.go_back()
        case protocol.DropPrevious():
            workspace.drop_previous()


def claim_stdout() -> BinaryIO:
    """Keep descriptor 1 for the protocol; whatever else prints goes to stderr from now on."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(own, "wb")


def serve(vault: Path, started: Callable[[], None] = lambda: None) -> None:
    """Run the engine process for `vault` until standard input ends."""
    sink = claim_stdout()
    # Ctrl+C in a terminal reaches the whole group; it is the window that ends the engine.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Before the storage library starts its threads, which inherit it: a window that is typed into
    # comes first.
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    started()
    Server(vault, sys.stdin.buffer, sink).run()
