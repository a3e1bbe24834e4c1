"""An index written as files: what is in them, where they may go, what a failure leaves."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import Folder

from notesai import paths
from notesai.engine import exporting
from notesai.engine.exporting import ABOUT, FILES
from notesai.engine.workspace import Workspace
from notesai.errors import Cancelled, NotesaiError
from notesai.index.indexer import Tally
from notesai.progress import Silent, Task

NOTES = {
    "정원/토마토.md": "---\ntags: [정원]\n---\n# 토마토\n\n물 [[Compost]]\n\n## 곁순\n\n딴다.",
    "Compost.md": "# Compost\n\nLayer green and brown matter.",
    "empty.md": "",
}


@pytest.fixture
def workspace(folder: Folder) -> Iterator[Workspace]:
    for name, text in NOTES.items():
        folder.write(name, text)
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
        yield workspace


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def code(workspace: Workspace, folder: Path) -> str:
    with pytest.raises(NotesaiError) as raised:
        workspace.export(folder, Silent())
    return raised.value.code


def test_notes_passages_and_vectors_belong_together(workspace: Workspace, tmp_path: Path):
    target = tmp_path / "new" / "내보내기"
    report = workspace.export(target, Silent())
    notes, passages = lines(target / "notes.jsonl"), lines(target / "passages.jsonl")
    vectors = np.load(target / "vectors.npy")
    about = json.loads((target / ABOUT).read_text("utf-8"))
    assert {note["path"] for note in notes} == set(NOTES)
    garden = next(note for note in notes if note["path"] == "정원/토마토.md")
    assert (garden["title"], garden["tags"], garden["links"]) == ("토마토", ["정원"], ["Compost"])
    assert [p["path"] for p in passages] == sorted(p["path"] for p in passages)
    for passage, vector in zip(passages, vectors, strict=True):
        text = NOTES[passage["path"]]
        assert passage["text"] == text[passage["start"] : passage["end"]]
        heading = passage["headings"][-1] if passage["headings"] else ""
        found = workspace.search(f"{heading} {passage['text'][-30:]}", k=1)
        assert found.hits[0].path == passage["path"]
        assert np.isclose(np.linalg.norm(vector), 1.0, atol=1e-3)
    assert (report.notes, report.passages, report.pending) == (3, len(passages), 0)
    assert about["passages"] == len(passages) and about["dimension"] == vectors.shape[1]
    assert report.bytes == sum(entry.stat().st_size for entry in target.iterdir())


def test_a_vector_is_that_of_its_passage(workspace: Workspace, tmp_path: Path):
    target = tmp_path / "out"
    workspace.export(target, Silent())
    passages, vectors = lines(target / "passages.jsonl"), np.load(target / "vectors.npy")
    at = [n for n, passage in enumerate(passages) if passage["path"] == "Compost.md"]
    query = workspace.embedder().embed_query("layers of green and brown matter")
    assert int((vectors @ query).argmax()) in at


def test_what_waits_for_its_vector_is_there_without_one(folder: Folder, tmp_path: Path):
    folder.write("a.md", "# A\n\nalpha")
    with Workspace.open(folder.path, write=True) as workspace:
        assert isinstance(workspace.reconcile(Silent()), Tally)
        report = workspace.export(tmp_path / "out", Silent())
    assert report.pending == report.passages == 1
    assert np.isnan(np.load(tmp_path / "out" / "vectors.npy")).all()


def test_an_empty_index_is_exported_too(folder: Folder, tmp_path: Path):
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
        report = workspace.export(tmp_path / "out", Silent())
    assert (report.notes, report.passages) == (0, 0)
    assert np.load(tmp_path / "out" / "vectors.npy").shape[0] == 0


def test_an_earlier_export_is_replaced_and_nothing_else(workspace: Workspace, tmp_path: Path):
    target = tmp_path / "out"
    workspace.export(target, Silent())
    (target / "passages.jsonl").write_text("old", "utf-8")
    workspace.export(target, Silent())
    assert len(lines(target / "passages.jsonl")) > 1 and names(target) == {*FILES, ABOUT}
    (target / "mine.txt").write_text("mine", "utf-8")
    assert code(workspace, target) == "export.not_empty"
    assert names(target) == {*FILES, ABOUT, "mine.txt"}


def test_the_folder_of_notes_and_the_index_are_no_place_for_it(
    workspace: Workspace, folder: Folder, tmp_path: Path
):
    link = tmp_path / "link"
    link.symlink_to(folder.path)
    before = sorted(folder.path.rglob("*"))
    for target in (folder.path, folder.path / "x", link / "x", paths.home().index(workspace.vault)):
        assert code(workspace, target) == "export.inside"
    assert sorted(folder.path.rglob("*")) == before


def test_a_place_that_cannot_be_written_is_said(workspace: Workspace, tmp_path: Path):
    (tmp_path / "file").write_text("", "utf-8")
    assert code(workspace, tmp_path / "file") == "export.failed"
    assert code(workspace, tmp_path / "file" / "below") == "export.failed"


def test_a_full_disk_or_a_cancel_leaves_the_export_before(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target, task = tmp_path / "out", Task()
    workspace.export(target, Silent())
    before = {name: (target / name).read_bytes() for name in names(target)}
    task.cancel()
    with pytest.raises(Cancelled):
        workspace.export(target, task)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_write_line", full)
    assert code(workspace, target) == "export.failed"
    assert {name: (target / name).read_bytes() for name in names(target)} == before
