"""The command line as a person or a program calls it."""

import json
import logging
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import Folder

from notesai.cli import commands

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


def run(*arguments: str | Path, status: int = 0) -> str:
    """Run a command in this process; what it printed: on stdout if it succeeded, else on stderr."""
    _console.readouterr()
    code = commands.run([str(argument) for argument in arguments])
    out, err = _console.readouterr()
    assert code == status, f"{code}: {out}\n{err}"
    assert "Traceback" not in out + err
    return out if status == 0 else err


def as_json(*arguments: str | Path, status: int = 0) -> Any:
    _console.readouterr()
    assert commands.run([*map(str, arguments), "--json"]) == status
    lines = _console.readouterr().out.splitlines()
    assert len(lines) == 1
    return json.loads(lines[0])


@pytest.fixture
def vault(folder: Folder) -> Path:
    folder.write("tomatoes.md", "# Tomatoes\n\nWater tomatoes in the morning. See [[compost]].")
    folder.write("compost.md", "# Compost\n\nLayer green and brown matter for tomatoes.")
    folder.write("한글 노트.md", "임베딩 캐시를 무효화하는 방법을 적는다.")
    return folder.path


def test_index_search_similar_ask_status(vault: Path):
    report = as_json("index", "--vault", vault)
    assert (report["notes"], report["chunks"], report["embedded"]) == (3, 3, 3)
    assert report["seconds"] >= report["lexical_ready_seconds"] > 0
    again = as_json("index", "--vault", vault)
    assert (again["embedded"], again["removed"]) == (0, 0)

    # From here on the vault is remembered.
    found = as_json("search", "how to water tomato plants", "-k", "2")
    assert found["query"] == "how to water tomato plants"
    best = found["hits"][0]
    assert (best["path"], best["title"]) == ("tomatoes.md", "Tomatoes")
    passage = best["passages"][0]
    text = (vault / "tomatoes.md").read_text()
    assert text[passage["start"] : passage["end"]] == passage["text"]
    assert {"heading", "line", "score"} <= passage.keys()
    assert set(best["why"]) <= {"words", "meaning", "title"}
    assert (
        as_json("search", "캐시 무효화", "--mode", "lexical")["hits"][0]["path"] == "한글 노트.md"
    )

    neighbour = as_json("similar", "tomatoes.md")["neighbours"][0]
    assert (neighbour["path"], neighbour["linked"]) == ("compost.md", True)
    assert {"here", "there", "score"} == neighbour["pairs"][0].keys()
    assert as_json("similar", "--duplicates") == {"pairs": [], "groups": [], "more": 0}
    assert "No two notes" in run("similar", "--duplicates")
    assert "Give a note" in run("similar", status=2)

    answer = as_json("ask", "When do I water tomatoes?")
    assert answer["kind"] == "extractive"
    citation = answer["citations"][0]
    assert (vault / citation["path"]).read_text()[citation["start"] : citation["end"]] == citation[
        "text"
    ]
    status = as_json("status")
    assert (status["notes"], status["chunks"], status["pending"]) == (3, 3, 0)
    assert (status["failed"], status["skipped"]) == ([], [])
    assert status["index_bytes"] > 0
    assert "tomatoes.md" in run("search", "tomatoes")
    assert run("doctor")


def test_queries_from_a_file(vault: Path, tmp_path: Path):
    run("index", "--vault", vault)
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": "q1", "text": "compost"}\n\n{"id": "q2", "text": "캐시"}\n')
    lines = [json.loads(line) for line in run("search", "--queries", file).splitlines()]
    assert [line["id"] for line in lines] == ["q1", "q2"]
    assert lines[0]["hits"][0]["path"] == "compost.md"
    file.write_text("not json\n")
    assert "Line 1" in run("search", "--queries", file, status=1)


def test_embed_writes_unit_vectors(tmp_path: Path):
    (tmp_path / "texts").write_text("one line\n\n세 번째 줄\n")
    out = tmp_path / "x.npy"
    assert as_json("embed", tmp_path / "texts", "--out", out)["texts"] == 3
    vectors = np.load(out)
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-4)


def test_wrong_usage_is_2():
    assert "Usage" in run("search", status=2)
    assert "No such command" in run("no-such-command", status=2)
    assert "--mode" in run("search", "x", "--mode", "magic", status=2)


def test_what_cannot_be_done_says_why_and_is_1(tmp_path: Path, folder: Folder):
    assert "--vault" in run("status", status=1)
    assert "does not exist" in run("index", "--vault", tmp_path / "nowhere", status=1)
    file = folder.write("a.md", "Apples")
    assert "not a folder" in run("index", "--vault", file, status=1)
    assert "notesai index" in run("search", "x", "--vault", folder.path, status=1)
    run("index", "--vault", folder.path)
    assert "no note called" in run("similar", "unknown", status=1)
    assert "empty" in run("ask", "  ", status=1)
    assert "Cannot read" in run("embed", tmp_path / "none", "--out", tmp_path / "x", status=1)


def test_an_empty_vault_is_fine(folder: Folder):
    assert as_json("index", "--vault", folder.path)["notes"] == 0
    assert as_json("search", "anything")["hits"] == []
    assert as_json("ask", "Anything?")["kind"] == "not_covered"


