"""How often progress is worth telling, and how long the rest may take."""

import time

from notesai.progress import Step

_INTERVAL = 0.1


class Estimate:
    """Thins out progress reports and estimates the seconds left from the pace of the phase."""

    def __init__(self) -> None:
        self.last = Step("done", 0, 0)
        self._told = 0.0
        self._phase_started = 0.0
        self._first_done = 0

    def is_news(self, step: Step) -> bool:
        """True at most ten times a second, and whenever a phase begins or ends."""
        now = time.monotonic()
        begins = step.phase != self.last.phase or step.done < self.last.done
        if begins:
            self._phase_started, self._first_done = now, step.done
        self.last = step
        if not begins and step.done < step.total and now - self._told < _INTERVAL:
            return False
        self._told = now
        return True

    def seconds_left(self, step: Step) -> float:
        """Seconds until the phase ends at its pace so far; -1 while unknown."""
        done = step.done - self._first_done
        spent = time.monotonic() - self._phase_started
        if done <= 0 or spent < 1.0:
            return -1.0
        return round(spent / done * (step.total - step.done), 1)
