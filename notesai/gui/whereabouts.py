"""Where a thread was while it computed: samples of its stack, for what is measured."""

import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Sequence
from types import FrameType

_EVERY_SECONDS = 0.004
_KEPT = 1000
_DEEPEST = 3
"""Functions that a place is told by, the innermost of the package first."""

_PACKAGE = "notesai."


class Whereabouts:
    """Looks at the thread that makes it every 4 ms from a thread of its own, until closed."""

    def __init__(self) -> None:
        self._watched = threading.get_ident()
        self._samples: deque[tuple[float, str]] = deque(maxlen=_KEPT)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._look, name="whereabouts", daemon=True)
        self._thread.start()

    def between(self, start: float, end: float) -> str:
        """Where the thread mostly was, in seconds of `time.perf_counter`; "" if nowhere of ours."""
        return _mostly([place for at, place in list(self._samples) if start <= at <= end])

    def close(self) -> None:
        """Look no more."""
        self._closed.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._closed.wait(_EVERY_SECONDS):
            # Documented, in spite of its name.
            frames = sys._current_frames()  # pyright: ignore[reportPrivateUsage]
            frame = frames.get(self._watched)
            self._samples.append((time.perf_counter(), _place(frame)))


def _mostly(places: Sequence[str]) -> str:
    """The place that most samples name, and how many of them do."""
    counts = Counter(place for place in places if place)
    if not counts:
        return ""
    place, times = counts.most_common(1)[0]
    return f"{place} ({times} of {len(places)} looks)"


def _place(frame: FrameType | None) -> str:
    """The innermost functions of this package on a stack, as `module.function`."""
    found: list[str] = []
    while frame is not None and len(found) < _DEEPEST:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(_PACKAGE):
            found.append(f"{module.removeprefix(_PACKAGE)}.{frame.f_code.co_qualname}")
        frame = frame.f_back
    return " < ".join(found)
