import os
from pathlib import Path
from typing import Any

import pytest

from notesai.errors import Cancelled, VaultError
from notesai.notes.ignore import IgnoreRules
from notesai.notes.inbox import STORM
from notesai.notes.polling import Poller
from notesai.progress import Silent, Task


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "vault"
    path.mkdir()
    for name in ("a.md", "b.md"):
        (path / name).write_text("text", encoding="utf-8")
    return path


@pytest.fixture
def poller(vault: Path) -> Poller:
    poller = Poller(vault, IgnoreRules(), Silent())
    assert poller.poll() is None
    return poller


def test_nothing_changed_is_nothing_told(poller: Poller) -> None:
    assert poller.poll() == frozenset()
    assert 2.0 <= poller.interval <= 60.0


def test_edits_new_notes_and_deletions_are_told_once(vault: Path, poller: Poller) -> None:
    (vault / "a.md").write_text("longer text", encoding="utf-8")
    (vault / "b.md").unlink()
    (vault / "sub").mkdir()
    (vault / "sub/c.md").write_text("new", encoding="utf-8")
    (vault / "d.png").write_text("no note", encoding="utf-8")
    assert poller.poll() == {"a.md", "b.md", "sub/c.md"}
    assert poller.poll() == frozenset()


def test_a_changed_ignore_file_tells_what_it_changed(vault: Path, poller: Poller) -> None:
    (vault / ".notesignore").write_text("b.md", encoding="utf-8")
    assert poller.poll() == {"b.md"}
    (vault / ".notesignore").unlink()
    assert poller.poll() == {"b.md"}


def test_a_storm_is_told_as_everything(vault: Path, poller: Poller) -> None:
    for n in range(STORM + 1):
        (vault / f"{n}.txt").touch()
    assert poller.poll() is None


def test_of_an_emptied_vault_no_note_is_told_as_gone(vault: Path, poller: Poller) -> None:
    files = {file: file.read_bytes() for file in vault.iterdir()}
    for file in files:
        file.unlink()
    assert poller.poll() is None
    assert poller.poll() == frozenset()
    for file, data in files.items():
        file.write_bytes(data)
    assert poller.poll() == {"a.md", "b.md"}


def test_what_cannot_be_seen_is_not_told_as_gone(
    vault: Path, poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / "sub").mkdir()
    (vault / "sub/c.md").touch()
    assert poller.poll() == {"sub/c.md"}
    really = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path) == vault / "sub":
            raise OSError(5, "input/output error")
        return really(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        assert poller.poll() == frozenset()
    assert poller.poll() == frozenset()
    (vault / "sub/c.md").unlink()
    assert poller.poll() == {"sub/c.md"}


def test_a_missing_vault_is_an_error(vault: Path, poller: Poller) -> None:
    vault.rename(vault.parent / "elsewhere")
    with pytest.raises(VaultError):
        poller.poll()


def test_a_look_can_be_cancelled(vault: Path) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        Poller(vault, IgnoreRules(), task).poll()