def test_a_damaged_index_is_said_and_rebuilt(vault: Path, own_home: Path):
    run("index", "--vault", vault)
    for file in own_home.glob("data/indexes/*/lance/*/_versions/*"):
        file.write_bytes(b"damage")
    message = run("search", "tomatoes", status=1)
    assert "damaged" in message
    assert "notes are safe" in message
    assert "notesai index --rebuild" in message
    assert as_json("index", "--rebuild")["notes"] == 3


def test_doctor_finds_and_mends_a_damaged_index(vault: Path, own_home: Path):
    run("index", "--vault", vault)
    for file in own_home.glob("data/indexes/*/lance/*/_versions/*"):
        file.write_bytes(b"damage")
    found = as_json("doctor", status=1)
    assert [f["check"] for f in found["findings"] if not f["ok"]] == ["index"]
    assert as_json("doctor", "--repair", status=1)["repaired"]
    assert as_json("index")["notes"] == 3


def test_a_broken_settings_file_is_set_aside(vault: Path, own_home: Path):
    file = own_home / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("this is [not toml")
    assert as_json("index", "--vault", vault)["notes"] == 3
    assert file.with_suffix(".broken.toml").read_text() == "this is [not toml"


def test_the_folder_is_never_written(vault: Path):
    before = {f: (f.stat().st_mtime_ns, f.read_bytes()) for f in vault.rglob("*") if f.is_file()}
    run("index", "--vault", vault)
    run("ask", "When do I water tomatoes?")
    after = {f: (f.stat().st_mtime_ns, f.read_bytes()) for f in vault.rglob("*") if f.is_file()}
    assert before == after


def test_help_is_light():
    code = (
        "import sys, notesai.cli.commands\n"
        "heavy = {'lancedb', 'pyarrow', 'torch', 'onnxruntime', 'sklearn', 'llama_cpp'}\n"
        "sys.exit(', '.join(heavy & sys.modules.keys()) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_real_process(vault: Path):
    command = [sys.executable, "-m", "notesai", "index", "--json", "--vault", str(vault)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, json.loads(done.stdout)["notes"]) == (0, 3)
    done = subprocess.run([*command[:3], "search"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    done = subprocess.run([*command[:3], "status", "--vault", "/no/such"], capture_output=True)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"does not exist" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have one")
@pytest.mark.parametrize(
    ("arguments", "told", "said"),
    [
        ([], {}, "there is no display here"),
        (["quick"], {}, "there is no display here"),
        (["--vault", "."], {"XDG_RUNTIME_DIR": "/nowhere"}, "there is no display here"),
        ([], {"DISPLAY": ":987"}, "the display :987 cannot be reached"),
        ([], {"DISPLAY": "no display"}, "the display no display cannot be reached"),
        (["quick"], {"WAYLAND_DISPLAY": "away-0"}, "the display away-0 cannot be reached"),
    ],
)
def test_without_a_display_the_app_says_so(
    own_home: Path, arguments: list[str], told: dict[str, str], said: str
):
    unset = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM")
    variables = {name: value for name, value in os.environ.items() if name not in unset}
    command = [sys.executable, "-m", "notesai", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env={**variables, **told})
    assert done.returncode == 1
    assert said in done.stderr and "notesai --help" in done.stderr
    assert "Traceback" not in done.stderr and "qt.qpa" not in done.stderr


def test_version_and_help():
    assert run("--version").startswith("notesai 0.")
    assert "search" in run("--help")


def test_ctrl_c_keeps_what_was_done(folder: Folder):
    for number in range(150):
        folder.write(f"{number}.md", f"# Note {number}\n\n" + f"Thing {number} grows here. " * 90)
    command = [sys.executable, "-m", "notesai", "index", "--vault", str(folder.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        seen = b""
        while b"Embedding" not in seen:
            seen += process.stderr.read1()
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=90)
    assert process.returncode == 130
    assert b"What was done so far is kept" in rest
    assert b"Traceback" not in seen + rest
    assert as_json("status", "--vault", folder.path)["notes"] == 150


def test_a_vault_behind_a_link_is_the_same_vault(vault: Path, tmp_path: Path):
    link = tmp_path / "link"
    link.symlink_to(vault)
    run("index", "--vault", link)
    assert as_json("doctor", "--vault", link)["findings"]
    assert as_json("status", "--vault", vault)["notes"] == 3


def test_a_misspelt_filter_is_told_beside_the_results(vault: Path):
    run("index", "--vault", vault)
    found = as_json("search", "tga:garden tomatoes after:never")
    assert found["hits"]
    assert [part["trap"] for part in found["misread"]] == ["no_filter", "no_day"]
    commands.run(["search", "tga:garden tomatoes"])
    assert "tga:garden: there is no such filter" in (said := _console.readouterr().err)
    assert "Did you mean tag:garden?" in said


def test_odd_arguments_are_no_bugs(vault: Path, tmp_path: Path, own_home: Path):
    run("index", "--vault", vault)
    assert as_json("search", "qzx\udce9")["query"]
    name = unicodedata.normalize("NFD", "한글 노트.md")
    assert as_json("similar", name)["note"] == "한글 노트.md"
    (tmp_path / "texts").write_text("one")
    run("embed", tmp_path / "texts", "--out", tmp_path / "x.npy", "--vault", vault)


def test_settings_that_cannot_be_written_stop_nothing(vault: Path, own_home: Path):
    own_home.mkdir()
    (own_home / "config").write_text("a file where a folder should be")
    assert as_json("index", "--vault", vault)["notes"] == 3
