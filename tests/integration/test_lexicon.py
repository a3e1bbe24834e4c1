"""The lexical index in memory against LanceDB's, and following it."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEmbedder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notesai.errors import Cancelled
from notesai.index import followed
from notesai.index.lexicon import Lexicon
from notesai.index.schema import ChunkRow, NoteRow
from notesai.index.store import Store
from notesai.model import Note

WORDS = ["water", "heap", "물을", "을", "c++", "get-item", "it's"]
TERMS = {"water": 1.0, "물을": 0.5, "을": 1.0, "get-item": 0.25}

slowly = settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def write(store: Store, note_id: str, content: str, texts: list[str], title: str = "x") -> None:
    """As the indexer does: chunks, then the note's row, then what it had before is removed."""
    rows = [
        ChunkRow(note_id, content, i, title, (), 0, 1, 1, text, text, f"{content}{i}")
        for i, text in enumerate(texts)
    ]
    note = Note(note_id, f"{note_id}.md", title, content, 1, 1, n_chunks=len(rows))
    store.drop_versions([(note_id, content)])
    store.add_chunks(rows, {})
    store.put_notes([NoteRow(note, title)])
    store.drop_other_versions([(note_id, content)])


def found(lexicon: Lexicon | None, terms: dict[str, float] = TERMS) -> dict[str, float]:
    assert lexicon is not None
    chunks = lexicon.best_chunks(terms, 1000)
    return {chunk.key.chunk_id: chunk.score for chunk in chunks} | lexicon.best_notes(terms, 1000)


@pytest.fixture
def opened(tmp_path: Path, embedder: HashingEmbedder) -> Callable[[], Store]:
    """Opens a store that lies in a place of its own for each number."""
    numbers = iter(range(1000))

    def again(number: int | None = None) -> Store:
        place = tmp_path / str(next(numbers) if number is None else number)
        return Store.open(str(place), embedder.card, create=True)

    return again


BAGS = st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), max_size=4)


@slowly
@given(notes=st.lists(st.tuples(BAGS, st.sampled_from(WORDS)), min_size=1, max_size=6))
def test_it_finds_what_lancedb_finds_with_the_same_scores(opened, notes):
    store = opened()
    for number, (texts, title) in enumerate(notes):
        write(store, f"n{number}", "c", texts, title)
    store.optimise()
    lexicon = store.read_lexicon()
    for terms in (TERMS, {"water": 1.0}, {"gone": 1.0}):
        ours = found(lexicon, terms)
        keys = {chunk.key.chunk_id: chunk.score for chunk in store.lexical_keys(terms, 1000)}
        assert ours == pytest.approx(keys | store.lexical_notes(terms, 1000), rel=1e-4)


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 4), BAGS),
        st.tuples(st.just("rename"), st.integers(0, 4), st.sampled_from(WORDS)),
        st.tuples(st.just("drop"), st.integers(0, 4), st.none()),
        st.tuples(st.just("optimise"), st.integers(0, 4), st.none()),
        st.tuples(st.just("ask"), st.integers(0, 4), st.none()),
    ),
    max_size=8,
)


@slowly
@given(changes=CHANGES)
def test_it_follows_whatever_is_written(opened, changes):
    store = opened()
    write(store, "n9", "c0", ["water heap", "it's"])
    store.read_lexicon()
    texts: dict[int, tuple[str, list[str]]] = {}
    for step, (what, number, value) in enumerate(changes):
        if what == "write":
            texts[number] = f"c{step}", value
            write(store, f"n{number}", *texts[number])
        elif what == "rename" and number in texts:
            content, rows = texts[number]
            note = Note(f"n{number}", f"{value}.md", value, content, 1, 1, n_chunks=len(rows))
            store.put_notes([NoteRow(note, value)])
        elif what == "drop":
            texts.pop(number, None)
            store.drop_notes([f"n{number}"])
        elif what == "optimise":
            store.optimise()
        else:
            store.lexicon()
    fresh = Store.of(store._notes, store._chunks).read_lexicon()
    assert found(store.lexicon()) == pytest.approx(found(fresh), rel=1e-4)


