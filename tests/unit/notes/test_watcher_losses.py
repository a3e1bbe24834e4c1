"""When the system tells no more: limits, lost events, a vault that goes away."""

import ctypes
import errno
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from watching import Told, choose_polling, wait_for_mode, write

from notesai.notes import polling, watcher
from notesai.notes.ignore import IgnoreRules
from notesai.notes.watch_mode import WatchKind
from notesai.notes.watcher import Watcher

linux = pytest.mark.skipif(sys.platform != "linux", reason="inotify")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "vault"
    (path / "sub").mkdir(parents=True)
    for name in ("a.md", "b.md", "sub/c.md"):
        (path / name).write_text("text", encoding="utf-8")
    return path


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "_SHORTEST_SECONDS", 0.02)
    monkeypatch.setattr(watcher, "_RETURN_SECONDS", 0.02)


@pytest.fixture
def watching(vault: Path, told: Told) -> Iterator[Watcher]:
    with Watcher(vault, IgnoreRules(["*.ignored.md"]), told, debounce=0.03) as watching:
        yield watching
    assert not [t for t in threading.enumerate() if t.name.startswith("notesai")]


@pytest.fixture(params=["events", "polling"])
def either(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, vault: Path, told: Told
) -> Iterator[Watcher]:
    """A watcher by events, and one that polls."""
    if request.param == "polling":
        monkeypatch.setattr(watcher, "choose", choose_polling)
    with Watcher(vault, IgnoreRules(), told, debounce=0.03) as watching:
        assert watching.mode.kind == request.param
        if request.param == "polling":
            told.everything()  # a first look has nothing to compare with
        yield watching


# Limits of the system


def refuse(
    monkeypatch: pytest.MonkeyPatch, number: int, which: Callable[[bytes], bool]
) -> list[bytes]:
    """Make the kernel refuse watches; the list fills with what was refused."""
    from watchdog.observers import inotify_c

    really = inotify_c.inotify_add_watch
    refused: list[bytes] = []

    def add(fd: int, path: bytes, mask: int) -> Any:
        if not which(path):
            return really(fd, path, mask)  # type: ignore[arg-type]
        refused.append(path)
        ctypes.set_errno(number)
        return -1

    monkeypatch.setattr(inotify_c, "inotify_add_watch", add)
    return refused


