"""The writer lane over a real watcher, with failures that pass."""

import datetime
import threading
import time
from pathlib import Path

import pytest
from fakes import Folder
from waiting import wait_until

from notesai.engine import upkeep as lane
from notesai.engine.upkeep import Upkeep
from notesai.engine.workspace import Workspace
from notesai.errors import Cancelled, NotesaiError, StoreError
from notesai.index import care
from notesai.index.store import Store
from notesai.model import SearchMode
from notesai.progress import Task


def following(workspace: Workspace, failures: list[NotesaiError]) -> Upkeep:
    return Upkeep(
        workspace,
        workspace.rules,
        step=lambda step: None,
        changed=lambda paths: None,
        failed=failures.append,
    )


def found(workspace: Workspace, word: str) -> list[str]:
    return [hit.path for hit in workspace.search(word, mode=SearchMode.LEXICAL).hits]


def test_an_edit_during_a_passing_failure_is_not_lost(folder: Folder, monkeypatch):
    monkeypatch.setattr(lane, "RETRY_SECONDS", 0.2)
    folder.write("a.md", "Apples")
    original, fail_once = Store.put_notes, threading.Event()

    def failing(self: Store, rows: object) -> None:
        if fail_once.is_set():
            fail_once.clear()
            raise StoreError("index.disk_full", "The disk is full.")
        original(self, rows)

    monkeypatch.setattr(Store, "put_notes", failing)
    failures: list[NotesaiError] = []
    with Workspace.open(folder.path, write=True) as workspace:
        upkeep = following(workspace, failures)
        upkeep.start()
        try:
            wait_until(lambda: found(workspace, "apples") == ["a.md"])
            fail_once.set()
            folder.write("a.md", "Apricots")
            wait_until(lambda: found(workspace, "apricots") == ["a.md"])
        finally:
            upkeep.stop()
    assert [error.code for error in failures] == ["index.disk_full"]


def test_stopping_at_once_leaves_no_watcher(folder: Folder, monkeypatch: pytest.MonkeyPatch):
    folder.write("a.md", "Apples")
    with Workspace.open(folder.path, write=True) as workspace:
        upkeep = following(workspace, [])
        start = upkeep.watcher.start
        monkeypatch.setattr(upkeep.watcher, "start", lambda: (time.sleep(0.2), start()))
        upkeep.start()
        upkeep.stop()
        assert upkeep.watcher.mode.kind.value == "off"


def test_deleted_and_renamed_folders_are_followed(folder: Folder):
    for number in range(3):
        folder.write(f"old/{number}.md", f"Thing{number} in a folder")
    with Workspace.open(folder.path, write=True) as workspace:
        upkeep = following(workspace, [])
        upkeep.start()
        try:
            wait_until(lambda: found(workspace, "thing1") == ["old/1.md"])
            Path(folder.path / "old").rename(folder.path / "new")
            wait_until(lambda: found(workspace, "thing1") == ["new/1.md"])
        finally:
            upkeep.stop()


def test_without_a_quiet_moment_the_index_is_tidied_now_and_then(folder: Folder, monkeypatch):
    monkeypatch.setattr(lane, "IDLE_SECONDS", 1000.0)
    monkeypatch.setattr(lane, "RESTLESS", 4)
    monkeypatch.setattr(care, "OUTLIVED", 3)
    monkeypatch.setattr(care, "_KEEP_VERSIONS", datetime.timedelta(seconds=0.2))
    folder.write("log.md", "line")
    failures: list[NotesaiError] = []
    with Workspace.open(folder.path, write=True) as workspace:
        upkeep = following(workspace, failures)
        upkeep.start()
        try:
            for number in range(12):
                folder.write("log.md", f"line{number}")
                wait_until(lambda n=number: found(workspace, f"line{n}") == ["log.md"])
            # An edit leaves five versions, of which none is forgotten else.
            versions = workspace.place.folder.glob("lance/chunks_*/_versions/*")
            assert sum(1 for _ in versions) < 40
        finally:
            upkeep.stop()
    assert not failures


def test_what_searches_need_is_read_in_the_first_quiet_moment(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lane, "IDLE_SECONDS", 0.05)
    folder.write("a.md", "Apples")
    with Workspace.open(folder.path, write=True) as workspace:
        store = workspace._sides.active().store
        assert not store.has_vocabulary
        upkeep = following(workspace, [])
        upkeep.start()
        try:
            wait_until(lambda: store.has_vocabulary and store.vocabulary().count("apples") > 0)
        finally:
            upkeep.stop()


def test_reading_ahead_ends_when_it_is_cancelled(folder: Folder):
    folder.write("a.md", "Apples")
    cancelled = Task()
    cancelled.cancel()
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
        store = workspace._sides.active().store
        with pytest.raises(Cancelled):
            workspace.warm(cancelled.check)
        assert not store.has_vocabulary
        workspace.warm()
        assert store.vocabulary().count("apples") > 0
