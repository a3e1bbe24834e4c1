"""A note over which the engine dies twice is left out, with a reason, until it is tried again."""

import signal
import subprocess
import sys

import pytest
from engine_process import Engine
from fakes import Folder
from waiting import wait_until

from notesai.engine.workspace import Workspace
from notesai.index.flight import CRASHES, READ, REASON, Flight
from notesai.model import NoteStatus
from notesai.notes.hashing import content_hash

EMBEDDING = """
from notesai.embedding.onnx import OnnxEmbedder
embed = OnnxEmbedder.embed_documents
def embed_documents(self, texts):
    if any("poison" in text for text in texts):
        os.kill(os.getpid(), signal.SIGSEGV)
    return embed(self, texts)
OnnxEmbedder.embed_documents = embed_documents
"""
PARSING = """
from notesai.index import reading
read_text = reading.read_text
def read(text, *rest, **more):
    if "poison" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    return read_text(text, *rest, **more)
reading.read_text = read
"""
INDEX = """
from pathlib import Path
from notesai.engine.workspace import Workspace
with Workspace.open(Path(sys.argv[-1]), write=True) as workspace:
    workspace.index()
"""
START = "import faulthandler, os, signal, sys\nfaulthandler.disable()\n"


def indexed(folder: Folder, fault: str) -> int:
    command = [sys.executable, "-c", START + fault + INDEX, str(folder.path)]
    return subprocess.run(command, capture_output=True, timeout=120, check=False).returncode


@pytest.mark.parametrize("fault", [EMBEDDING, PARSING], ids=["embedding", "parsing"])
def test_the_third_run_leaves_out_what_killed_the_first_two(folder: Folder, fault: str) -> None:
    folder.write("good.md", "Apples grow on trees.")
    folder.write("bad.md", "A poison apple.")
    folder.write("other.md", "Plums ripen in August.")
    for _ in range(CRASHES):
        assert indexed(folder, fault) == -signal.SIGSEGV
    assert indexed(folder, fault) == 0
    with Workspace.open(folder.path, write=True) as workspace:
        states = {note.path: (note.status, note.reason) for note in workspace.notes()}
        assert states == {
            "good.md": (NoteStatus.INDEXED, ""),
            "other.md": (NoteStatus.INDEXED, ""),
            "bad.md": (NoteStatus.FAILED, REASON),
        }
        assert workspace.status().pending == 0
        assert workspace.index().embedded == 0, "it stays left out"
        workspace.pardon(["bad.md"])
        assert workspace.index().failed == 0
        assert workspace.search("poison apple").hits[0].path == "bad.md"


def quarantined(folder: Folder) -> None:
    """Bring the note to where two real crashes bring it."""
    folder.write("bad.md", "A poison apple.")
    with Workspace.open(folder.path, write=True) as workspace:
        flights = workspace.place.folder / "in-flight"
        flights.mkdir()
        for _ in range(CRASHES):
            (flights / "crashed").write_text(f"{READ}:{content_hash(b'A poison apple.')}")
            Flight(workspace.place.folder).take_stock()
        assert workspace.index().failed == 1


def test_an_edited_note_is_tried_again_by_itself(folder: Folder) -> None:
    quarantined(folder)
    folder.write("bad.md", "A golden apple.")
    with Workspace.open(folder.path, write=True) as workspace:
        report = workspace.index()
        assert (report.failed, report.chunks) == (0, 1)


def test_a_note_that_was_edited_since_the_crash_leaves_no_suspicion(folder: Folder) -> None:
    folder.write("a.md", "Apples")
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
        place = workspace.place.folder
    (place / "in-flight").mkdir(exist_ok=True)
    (place / "in-flight" / "of-a-killed-process").write_text("read:gone embed:gone")
    with Workspace.open(folder.path, write=True) as workspace:
        flight = workspace._writing._flight
        assert flight.suspects
        workspace.index()
        assert not flight.suspects


def test_a_rebuild_begins_without_old_crashes(folder: Folder) -> None:
    quarantined(folder)
    with Workspace.open(folder.path, write=True, rebuild=True) as workspace:
        assert workspace.index().failed == 0


def test_retry_in_the_window_tries_it_again(folder: Folder) -> None:
    quarantined(folder)
    engine = Engine(folder)
    try:
        engine.until(type="index_progress", phase="done")
        (failed,) = engine.ask("status")["failed"]
        assert failed["reason"] == REASON
        engine.ask("retry", paths=["bad.md"])
        wait_until(lambda: bool(engine.ask("search", query="poison", mode="lexical")["hits"]))
    finally:
        assert engine.end() == 0
