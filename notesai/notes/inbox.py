"""Where watching threads put what they saw, and where it rests until the folder is quiet."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Paths = frozenset[str] | None
"""Paths of notes that changed; None means: look at everything."""

STORM = 256
"""More paths than this become None: comparing a whole vault costs no more than asking for each."""


@dataclass(frozen=True, slots=True)
class News:
    """What there is to do. Empty paths and nothing else: nothing happened for the time asked.

    `error`: the source can see no more. `lost`: the vault went away. `closed`: watching ends.
    """

    paths: Paths = frozenset()
    error: Exception | None = None
    lost: bool = False
    closed: bool = False


class Debounce:
    """Changes that wait until none came for `quiet` seconds, `longest` seconds at most."""

    def __init__(self, quiet: float, longest: float) -> None:
        self._quiet = quiet
        self._longest = longest
        self._paths: set[str] = set()
        self._everything = False
        self._first = 0.0
        self._last = 0.0

    def add(self, paths: Iterable[str] | None, now: float) -> None:
        """Take in a change seen at `now`, in seconds of any clock that never goes back."""
        if self.due is None:
            self._first = now
        self._last = now
        if paths is None:
            self._everything = True
        elif not self._everything:
            self._paths.update(paths)
            self._everything = len(self._paths) > STORM
        if self._everything:
            self._paths.clear()

    @property
    def due(self) -> float | None:
        """When the changes are to be told; None while there are none."""
        if not self._paths and not self._everything:
            return None
        return min(self._last + self._quiet, self._first + self._longest)

    def take(self) -> Paths:
        """All changes so far; there are none left afterwards."""
        paths = None if self._everything else frozenset(self._paths)
        self._paths = set()
        self._everything = False
        return paths


class Inbox:
    """Takes what sources see, from any thread; `take` hands it out, debounced, to one thread."""

    def __init__(
        self, debounce: float, max_wait: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._changes = Debounce(debounce, max_wait)
        self._clock = clock
        self._ready = threading.Condition()
        self._error: Exception | None = None
        self._lost = False
        self._closed = False

    def touched(self, paths: Iterable[str]) -> None:
        """Notes at these paths (NFC) changed, came or went."""
        self._add(list(paths))

    def everything(self) -> None:
        """More changed than can be told by paths."""
        self._add(None)

    def failed(self, error: Exception) -> None:
        """The source can see no more."""
        with self._ready:
            self._error = error
            self._ready.notify()

    def lost(self) -> None:
        """The vault went away."""
        with self._ready:
            self._lost = True
            self._ready.notify()

    def clear(self) -> None:
        """Forget all that has come so far."""
        with self._ready:
            self._error, self._lost = None, False
            self._changes.take()

    def close(self) -> None:
        """End watching; `take` returns at once from now on."""
        with self._ready:
            self._closed = True
            self._ready.notify()

    def take(self, timeout: float) -> News:
        """Wait for what is next, `timeout` seconds at most. The end and failures come first."""
        with self._ready:
            give_up = self._clock() + timeout
            while True:
                urgent = self._urgent()
                if urgent is not None:
                    return urgent
                now, due = self._clock(), self._changes.due
                if due is not None and due <= now:
                    return News(self._changes.take())
                if give_up <= now:
                    return News()
                self._ready.wait(min(give_up, due or give_up) - now)

    def _urgent(self) -> News | None:
        if self._closed:
            return News(closed=True)
        if not self._lost and self._error is None:
            return None
        news = News(error=self._error, lost=self._lost)
        self._error, self._lost = None, False
        self._changes.take()
        return news

    def _add(self, paths: list[str] | None) -> None:
        if paths == []:
            return
        with self._ready:
            idle = self._changes.due is None
            self._changes.add(paths, self._clock())
            if idle:  # else the one who waits wakes up when the first was due, and looks again
                self._ready.notify()
