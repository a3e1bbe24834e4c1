import threading

import pytest

from notesai.notes.inbox import STORM, Debounce, Inbox, News


def test_nothing_is_due_before_something_happened() -> None:
    changes = Debounce(0.15, 1.0)
    assert changes.due is None
    changes.add([], 1.0)
    assert changes.due is None


def test_changes_are_due_when_it_was_quiet() -> None:
    changes = Debounce(0.15, 1.0)
    changes.add(["a.md"], 10.0)
    changes.add(["b.md"], 10.1)
    assert changes.due == pytest.approx(10.25)
    assert changes.take() == {"a.md", "b.md"}
    assert changes.due is None


def test_changes_that_never_pause_are_due_at_the_latest_wait() -> None:
    changes = Debounce(0.15, 1.0)
    for step in range(30):
        changes.add(["a.md"], 10.0 + step * 0.1)
    assert changes.due == pytest.approx(11.0)
    changes.take()
    changes.add(["a.md"], 20.0)
    assert changes.due == pytest.approx(20.15)


def test_everything_swallows_paths_whatever_comes_first() -> None:
    for order in (["a.md"], None), (None, ["a.md"]):
        changes = Debounce(0.15, 1.0)
        for paths in order:
            changes.add(paths, 1.0)
        assert changes.take() is None
        assert changes.due is None


def test_a_storm_becomes_everything_and_then_passes() -> None:
    changes = Debounce(0.15, 1.0)
    changes.add([f"{n}.md" for n in range(STORM)], 1.0)
    changes.add(["0.md"], 1.0)
    assert changes.take() == {f"{n}.md" for n in range(STORM)}
    changes.add([f"{n}.md" for n in range(STORM + 1)], 2.0)
    assert changes.take() is None
    changes.add(["a.md"], 3.0)
    assert changes.take() == {"a.md"}


def test_taking_gives_up_after_the_time_asked() -> None:
    assert Inbox(0.0, 1.0).take(0.01) == News()


def test_failures_and_the_end_do_not_wait_for_quiet() -> None:
    inbox = Inbox(60.0, 60.0)
    inbox.touched(["a.md"])
    error = OSError("no more")
    inbox.failed(error)
    assert inbox.take(60.0) == News(error=error)
    inbox.touched(["a.md"])
    inbox.lost()
    assert inbox.take(60.0) == News(lost=True)
    assert inbox.take(0.0) == News()  # what was touched before is part of looking at everything
    inbox.close()
    assert inbox.take(60.0).closed
    assert inbox.take(60.0).closed


def test_clearing_forgets_all_but_the_end() -> None:
    inbox = Inbox(0.0, 0.0)
    inbox.everything()
    inbox.lost()
    inbox.failed(OSError())
    inbox.clear()
    assert inbox.take(0.0) == News()
    inbox.close()
    inbox.clear()
    assert inbox.take(60.0).closed


def test_a_change_wakes_who_waits() -> None:
    inbox = Inbox(0.01, 1.0)
    threading.Timer(0.02, inbox.touched, (["a.md"],)).start()
    assert inbox.take(60.0) == News(frozenset({"a.md"}))
