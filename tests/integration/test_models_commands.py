"""`notesai models`, as a person or a program calls it."""

import io
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import Folder
from hub import LoopbackHub

from notesai import paths, settings
from notesai.cli import commands
from notesai.embedding import library
from notesai.embedding.catalog import entries, open_embedder
from notesai.index.lock import WriterLock
from notesai.settings import Settings

pytest.importorskip("huggingface_hub")
pytest.importorskip("sentence_transformers")

LETTERS = ["?", *map(chr, range(32, 127)), *map(chr, range(0xAC00, 0xD7A4))]
DIMENSION = 64
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
    for name in (
        "HF_TOKEN",
        "HF_HUB_OFFLINE",
        "http_proxy",
        "HTTP_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    yield hub
    hub.close()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a static model of letters, as sentence-transformers keeps one."""
    from safetensors.numpy import save_file
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    folder = tmp_path_factory.mktemp("models") / "Tiny Static"
    (folder / "0_StaticEmbedding").mkdir(parents=True)
    module = {"idx": 0, "name": "0", "path": "0_StaticEmbedding"}
    module["type"] = "sentence_transformers.models.StaticEmbedding"
    (folder / "modules.json").write_text(json.dumps([module]))
    tokenizer = Tokenizer(WordLevel({c: n for n, c in enumerate(LETTERS)}, unk_token="?"))
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    tokenizer.save(str(folder / "0_StaticEmbedding" / "tokenizer.json"))
    weights = np.random.default_rng(3).normal(size=(len(LETTERS), DIMENSION)).astype(np.float32)
    save_file({"embedding.weight": weights}, folder / "0_StaticEmbedding" / "model.safetensors")
    readme = "---\nlicense: mit\nlanguage:\n- ko\n- en\n---\n# 작은 모델\n"
    (folder / "README.md").write_text(readme, "utf-8")
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


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
    return next((m for m in as_json("list")["models"] if m["name"] == name), None)


def test_the_catalogue_is_listed():
    listed = as_json()["models"]
    embedding = [entry.id for entry in entries() if entry.task not in ("rerank", "chat")]
    assert [model["name"] for model in listed] == embedding
    (bundled, *_) = [model for model in listed if model["bundled"]]
    assert (bundled["installed"], bundled["in_use"], bundled["fits"]) == (True, False, True)
    assert {"title", "task", "languages", "size", "memory", "licence"} <= bundled.keys()
    assert bundled["title"] in run()
    assert run() == run("list")


def test_the_model_that_answers_for_the_vault_is_marked(folder: Folder):
    folder.write("a.md", "# Tomato")
    commands.run(["index", "--vault", str(folder.path)])
    (used,) = [model["name"] for model in as_json("list")["models"] if model["in_use"]]
    assert used == next(entry.id for entry in entries() if entry.bundled)


def test_a_model_comes_from_the_hub_and_goes(hub: LoopbackHub, model: Path, own_home: Path):
    repository = hub.add("org/Tiny-Static", files_of(model))
    added = as_json("add", "org/Tiny-Static")
    assert (added["name"], added["source"]) == ("tiny-static", "org/Tiny-Static")
    assert (added["dimension"], added["licence"]) == (DIMENSION, "mit")
    assert set(added["languages"]) == {"ko", "en"}
    assert library.get("tiny-static").card.revision == repository.commit
    embedder = open_embedder("tiny-static")
    vectors = embedder.embed_documents(["tomato", "토마토 을 water"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    listed = named("tiny-static")
    assert listed is not None and listed["installed"]
    assert {path.name for path in (own_home / "cache" / "downloads").iterdir()} <= {
        "org--Tiny-Static.lock"
    }

    before = len(hub.requests)
    assert "already" in run("add", "org/Tiny-Static", status=1)
    assert len(hub.requests) == before
    assert as_json("add", "org/Tiny-Static", "--name", "second")["name"] == "second"
    assert "Removed tiny-static" in run("remove", "tiny-static")
    assert named("tiny-static") is None
    # What came from the hub may be called by its name there too.
    assert named("second") is not None
    run("remove", "org/Tiny-Static")
    assert named("second") is None


def test_a_model_comes_from_a_folder(model: Path, tmp_path: Path):
    before = files_of(model)
    added = as_json("add", model)
    assert (added["name"], added["dimension"]) == ("tiny-static", DIMENSION)
    assert files_of(model) == before
    assert "model" in run("add", tmp_path, status=1)
    assert named(tmp_path.name) is None


def test_a_damaged_download_installs_nothing(hub: LoopbackHub, model: Path, own_home: Path):
    hub.add("org/tiny", files_of(model))
    hub.damaged = {"0_StaticEmbedding/model.safetensors"}
    message = run("add", "org/tiny", status=1)
    assert "model.safetensors" in message
    assert "Nothing was installed" in message
    assert library.installed() == ()
    # What arrived whole is kept for another try, until it is not wanted any more.
    assert list((own_home / "cache").rglob("tokenizer.json"))
    run("remove", "org/tiny")
    assert not list((own_home / "cache").rglob("tokenizer.json"))


def test_ctrl_c_keeps_what_has_arrived(hub: LoopbackHub, own_home: Path):
    hub.add("org/tiny", {"config.json": b"{}", "model.safetensors": bytes(600_000)})
    hub.stall["model.safetensors"] = 300_000
    command = [sys.executable, "-m", "notesai", "models", "add", "org/tiny"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert hub.stalled.wait(60)
        # To the whole group, as a terminal does.
        os.killpg(process.pid, signal.SIGINT)
        _, printed = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"What was done so far is kept" in printed
    assert b"Traceback" not in printed
    assert list((own_home / "cache").rglob("model.safetensors.part"))
    assert library.installed() == ()


def test_a_model_that_cannot_run_here_is_not_installed(hub: LoopbackHub, model: Path):
    modules = [{"idx": 0, "name": "0", "path": "", "type": "own_code.Model"}]
    hub.add("org/own", {**files_of(model), "modules.json": json.dumps(modules).encode()})
    assert "code" in run("add", "org/own", status=1)
    assert library.installed() == ()


def test_the_switched_off_network_is_not_used(hub: LoopbackHub, model: Path):
    settings.save(Settings(network=False), paths.home().settings_file)
    hub.add("org/tiny", files_of(model))
    assert "switched off" in run("add", "org/tiny", status=1)
    address = ["--endpoint", "https://api.example/v1", "--model", "m", "--yes"]
    assert "switched off" in run("add", "service", *address, status=1)
    assert hub.requests == []
    assert as_json("add", model)["name"] == "tiny-static"


def test_an_endpoint_is_confirmed_first(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(library, "install_endpoint", lambda *given: asked.append(given))
    arguments = [
        "add",
        "service",
        "--endpoint",
        "https://api.example/v1",
        "--model",
        "m",
    ]
    for answer, status in (("n\n", 1), ("", 130)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        message = run(*arguments, status=status)
        assert "sends your notes to api.example." in message
    assert asked == []


def test_what_is_wrong_is_said():
    address = ["--endpoint", "https://user:secret@api.example/v1", "--model", "m"]
    assert "secret" not in run("add", "service", *address, status=1)
    assert "no hub id, no folder and no GGUF file" in run("add", "nonsense", status=1)
    assert "comes with notesai" in run("add", entries()[0].id, status=1)
    assert "no model" in run("remove", "nonsense", status=1).lower()
    assert "stays" in run("remove", entries()[0].id, status=1)
    assert "--endpoint" in run("add", "x", "--model", "y", status=2)
    assert "--model" in run("add", "x", "--endpoint", "https://a.example", status=2)
    assert "cannot name" in run("add", "org/tiny", "--name", "../up", status=1)
    assert "no model" in run("optimise", "nonsense", status=1).lower()


def test_another_model_answers(model: Path, folder: Folder):
    folder.write("a.md", "# Watering\n\nwater the tomato in the morning")
    folder.write("b.md", "# 퇴비\n\n퇴비 을 물")
    run("add", model)
    commands.run(["index", "--vault", str(folder.path)])
    bundled = next(entry.id for entry in entries() if entry.bundled)
    assert as_json("use", "tiny-static")["notes"] == 2
    assert [m["name"] for m in as_json("list")["models"] if m["in_use"]] == ["tiny-static"]
    lock = WriterLock(paths.home().index(folder.path.resolve()))
    lock.acquire()
    try:
        assert "Quit notesai" in run("use", bundled, status=1)
    finally:
        lock.release()
    run("use", bundled)
    assert [m["name"] for m in as_json("list")["models"] if m["in_use"]] == [bundled]
    assert "no model" in run("use", "nonsense", status=1).lower()
