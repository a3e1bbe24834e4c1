"""How hard embedding may work, by the settings and by what feeds the machine."""

import logging
import time
from typing import Any, Protocol, runtime_checkable

from notesai.embedding.onnx import default_threads

log = logging.getLogger(__name__)

FULL, HALF, NONE = 1.0, 0.5, 0.0

SHARES = {"full": FULL, "half": HALF, "wait": NONE}
"""What share of its threads embedding may use on battery, by the setting `power`."""

LOOK_SECONDS = 5.0
"""How often it is looked at what feeds the machine."""


@runtime_checkable
class Threaded(Protocol):
    """A model that can be told how many threads to use."""

    def set_threads(self, threads: int) -> None:
        """Use so many from the next batch on."""
        ...


class Power:
    """Answers what share of its threads embedding may use now. For one thread at a time."""

    def __init__(self, choice: str = "full") -> None:
        self._choice = choice
        self._looked = float("-inf")
        self._battery = False

    def choose(self, choice: str) -> None:
        """Follow another setting from now on. Any thread may call this."""
        self._choice = choice

    def share(self) -> float:
        """1 for all threads, 0 for none: wait for the mains. A machine without battery has 1."""
        now = time.monotonic()
        if now - self._looked >= LOOK_SECONDS:
            self._looked, self._battery = now, on_battery()
        return SHARES.get(self._choice, FULL) if self._battery else FULL


def on_battery() -> bool:
    """True if the machine is known to run on its battery."""
    import psutil

    look = getattr(psutil, "sensors_battery", None)
    try:
        battery: Any = look() if look is not None else None
    except Exception as error:  # whatever a driver answers with, the index goes on
        log.info("the battery cannot be asked: %s", error)
        return False
    return battery is not None and battery.power_plugged is False


def use_share(embedder: object, share: float) -> None:
    """Let the model use so much of the threads that it would take by itself, at least one."""
    if isinstance(embedder, Threaded):
        embedder.set_threads(max(1, round(default_threads() * share)))
