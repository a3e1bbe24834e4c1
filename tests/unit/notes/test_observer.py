"""The source for macOS and Windows, driven by whichever observer this system has, and by hand."""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import (
    DirDeletedEvent,
    DirModifiedEvent,
    DirMovedEvent,
    FileClosedNoWriteEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
)

from notesai.notes.inbox import Inbox, News
from notesai.notes.observer import ObserverSource

NOTHING = News()
EVERYTHING = News(None)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "vault"
    path.mkdir()
    return path


@pytest.fixture
def inbox() -> Inbox:
    return Inbox(0.05, 0.5)


@pytest.fixture
def source(vault: Path, inbox: Inbox) -> Iterator[ObserverSource]:
    source = ObserverSource(vault, inbox)
    yield source
    source.stop()


def told(vault: Path, *events: FileSystemEvent) -> News:
    """What the events lead to."""
    inbox = Inbox(0.0, 0.0)
    source = ObserverSource(vault, inbox)
    for event in events:
        source.on_any_event(event)
    return inbox.take(0.0)


def paths(*expected: str) -> News:
    return News(frozenset(expected))


def test_a_real_edit_is_told(vault: Path, source: ObserverSource, inbox: Inbox) -> None:
    source.start()
    (vault / "a.md").write_text("text", encoding="utf-8")
    assert inbox.take(10.0) == paths("a.md")
    source.refresh()
    source.stop()
    source.stop()
    (vault / "a.md").write_text("text", encoding="utf-8")
    assert inbox.take(0.1) == NOTHING


def test_a_real_loss_is_told(vault: Path, source: ObserverSource, inbox: Inbox) -> None:
    source.start()
    vault.rmdir()
    assert inbox.take(10.0).lost


def test_a_vault_that_is_not_there_cannot_be_watched(tmp_path: Path, inbox: Inbox) -> None:
    with pytest.raises(OSError):
        ObserverSource(tmp_path / "nowhere", inbox).start()


def test_notes_are_told_by_both_their_names(vault: Path) -> None:
    old, new = str(vault / "sub" / "a.md"), str(vault / "b.md")
    assert told(vault, FileMovedEvent(old, new)) == paths("sub/a.md", "b.md")
    assert told(vault, FileMovedEvent(str(vault / "a.tmp"), new)) == paths("b.md")
    assert told(vault, FileDeletedEvent(new)) == paths("b.md")
    assert told(vault, FileModifiedEvent(os.fsencode(new))) == paths("b.md")


def test_names_are_told_in_nfc(vault: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "메모.md")
    assert told(vault, FileModifiedEvent(str(vault / decomposed))) == paths("메모.md")


def test_reading_is_not_told(vault: Path) -> None:
    note = str(vault / "a.md")
    assert told(vault, FileOpenedEvent(note), FileClosedNoWriteEvent(note)) == NOTHING
    assert told(vault, DirModifiedEvent(str(vault)), DirModifiedEvent(note)) == NOTHING


@pytest.mark.parametrize("name", [".obsidian/a.md", "x/node_modules/a.md", ".a.md", "a.png"])
def test_what_is_no_note_is_not_told(vault: Path, name: str) -> None:
    assert told(vault, FileModifiedEvent(str(vault / name))) == NOTHING


def test_placeholders_are_told_as_their_note(vault: Path) -> None:
    assert told(vault, FileDeletedEvent(str(vault / "s" / ".a.md.icloud"))) == paths("s/a.md")


def test_folders_and_ignore_files_mean_everything(vault: Path) -> None:
    sub, other = str(vault / "sub"), str(vault / "other")
    assert told(vault, DirMovedEvent(sub, other)) == EVERYTHING
    assert told(vault, DirDeletedEvent(sub)) == EVERYTHING
    assert told(vault, FileDeletedEvent(sub)) == EVERYTHING  # so Windows tells of folders
    assert told(vault, FileModifiedEvent(str(vault / "sub" / ".gitignore"))) == EVERYTHING
    assert told(vault, DirDeletedEvent(str(vault / ".git" / "x"))) == NOTHING


def test_the_vault_itself_means_it_is_lost(vault: Path) -> None:
    assert told(vault, DirDeletedEvent(str(vault))).lost
    assert told(vault, DirMovedEvent(str(vault), str(vault.parent / "x"))).lost


def test_the_vault_under_another_name_means_everything(vault: Path) -> None:
    other = str(vault.parent / "VAULT" / "a.md")
    assert told(vault, FileModifiedEvent(other)) == EVERYTHING
