"""Saving and making notes through the engine process, beside an index that is at work."""

from collections.abc import Iterator

import pytest
from engine_process import Engine
from fakes import Folder


@pytest.fixture
def engine(folder: Folder) -> Iterator[Engine]:
    folder.write("note.md", "# Note\n\nAbout compost. #garden")
    engine = Engine(folder)
    engine.until(type="index_progress", phase="done")
    yield engine
    if engine.process.poll() is None:
        engine.process.kill()
        engine.end()


def test_a_saved_note_is_found_at_once(engine: Engine, folder: Folder) -> None:
    read = engine.ask("read", path="note.md")
    text = read["text"] + "\nAnd wheelbarrows."
    engine.seen.clear()
    saved = engine.ask("save", path="note.md", text=text, seen=read["seen"])
    assert engine.ask("read", path="note.md")["seen"] == saved["seen"]
    engine.until(type="index_changed", paths=["note.md"])
    hits = engine.ask("search", query="wheelbarrows", mode="lexical")["hits"]
    assert [hit["path"] for hit in hits] == ["note.md"]
    assert engine.ask("list_notes")["notes"][0]["tags"] == ["garden"]
    assert engine.end() == 0


def test_a_change_that_was_not_seen_is_refused_and_both_are_kept(
    engine: Engine, folder: Folder
) -> None:
    read = engine.ask("read", path="note.md")
    folder.write("note.md", "theirs")
    number = engine.send("save", path="note.md", text="mine", seen=read["seen"])
    assert engine.until(id=number, type="error")["code"] == "save.conflict"
    beside = engine.ask("save", path="note.md", text="mine", seen=read["seen"], beside=True)
    assert (folder.path / "note.md").read_text("utf-8") == "theirs"
    assert (folder.path / beside["path"]).read_text("utf-8") == "mine"
    assert engine.end() == 0


def test_notes_are_saved_and_made_while_the_index_rests(engine: Engine, folder: Folder) -> None:
    engine.ask("pause")
    made = engine.ask("create", title="새 노트")
    assert made["path"] == "새 노트.md"
    read = engine.ask("read", path=made["path"])
    assert (read["text"], read["status"], read["seen"]) == (
        "# 새 노트\n\n",
        "pending",
        made["seen"],
    )
    engine.ask("save", path=made["path"], text="# 새 노트\n\n글\n", seen=made["seen"])
    failed = engine.send("create", title="x", folder="../outside")
    assert engine.until(id=failed, type="error")["code"] == "save.outside"
    number = engine.send("read", path="../note.md")
    assert engine.until(id=number, type="error")["code"] == "note.unknown"
    engine.ask("resume")
    engine.until(type="index_changed", paths=["새 노트.md"])
    assert engine.end() == 0


def test_what_is_being_saved_when_the_window_goes_is_saved(engine: Engine, folder: Folder) -> None:
    read = engine.ask("read", path="note.md")
    engine.send("save", path="note.md", text="last words", seen=read["seen"])
    assert engine.end() == 0
    assert (folder.path / "note.md").read_text("utf-8") == "last words"
