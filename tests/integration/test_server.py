"""The engine process, driven over its pipes."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest
import quick_engine
from engine_process import Engine
from fakes import Folder
from waiting import wait_until


@pytest.fixture
def engine(folder: Folder) -> Iterator[Engine]:
    folder.write("tomatoes.md", "# Tomatoes\n\nWater tomatoes in the morning. See [[compost]].")
    folder.write("compost.md", "# Compost\n\nLayer green and brown matter for tomatoes.")
    folder.write("일기.md", "오늘은 텃밭에 물을 주었다.")
    engine = Engine(folder)
    yield engine
    if engine.process.poll() is None:
        engine.process.kill()
        engine.end()


def test_a_session_from_start_to_end(engine: Engine, folder: Folder):
    assert engine.until(type="engine_state")["state"] == "starting"
    ready = engine.until(type="engine_state", state="ready")
    assert ready["writer"] is True
    engine.until(type="index_progress", phase="done")

    hits = engine.ask("search", query="watering tomatoes")["hits"]
    assert hits[0]["path"] == "tomatoes.md"
    assert engine.until(id=1, type="partial")["value"]["hits"]
    assert engine.ask("search", query="텃밭")["hits"][0]["path"] == "일기.md"
    related = engine.ask("similar", path="tomatoes.md")["neighbours"]
    assert related[0]["path"] == "compost.md"
    assert related[0]["linked"] is True
    assert "morning" in engine.ask("ask", question="When do I water tomatoes?")["answer"]
    assert engine.ask("read", path="일기.md")["text"].startswith("오늘은")
    titles = engine.ask("list_notes")["notes"]
    assert [note["title"] for note in titles] == ["Compost", "Tomatoes", "일기"]
    status = engine.ask("status")
    assert (status["notes"], status["pending"], status["failed"]) == (3, 0, [])

    folder.write("plums.md", "Plums ripen in August.")
    assert engine.until(type="index_changed", paths=["plums.md"])
    assert engine.ask("search", query="plums", mode="lexical")["hits"][0]["path"] == "plums.md"
    assert engine.end() == 0


def test_bad_requests_are_answered_or_ignored(engine: Engine):
    engine.until(type="engine_state", state="ready")
    engine.write(b"this is not json\n\n\xff\xfe\n" + b'{"id": 77, "method": "no_such"}\n')
    identity = engine.send("read", path="../../etc/passwd")
    failure = engine.until(id=identity, type="error")
    assert failure["code"] == "note.unknown"
    assert failure["hint"]
    assert engine.ask("search", query="x" * 10_000)["hits"] is not None
    assert engine.end() == 0


def test_a_newer_search_cancels_the_older(engine: Engine):
    engine.until(type="index_progress", phase="done")
    ids = [engine.send("search", query=f"tomatoes {n}") for n in range(30)]
    engine.until(id=ids[-1], type="ok")
    answers = {m["id"]: m for m in engine.seen if m["type"] in ("ok", "error")}
    assert all(m["type"] == "ok" or m["code"] == "cancelled" for m in answers.values())
    assert engine.end() == 0


def test_pause_holds_changes_back_until_resume(engine: Engine, folder: Folder):
    engine.until(type="index_progress", phase="done")
    engine.ask("pause")
    assert engine.until(type="index_progress", paused=True)
    folder.write("plums.md", "Plums ripen in August.")
    time.sleep(0.6)
    assert engine.ask("search", query="plums", mode="lexical")["hits"] == []
    engine.ask("resume")
    engine.until(type="index_changed", paths=["plums.md"])
    assert engine.end() == 0


def test_a_second_engine_reads_while_the_first_writes(engine: Engine, folder: Folder):
    engine.until(type="index_progress", phase="done")
    second = Engine(folder)
    assert second.until(type="engine_state", state="ready")["writer"] is False
    assert second.ask("search", query="compost")["hits"]
    assert second.end() == 0
    assert engine.end() == 0


def test_the_engine_ends_when_its_parent_dies(folder: Folder, tmp_path):
    folder.write("a.md", "Apples")
    script = (
        "import subprocess, sys, time\n"
        "p = subprocess.Popen([sys.executable, '-m', 'notesai', 'engine', '--vault', sys.argv[1]],"
        " stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(p.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(folder.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        engine = psutil.Process(int(parent.stdout.readline()))
        time.sleep(1.5)
        parent.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs([engine], timeout=8)
    assert not alive


def test_a_missing_vault_is_a_state_and_not_a_crash(folder: Folder):
    folder.path.rmdir()
    engine = Engine(folder)
    state = engine.until(type="engine_state", state="failed")
    assert state["code"] == "vault.missing"
    assert engine.ask("pause") == {}
    assert engine.end() == 0


def test_a_damaged_index_can_be_rebuilt(engine: Engine, folder: Folder, own_home):
    engine.until(type="index_progress", phase="done")
    assert engine.end() == 0
    for file in own_home.glob("data/indexes/*/lance/*/_versions/*"):
        file.write_bytes(b"damage")
    again = Engine(folder)
    assert again.until(type="engine_state", state="failed")["code"] == "index.corrupt"
    again.ask("reindex", rebuild=True)
    again.until(type="engine_state", state="ready")
    again.until(type="index_progress", phase="done")
    assert again.ask("status")["notes"] == 3
    assert again.end() == 0


def test_an_engine_that_may_only_read_sees_an_index_that_is_made_anew(
    engine: Engine, folder: Folder
):
    engine.until(type="index_progress", phase="done")
    second = Engine(folder, quick_engine.__file__, str(folder.path))
    second.until(type="engine_state", state="ready")

    def found() -> list[str]:
        hits = second.ask("search", query="compost", mode="semantic")["hits"]
        return [hit["path"] for hit in hits]

    before = found()
    assert before
    second.seen.clear()
    engine.ask("reindex", rebuild=True)
    second.until(type="engine_state", state="ready")
    wait_until(lambda: found() == before)
    assert second.end() == 0
    assert engine.end() == 0


def test_an_engine_that_may_only_read_becomes_the_writer(engine: Engine, folder: Folder):
    engine.until(type="index_progress", phase="done")
    second = Engine(folder, quick_engine.__file__, str(folder.path))
    assert second.until(type="engine_state", state="ready")["writer"] is False
    assert engine.end() == 0
    second.until(type="engine_state", writer=True, state="ready")
    folder.write("plums.md", "Plums ripen in August.")
    second.until(type="index_progress", phase="done")
    assert second.ask("reindex") == {}
    second.until(type="index_changed", paths=["plums.md"])
    assert second.end() == 0
