from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from notesai import settings
from notesai.settings import Settings


def test_what_is_saved_is_loaded(tmp_path: Path):
    file = tmp_path / "sub" / "settings.toml"
    chosen = Settings(language="ko", ignore=["drafts/", "*.tmp.md"], max_note_mib=5)
    chosen.remember(tmp_path / "노트")
    settings.save(chosen, file)
    assert settings.load(file) == chosen
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_without_a_file_there_are_defaults(tmp_path: Path):
    assert settings.load(tmp_path / "none.toml") == Settings()


def test_a_broken_file_is_set_aside_and_kept(tmp_path: Path):
    file = tmp_path / "settings.toml"
    file.write_bytes(b"vaults = 'not a list'")
    assert settings.load(file) == Settings()
    assert (tmp_path / "settings.broken.toml").read_bytes() == b"vaults = 'not a list'"
    assert not file.exists()


def test_keys_of_a_newer_version_are_ignored(tmp_path: Path):
    file = tmp_path / "settings.toml"
    file.write_text('version = 9\nlanguage = "ko"\nhologram = true\n')
    assert settings.load(file).language == "ko"


def test_the_last_vault_comes_first_and_once():
    chosen = Settings()
    for name in ("/a", "/b", "/a"):
        chosen.remember(Path(name))
    assert (chosen.vaults, chosen.last_vault) == (["/a", "/b"], "/a")


@given(st.binary(max_size=200))
def test_no_content_is_fatal(data: bytes):
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "settings.toml"
        file.write_bytes(data)
        assert isinstance(settings.load(file), Settings)