def test_changes_of_another_process_are_seen_at_once(opened):
    reader, writer = opened(7), opened(7)
    write(writer, "n1", "c1", ["water"])
    reader.read_lexicon()
    write(writer, "n1", "c2", ["heap"])
    assert found(reader.lexicon()) == {}
    assert "n1:0" in found(reader.lexicon(), {"heap": 1.0})


def test_before_it_has_been_read_and_after_much_has_changed_lancedb_is_asked(
    opened, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(followed, "FEW", 2)
    store = opened()
    write(store, "n0", "c", ["water"])
    assert store.lexicon() is None
    store.read_lexicon()
    for number in range(1, 4):
        write(store, f"n{number}", "c", ["water"])
    assert store.lexicon() is None
    assert len(found(store.read_lexicon(), {"water": 1.0})) == 4
    assert store.lexicon() is not None


def test_chunks_that_were_not_there_yet_are_looked_for_again(opened):
    store = opened()
    write(store, "n1", "c1", ["water"])
    store.drop_chunks(["n1"])
    store.read_lexicon()
    assert found(store.lexicon()) == {}
    write(store, "n1", "c1", ["water"])
    assert "n1:0" in found(store.lexicon())


def test_rows_that_have_moved_are_found_where_they_lie(opened):
    store = opened()
    for number in range(3):
        write(store, f"n{number}", "c", ["water heap"])
    store.read_lexicon()
    write(store, "n0", "d", ["heap water"])
    store.optimise()
    lexicon = store.read_lexicon()
    keys = [chunk.key for chunk in lexicon.best_chunks({"water": 1.0}, 10)]
    table = store._taken(keys, ["note_id"])
    assert sorted(table.column("note_id").to_pylist()) == ["n0", "n1", "n2"]
    texts = dict(zip([key.chunk_id for key in keys], store.texts_at(keys), strict=True))
    assert texts["n0:0"] == "heap water"


def test_rows_that_vectors_have_moved_are_compared(opened, embedder: HashingEmbedder):
    store = opened()
    for number in range(3):
        write(store, f"n{number}", f"c{number}", ["water"])
    keys = [chunk.key for chunk in store.read_lexicon().best_chunks({"water": 1.0}, 10)]
    vectors = np.eye(2, embedder.card.dimension, dtype=np.float32)
    assert store.nearest_of(vectors[0], keys) == []
    store.set_vectors(["c00", "c10"], vectors)
    nearest = store.nearest_of(vectors[0], keys)
    assert [(c.key.note_id, c.score) for c in nearest] == [("n0", 1.0), ("n1", 0.0)]


def test_it_does_not_grow_with_edits(opened):
    store: Store = opened()
    for name in (*"abcdefgh", "edited"):
        write(store, name, "0", ["water", "water heap"])
    store.read_lexicon()
    for number in range(1, 150):
        write(store, "edited", str(number), [f"heap {number}"])
        lexicon = store.lexicon()
    assert found(lexicon) == found(opened(0).read_lexicon())
    assert len(lexicon.chunks._owners) < 20


def test_reading_ends_when_it_is_cancelled(opened):
    store = opened()
    write(store, "n1", "c1", ["water"])

    def cancelled() -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        store.read_lexicon(cancelled)
    assert store.lexicon() is None
    assert found(store.read_lexicon())


def test_readers_find_whole_notes_while_it_is_written(opened):
    store = opened(3)
    write(store, "n0", "c", ["water"])
    store.read_lexicon()
    wrong: list[object] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            lexicon = store.lexicon()
            if lexicon is None:
                continue
            by_note: dict[str, set[str]] = {}
            for chunk in lexicon.best_chunks({"water": 1.0}, 100):
                by_note.setdefault(chunk.key.note_id, set()).add(chunk.key.content_hash)
            wrong.extend(hashes for hashes in by_note.values() if len(hashes) > 1)
            wrong.extend(["n0 is gone"] if "n0" not in by_note else [])

    readers = [threading.Thread(target=ask) for _ in range(2)]
    for reader in readers:
        reader.start()
    for step in range(12):
        write(store, f"n{step % 3 + 1}", f"c{step}", ["water", "water heap"])
    done.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert len(found(store.read_lexicon(), {"heap": 1.0})) == 3
