import ctypes
import errno
import os
import shutil
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from notesai.notes import polling, watch_mode, watcher
from notesai.notes.ignore import IgnoreRules
from notesai.notes.inbox import Paths
from notesai.notes.walk import Walk
from notesai.notes.watch_mode import WatchKind, WatchMode
from notesai.notes.watcher import Watcher

linux = pytest.mark.skipif(sys.platform != "linux", reason="inotify")
PATIENCE = 10.0
POLLING = WatchMode(WatchKind.POLLING, "the test wants it")


def choose_polling(_: Path) -> WatchMode:
    return POLLING


class Told:
    """What `on_change` was called with."""

    def __init__(self) -> None:
        self.calls: list[Paths] = []
        self._came = threading.Condition()

    def __call__(self, paths: Paths) -> None:
        with self._came:
            self.calls.append(paths)
            self._came.notify_all()

    def wait_for(self, enough: Callable[[], bool]) -> None:
        with self._came:
            assert self._came.wait_for(enough, PATIENCE), f"told only {self.calls}"

    def paths(self, *expected: str) -> None:
        """Wait until exactly these paths were told, in one call or in several."""
        self.wait_for(lambda: None in self.calls or self.union() >= set(expected))
        assert None not in self.calls
        assert self.union() == set(expected)
        self.calls.clear()

    def everything(self) -> None:
        """Wait until it was told to look at everything."""
        self.wait_for(lambda: None in self.calls)
        self.calls.clear()

    def union(self) -> set[str]:
        return {path for paths in self.calls for path in paths or ()}


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


def write(path: Path, text: str = "other text") -> None:
    path.write_text(text, encoding="utf-8")


# What is told


@pytest.mark.usefixtures("either")
def test_edits_are_told(vault: Path, told: Told) -> None:
    write(vault / "sub/c.md")
    told.paths("sub/c.md")
    with (vault / "a.md").open("r+", encoding="utf-8") as file:  # in place, the file stays open
        file.write("in place, and longer")
        file.flush()
        told.paths("a.md")


@pytest.mark.usefixtures("either")
def test_new_deleted_and_renamed_notes_are_told(vault: Path, told: Told) -> None:
    write(vault / "new.md")
    told.paths("new.md")
    (vault / "new.md").rename(vault / "sub/newer.md")
    told.paths("new.md", "sub/newer.md")
    (vault / "sub/newer.md").unlink()
    told.paths("sub/newer.md")


@pytest.mark.usefixtures("either")
def test_notes_that_come_in_and_go_out_are_told(vault: Path, told: Told) -> None:
    write(vault.parent / "outside.md")
    (vault.parent / "outside.md").rename(vault / "inside.md")
    told.paths("inside.md")
    (vault / "inside.md").rename(vault.parent / "outside.md")
    told.paths("inside.md")


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("temporary", [".a.md.tmp-1", "a.md~", "sub/saving.swp"])
def test_an_atomic_save_is_told_as_one_note(vault: Path, told: Told, temporary: str) -> None:
    write(vault / temporary, "saved whole")
    (vault / temporary).replace(vault / "a.md")
    told.paths("a.md")


@pytest.mark.usefixtures("either")
def test_a_new_time_alone_is_told(vault: Path, told: Told) -> None:
    os.utime(vault / "a.md", (1, 1))
    told.paths("a.md")


@pytest.mark.usefixtures("either")
def test_names_in_nfd_are_told_in_nfc(vault: Path, told: Told) -> None:
    write(vault / unicodedata.normalize("NFD", "메모.md"))
    told.paths("메모.md")


@pytest.mark.usefixtures("watching")
def test_reading_and_other_files_are_not_told(vault: Path, told: Told) -> None:
    (vault / ".obsidian").mkdir()
    for name in ("picture.png", "x.ignored.md", ".hidden.md", ".obsidian/workspace.md", "a.md~"):
        write(vault / name)
    for note in vault.rglob("*.md"):
        note.read_text(encoding="utf-8")
    list(vault.iterdir())
    write(vault / "sub/c.md")
    told.paths("sub/c.md")


@pytest.mark.usefixtures("watching")
def test_notes_in_new_folders_are_told_however_quick_they_come(vault: Path, told: Told) -> None:
    expected: list[str] = []
    for number in range(20):
        deep = vault / f"new{number}" / "deep" / "er"
        deep.mkdir(parents=True)
        write(deep / "note.md")
        expected.append(f"new{number}/deep/er/note.md")
    told.paths(*expected)
    write(vault / "new3/deep/er/note.md", "again")
    told.paths("new3/deep/er/note.md")


@pytest.mark.usefixtures("watching")
def test_a_folder_that_comes_in_is_told_and_watched(vault: Path, told: Told) -> None:
    (vault.parent / "other/deep").mkdir(parents=True)
    write(vault.parent / "other/deep/d.md")
    (vault.parent / "other").rename(vault / "other")
    told.paths("other/deep/d.md")
    write(vault / "other/deep/e.md")
    told.paths("other/deep/e.md")


@pytest.mark.usefixtures("watching")
def test_a_renamed_folder_is_told_and_watched_under_its_new_name(vault: Path, told: Told) -> None:
    (vault / "sub/deep").mkdir()
    (vault / "sub").rename(vault / "renamed")
    told.everything()
    write(vault / "renamed/deep/c.md")
    told.paths("renamed/deep/c.md")
    (vault / "sub").mkdir()
    write(vault / "sub/new.md")
    told.paths("sub/new.md")


