"""A folder of notes that is not there for a while, and the settings that change meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import quick_engine
from engine_process import Engine
from fakes import Folder

from notesai import paths, settings
from notesai.engine.survey import survey
from notesai.errors import VaultError
from notesai.settings import Settings


@pytest.fixture
def engines() -> Iterator[list[Engine]]:
    started: list[Engine] = []
    yield started
    for engine in started:
        if engine.process.poll() is None:
            engine.process.kill()
            engine.end()


def begin(engines: list[Engine], folder: Folder) -> Engine:
    engine = Engine(folder, quick_engine.__file__, str(folder.path))
    engines.append(engine)
    return engine


def test_a_vault_that_vanishes_is_kept_and_goes_on_when_it_is_back(
    engines: list[Engine], folder: Folder
):
    folder.write("a.md", "Apples")
    folder.write("b.md", "Bread")
    engine = begin(engines, folder)
    engine.until(type="index_progress", phase="done")
    aside = folder.path.with_name("elsewhere")
    folder.path.rename(aside)
    trouble = engine.until(type="engine_state", state="trouble")
    assert trouble["code"] == "vault.missing"
    assert engine.ask("status")["notes"] == 2
    assert engine.ask("search", query="apples", mode="lexical")["hits"][0]["path"] == "a.md"
    (aside / "c.md").write_text("Cherries")
    engine.seen.clear()
    aside.rename(folder.path)
    engine.until(type="engine_state", state="ready")
    assert engine.ask("search", query="cherries", mode="lexical")["hits"][0]["path"] == "c.md"
    assert engine.end() == 0


def test_a_vault_that_is_not_there_at_the_start_opens_when_it_comes(
    engines: list[Engine], folder: Folder
):
    folder.path.rmdir()
    engine = begin(engines, folder)
    failed = engine.until(type="engine_state", state="failed")
    assert failed["code"] == "vault.missing"
    folder.path.mkdir()
    folder.write("a.md", "Apples")
    engine.until(type="engine_state", state="ready")
    engine.until(type="index_progress", phase="done")
    assert engine.ask("status")["notes"] == 1
    assert [m.get("state") for m in engine.seen if m["type"] == "engine_state"].count("failed") == 1
    assert engine.end() == 0


def test_settings_that_change_what_is_a_note_are_taken_over(engines: list[Engine], folder: Folder):
    folder.write("a.md", "Apples")
    folder.write("drafts/b.md", "Bread")
    engine = begin(engines, folder)
    engine.until(type="index_progress", phase="done")
    assert engine.ask("status")["notes"] == 2
    settings.save(Settings(ignore=["drafts/"]), paths.home().settings_file)
    engine.seen.clear()
    engine.ask("read_settings")
    engine.until(type="index_progress", phase="done")
    assert [note["path"] for note in engine.ask("list_states")["notes"]] == ["a.md"]
    assert engine.end() == 0


def test_states_say_why_and_a_retry_looks_again(engines: list[Engine], folder: Folder):
    folder.write("a.md", "Apples")
    (folder.path / "b.md").write_bytes(b"\x00\x01\x02" * 400)
    engine = begin(engines, folder)
    engine.until(type="index_progress", phase="done")
    states = {note["path"]: note for note in engine.ask("list_states")["notes"]}
    assert (states["a.md"]["status"], states["a.md"]["passages"]) == ("indexed", 1)
    assert states["b.md"]["status"] == "skipped" and states["b.md"]["reason"]
    engine.ask("pause")
    folder.write("b.md", "Bread after all")
    engine.ask("resume")
    engine.ask("retry", paths=["b.md"])
    engine.until(type="index_changed", paths=["b.md"])
    assert engine.ask("list_states")["notes"][1]["status"] in ("indexed", "pending")
    assert engine.end() == 0


def test_the_models_are_told_with_what_is_in_use(engines: list[Engine], folder: Folder):
    folder.write("a.md", "Apples")
    engine = begin(engines, folder)
    engine.until(type="engine_state", state="ready")
    models = engine.ask("list_models")["models"]
    bundled = [model for model in models if model["bundled"]]
    assert [model["in_use"] for model in bundled] == [True]
    assert bundled[0]["installed"] and bundled[0]["fits"]
    assert engine.end() == 0


def test_a_folder_is_surveyed_without_a_trace(folder: Folder, own_home: Path):
    folder.write("a.md", "Apples grow on trees. " * 40)
    folder.write("b.txt", "Bread")
    folder.write("c.bin", "no note")
    found = survey(folder.path)
    assert (found.notes, found.seconds >= 0) == (2, True)
    assert found.size == sum((folder.path / name).stat().st_size for name in ("a.md", "b.txt"))
    assert not (own_home / "data" / "indexes").exists()
    with pytest.raises(VaultError):
        survey(folder.path / "nowhere")
