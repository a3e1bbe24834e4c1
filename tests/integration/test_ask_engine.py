"""Generated answers from the engine process and the command line, with a model that is real."""

import json
import logging
import os
import signal
import time
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
import pytest
from engine_process import Engine
from fakes import Folder
from tiny_llm import tiny_model

from notesai import paths, settings
from notesai.cli import commands
from notesai.settings import Settings

pytest.importorskip("llama_cpp")

QUESTION = "When do I water tomatoes in the morning?"


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Without the tokens that end an answer among its likely ones, it writes until it is full.
    return tiny_model(tmp_path_factory.mktemp("llm") / "tiny.gguf", endless=True)


@pytest.fixture
def notes(folder: Folder) -> Folder:
    folder.write("tomatoes.md", "# Tomatoes\n\nWater tomatoes in the morning, never at noon.")
    folder.write("compost.md", "# Compost\n\nLayer green and brown matter for tomatoes.")
    return folder


@pytest.fixture
def engine(notes: Folder, model_file: Path) -> Iterator[Engine]:
    options = Settings(chat_model=str(model_file), llm_threads=1)
    settings.save(options, paths.home().settings_file)
    engine = Engine(notes)
    engine.until(type="index_progress", phase="done")
    yield engine
    if engine.process.poll() is None:
        engine.end()


def children(process: psutil.Process) -> list[psutil.Process]:
    return [c for c in process.children(recursive=True) if "llm" in c.cmdline()]


def texts(engine: Engine, asked: int) -> list[str]:
    """The answer as it was told, time after time."""
    return [m["value"]["answer"] for m in engine.seen if m.get("id") == asked and "value" in m]


def test_answers_stream_beside_searches_and_stop_when_told(engine: Engine):
    asked = engine.send("ask", question=QUESTION)
    first = engine.until(id=asked, type="partial")["value"]
    assert first["answer"] == "" and first["passages"][0]["path"] == "tomatoes.md"
    assert engine.until(id=asked, phase="load", done=100)
    while not any(texts(engine, asked)):
        engine.ask("status")
    # The model is at work: a search is answered, and an answer of quotes.
    assert engine.ask("search", query="compost")["hits"]
    quoted = engine.ask("ask", question=QUESTION, extractive=True)
    assert quoted["kind"] == "extractive" and "morning" in quoted["answer"]
    assert not any(m.get("id") == asked and m["type"] == "ok" for m in engine.seen)
    started = time.monotonic()
    engine.send("cancel", target=asked)
    failure = engine.until(id=asked, type="error")
    assert failure["code"] == "cancelled"
    assert time.monotonic() - started < 5.0
    said = texts(engine, asked)
    assert len(said) > 1 and all(b.startswith(a) for a, b in pairwise(said))
    # The same process goes on with the next question.
    [model] = children(psutil.Process(engine.process.pid))
    again = engine.send("ask", question=QUESTION)
    engine.until(id=again, type="partial")
    engine.send("cancel", target=again)
    engine.until(id=again, type="error")
    assert children(psutil.Process(engine.process.pid)) == [model]


def test_the_model_ends_with_its_engine_however_that_ends(engine: Engine):
    asked = engine.send("ask", question=QUESTION)
    engine.until(id=asked, type="partial")
    [model] = children(psutil.Process(engine.process.pid))
    os.kill(engine.process.pid, signal.SIGKILL)
    engine.process.wait(10)
    assert not psutil.wait_procs([model], timeout=10)[1]
    for pipe in (engine.process.stdin, engine.process.stdout, engine.process.stderr):
        pipe.close()


def test_an_engine_that_is_closed_while_it_answers_ends_at_once(engine: Engine):
    asked = engine.send("ask", question=QUESTION)
    engine.until(id=asked, type="partial")
    [model] = children(psutil.Process(engine.process.pid))
    assert engine.end() == 0
    assert not psutil.wait_procs([model], timeout=10)[1]


def test_a_model_that_cannot_be_loaded_leaves_quotes_and_the_reason(notes: Folder, tmp_path: Path):
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"<html>Moved</html>")
    settings.save(Settings(chat_model=str(broken)), paths.home().settings_file)
    engine = Engine(notes)
    engine.until(type="index_progress", phase="done")
    answer = engine.ask("ask", question=QUESTION)
    assert answer["kind"] == "extractive" and answer["trouble"]["code"] == "llm.not_gguf"
    assert engine.end() == 0


@pytest.fixture
def logs_closed() -> Iterator[None]:
    """Close the log files that commands open."""
    before = list(logging.getLogger().handlers)
    yield
    for handler in set(logging.getLogger().handlers) - set(before):
        logging.getLogger().removeHandler(handler)
        handler.close()


@pytest.mark.usefixtures("logs_closed")
def test_the_command_line_writes_an_answer_with_sources(
    notes: Folder, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    def command(*arguments: str | Path, status: int = 0) -> tuple[str, str]:
        capfd.readouterr()
        assert commands.run([*map(str, arguments), "--vault", str(notes.path)]) == status
        return capfd.readouterr()

    def asked(*arguments: str | Path) -> dict[str, Any]:
        return json.loads(command("ask", QUESTION, "--json", *arguments)[0])

    settings.save(Settings(llm_threads=1), paths.home().settings_file)
    model = tiny_model(tmp_path / "tiny.gguf")
    command("index")
    answer = asked("--model", model)
    assert answer["kind"] in ("generated", "extractive") and answer["milliseconds"] > 0
    quoted = asked("--model", model, "--quotes")
    assert quoted["kind"] == "extractive" and quoted["citations"][0]["path"] == "tomatoes.md"
    other = asked("--model", model, "--note", "Compost")
    assert {passage["path"] for passage in other["passages"]} <= {"compost.md"}
    said, errors = command("ask", QUESTION)
    assert "morning" in said and "tomatoes.md:3" in said and errors == ""
    said, errors = command("ask", QUESTION, "--model", model)
    # Random weights write anything; nothing of it reaches the terminal as a control character.
    assert len(said) > 1
    assert all(c in "\n\t" or unicodedata.category(c) != "Cc" for c in said)
    _, errors = command("ask", QUESTION, "--model", "nobody", status=1)
    assert "no chat model called 'nobody'" in errors
