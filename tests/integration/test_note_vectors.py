from pathlib import Path

import numpy as np
import pytest
from fakes import Folder, HashingEmbedder

from notesai.errors import Cancelled
from notesai.index.embedding import embed_pending
from notesai.index.indexer import Indexer
from notesai.index.note_vectors import widened
from notesai.index.store import Store
from notesai.notes.ignore import IgnoreRules
from notesai.progress import Silent


class Indexed:
    """A folder of notes and its index, brought up to date by hand."""

    def __init__(self, path: Path, embedder: HashingEmbedder) -> None:
        (path / "notes").mkdir()
        self.folder = Folder(path / "notes")
        self.embedder = embedder
        self.store = Store.open(str(path / "index"), embedder.card, create=True)
        self._indexer = Indexer(
            self.folder.path, self.store, embedder, IgnoreRules(()), max_bytes=1 << 20
        )

    def read(self) -> None:
        self._indexer.reconcile(Silent())

    def embed(self) -> None:
        embed_pending(self.store, self.embedder, Silent())

    def vector(self, path: str) -> np.ndarray | None:
        note = self.store.notebook().at(path)
        assert note is not None
        return self.store.note_vectors().of(note.note_id)


@pytest.fixture
def indexed(tmp_path: Path, embedder: HashingEmbedder) -> Indexed:
    return Indexed(tmp_path, embedder)


def long_note(word: str) -> str:
    return "\n\n".join(f"# Part {i}\n\n{' '.join([word] * 150)}" for i in range(3))


def test_a_note_is_the_unit_mean_of_its_passages(indexed: Indexed):
    indexed.folder.write("long.md", long_note("tomato") + "\n\n# End\n\ncucumber and basil")
    indexed.read()
    indexed.embed()
    note = indexed.store.notebook().at("long.md")
    assert note is not None and note.n_chunks > 1
    _, chunks = indexed.store.matrix_of(note.note_id, note.content_hash)
    mean = chunks.mean(axis=0)
    found = indexed.store.note_vectors()
    assert found.of(note.note_id) == pytest.approx(mean / np.linalg.norm(mean), abs=1e-3)
    assert found.embedded.tolist() == [note.n_chunks]
    assert found.middle == pytest.approx(found.matrix[0].astype(np.float32))


def test_halves_are_widened_to_the_very_same_values():
    bits = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    halves = bits[np.isfinite(bits)]
    assert widened(halves).tobytes() == halves.astype(np.float32).tobytes()


def test_they_follow_what_is_embedded_changed_and_removed(indexed: Indexed):
    indexed.folder.write("a.md", "tomatoes")
    indexed.folder.write("b.md", "cucumbers")
    indexed.read()
    assert len(indexed.store.note_vectors()) == 0
    indexed.embed()
    before = indexed.vector("a.md")
    assert before is not None and indexed.vector("b.md") is not None
    indexed.folder.write("a.md", "a shed of tools")
    indexed.folder.delete("b.md")
    indexed.read()
    assert indexed.vector("a.md") is None
    indexed.embed()
    after = indexed.vector("a.md")
    assert after is not None and not np.allclose(before, after)
    assert len(indexed.store.note_vectors()) == 1


def test_nothing_is_read_again_while_nothing_changes(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
):
    indexed.folder.write("a.md", "tomatoes")
    indexed.read()
    indexed.embed()
    first = indexed.store.note_vectors()
    reads: list[object] = []
    monkeypatch.setattr(indexed.store._note_vectors, "_batches", reads.append)
    indexed.store.optimise()
    assert indexed.store.note_vectors() is first
    assert not reads


def test_a_note_that_is_half_embedded_is_completed(indexed: Indexed):
    indexed.folder.write("long.md", long_note("tomato") + "\n\n# End\n\ncucumber and basil")
    indexed.read()
    pending = indexed.store.pending()
    one = indexed.embedder.embed_documents(["tomato"])
    indexed.store.set_vectors([pending[0].text_hash], one)
    assert indexed.store.note_vectors().embedded.tolist() == [1]
    indexed.embed()
    assert indexed.store.note_vectors().embedded.tolist() == [len(pending)]


def test_reading_can_be_cancelled(indexed: Indexed):
    indexed.folder.write("a.md", "tomatoes")
    indexed.read()
    indexed.embed()

    def cancelled() -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        indexed.store.note_vectors(cancelled)
    assert len(indexed.store.note_vectors()) == 1


def test_an_empty_index_has_none(indexed: Indexed):
    found = indexed.store.note_vectors()
    assert len(found) == 0
    assert found.of("nothing") is None
    assert found.middle.shape == (0,)
