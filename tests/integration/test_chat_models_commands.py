"""`notesai models` with chat models: adding, listing, choosing, trying and removing them."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_server import ChatServer
from hub import LoopbackHub
from tiny_llm import tiny_model

from notesai import paths, settings
from notesai.cli import commands
from notesai.embedding import library
from notesai.embedding.catalog import find
from notesai.settings import Settings

pytest.importorskip("huggingface_hub")

ID, HUB, FILE = "qwen3-0.6b", "Qwen/Qwen3-0.6B-GGUF", "Qwen3-0.6B-Q8_0.gguf"
_console: pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def console(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Let `run` see what is printed, and close the log files that it opens."""
    global _console
    _console = capsys
    before = list(logging.getLogger().handlers)
    yield
    for handler in set(logging.getLogger().handlers) - set(before):
        logging.getLogger().removeHandler(handler)
        handler.close()


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackHub]:
    hub = LoopbackHub()
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    for name in ("HF_TOKEN", "HF_HUB_OFFLINE", "http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield hub
    hub.close()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("gguf") / "Tiny Chat.gguf")


def run(*arguments: str | Path, status: int = 0) -> str:
    """What a command printed: on stdout if it succeeded, else on stderr."""
    _console.readouterr()
    code = commands.run(["models", *map(str, arguments)])
    out, err = _console.readouterr()
    assert code == status, f"{code}: {out}\n{err}"
    assert "Traceback" not in out + err
    return out if status == 0 else err


def as_json(*arguments: str | Path) -> Any:
    return json.loads(run(*arguments, "--json"))


def named(name: str) -> dict[str, Any] | None:
    return next((m for m in as_json("list")["chat"] if m["name"] == name), None)


def chosen() -> str:
    return settings.load(paths.home().settings_file).chat_model


def test_the_catalogue_is_listed_by_task():
    listed = as_json()
    assert {model["task"] for model in listed["chat"]} == {"chat"}
    assert "chat" not in {model["task"] for model in listed["models"]}
    entry = named(ID)
    assert entry is not None
    assert (entry["source"], entry["installed"], entry["in_use"]) == (HUB, False, False)
    assert entry["size"] and entry["memory"] and entry["fits"] is not None
    assert "EXAONE AI Model License 1.1 (non-commercial)" in run()


def test_from_the_hub_to_its_removal(hub: LoopbackHub, model: Path):
    hub.add(HUB, {FILE: model.read_bytes(), "README.md": b"x", "other-Q2_K.gguf": b"x" * 5000})
    added = as_json("add", ID, "--yes")
    assert (added["name"], added["installed"], added["task"]) == (ID, True, "chat")
    assert hub.served == {FILE: model.stat().st_size}
    assert (library.get(ID).path / FILE).read_bytes() == model.read_bytes()
    assert "There is a model named" in run("add", ID, status=1)

    assert as_json("use", ID) == {"chat_model": ID}
    assert named(ID)["in_use"]  # type: ignore[index]
    assert as_json("use", ID, "--off") == {"chat_model": ""}
    run("use", HUB)
    assert chosen() == ID
    run("remove", ID)
    assert (chosen(), named(ID)["installed"]) == ("", False)  # type: ignore[index]
    assert "is not installed" in run("use", ID, status=1)


