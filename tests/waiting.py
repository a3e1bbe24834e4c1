"""Waiting in tests for what another thread does."""

import time
from collections.abc import Callable

LONGEST_SECONDS = 30


def wait_until(condition: Callable[[], bool]) -> None:
    """Return as soon as `condition` holds; fail after half a minute."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
