"""The engine process: serves the window over standard input and output.

Main thread: reads requests. Upkeep thread: the one writer. One thread generates answers, which may
take minutes; two reader threads do everything else.
"""

import logging
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import msgspec

from notesai import paths, settings
from notesai.engine import authoring, protocol, requests
from notesai.engine.channel import Channel
from notesai.engine.idleness import Idleness
from notesai.engine.news import News
from notesai.engine.power import Power
from notesai.engine.upkeep import Upkeep
from notesai.engine.workspace import Workspace
from notesai.errors import NotesaiError, StoreError, VaultError
from notesai.index.lock import WriterLock
from notesai.log import claim_stdout
from notesai.model import Answer, NoteMap, SavedNote, SearchResult, VaultStatus
from notesai.progress import Step, Task

log = logging.getLogger(__name__)

PROMOTION_SECONDS = 5.0
"""How often an engine that may only read tries to become the writer."""


class Server:
    """Answers requests for one vault until its input ends."""

    def __init__(self, vault: Path, source: BinaryIO, sink: BinaryIO) -> None:
        self._vault = vault
        self._source = source
        self._channel = Channel(sink)
        self._news = News(self._channel)
        self._readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="reader")
        self._authors = ThreadPoolExecutor(max_workers=1, thread_name_prefix="author")
        self._answerers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answerer")
        # Maps may take a minute, in another process: no reader is to wait for one meanwhile.
        self._mappers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mapper")
        self._tasks: dict[int, Task] = {}
        self._searching: Task | None = None
        self._workspace: Workspace | None = None
        self._upkeep: Upkeep | None = None
        self._opening = threading.Lock()
        self._promotion: threading.Timer | None = None
        self._options = settings.Settings()
        self._idleness = Idleness(self._rest)

    def run(self) -> None:
        """Serve until the other side closes its end."""
        self._news.starting()
        self._open(rebuild=False)
        for line in self._source:
            self._accept(line)
        self._close()

    def _rest(self) -> None:
        workspace = self._workspace
        if workspace is not None:
            workspace.rest()

    # Opening and closing

    def _open(self, *, rebuild: bool, paused: bool = False) -> None:
        self._options = settings.load(paths.home().settings_file)
        try:
            workspace, writer = self._opened(rebuild=rebuild)
        except NotesaiError as error:
            self._news.closed(error)
            if isinstance(error, VaultError):
                self._look_again()
            return
        self._workspace = workspace
        self._news.ready(workspace, writer=writer)
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
            failed=self._news.trouble,
            power=Power(self._options.power),
        )
        if paused:
            self._upkeep.pause()
        self._upkeep.start()

    def _wait_for_turn(self) -> None:
        self._promotion = threading.Timer(PROMOTION_SECONDS, self._reopen)
        self._promotion.daemon = True
        self._promotion.start()

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
                if self._workspace.outdated:
                    self._read_anew(self._workspace)
                self._wait_for_turn()
                return
            lock.release()
            self._shut()
            self._open(rebuild=False)

    def _read_anew(self, old: Workspace) -> None:
        """Go over to the index that the other process has made anew, once it can be read."""
        try:
            self._workspace = Workspace.open(self._vault, write=False)
        except NotesaiError as error:
            log.info("the index is being made anew: %s", error.message)
            return
        old.close()
        self._news.ready(self._workspace, writer=False)
        self._news.changed(set())

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
        self._idleness.close()
        with self._opening:
            self._shut()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._answerers.shutdown(wait=True, cancel_futures=True)
        self._mappers.shutdown(wait=True, cancel_futures=True)
        # A note that is to be saved is saved.
        self._authors.shutdown(wait=True)

    # Requests

    def _accept(self, line: bytes) -> None:
        try:
            request = protocol.decode_request(line)
        except msgspec.MsgspecError as error:
            log.warning("unreadable request ignored: %s", error)
            return
        self._idleness.touch()
        match request:
            case protocol.Cancel():
                task = self._tasks.get(request.target)
                if task is not None:
                    task.cancel()
                self._channel.ok(request, protocol.Done())
            case protocol.Pause() | protocol.Resume() | protocol.Reindex():
                self._direct(request)
            case protocol.ReadSettings():
                self._read_settings()
                self._channel.ok(request, protocol.Done())
            case _:
                self._queue(request)

    def _direct(self, request: protocol.Pause | protocol.Resume | protocol.Reindex) -> None:
        """What concerns the writer lane; quick, so done in the reading thread."""
        match request:
            case protocol.Pause():
                if self._upkeep is not None:
                    self._upkeep.pause()
                    self._news.held(paused=True)
            case protocol.Resume():
                if self._upkeep is not None:
                    self._upkeep.resume()
                    self._news.held(paused=False)
            case protocol.Reindex():
                if self._upkeep is not None and not request.rebuild:
                    self._upkeep.look_at(None)
                else:
                    with self._opening:
                        self._shut()
                        self._open(rebuild=request.rebuild)
        self._channel.ok(request, protocol.Done())

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
        task = Task(self._channel.progress_of(request))
        self._tasks[request.id] = task
        if isinstance(request, protocol.Search):
            if self._searching is not None:
                self._searching.cancel()
            self._searching = task
        self._lane(request).submit(self._answer, request, task)

    def _lane(self, request: protocol.AnyRequest) -> ThreadPoolExecutor:
        if isinstance(request, authoring.WRITES):
            return self._authors
        if isinstance(request, requests.MAPS):
            return self._mappers
        generates = isinstance(request, protocol.SuggestName) or (
            isinstance(request, protocol.Ask) and not request.extractive
        )
        return self._answerers if generates else self._readers

    def _answer(self, request: protocol.AnyRequest, task: Task) -> None:
        try:
            task.check()
            self._channel.ok(request, self._result(request, task))
        except NotesaiError as error:
            self._channel.fail(request, error)
        except Exception as error:
            log.exception("request failed: %s", request)
            bug = NotesaiError("bug", f"Unexpected error: {error}", "The log has the details.")
            self._channel.fail(request, bug)
        finally:
            self._tasks.pop(request.id, None)
            # What took long may have loaded again what a rest let go of meanwhile.
            self._idleness.touch()

    def _result(self, request: protocol.AnyRequest, task: Task) -> protocol.Result:
        if isinstance(request, authoring.WRITES):
            return self._written(request)
        workspace = self._workspace
        if workspace is None:
            raise StoreError("index.closed", "The index is not open.", "See the message above.")
        match request:
            case protocol.Retry():
                return self._retry(request)
            case (
                protocol.UseModel()
                | protocol.CancelSwitch()
                | protocol.GoBack()
                | protocol.DropPrevious()
            ):
                return self._switched(request)
            case _:
                return self._looked_up(workspace, request, task)

    def _looked_up(
        self, workspace: Workspace, request: protocol.AnyRequest, task: Task
    ) -> protocol.Result:
        def first(result: SearchResult | Answer | NoteMap) -> None:
            task.check()
            self._channel.send(protocol.Partial(id=request.id, value=protocol.raw(result)))

        found = requests.answer(workspace, request, first=first, task=task)
        if isinstance(request, protocol.Search):
            self._news.reranker(workspace)
        return found

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
                requests.change_model(workspace, request)
            finally:
                self._keep_up(workspace, paused=paused)
        self._news.model(workspace)
        return workspace.status()

    def _retry(self, request: protocol.Retry) -> protocol.Done:
        # Taken once: the main thread may be closing them.
        workspace, upkeep = self._workspace, self._upkeep
        if workspace is None or upkeep is None:
            raise StoreError(
                "index.read_only",
                "This index is open for reading only.",
                "Try again where the index is kept up to date.",
            )
        workspace.pardon(request.paths)
        upkeep.look_at(frozenset(request.paths))
        return protocol.Done()

    # What the writer lane tells

    def _on_step(self, step: Step) -> None:
        self._idleness.touch()
        paused = self._upkeep is not None and self._upkeep.paused
        self._news.step(step, self._workspace, paused=paused)

    def _on_changed(self, paths: set[str]) -> None:
        self._news.changed(paths)
        if self._workspace is not None:
            self._news.model(self._workspace)


def serve(vault: Path, started: Callable[[], None] = lambda: None) -> None:
    """Run the engine process for `vault` until standard input ends."""
    sink = claim_stdout()
    # Ctrl+C in a terminal reaches the whole group; it is the window that ends the engine.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    started()
    Server(vault, sys.stdin.buffer, sink).run()
