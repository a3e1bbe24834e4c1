"""Measuring the window: how soon it can be used and how long it ever stood still.

Only on when `NOTESAI_MEASURE` names a file; the figures are written there, as JSON, at exit.
"""

import heapq
import json
import logging
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from notesai.gui.whereabouts import Whereabouts

log = logging.getLogger(__name__)

_TICK_MS = 5

_WORST = 8
"""Stalls that are told one by one."""

_TOLD_SECONDS = 0.02

_START_TICKS = 19
"""Where `/proc/PID/stat` has when the process started, behind its name."""


@dataclass(frozen=True, order=True, slots=True)
class Stall:
    """A time in which the event loop did not come round: what was computed, when, and where.

    Both in seconds, `at` since measuring began; `where` is "" unless somebody watches.
    """

    computed: float
    at: float
    where: str


class StallMeter(QObject):
    """Records the longest time in which the thread's event loop did not come round.

    A timer ticks every 5 ms; what a tick is late by is time in which nothing could be painted
    or typed. `longest` is in seconds; so is `busiest`, the most of such a time that the thread
    itself computed, which does not grow when other programs take the processor. `watcher`, if
    there is one, knows where it did.
    """

    def __init__(self, parent: QObject | None = None, watcher: Whereabouts | None = None) -> None:
        super().__init__(parent)
        self.longest = self.busiest = 0.0
        self.watcher = watcher
        self._stalls: list[Stall] = []
        self._started = self._last = self._last_computed = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Forget what was measured and measure from now on."""
        self.longest = self.busiest = 0.0
        self._stalls.clear()
        self._last, self._last_computed = time.perf_counter(), time.thread_time()
        self._started = self._last
        self._timer.start()

    def stop(self) -> None:
        """Measure no more; what was measured stays."""
        if self._timer.isActive():
            self._tick()
            self._timer.stop()

    @property
    def worst(self) -> list[Stall]:
        """The few in which most was computed, the worst first, as far as they are worth telling."""
        return sorted(self._stalls, reverse=True)

    def _tick(self) -> None:
        now, computed = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last - _TICK_MS / 1000)
        self.busiest = max(self.busiest, computed - self._last_computed)
        self._note(now, computed - self._last_computed)
        self._last, self._last_computed = now, computed

    def _note(self, now: float, computed: float) -> None:
        if computed < _TOLD_SECONDS:
            return
        where = self.watcher.between(self._last, now) if self.watcher is not None else ""
        heapq.heappush(self._stalls, Stall(computed, self._last - self._started, where))
        if len(self._stalls) > _WORST:
            heapq.heappop(self._stalls)


class Measurement(QObject):
    """One run of the window: seconds from the process's start until it was shown and usable.

    Of the last it also says how much this process itself computed, whatever else ran meanwhile.
    """

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._watcher: Whereabouts | None = None
        self._stalls = StallMeter(self)
        self._seconds: dict[str, float] = {}
        self._computed: float | None = None

    def mark(self, name: str) -> None:
        """Record that `name` has happened now, once."""
        self._seconds.setdefault(name, round(seconds_since_start(), 4))
        if name == "usable":
            self._computed = round(time.process_time(), 4)
            # Not sooner: to look costs time as well.
            self._watcher = self._stalls.watcher = Whereabouts()
            self._stalls.start()

    def write(self) -> None:
        """Write the figures. A file that cannot be written is logged and no more."""
        self._stalls.stop()
        if self._watcher is not None:
            self._watcher.close()
        figures = {
            "start_to_shown_seconds": self._seconds.get("shown"),
            "start_to_usable_seconds": self._seconds.get("usable"),
            "start_computed_seconds": self._computed,
            "longest_stall_seconds": round(self._stalls.longest, 4),
            "busiest_stall_seconds": round(self._stalls.busiest, 4),
            "stalls": [
                {"computed": round(one.computed, 4), "at": round(one.at, 1), "where": one.where}
                for one in self._stalls.worst
            ],
        }
        try:
            self._file.write_text(json.dumps(figures) + "\n", encoding="utf-8")
        except OSError as error:
            log.warning("measurement not written: %s", error)


def measurement(parent: QObject | None = None) -> Measurement | None:
    """The measurement of this run if one was asked for."""
    name = os.environ.get("NOTESAI_MEASURE", "")
    return Measurement(Path(name), parent) if name else None


def seconds_since_start() -> float:
    """How long this process has been there."""
    if sys.platform == "linux":
        # What the library below answers is up to a second off: it takes the time at which the
        # system started, which counts from then on, in whole seconds.
        numbers = Path("/proc/self/stat").read_text(encoding="utf-8", errors="replace")
        ticks = int(numbers.rpartition(")")[2].split()[_START_TICKS])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    import psutil

    return time.time() - psutil.Process().create_time()
