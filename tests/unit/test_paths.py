from pathlib import Path

import pytest

from notesai import paths


def test_notesai_home_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NOTESAI_HOME", str(tmp_path / "x"))
    home = paths.home()
    assert {home.data.parent, home.config.parent, home.cache.parent} == {tmp_path / "x"}
    assert home.logs.is_relative_to(tmp_path)


def test_without_it_the_system_says_where(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("NOTESAI_HOME")
    assert "notesai" in str(paths.home().data)


def test_vaults_of_one_name_have_indexes_of_their_own():
    home = paths.home()
    one, other = home.index(Path("/a/Notes")), home.index(Path("/b/Notes"))
    assert one != other
    assert one == home.index(Path("/a/Notes"))
    assert one.name.startswith("Notes-")


@pytest.mark.parametrize("name", ["노트 & co", "..", "a\udcff", "x" * 300, "con:*?"])
def test_any_folder_name_gives_a_safe_one(name: str):
    folder = paths.home().index(Path("/vaults") / name).name
    assert 8 < len(folder) < 70
    assert not set(folder) & set('/\\:*?"<>|& .')
    folder.encode()


def test_what_is_shipped_is_there():
    assert (paths.resources() / "models.toml").is_file()
    assert len(list(paths.sample_vault().rglob("*.md"))) > 30


def test_the_home_of_nobody_is_an_ordinary_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert paths.expanded("~/Notes") == Path("/home/somebody/Notes")
    assert paths.expanded("~nobody-of-that-name/Notes") == Path("~nobody-of-that-name/Notes")
