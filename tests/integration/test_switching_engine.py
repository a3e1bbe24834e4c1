"""Switching the embedding model through the engine process."""

from collections.abc import Iterator

import pytest
import two_models
from engine_process import Engine
from fakes import Folder


@pytest.fixture
def engine(folder: Folder) -> Iterator[Engine]:
    for number in range(100):
        folder.write(f"{number}.md", f"# Note {number}\n\nWhat was seen on day {number}.")
    folder.write("apples.md", "# Apples\n\nCrisp fruit of autumn.")
    engine = Engine(folder, two_models.__file__, str(folder.path), "first", "engine")
    yield engine
    if engine.process.poll() is None:
        engine.process.kill()
        engine.end()


def test_a_switch_is_estimated_begun_followed_and_undone(engine: Engine, folder: Folder):
    engine.until(type="index_progress", phase="done")
    assert engine.until(type="engine_state", state="ready")["model"] == "first"
    estimate = engine.ask("estimate_switch", model="second")
    assert (estimate["model"], estimate["notes"], estimate["ready"]) == ("second", 101, False)
    assert estimate["seconds"] > 1

    engine.seen.clear()
    status = engine.ask("use_model", model="second")
    assert (status["model"], status["switching"]["model"]) == ("first", "second")
    engine.until(type="index_progress", phase="meaning", total=101)
    # The old index answers and follows while the new one grows.
    folder.write("plums.md", "Plums ripen in August.")
    engine.until(type="index_changed", paths=["plums.md"])
    status = engine.ask("status")
    assert status["model"] == "first"
    assert 0 < status["switching"]["total"] <= 102
    assert engine.ask("search", query="crisp fruit")["hits"][0]["path"] == "apples.md"
    assert engine.ask("search", query="plums", mode="lexical")["hits"][0]["path"] == "plums.md"

    engine.until(type="engine_state", state="ready", model="second")
    status = engine.ask("status")
    assert (status["model"], status["switching"]) == ("second", None)
    assert status["previous_model"] == "first"
    assert engine.ask("search", query="plums", mode="lexical")["hits"][0]["path"] == "plums.md"

    engine.seen.clear()
    status = engine.ask("go_back")
    assert (status["model"], status["previous_model"]) == ("first", "second")
    engine.until(type="index_progress", phase="done")
    assert engine.ask("search", query="plums", mode="lexical")["hits"][0]["path"] == "plums.md"
    assert engine.ask("drop_previous")["previous_model"] == ""
    failure = engine.until(id=engine.send("go_back"), type="error")
    assert failure["code"] == "switch.no_previous"
    assert engine.end() == 0


def test_a_switch_is_paused_and_cancelled(engine: Engine, folder: Folder):
    engine.until(type="index_progress", phase="done")
    engine.seen.clear()
    engine.ask("use_model", model="second")
    engine.until(type="index_progress", phase="meaning", total=101)
    engine.ask("pause")
    # Held, and still held after the lane was begun anew for another model.
    assert engine.ask("use_model", model="third")["switching"]["model"] == "third"
    engine.until(type="index_progress", paused=True)
    held = engine.ask("status")["switching"]
    assert (held["done"], held["seconds_left"]) == (0, None)
    assert engine.ask("cancel_switch")["switching"] is None
    engine.seen.clear()
    engine.ask("resume")
    engine.until(type="index_progress", phase="done")
    assert engine.ask("status")["model"] == "first"
    failure = engine.until(id=engine.send("use_model", model="no such model"), type="error")
    assert failure["code"] == "model.unknown"
    folder.write("plums.md", "Plums ripen in August.")
    engine.until(type="index_changed", paths=["plums.md"])
    assert engine.end() == 0


def test_a_second_engine_may_not_switch_but_follows(engine: Engine, folder: Folder):
    engine.until(type="index_progress", phase="done")
    second = Engine(folder, two_models.__file__, str(folder.path), "first", "engine")
    assert second.until(type="engine_state", state="ready")["writer"] is False
    failure = second.until(id=second.send("use_model", model="second"), type="error")
    assert failure["code"] == "index.read_only"
    engine.ask("use_model", model="second")
    engine.until(type="engine_state", state="ready", model="second")
    assert second.ask("status")["model"] == "second"
    assert second.ask("search", query="crisp fruit")["hits"][0]["path"] == "apples.md"
    assert second.end() == 0
    assert engine.end() == 0