@linux
def test_no_instances_left_means_polling(
    vault: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers import inotify_c

    def init() -> int:
        ctypes.set_errno(errno.EMFILE)
        return -1

    monkeypatch.setattr(inotify_c, "inotify_init", init)
    with Watcher(vault, IgnoreRules(), told) as watching:
        assert watching.mode.kind is WatchKind.POLLING
        assert "max_user_instances" in watching.mode.hint
        told.everything()
        write(vault / "a.md")
        told.paths("a.md")


@linux
def test_no_watches_left_means_polling(
    vault: Path, told: Told, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refuse(monkeypatch, errno.ENOSPC, lambda path: path.endswith(b"/sub"))
    with Watcher(vault, IgnoreRules(), told) as watching:
        assert watching.mode.kind is WatchKind.POLLING
        assert "max_user_watches" in watching.mode.hint
        assert "max_user_watches" in caplog.text
        told.everything()
        write(vault / "sub/c.md")
        told.paths("sub/c.md")


@linux
def test_no_watch_left_for_a_later_folder_means_polling(
    vault: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Watcher(vault, IgnoreRules(), told, debounce=0.03) as watching:
        assert watching.mode.kind is WatchKind.EVENTS
        refuse(monkeypatch, errno.ENOSPC, lambda path: b"late" in path)
        (vault / "late").mkdir()
        told.everything()
        assert watching.mode.kind is WatchKind.POLLING
        assert "max_user_watches" in watching.mode.hint
        write(vault / "late/d.md")
        told.paths("late/d.md")


@linux
def test_a_folder_that_may_be_read_only_later_is_watched_then(
    vault: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        refused = refuse(patch, errno.EACCES, lambda path: path.endswith(b"/sub"))
        watching = Watcher(vault, IgnoreRules(), told, debounce=0.03)
        watching.start()
    try:
        assert refused
        assert watching.mode.kind is WatchKind.EVENTS
        (vault / "sub").chmod(0o755)
        told.paths("sub/c.md")
        write(vault / "sub/d.md")
        told.paths("sub/d.md")
    finally:
        watching.stop()


@linux
def test_lost_events_mean_everything_and_nothing_is_lost_later(
    vault: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers.inotify_c import InotifyConstants, InotifyEvent, InotifyFD

    really = InotifyFD.read_events
    overflow = InotifyEvent(-1, InotifyConstants.IN_Q_OVERFLOW, 0, b"")  # type: ignore[arg-type]
    lose = threading.Event()

    def read_events(self: InotifyFD) -> list[InotifyEvent]:
        events = really(self)
        if not lose.is_set():
            return events
        lose.clear()
        return [overflow]

    monkeypatch.setattr(InotifyFD, "read_events", read_events)
    with Watcher(vault, IgnoreRules(), told, debounce=0.03):
        lose.set()
        (vault / "unseen").mkdir()  # the event of this is lost
        told.everything()
        write(vault / "unseen/d.md")
        told.paths("unseen/d.md")
        write(vault / "sub/c.md")
        told.paths("sub/c.md")


@linux
@pytest.mark.logs_errors
def test_a_reader_that_breaks_means_polling(
    vault: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers.inotify_c import InotifyFD

    with Watcher(vault, IgnoreRules(), told, debounce=0.03) as watching:

        def handle_event(self: InotifyFD, event: object) -> None:
            raise RuntimeError("broken by the test")

        monkeypatch.setattr(InotifyFD, "handle_event", handle_event)
        write(vault / "a.md")
        told.everything()
        assert watching.mode.kind is WatchKind.POLLING
        assert "broken by the test" in watching.mode.reason


# The vault goes away


@pytest.mark.parametrize("leave", ["delete", "rename"])
def test_a_vault_that_goes_is_told_once_and_awaited(
    vault: Path, told: Told, either: Watcher, leave: str
) -> None:
    kind = either.mode.kind
    if leave == "delete":
        shutil.rmtree(vault)
    else:
        vault.rename(vault.parent / "elsewhere")
    told.everything()
    wait_for_mode(either, WatchKind.WAITING)
    # Deleting takes many steps: the folder's end may be told after that of what was in it.
    time.sleep(0.1)
    told.calls.clear()
    time.sleep(0.1)  # several looks for its return
    assert told.calls == []
    (vault.parent / "new").mkdir()
    (vault.parent / "new").rename(vault)
    told.everything()
    assert either.mode.kind is kind
    write(vault / "more.md")
    told.paths("more.md")


def test_a_vault_that_is_not_there_yet_is_awaited(vault: Path, told: Told) -> None:
    vault.rename(vault.parent / "elsewhere")
    with Watcher(vault, IgnoreRules(), told, debounce=0.03) as watching:
        assert watching.mode.kind is WatchKind.WAITING
        assert "does not exist" in watching.mode.reason
        (vault.parent / "elsewhere").rename(vault)
        told.everything()
        write(vault / "a.md")
        told.paths("a.md")


def test_a_vault_that_goes_without_any_event_is_missed_soon(
    vault: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "_HEARTBEAT_SECONDS", 0.02)
    inside = vault / "sub"
    with Watcher(inside, IgnoreRules(), told, debounce=0.03) as watching:
        vault.rename(vault.parent / "elsewhere")  # the folder above: none of ours is touched
        told.everything()
        wait_for_mode(watching, WatchKind.WAITING)


def test_a_vault_that_is_replaced_without_any_event_is_noticed_soon(
    vault: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "_HEARTBEAT_SECONDS", 0.02)
    other = vault.parent / "other"  # as when a drive is mounted over an empty folder
    (other / "sub").mkdir(parents=True)
    with Watcher(vault / "sub", IgnoreRules(), told, debounce=0.03) as watching:
        vault.rename(vault.parent / "elsewhere")
        other.rename(vault)
        told.everything()
        wait_for_mode(watching, WatchKind.EVENTS)
        write(vault / "sub/new.md")
        told.wait_for(lambda: "new.md" in told.union())


def test_another_folder_in_its_place_is_watched_at_once(
    vault: Path, told: Told, watching: Watcher
) -> None:
    other = vault.parent / "other"
    other.mkdir()
    vault.rename(vault.parent / "elsewhere")
    other.rename(vault)
    told.everything()
    wait_for_mode(watching, WatchKind.EVENTS)
    write(vault / "new.md")
    told.wait_for(lambda: "new.md" in told.union())
