from pathlib import Path

import pytest
from fakes import Folder, HashingEmbedder

from notesai.errors import Cancelled
from notesai.index import forecast as forecasting
from notesai.index.forecast import forecast, spread
from notesai.model import Note, NoteStatus
from notesai.progress import Task


def note(path: str, size: int, status: NoteStatus = NoteStatus.INDEXED) -> Note:
    return Note(path, path, path, f"hash of {path}", 1, size, n_chunks=1, status=status)


def written(folder: Folder, count: int) -> list[Note]:
    notes: list[Note] = []
    for number in range(count):
        file = folder.write(f"{number}.md", f"Rain fell on day {number}. " * (1 + number % 30))
        notes.append(note(file.name, file.stat().st_size))
    return notes


def test_a_few_notes_are_counted_exactly(folder: Folder, embedder: HashingEmbedder):
    notes = written(folder, 5)
    found = forecast(folder.path, notes, embedder)
    assert (found.notes, found.chunks) == (5, 5)
    # Five words a sentence, and a title in front of each note.
    assert found.tokens == 5 * (1 + 2 + 3 + 4 + 5) + 5
    assert found.seconds >= 0


def test_many_notes_are_reckoned_from_some(folder: Folder, embedder, monkeypatch):
    monkeypatch.setattr(forecasting, "SAMPLE_NOTES", 30)
    notes = written(folder, 300)
    found = forecast(folder.path, notes, embedder)
    exact = sum(5 * (1 + number % 30) for number in range(300))
    assert found.notes == 300
    assert found.tokens == pytest.approx(exact, rel=0.15)
    assert embedder.texts < 100


def test_what_cannot_be_read_or_is_not_in_the_index_is_left_out(folder: Folder, embedder):
    notes = [*written(folder, 3), note("gone.md", 10), note("x.md", 9, NoteStatus.SKIPPED)]
    assert forecast(folder.path, notes, embedder).notes == 4
    assert forecast(Path("/nowhere"), notes, embedder).chunks == 0
    assert forecast(folder.path, [], embedder).seconds == 0


def test_it_can_be_cancelled(folder: Folder, embedder: HashingEmbedder):
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        forecast(folder.path, written(folder, 3), embedder, check=task.check)


def test_a_sample_has_all_sizes():
    notes = [note(f"{size}.md", size) for size in range(1000)]
    sizes = [one.size for one in spread(notes, 10)]
    assert sizes == [50, 150, 250, 350, 450, 550, 650, 750, 850, 950]
    assert spread(notes[:3], 10) == notes[:3]