@pytest.mark.usefixtures("watching")
def test_a_deleted_or_moved_out_folder_is_told(vault: Path, told: Told) -> None:
    shutil.rmtree(vault / "sub")
    told.everything()
    (vault / "two").mkdir()
    write(vault / "two/d.md")
    told.paths("two/d.md")
    (vault / "two").rename(vault.parent / "two")
    told.everything()
    write(vault.parent / "two/d.md", "no longer of interest")
    write(vault / "a.md")
    told.paths("a.md")


@pytest.mark.usefixtures("either")
def test_many_files_at_once_are_told_all(vault: Path, told: Told) -> None:
    names = {f"{number}.md" for number in range(500)}
    for name in names:
        write(vault / name)
    told.wait_for(lambda: None in told.calls or told.union() == names)
    assert len(told.calls) < 50


@pytest.mark.usefixtures("watching")
def test_a_changed_ignore_file_changes_what_is_watched(vault: Path, told: Told) -> None:
    write(vault / ".notesignore", "sub/\n")
    told.everything()
    write(vault / "sub/c.md", "ignored now")
    write(vault / "a.md")
    told.paths("a.md")
    write(vault / ".notesignore", "# nothing\n")
    told.everything()
    write(vault / "sub/c.md", "no longer ignored")
    told.paths("sub/c.md")


@linux
@pytest.mark.usefixtures("watching")
def test_folders_behind_links_inside_the_vault_are_watched(vault: Path, told: Told) -> None:
    (vault / ".store").mkdir()
    write(vault / ".store/d.md")
    (vault / "linked").symlink_to(".store")
    told.everything()
    write(vault / ".store/d.md", "through the back door")
    told.paths("linked/d.md")
    (vault / "linked").unlink()
    told.everything()
    write(vault / ".store/d.md", "behind no door")
    write(vault / "a.md")
    told.paths("a.md")


def test_changes_are_told_soon_and_together(vault: Path, told: Told) -> None:
    with Watcher(vault, IgnoreRules(), told, debounce=0.2, max_wait=5.0):
        start = time.monotonic()
        for name in ("a.md", "b.md", "sub/c.md"):
            write(vault / name)
        told.wait_for(lambda: bool(told.calls))
        assert 0.19 < time.monotonic() - start < 1.5
        assert told.calls == [{"a.md", "b.md", "sub/c.md"}]


def test_changes_that_never_pause_are_told_meanwhile(vault: Path, told: Told) -> None:
    with Watcher(vault, IgnoreRules(), told, debounce=60.0, max_wait=0.05):
        write(vault / "a.md")
        told.paths("a.md")


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


def wait_for_mode(watching: Watcher, kind: WatchKind) -> None:
    deadline = time.monotonic() + PATIENCE
    while watching.mode.kind is not kind and time.monotonic() < deadline:
        time.sleep(0.005)
    assert watching.mode.kind is kind


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


# Starting and stopping


def test_stopping_twice_and_starting_again_work(vault: Path, told: Told) -> None:
    watching = Watcher(vault, IgnoreRules(), told, debounce=0.03)
    assert watching.mode == watch_mode.OFF
    watching.stop()
    for _ in range(2):
        watching.start()
        watching.start()
        write(vault / "a.md")
        told.paths("a.md")
        watching.stop()
        watching.stop()
        assert watching.mode == watch_mode.OFF
    write(vault / "a.md")
    assert told.calls == []


def test_stopping_does_not_wait_for_changes_or_for_a_long_look(
    vault: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Watcher(vault, IgnoreRules(), told, debounce=60.0, max_wait=60.0):
        write(vault / "a.md")
        start = time.monotonic()
    assert time.monotonic() - start < 2.0
    monkeypatch.setattr(watcher, "choose", choose_polling)
    started = threading.Event()

    def endless(self: Any, folder: Any, only: Any = None) -> Any:
        started.set()
        time.sleep(0.06)
        listing = really(self, folder, only)
        listing.folders = [folder, folder]
        return listing

    really = Walk.read
    monkeypatch.setattr(Walk, "read", endless)
    with Watcher(vault, IgnoreRules(), told):
        assert started.wait(PATIENCE)
        start = time.monotonic()
    assert time.monotonic() - start < 2.0


def test_a_callback_may_stop_the_watcher(vault: Path) -> None:
    called = threading.Event()

    def stop(_: Paths) -> None:
        watching.stop()
        called.set()

    watching = Watcher(vault, IgnoreRules(), stop, debounce=0.0)
    watching.start()
    write(vault / "a.md")
    assert called.wait(PATIENCE)
    wait_for_mode(watching, WatchKind.OFF)


@pytest.mark.logs_errors
def test_a_callback_that_fails_is_logged_and_called_again(
    vault: Path, told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    def fail_first(paths: Paths) -> None:
        told(paths)
        if len(told.calls) == 1:
            raise RuntimeError("the index is full")

    with Watcher(vault, IgnoreRules(), fail_first, debounce=0.03):
        write(vault / "a.md")
        told.wait_for(lambda: len(told.calls) == 1)
        write(vault / "b.md")
        told.wait_for(lambda: "b.md" in told.union())
    assert "the index is full" in caplog.text
