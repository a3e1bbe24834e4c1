"""What a scan cannot see, and must not take as gone."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scanning import MIB, deny, look, look_at, put

from notesai.errors import VaultError
from notesai.notes import scanner
from notesai.notes.ignore import IgnoreRules
from notesai.notes.scanner import stat_note
from notesai.notes.walk import OFFLINE


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "vault"
    path.mkdir()
    return path


# Clouds


def test_cloud_placeholders_are_skipped_but_not_gone(vault: Path) -> None:
    put(vault, "sub/.note.md.icloud", "other.md.nextcloud", ".photo.png.icloud")
    put(vault, unicodedata.normalize("NFD", ".각.md.icloud"))
    found = look(vault)
    assert found.skipped == dict.fromkeys(("sub/note.md", "other.md", "각.md"), OFFLINE)
    assert not any(map(found.covers, found.skipped))
    assert look_at(vault, "sub/note.md", "other.md", "각.md", "gone.md") == found


@pytest.mark.parametrize(
    "attributes",
    [{"st_file_attributes": 0x400020}, {"st_file_attributes": 0x1000}, {"st_flags": 0x40000000}],
)
def test_files_whose_content_is_in_the_cloud_are_never_opened(
    vault: Path, monkeypatch: pytest.MonkeyPatch, attributes: dict[str, int]
) -> None:
    put(vault, "a.md")
    really = os.scandir

    class Offline:
        def __init__(self, entry: os.DirEntry[str]) -> None:
            self._entry = entry

        def __getattr__(self, name: str) -> Any:
            return getattr(self._entry, name)

        def stat(self, *, follow_symlinks: bool = True) -> Any:
            info = self._entry.stat(follow_symlinks=follow_symlinks)
            names = ("st_mode", "st_size", "st_mtime_ns")
            return SimpleNamespace(**{n: getattr(info, n) for n in names}, **attributes)

    class Entries:
        def __init__(self, path: Any) -> None:
            with really(path) as entries:
                self._entries = [Offline(entry) for entry in entries]

        def __enter__(self) -> Iterator[Offline]:
            return iter(self._entries)

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(os, "scandir", Entries)
    found = look(vault)
    assert found.skipped == {"a.md": OFFLINE}
    assert not found.covers("a.md")


# What cannot be seen


def test_notes_in_an_unreadable_folder_are_not_gone(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(vault, "open/a.md", "closed/b.md", "closed/deep/c.md", "closed.md")
    deny(monkeypatch, vault / "closed", error=PermissionError)
    found = look(vault)
    assert set(found.files) == {"open/a.md", "closed.md"}
    assert found.unreadable == {"closed"}
    assert not found.covers("closed/b.md")
    assert not found.covers("closed/deep/c.md")
    assert found.covers("closed-too.md")
    assert found.covers("open/gone.md")
    found = look_at(vault, "closed/b.md", "open/gone.md")
    assert not found.covers("closed/b.md")
    assert found.covers("open/gone.md")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root"
)
def test_a_folder_without_permission_is_unreadable(vault: Path) -> None:
    put(vault, "closed/a.md")
    (vault / "closed").chmod(0)
    try:
        assert look(vault).unreadable == {"closed"}
    finally:
        (vault / "closed").chmod(stat.S_IRWXU)


def test_a_folder_that_goes_away_meanwhile_is_gone(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(vault, "a.md", "sub/b.md")
    deny(monkeypatch, vault / "sub", error=FileNotFoundError)
    found = look(vault)
    assert set(found.files) == {"a.md"}
    assert found.covers("sub/b.md")


@pytest.mark.parametrize("error", [PermissionError, FileNotFoundError, OSError])
def test_an_unreadable_vault_is_an_error(
    vault: Path, monkeypatch: pytest.MonkeyPatch, error: type[OSError]
) -> None:
    put(vault, "a.md")
    deny(monkeypatch, vault, error=error)
    with pytest.raises(VaultError):
        look(vault)
    with pytest.raises(VaultError):
        look_at(vault, "a.md")


def test_a_vault_that_goes_away_meanwhile_is_an_error(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(vault, "a.md", "sub/b.md")
    real = scanner.Walk.read

    def read(self: Any, folder: Any, only: Any = None) -> Any:
        listing = real(self, folder, only)
        if vault.exists():
            vault.rename(vault.parent / "elsewhere")
        return listing

    monkeypatch.setattr(scanner.Walk, "read", read)
    with pytest.raises(VaultError) as caught:
        look(vault)
    assert caught.value.code == "vault.missing"


def test_another_folder_in_the_vaults_place_is_an_error(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(vault, "a.md", "sub/b.md")
    real = scanner.Walk.read

    def read(self: Any, folder: Any, only: Any = None) -> Any:
        listing = real(self, folder, only)
        if not folder.path:  # as when a drive is unmounted and its empty mount point shows
            vault.rename(vault.parent / "elsewhere")
            vault.mkdir()
        return listing

    monkeypatch.setattr(scanner.Walk, "read", read)
    with pytest.raises(VaultError):
        look(vault)


def test_a_missing_vault_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VaultError):
        look(tmp_path / "nowhere")
    with pytest.raises(VaultError):
        stat_note(tmp_path / "nowhere", "a.md", IgnoreRules(), max_bytes=MIB)
