import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from notesai import settings
from notesai.settings import Settings

VALUES = st.one_of(
    st.text(max_size=9),
    st.integers(-(1 << 40), 1 << 40),
    st.booleans(),
    st.floats(allow_nan=False),
    st.lists(st.one_of(st.text(max_size=5), st.integers(0, 9)), max_size=3),
)
NAMES = st.sampled_from(
    [field.name for field in msgspec.structs.fields(Settings) if field.name != "version"]
)


@pytest.fixture(autouse=True, scope="module")
def no_flushing() -> Iterator[None]:
    """Hundreds of files are written; none has to outlive a power cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


def test_what_is_saved_is_loaded(tmp_path: Path):
    file = tmp_path / "sub" / "settings.toml"
    chosen = Settings(language="ko", ignore=["drafts/", "*.tmp.md"], max_note_mib=5, power="wait")
    chosen.remember(tmp_path / "노트")
    settings.save(chosen, file)
    assert settings.load(file) == chosen
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_without_a_file_there_are_defaults(tmp_path: Path):
    assert settings.read(tmp_path / "none.toml") == settings.Loaded(Settings())


def test_one_bad_field_costs_no_other(tmp_path: Path):
    file = tmp_path / "settings.toml"
    file.write_text(
        'vaults = "not a list"\nlanguage = "ko"\ntheme = "pink"\nmax_note_mib = 0\npower = "full"\n'
    )
    loaded = settings.read(file)
    assert loaded.unusable == ("max_note_mib", "theme", "vaults")
    assert loaded.settings == Settings(language="ko", power="full")
    assert loaded.broken


def test_reading_changes_nothing_and_writing_keeps_what_was_broken(tmp_path: Path):
    file, aside = tmp_path / "settings.toml", tmp_path / "settings.broken.toml"
    file.write_bytes(b"vaults = [[[ no")
    assert settings.read(file).unreadable
    assert file.exists() and not aside.exists()
    settings.save(Settings(language="ko"), file)
    assert aside.read_bytes() == b"vaults = [[[ no"
    assert settings.load(file).language == "ko"


def test_a_sound_file_is_not_set_aside(tmp_path: Path):
    file = tmp_path / "settings.toml"
    for language in ("ko", "en"):
        settings.save(Settings(language=language), file)
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_what_a_newer_version_has_written_stays(tmp_path: Path):
    file = tmp_path / "settings.toml"
    file.write_text('version = 9\nlanguage = "ko"\nhologram = true\n')
    chosen = settings.load(file)
    assert chosen.language == "ko"
    settings.save(chosen, file)
    assert "hologram = true" in file.read_text()


def test_version_1_may_name_a_vault_that_it_does_not_list(tmp_path: Path):
    file = tmp_path / "settings.toml"
    file.write_text('version = 1\nvaults = ["/a"]\nlast_vault = "/b"\n')
    chosen = settings.load(file)
    assert (chosen.version, chosen.vaults) == (settings.VERSION, ["/b", "/a"])


def test_the_last_vault_comes_first_and_once():
    chosen = Settings()
    for name in ("/a", "/b", "/a"):
        chosen.remember(Path(name))
    assert (chosen.vaults, chosen.last_vault) == (["/a", "/b"], "/a")
    chosen.forget(Path("/a"))
    assert (chosen.vaults, chosen.last_vault) == (["/b"], "")


def test_a_name_that_is_no_text_is_left_out(tmp_path: Path):
    file = tmp_path / "settings.toml"
    chosen = Settings(vaults=["/a", "/\udcff"], last_vault="/\udcff")
    settings.save(chosen, file)
    assert settings.load(file) == Settings(vaults=["/a"])


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("max_note_mib", 20, ""),
        ("max_note_mib", 0, "small"),
        ("max_note_mib", 1 << 20, "large"),
        ("max_note_mib", "20", "type"),
        ("theme", "dark", ""),
        ("theme", "pink", "choice"),
        ("ignore", ["drafts/"], ""),
        ("ignore", ["a\nb"], "characters"),
        ("editor", "code -g {path}:{line}", ""),
        ("editor", "x" * 5000, "large"),
        ("chat_model", "qwen3-4b", ""),
        ("llm_threads", -1, "small"),
        ("llm_context", 4096, ""),
        ("llm_context", 1 << 21, "large"),
    ],
)
def test_a_value_says_why_it_cannot_be_used(name: str, value: object, why: str):
    assert settings.problem(name, value) == why


@given(st.binary(max_size=200))
def test_no_content_is_fatal(data: bytes):
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "settings.toml"
        file.write_bytes(data)
        assert isinstance(settings.load(file), Settings)
        settings.save(settings.load(file), file)
        assert not settings.read(file).broken


@given(st.dictionaries(NAMES, VALUES))
def test_whatever_the_fields_hold_the_usable_ones_count(values: dict[str, Any]):
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "settings.toml"
        file.write_text(tomli_w.dumps(values), encoding="utf-8")
        loaded = settings.read(file)
        for field, value in values.items():
            if settings.problem(field, value):
                assert field in loaded.unusable
            elif field != "vaults":
                assert getattr(loaded.settings, field) == value
        settings.save(loaded.settings, file)
        assert settings.load(file) == loaded.settings
