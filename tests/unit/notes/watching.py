"""What the tests of the watcher share."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from notesai.notes.inbox import Paths
from notesai.notes.watch_mode import WatchKind, WatchMode
from notesai.notes.watcher import Watcher

PATIENCE = 10.0
POLLING = WatchMode(WatchKind.POLLING, "the test wants it")


def choose_polling(_: Path) -> WatchMode:
    return POLLING


class Told:
    """What `on_change` was called with."""

    def __init__(self) -> None:
        self.calls: list[Paths] = []
        self._came = threading.Condition()

    def __call__(self, paths: Paths) -> None:
        with self._came:
            self.calls.append(paths)
            self._came.notify_all()

    def wait_for(self, enough: Callable[[], bool]) -> None:
        with self._came:
            assert self._came.wait_for(enough, PATIENCE), f"told only {self.calls}"

    def paths(self, *expected: str) -> None:
        """Wait until exactly these paths were told, in one call or in several."""
        self.wait_for(lambda: None in self.calls or self.union() >= set(expected))
        assert None not in self.calls
        assert self.union() == set(expected)
        self.calls.clear()

    def everything(self) -> None:
        """Wait until it was told to look at everything."""
        self.wait_for(lambda: None in self.calls)
        self.calls.clear()

    def union(self) -> set[str]:
        return {path for paths in self.calls for path in paths or ()}


def write(path: Path, text: str = "other text") -> None:
    path.write_text(text, encoding="utf-8")


def wait_for_mode(watching: Watcher, kind: WatchKind) -> None:
    deadline = time.monotonic() + PATIENCE
    while watching.mode.kind is not kind and time.monotonic() < deadline:
        time.sleep(0.005)
    assert watching.mode.kind is kind
