"""What notes are compared by is the same wherever it is read from, and after whatever changes."""

from pathlib import Path

import numpy as np
import pytest
from fakes import Folder, HashingEmbedder

from notesai.index.embedding import embed_pending
from notesai.index.indexer import Indexer
from notesai.index.note_words import NoteWords
from notesai.index.schema import ChunkKey
from notesai.index.store import Store
from notesai.notes.ignore import IgnoreRules
from notesai.progress import Silent


class Indexed:
    """A folder of notes and its index, brought up to date by hand."""

    def __init__(self, path: Path, embedder: HashingEmbedder) -> None:
        (path / "notes").mkdir()
        self.folder = Folder(path / "notes")
        self.place, self.embedder = str(path / "index"), embedder
        self.store = Store.open(self.place, embedder.card, create=True)
        self._indexer = Indexer(
            self.folder.path, self.store, embedder, IgnoreRules(()), max_bytes=1 << 20
        )

    def read(self) -> None:
        self._indexer.reconcile(Silent())

    def embed(self) -> None:
        embed_pending(self.store, self.embedder, Silent())

    def anew(self) -> Store:
        """The same index as another process opens it, with nothing in memory."""
        return Store.open(self.place, self.embedder.card, create=False)


@pytest.fixture
def indexed(tmp_path: Path, embedder: HashingEmbedder) -> Indexed:
    found = Indexed(tmp_path, embedder)
    for number in range(12):
        parts = [f"# Part {i}\n\n{f'word{number} 물을 주는 heap{i} ' * 60}" for i in range(3)]
        found.folder.write(f"n{number:02d}.md", "\n\n".join(parts))
    found.folder.write("empty.md", "")
    found.read()
    return found


def words(store: Store) -> dict[str, dict[int, int]]:
    store.notebook()
    found: NoteWords = store.note_words()
    return {
        note_id: dict(zip(*(part.tolist() for part in found.text.row(row)), strict=True))
        for row, note_id in enumerate(found.note_ids)
    }


def passages(store: Store) -> dict[str, tuple[list[int], list[str], list[int], np.ndarray]]:
    """Of each note its chunks, their terms, and those that have vectors with their sum."""
    found = {}
    for note in store.notebook():
        keys = store.keys_of([note]).get(note.note_id, [])
        terms = store.terms_by(keys)
        embedded, vectors = store.vectors_at(keys)
        found[note.path] = (
            [key.ordinal for key in keys],
            [terms[key.chunk_id] for key in keys],
            [key.ordinal for key in embedded],
            vectors.round(5).tolist(),
        )
    return found


def test_words_are_the_same_from_the_lexical_index_and_from_the_tables(indexed: Indexed):
    from_tables = words(indexed.anew())
    indexed.store.read_lexicon()
    assert words(indexed.store) == from_tables
    assert len(from_tables) == 13 and all(len(row) > 2 for row in from_tables.values() if row)


def test_words_follow_what_changes_and_come_back_after_a_rest(indexed: Indexed):
    store = indexed.store
    store.read_lexicon()
    words(store)
    indexed.folder.write("n03.md", "# New\n\nOther words than before.")
    indexed.folder.write("more.md", "# More\n\n더 많은 물을 준다.")
    indexed.folder.delete("n05.md")
    indexed.read()
    expected = words(indexed.anew())
    assert words(store) == expected
    store.rest()
    assert not store._note_words.ready
    assert words(store) == expected


def test_without_the_lexical_index_words_are_kept_while_nobody_asks(indexed: Indexed):
    words(indexed.store)
    indexed.store.rest()
    assert indexed.store._note_words.ready


def test_passages_are_the_same_wherever_they_lie(indexed: Indexed):
    store = indexed.store
    store.read_lexicon()
    assert passages(store) == passages(indexed.anew())
    # Vectors move rows, and so does tidying; where they lie is learnt in a quiet moment.
    indexed.embed()
    moved = passages(indexed.anew())
    assert all(part[0] == part[2] for part in moved.values())
    assert passages(store) == moved
    indexed.folder.write("n03.md", "# New\n\nOther words than before.")
    indexed.read()
    store.optimise()
    assert passages(store) == passages(indexed.anew())
    store.read_lexicon()
    assert passages(store) == passages(indexed.anew())


def test_what_is_gone_is_left_out(indexed: Indexed):
    store = indexed.store
    store.read_lexicon()
    note = store.notebook().at("n03.md")
    assert note is not None
    keys = store.keys_of([note])[note.note_id]
    indexed.folder.write("n03.md", "# New\n\nOther words than before.")
    indexed.read()
    strange = ChunkKey("nobody", "c", 0)
    assert store.terms_by([*keys, strange]) == {}
    assert store.vectors_at([*keys, strange])[0] == []
    assert store.vectors_at([])[1].shape[0] == 0