def test_a_download_goes_on_where_it_was_stopped(hub: LoopbackHub, own_home: Path, model: Path):
    size = model.stat().st_size
    hub.add(HUB, {FILE: model.read_bytes()})
    hub.stall[FILE] = size // 2
    command = [sys.executable, "-m", "notesai", "models", "add", ID, "--json"]
    environment = {**os.environ, "NOTESAI_PROGRESS": "json"}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, start_new_session=True, env=environment
    ) as process:
        reached = {"done": size // 2, "total": size}
        assert any(json.loads(line) == reached for line in process.stderr or ())
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 130
    assert library.installed() == ()
    held = next((own_home / "cache").rglob("*.part")).stat().st_size
    assert held == size // 2
    hub.stall.clear()
    as_json("add", ID)
    assert hub.served[FILE] == size


def test_any_repository_by_its_id(hub: LoopbackHub, model: Path):
    data = model.read_bytes()
    hub.add("some/thing-GGUF", {"t.Q8_0.gguf": data + b"x", "t.Q4_K_M.gguf": data})
    assert as_json("add", "some/thing-GGUF")["name"] == "thing-gguf"
    hub.add("some/mixed", {"t.gguf": data, "model.safetensors": b"x" * 5000})
    assert as_json("add", "some/mixed", "--task", "chat", "--name", "mixed")["task"] == "chat"
    hub.add("some/none", {"model.safetensors": b"x" * 5000})
    assert "no GGUF model" in run("add", "some/none", "--chat", status=1)


def test_what_arrives_damaged_or_is_no_model_is_not_installed(hub: LoopbackHub, model: Path):
    hub.add(HUB, {FILE: model.read_bytes()})
    hub.damaged = {FILE}
    assert "hash" in run("add", ID, status=1)
    hub.damaged = set()
    hub.add(HUB, {FILE: b"<html>" + b"x" * 9000})
    assert "GGUF" in run("add", ID, status=1)
    assert library.installed() == ()


def test_a_file_is_taken_over_and_stays(model: Path, tmp_path: Path):
    before = model.read_bytes()
    added = as_json("add", model, "--yes")
    assert (added["name"], added["task"], added["source"]) == ("tiny-chat", "chat", str(model))
    run("remove", "tiny-chat")
    assert model.read_bytes() == before

    cut = tmp_path / "cut.gguf"
    cut.write_bytes(before[: len(before) // 2])
    (tmp_path / "none.gguf").write_bytes(b"hello, this is text")
    assert "cut.gguf" in run("add", cut, status=1)
    run("add", tmp_path / "none.gguf", status=1)
    assert library.installed() == ()


def test_trying_one_says_how_quick_it_is(model: Path):
    pytest.importorskip("llama_cpp")
    run("add", model)
    tried = as_json("try", "tiny-chat")
    assert tried["name"] == "tiny-chat"
    assert tried["tokens"] > 0
    assert tried["tokens_per_second"] >= 0
    assert "tokens/s" in run("try", model)
    assert "no chat model" in run("try", "nobody", status=1)


def test_an_embedding_model_and_a_chat_model_are_not_mixed_up(model: Path):
    run("add", model)
    assert "tiny-chat" not in [one["name"] for one in as_json()["models"]]
    assert "cannot make an index" in run_embedding("tiny-chat")


def run_embedding(name: str) -> str:
    from notesai.embedding.catalog import open_embedder
    from notesai.errors import ModelError

    with pytest.raises(ModelError) as caught:
        open_embedder(name)
    return caught.value.message


def test_a_service_on_this_machine_needs_no_confirmation():
    server = ChatServer()
    try:
        arguments = ("qwen3:4b", "--endpoint", server.url, "--model", "qwen3:4b", "--task", "chat")
        added = as_json("add", *arguments)
        assert (added["name"], added["sends_to"]) == ("qwen3-4b", "")
        assert as_json("try", "qwen3-4b")["text"] == "Water them [1]."
        assert as_json("use", "qwen3-4b") == {"chat_model": "qwen3-4b"}
    finally:
        server.close()


def test_one_elsewhere_is_told_and_asked_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    arguments = ("far", "--endpoint", "https://api.example", "--model", "m", "--chat")
    said = run("add", *arguments, status=1)
    assert "sends your questions and passages of your notes to api.example" in said
    settings.save(Settings(network=False), paths.home().settings_file)
    assert "switched off" in run("add", *arguments, "--yes", status=1)
    assert library.installed() == ()


def test_the_entry_of_the_tests_is_that_of_the_catalogue():
    entry = find(ID)
    assert entry is not None
    assert (entry.hub, entry.file) == (HUB, FILE)
