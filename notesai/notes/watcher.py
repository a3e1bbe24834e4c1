"""Watching a vault: tells, soon after the user or another program changed notes, which they are."""

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from notesai.errors import Cancelled, VaultError
from notesai.notes.ignore import IgnoreRules
from notesai.notes.inbox import Inbox, News, Paths
from notesai.notes.polling import Poller
from notesai.notes.scanner import check_vault, identity
from notesai.notes.watch_mode import OFF, WatchKind, WatchMode, after_failure, choose
from notesai.progress import Task

log = logging.getLogger(__name__)

OnChange = Callable[[Paths], None]

# A drive that is pulled out, or a vault whose parent folder is renamed, may send no event at all.
_HEARTBEAT_SECONDS = 10.0
_RETURN_SECONDS = 2.0


class Source(Protocol):
    """Something that puts the system's events into the inbox."""

    def start(self) -> None:
        """Begin; raises `OSError` if the system cannot."""
        ...

    def stop(self) -> None:
        """End, threads included."""
        ...

    def refresh(self) -> None:
        """Catch up after lost events or changed rules; raises `OSError`."""
        ...


class Watcher:
    """Calls `on_change` from its own thread with the paths (relative, NFC) of touched notes.

    They may have changed, come or gone, or be no notes at all any more; `scan_notes` tells. None
    means: look at everything. A change is told `debounce` seconds after the last one, at most
    `max_wait` seconds after the first. While the vault is away (`mode` is waiting) there are no
    calls; there is one when it goes and one when it is back.
    """

    def __init__(
        self,
        vault: Path,
        rules: IgnoreRules,
        on_change: OnChange,
        *,
        debounce: float = 0.15,
        max_wait: float = 1.0,
    ) -> None:
        self._vault = vault
        self._rules = rules
        self._on_change = on_change
        self._timing = (debounce, max_wait)
        self._mode = OFF
        self._inbox = Inbox(debounce, max_wait)
        self._task = Task()
        self._source: Source | None = None
        self._poller: Poller | None = None
        self._identity: tuple[int, int] | None = None
        self._thread: threading.Thread | None = None

    @property
    def mode(self) -> WatchMode:
        """How the vault is watched now, and why."""
        return self._mode

    def start(self) -> None:
        """Begin to watch: every change after this returns is told. Does nothing if started."""
        if self._thread is not None:
            return
        self._inbox = Inbox(*self._timing)
        self._task = Task()
        self._arm()
        thread = threading.Thread(target=self._run, name="notesai-watcher", daemon=True)
        thread.start()
        # Not sooner: whoever stops the watcher meanwhile cannot wait for a thread that never began.
        self._thread = thread

    def stop(self) -> None:
        """End; all threads have ended when this returns. Does nothing if not started."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._task.cancel()
        self._inbox.close()
        if thread is not threading.current_thread():
            thread.join()

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    def _run(self) -> None:
        end = OFF
        try:
            while not (news := self._inbox.take(self._patience())).closed:
                self._handle(news)
        except Cancelled:
            pass
        except Exception as error:
            log.exception("watching %s ended by a mistake of ours", self._vault)
            end = WatchMode(WatchKind.OFF, f"watching ended by a mistake of the program: {error}")
        finally:
            self._disarm()
            self._set_mode(end)

    def _patience(self) -> float:
        if self._mode.kind is WatchKind.WAITING:
            return _RETURN_SECONDS
        return self._poller.interval if self._poller is not None else _HEARTBEAT_SECONDS

    def _handle(self, news: News) -> None:
        if self._mode.kind is WatchKind.WAITING:
            if self._arm():
                self._tell_everything()
        elif news.lost or self._is_gone():
            self._wait_for_return()
        elif news.error is not None:
            self._fall_back(news.error)
        elif self._poller is not None:
            self._poll(self._poller)
        elif news.paths is None or news.paths:
            self._deliver(news.paths)

    def _deliver(self, paths: Paths) -> None:
        try:
            if paths is None and self._source is not None:
                self._source.refresh()
        except OSError as error:
            self._fall_back(error)
        else:
            self._tell(paths)

    def _poll(self, poller: Poller) -> None:
        try:
            paths = poller.poll()
        except VaultError:
            self._wait_for_return()
        else:
            if paths is None or paths:
                self._tell(paths)

    def _tell(self, paths: Paths) -> None:
        try:
            self._on_change(paths)
        except Exception:
            # The next change must still be told.
            log.exception("taking in changes of %s failed", self._vault)

    def _is_gone(self) -> bool:
        try:
            return identity(self._vault) != self._identity
        except VaultError:
            return True

    def _wait_for_return(self) -> None:
        self._disarm()
        self._arm()  # it may be back by now, or be another folder of the same name
        self._tell_everything()

    def _tell_everything(self) -> None:
        if self._poller is None:  # which tells so itself after its first look
            self._tell(None)

    def _fall_back(self, error: Exception) -> None:
        self._disarm()
        self._start_polling(after_failure(error))

    def _arm(self) -> bool:
        """Watch the vault as its file system allows; False if it is not there."""
        try:
            check_vault(self._vault)
            self._identity = identity(self._vault)
            mode = choose(self._vault)
            if mode.kind is WatchKind.POLLING:
                self._start_polling(mode)
            else:
                self._start_events(mode)
        except VaultError as error:
            self._set_mode(WatchMode(WatchKind.WAITING, error.message, error.hint))
            return False
        return True

    def _start_events(self, mode: WatchMode) -> None:
        source = _events(self._vault, self._rules, self._inbox)
        try:
            source.start()
        except OSError as error:
            identity(self._vault)  # if it just went away, that is the news
            self._start_polling(after_failure(error))
            return
        self._source = source
        self._set_mode(mode)

    def _start_polling(self, mode: WatchMode) -> None:
        self._poller = Poller(self._vault, self._rules, self._task)
        self._set_mode(mode)

    def _disarm(self) -> None:
        source, self._source = self._source, None
        self._poller = None
        if source is not None:
            source.stop()
        self._inbox.clear()

    def _set_mode(self, mode: WatchMode) -> None:
        if mode == self._mode:
            return
        self._mode = mode
        level = logging.WARNING if mode.hint else logging.INFO
        hint = f" {mode.hint}" if mode.hint else ""
        log.log(level, "watching %s: %s (%s)%s", self._vault, mode.kind, mode.reason, hint)


def _events(vault: Path, rules: IgnoreRules, inbox: Inbox) -> Source:
    if sys.platform == "linux":
        from notesai.notes.inotify import InotifySource

        return InotifySource(vault, rules, inbox)
    from notesai.notes.observer import ObserverSource

    return ObserverSource(vault, inbox)
