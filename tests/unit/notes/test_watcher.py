import contextlib
import os
import shutil
import sys
import threading
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from watching import PATIENCE, Told, choose_polling, wait_for_mode, write

from notesai.notes import polling, watch_mode, watcher
from notesai.notes.ignore import IgnoreRules
from notesai.notes.inbox import Paths
from notesai.notes.scanner import FileState, scan, scan_notes
from notesai.notes.walk import Walk
from notesai.notes.watch_mode import WatchKind
from notesai.notes.watcher import Watcher
from notesai.progress import Silent

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


@linux
@pytest.mark.usefixtures("watching")
def test_a_folder_that_replaces_an_empty_one_is_told_and_watched(vault: Path, told: Told) -> None:
    (vault.parent / "other").mkdir()
    write(vault.parent / "other/d.md")
    (vault / "empty").mkdir()
    write(vault / "empty/d.md")
    told.paths("empty/d.md")
    (vault / "empty/d.md").unlink()
    told.paths("empty/d.md")
    (vault.parent / "other").rename(vault / "empty")
    told.paths("empty/d.md")
    write(vault / "empty/e.md")
    told.paths("empty/e.md")


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


class Mirror:
    """The notes of a vault, known from what a watcher tells alone."""

    def __init__(self, vault: Path) -> None:
        self._vault = vault
        self._rules = IgnoreRules()
        self.files: dict[str, FileState] = {}

    def __call__(self, paths: Paths) -> None:
        if paths is None:
            self.files = self.truth()
            return
        found = scan_notes(self._vault, self._rules, paths, max_bytes=1 << 20)
        for path in paths:
            self.files.pop(path, None)
        self.files |= found.files

    def truth(self) -> dict[str, FileState]:
        return scan(self._vault, self._rules, max_bytes=1 << 20, progress=Silent()).files


def disturb(vault: Path, random: Random) -> None:
    """Do one of the things that people and programs do to folders."""
    folders = [vault, *(path for path in vault.rglob("*") if path.is_dir())]
    folder, other = random.choice(folders), random.choice(folders)
    notes = [path for path in vault.rglob("*") if path.is_file()]
    name, note = random.choice("abc"), f"{random.choice('abc')}.md"
    doing = random.choice(["write"] * 4 + ["mkdir"] * 3 + ["rename", "move", "delete", "out", "in"])
    if doing == "write":
        write(folder / note, "x" * random.randint(0, 99))
    elif doing == "mkdir":
        (folder / name / "deep").mkdir(parents=True, exist_ok=True)
        write(folder / name / "deep" / note)
    elif doing == "rename" and notes:
        random.choice(notes).rename(folder / note)
    elif doing == "move" and folder != vault:
        folder.rename(other / name)
    elif doing == "delete" and folder != vault:
        shutil.rmtree(folder)
    elif doing == "out" and folder != vault:
        folder.rename(vault.parent / name)
    elif doing == "in":
        (vault.parent / name).rename(folder / random.choice("abc"))


@pytest.mark.parametrize("seed", range(8))
def test_a_mirror_fed_by_the_watcher_comes_to_equal_the_vault(vault: Path, seed: int) -> None:
    random = Random(seed)
    mirror = Mirror(vault)
    with Watcher(vault, IgnoreRules(), mirror, debounce=0.02, max_wait=0.1):
        mirror(None)
        for _ in range(60):
            with contextlib.suppress(OSError):  # such as a folder moved into itself
                disturb(vault, random)
            if random.random() < 0.2:
                time.sleep(0.01)
        deadline = time.monotonic() + PATIENCE
        while mirror.files != mirror.truth() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert mirror.files == mirror.truth()


def test_changes_are_told_soon_and_together(vault: Path, told: Told) -> None:
    with Watcher(vault, IgnoreRules(), told, debounce=0.2, max_wait=5.0):
        start = time.monotonic()
        for name in ("a.md", "b.md", "sub/c.md"):
            write(vault / name)
        told.wait_for(lambda: bool(told.calls))
        assert 0.19 < time.monotonic() - start < 5.0
        assert told.calls == [{"a.md", "b.md", "sub/c.md"}]


def test_changes_that_never_pause_are_told_meanwhile(vault: Path, told: Told) -> None:
    with Watcher(vault, IgnoreRules(), told, debounce=60.0, max_wait=0.05):
        write(vault / "a.md")
        told.paths("a.md")


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
    assert time.monotonic() - start < 30.0
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
    assert time.monotonic() - start < 30.0


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


def test_a_stop_in_the_middle_of_starting_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    watcher = Watcher(tmp_path, IgnoreRules(()), lambda paths: None)
    begin = threading.Thread.start

    def start(thread: threading.Thread) -> None:
        watcher.stop()
        begin(thread)

    monkeypatch.setattr(threading.Thread, "start", start)
    watcher.start()
    monkeypatch.undo()
    watcher.stop()
    assert watcher.mode.kind is WatchKind.OFF
