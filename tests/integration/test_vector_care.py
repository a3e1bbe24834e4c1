"""The vector index: made beside all other work, exact enough, and no trouble when it fails."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import lancedb
import numpy as np
import pytest
from fakes import Folder, HashingEmbedder

from notesai.engine import upkeep as lane
from notesai.engine.upkeep import Upkeep
from notesai.engine.workspace import Workspace
from notesai.index import vector_build, vector_index
from notesai.index.schema import ChunkRow, NoteRow
from notesai.index.store import Store
from notesai.model import Note, SearchMode

ROWS = 900
"""Enough for LanceDB to train on."""


@pytest.fixture(autouse=True)
def low_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_index, "WORTHWHILE", 300)
    monkeypatch.setattr(vector_index, "NOT_WORTH", 200)


@pytest.fixture
def location(tmp_path: Path) -> str:
    return str(tmp_path / "lance")


@pytest.fixture
def store(location: str, embedder: HashingEmbedder) -> Iterator[Store]:
    store = Store.open(location, embedder.card, create=True)
    fill(store, 0, ROWS)
    yield store
    store.vector_care.stop()


def fill(store: Store, start: int, count: int) -> None:
    numbers = range(start, start + count)
    rows = [
        ChunkRow(f"n{i}", "c", 0, "t", (), 0, 1, 1, f"text {i}", f"word{i}", f"h{i}")
        for i in numbers
    ]
    store.add_chunks(rows, {row.text_hash: vector(i) for i, row in zip(numbers, rows, strict=True)})
    notes = [Note(f"n{i}", f"{i}.md", f"{i}", "c", 1, 1, n_chunks=1) for i in numbers]
    store.put_notes([NoteRow(note, note.title) for note in notes])


def vector(number: int) -> np.ndarray:
    values = np.random.default_rng(number).normal(size=64).astype(np.float32)
    return values / np.linalg.norm(values)


def made(store: Store, location: str) -> bool:
    """Have the index made if it pays, and wait; whether there is one."""
    care = store.vector_care
    care.look_after(location, store.count_chunks() - store.count_pending())
    deadline = time.monotonic() + 60
    while not care.wait(1.0):
        assert time.monotonic() < deadline
    return vector_index.coverage(store._chunks) is not None


def found(store: Store, number: int, where: str = "", *, exact: bool = False) -> list[str]:
    return [hit.row.note_id for hit in store.semantic(vector(number), 10, where=where, exact=exact)]


def test_it_finds_what_the_exact_scan_finds(store: Store, location: str):
    before = [found(store, i) for i in range(20)]
    assert made(store, location)
    assert vector_index.coverage(store._chunks) == vector_index.Coverage(ROWS, 0, 1)
    after = [found(store, i) for i in range(20)]
    exact = [found(store, i, exact=True) for i in range(20)]
    assert exact == before
    hits = sum(len(set(a) & set(b)) for a, b in zip(after, exact, strict=True))
    assert hits >= 0.95 * 200


@pytest.mark.parametrize("kept", [1, 3, 10, 45, 450])
def test_narrow_conditions_lose_nothing(store: Store, location: str, kept: int):
    assert made(store, location)
    ids = ",".join(f"'n{i}'" for i in range(0, ROWS, ROWS // kept)[:kept])
    for number in range(5):
        near = found(store, number, f"note_id IN ({ids})")
        exact = found(store, number, f"note_id IN ({ids})", exact=True)
        assert len(near) == len(exact) == min(10, kept)
        assert len(set(near) & set(exact)) >= min(9, kept)


def test_what_is_written_while_it_is_made_is_found_and_taken_in(store: Store, location: str):
    assert store.vector_care.look_after(location, ROWS)
    fill(store, ROWS, 50)
    store.drop_notes(["n3"])
    store.optimise()
    assert found(store, ROWS + 7)[0] == f"n{ROWS + 7}"
    assert made(store, location)
    assert found(store, ROWS + 7)[0] == f"n{ROWS + 7}"
    assert "n3" not in found(store, 3)
    store.optimise()
    covered = vector_index.coverage(store._chunks)
    assert covered is not None
    assert covered.unindexed == 0


def test_it_is_removed_when_little_is_left(store: Store, location: str):
    assert made(store, location)
    store.drop_notes([f"n{i}" for i in range(ROWS - 100)])
    assert not made(store, location)
    assert found(store, ROWS - 1)[0] == f"n{ROWS - 1}"


def test_stopping_ends_the_process_and_the_index_stays_whole(store: Store, location: str):
    assert store.vector_care.look_after(location, ROWS)
    store.vector_care.stop()
    assert not store.vector_care.being_made
    assert vector_index.coverage(store._chunks) is None
    assert found(store, 5)[0] == "n5"
    assert made(store, location)


def test_a_process_that_dies_is_told_of_once_and_tried_again_later(
    store: Store, location: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    care = store.vector_care
    assert care.look_after(location, ROWS)
    assert care._build is not None
    care._build._process.kill()
    with caplog.at_level(logging.WARNING):
        assert care.wait(30.0)
        assert not care.look_after(location, ROWS)
    assert "not made" in caplog.text
    assert found(store, 5)[0] == "n5"
    monkeypatch.setattr(care, "_not_before", 0.0)
    assert made(store, location)


def test_the_engine_makes_it_when_idle(
    folder: Folder, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lane, "IDLE_SECONDS", 0.1)
    for number in range(320):
        folder.write(f"{number}.md", f"# Note {number}\n\nApples number {number}")
    with Workspace.open(folder.path, write=True) as workspace:
        upkeep = Upkeep(
            workspace,
            workspace.rules,
            step=lambda step: None,
            changed=lambda paths: None,
            failed=lambda error: pytest.fail(error.message),
        )
        upkeep.start()
        try:
            deadline = time.monotonic() + 60
            while vector_index.NAME not in names(workspace):
                assert time.monotonic() < deadline
                time.sleep(0.2)
        finally:
            upkeep.stop()
        assert workspace.search("apples", mode=SearchMode.SEMANTIC).hits


def names(workspace: Workspace) -> set[str]:
    db = lancedb.connect(workspace.place.uri)
    chunks = next(n for n in db.list_tables(limit=9).tables if n.startswith("chunks_"))
    return {index.name for index in db.open_table(chunks).list_indices()}


def test_indexing_by_command_leaves_it_made(folder: Folder):
    for number in range(320):
        folder.write(f"{number}.md", f"# Note {number}\n\nApples number {number}")
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
        assert vector_index.NAME in names(workspace)


def test_closing_gives_up_what_is_being_made(folder: Folder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vector_build, "_build", _for_ever)
    for number in range(320):
        folder.write(f"{number}.md", f"# Note {number}\n\nApples number {number}")
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.reconcile(_Quiet())
        workspace.embed(_Quiet())
        assert workspace.index_vectors()
        assert workspace.index_vectors()
        assert vector_index.NAME not in names(workspace)
    # That no process is left is looked at after every test.


def _for_ever(location: str, table: str, partitions: int) -> None:
    time.sleep(600)


class _Quiet:
    def report(self, phase: str, done: int, total: int) -> None:
        pass
