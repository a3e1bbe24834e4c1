"""Noticing that nothing has been asked or done for a while."""

import threading
import time
from collections.abc import Callable

REST_SECONDS = 60.0
"""So long after the last request or step of indexing the engine lets go of what it can."""


class Idleness:
    """Calls `idle` in a thread of its own, once each time that nothing happens for `seconds`."""

    def __init__(self, idle: Callable[[], None], seconds: float = REST_SECONDS) -> None:
        self._idle = idle
        self._seconds = seconds
        self._lock = threading.Condition()
        self._last = time.monotonic()
        self._rested = self._closed = False
        self._thread = threading.Thread(target=self._run, name="idleness", daemon=True)
        self._thread.start()

    def touch(self) -> None:
        """Something happens."""
        self._last = time.monotonic()
        if self._rested:
            with self._lock:
                self._rested = False
                self._lock.notify_all()

    def close(self) -> None:
        """End the thread; `idle`, if it is being called, is waited for."""
        with self._lock:
            self._closed = True
            self._lock.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while self._wait():
            self._idle()

    def _wait(self) -> bool:
        """Wait until it is time; False when closing."""
        with self._lock:
            while not self._closed:
                left = self._last + self._seconds - time.monotonic()
                if not self._rested and left <= 0:
                    self._rested = True
                    return True
                self._lock.wait(None if self._rested else left)
            return False
