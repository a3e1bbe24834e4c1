import threading
import time

from notesai.engine.idleness import Idleness


def test_it_rests_once_until_something_happens_again() -> None:
    rested = threading.Semaphore(0)
    idleness = Idleness(lambda: rested.release(), 0.05)
    try:
        assert rested.acquire(timeout=5)
        assert not rested.acquire(timeout=0.2)
        idleness.touch()
        assert rested.acquire(timeout=5)
    finally:
        idleness.close()


def test_what_happens_puts_rest_off() -> None:
    rested = threading.Event()
    idleness = Idleness(rested.set, 0.3)
    try:
        until = time.monotonic() + 0.6
        while time.monotonic() < until:
            idleness.touch()
            time.sleep(0.01)
        assert not rested.is_set()
        assert rested.wait(5)
    finally:
        idleness.close()


def test_closing_does_not_wait_for_rest() -> None:
    started = time.monotonic()
    Idleness(lambda: None, 1000).close()
    assert time.monotonic() - started < 5
