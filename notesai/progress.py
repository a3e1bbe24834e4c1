"""Reporting progress, which is also where long work is paused and cancelled."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from notesai.errors import Cancelled


class Progress(Protocol):
    """What long work talks to."""

    def report(self, phase: str, done: int, total: int) -> None:
        """Say how far `phase` is. Waits while paused; raises `Cancelled` once cancelled."""
        ...


class Silent:
    """Progress that nobody watches and nobody cancels."""

    def report(self, phase: str, done: int, total: int) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """One progress report."""

    phase: str
    done: int
    total: int


class Task:
    """Progress that another thread can pause, resume and cancel.

    A cancelled task stays cancelled: a cancel that arrives before the work starts is not lost.
    """

    def __init__(self, listener: Callable[[Step], None] | None = None) -> None:
        self._listener = listener
        self._cancelled = threading.Event()
        self._running = threading.Event()
        self._running.set()

    @property
    def paused(self) -> bool:
        """True between `pause` and `resume`."""
        return not self._running.is_set()

    @property
    def cancelled(self) -> bool:
        """True after `cancel`."""
        return self._cancelled.is_set()

    def pause(self) -> None:
        """Hold the work at its next report."""
        self._running.clear()

    def resume(self) -> None:
        """Let paused work go on."""
        self._running.set()

    def cancel(self) -> None:
        """End the work at its next report, paused or not."""
        self._cancelled.set()
        self._running.set()

    def report(self, phase: str, done: int, total: int) -> None:
        """Tell the listener, wait while paused, raise `Cancelled` once cancelled."""
        self.check()
        if self._listener is not None:
            self._listener(Step(phase, done, total))
        self._running.wait()
        self.check()

    def check(self) -> None:
        """Raise `Cancelled` once cancelled."""
        if self._cancelled.is_set():
            raise Cancelled()
