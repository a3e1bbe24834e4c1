import threading

import pytest

from notesai.errors import Cancelled
from notesai.progress import Silent, Step, Task


def test_reports_reach_the_listener():
    seen: list[Step] = []
    Task(seen.append).report("words", 1, 2)
    assert seen == [Step("words", 1, 2)]
    Silent().report("words", 1, 2)


def test_a_cancel_before_the_start_is_not_lost():
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        task.report("words", 0, 1)
    with pytest.raises(Cancelled):
        task.check()


def test_paused_work_waits_and_can_be_cancelled():
    task = Task()
    task.pause()
    ended = threading.Event()

    def work() -> None:
        with pytest.raises(Cancelled):
            task.report("words", 0, 1)
        ended.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert not ended.wait(0.05)
    assert task.paused
    task.cancel()
    assert ended.wait(5)
    thread.join()


def test_resumed_work_goes_on():
    task = Task()
    task.pause()
    thread = threading.Thread(target=task.report, args=("words", 0, 1))
    thread.start()
    task.resume()
    thread.join(5)
    assert not thread.is_alive()
