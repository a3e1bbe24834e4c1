import datetime
import time
from collections.abc import Iterator
from pathlib import Path

import lancedb
import numpy as np
import pytest
from fakes import HashingEmbedder

from notesai.errors import StoreError
from notesai.index import care, lance
from notesai.index.schema import (
    ChunkKey,
    ChunkRow,
    NoteRow,
    ScoredChunk,
    ScoredKey,
    notes_table,
)
from notesai.index.store import Store
from notesai.model import Note


def note(note_id: str, content: str = "c1", path: str = "", n_chunks: int = 1) -> NoteRow:
    row = Note(note_id, path or f"{note_id}.md", note_id, content, 1, 1, n_chunks=n_chunks)
    return NoteRow(row, f"{note_id} title")


def chunk(
    note_id: str, ordinal: int = 0, content: str = "c1", text: str = "plain text"
) -> ChunkRow:
    return ChunkRow(
        note_id,
        content,
        ordinal,
        note_id,
        ("A", "B"),
        0,
        len(text),
        1,
        text,
        text.lower(),
        f"h-{text}",
    )


@pytest.fixture
def location(tmp_path: Path) -> str:
    return str(tmp_path / "index" / "lance")


@pytest.fixture
def store(location: str, embedder: HashingEmbedder) -> Iterator[Store]:
    yield Store.open(location, embedder.card, create=True, vault="/somewhere")


def vector(embedder: HashingEmbedder, text: str) -> np.ndarray:
    return embedder.embed_query(text)


def test_chunks_are_found_by_word_before_they_have_a_vector(store: Store):
    store.add_chunks([chunk("n1", text="tomatoes need water")], {})
    store.put_notes([note("n1")])
    assert [found.row.note_id for found in store.lexical("water", 5)] == ["n1"]
    assert store.semantic(np.eye(1, 64, dtype=np.float32)[0], 5) == []
    assert store.count_chunks(pending=True) == 1


def test_set_vectors_serves_every_chunk_of_the_text(store: Store, embedder: HashingEmbedder):
    store.add_chunks([chunk("n1", text="same"), chunk("n2", text="same")], {})
    store.put_notes([note("n1"), note("n2")])
    assert store.set_vectors(["h-same"], vector(embedder, "same")[None, :]) == 2
    assert store.count_chunks(pending=True) == 0
    found = store.semantic(vector(embedder, "same"), 5)
    assert {f.row.note_id for f in found} == {"n1", "n2"}
    assert found[0].score == pytest.approx(1.0, abs=1e-5)


def test_known_vectors_are_written_with_the_chunk(store: Store, embedder: HashingEmbedder):
    known = {"h-b": vector(embedder, "b")}
    store.add_chunks([chunk("n1", 0, text="a"), chunk("n1", 1, text="b")], known)
    assert [p.text_hash for p in store.pending()] == ["h-a"]
    assert store.vectors_of(["h-a", "h-b"])["h-b"] == pytest.approx(known["h-b"])


def test_chunks_of_content_that_no_note_row_names_are_neither_found_nor_kept(store: Store):
    store.add_chunks([chunk("n1", content="c1", text="old words")], {})
    store.put_notes([note("n1", "c1")])
    store.add_chunks([chunk("n1", content="c2", text="new words")], {})
    store.add_chunks([chunk("orphan", text="lost words")], {})
    assert {f.row.text for f in store.lexical("words", 9)} == {"old words"}
    assert store.drop_stale() == []
    assert {row.text for row in store.chunks_of(["n1", "orphan"])} == {"old words"}
    assert store.count_chunks() == 1


def test_a_note_with_missing_chunks_is_reported(store: Store):
    store.add_chunks([chunk("n1", 0)], {})
    store.put_notes([note("n1", n_chunks=2), note("n2", n_chunks=0)])
    assert store.drop_stale() == ["n1"]


def test_other_versions_are_dropped_pair_by_pair(store: Store):
    texts = {("n1", "c1"): "one", ("n1", "c2"): "two", ("n2", "c1"): "three", ("n2", "c2"): "four"}
    store.add_chunks([chunk(i, content=c, text=t) for (i, c), t in texts.items()], {})
    store.put_notes([note("n1", "c2"), note("n2", "c1")])
    store.drop_other_versions([("n1", "c2"), ("n2", "c1")])
    assert [row.text for row in store.chunks_of(["n1", "n2"])] == ["two", "three"]
    assert store.count_chunks() == 2
    store.drop_versions([("n1", "c2")])
    assert [row.text for row in store.chunks_of(["n1", "n2"])] == ["three"]


def test_a_set_of_chunks_that_is_not_whole_is_removed_for_a_clean_start(store: Store):
    store.add_chunks([chunk("n1"), chunk("n1", text="again")], {})
    store.put_notes([note("n1", n_chunks=1)])
    assert store.drop_stale() == ["n1"]
    assert store.count_chunks() == 0


def test_a_table_that_a_kill_left_without_a_version_is_made_again(location: str, embedder):
    for name in ("meta", notes_table(embedder.card)):
        (Path(location) / f"{name}.lance" / "data").mkdir(parents=True)
        store = Store.open(location, embedder.card, create=True)
        store.put_notes([note("n1", n_chunks=0)])
        assert len(store.notebook()) == 1
        import shutil

        shutil.rmtree(location)


def test_another_reader_sees_each_commit(store: Store, location: str, embedder: HashingEmbedder):
    reader = Store.open(location, embedder.card, create=False)
    assert len(reader.notebook()) == 0
    store.add_chunks([chunk("n1", text="fresh")], {})
    store.put_notes([note("n1")])
    assert [f.row.note_id for f in reader.lexical("fresh", 3)] == ["n1"]
    store.drop_notes(["n1"])
    assert reader.lexical("fresh", 3) == []
    assert len(reader.notebook()) == 0


def test_titles_have_their_own_index(store: Store):
    store.put_notes([note("n1"), note("n2")])
    store.optimise()
    assert set(store.lexical_notes("n2", 5)) == {"n2"}
    assert store.has_lexical_index()


def test_search_is_the_same_before_and_after_optimise(store: Store):
    store.add_chunks([chunk(f"n{i}", text=f"word{i} common") for i in range(30)], {})
    store.put_notes([note(f"n{i}") for i in range(30)])
    before = [f.row.note_id for f in store.lexical("word7 word9", 5)]
    assert store.unindexed() == 30
    assert not store.is_untidy()
    store.optimise()
    assert store.unindexed() == 0
    assert sorted(before) == sorted(f.row.note_id for f in store.lexical("word7 word9", 5))


def test_one_note_that_is_edited_again_and_again_makes_tidying_pay(
    store: Store, location: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(care, "_KEEP_VERSIONS", datetime.timedelta(milliseconds=200))
    monkeypatch.setattr(care, "OUTLIVED", 20)
    store.build_lexical_index()
    assert not store.is_untidy()
    for _ in range(15):
        store.drop_chunks(["n1"])
        store.add_chunks([chunk("n1", text="words")], {})
    time.sleep(0.3)
    assert store.is_untidy()
    store.optimise()
    assert not store.is_untidy()
    assert len(list(Path(location).glob("chunks_*/_versions/*"))) < 10


def test_edits_do_not_fill_the_memory(
    tmp_path: Path, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
):
    opened = lancedb.Session
    sessions: list[lancedb.Session] = []

    def watched(**sizes: int) -> lancedb.Session:
        sessions.append(opened(**sizes))
        return sessions[-1]

    monkeypatch.setattr(lance.lancedb, "Session", watched)
    monkeypatch.setattr(lance, "METADATA_BYTES", 1 << 20)
    store = Store.open(str(tmp_path / "watched"), embedder.card, create=True)
    (session,) = sessions
    for number in range(60):
        store.add_chunks([chunk("n1", content=f"c{number}", text="words")], {})
        store.put_notes([note("n1", content=f"c{number}")])
        store.drop_other_versions([("n1", f"c{number}")])
        assert store.lexical("words", 3)
    assert session.size_bytes < 2 << 20


def test_models_never_share_a_table(store: Store, location: str):
    other = Store.open(location, HashingEmbedder(identity="another").card, create=True)
    store.add_chunks([chunk("n1")], {})
    assert other.count_chunks() == 0


def test_values_with_quotes_do_not_break_out_of_a_filter(store: Store):
    store.add_chunks([chunk("n1", text="it's")], {})
    store.put_notes([note("n1")])
    assert [row.text for row in store.rows_with(["h-it's", "x') OR ('1'='1"])] == ["it's"]


def test_no_index_yet(location: str, embedder: HashingEmbedder):
    with pytest.raises(StoreError) as caught:
        Store.open(location, embedder.card, create=False)
    assert caught.value.code == "index.missing"


def test_an_index_of_a_newer_version_is_left_alone(store: Store, location: str, embedder):
    meta = lancedb.connect(location).open_table("meta")
    meta.update(where="key = 'format'", values={"value": "999"})
    with pytest.raises(StoreError) as caught:
        Store.open(location, embedder.card, create=True)
    assert caught.value.code == "index.newer"
    assert "999" in caught.value.message


@pytest.mark.parametrize("pattern", ["meta.lance/**/*", "notes_*/**/*", "chunks_*/**/*"])
@pytest.mark.parametrize("damage", [b"", b"\x00" * 4096, b"not lance at all"])
def test_a_damaged_index_says_so(store, location, embedder, pattern: str, damage: bytes):
    store.add_chunks([chunk("n1")], {})
    store.put_notes([note("n1")])
    for file in Path(location).glob(pattern):
        if file.is_file():
            file.write_bytes(damage)
    with pytest.raises(StoreError) as caught:
        again = Store.open(location, embedder.card, create=True)
        again.drop_stale()
        again.lexical("text", 3)
    assert caught.value.code == "index.corrupt"
    assert "notes are safe" in caught.value.hint


def test_terms_count_by_their_weights(store: Store) -> None:
    store.add_chunks([chunk("n1", 0, text="alpha beta"), chunk("n1", 1, text="alpha gamma")], {})
    store.put_notes([note("n1", n_chunks=2)])
    scores = {f.row.ordinal: f.score for f in store.lexical({"beta": 1.0, "gamma": 0.25}, 5)}
    assert scores[1] == pytest.approx(scores[0] / 4, rel=1e-4)
    assert store.lexical({}, 5) == []


def keys_of(found: list[ScoredKey]) -> list[tuple[str, float]]:
    return [(one.key.chunk_id, one.score) for one in found]


def ids_of(found: list[ScoredChunk]) -> list[tuple[str, float]]:
    return [(one.row.chunk_id, one.score) for one in found]


def fill(store: Store, embedder: HashingEmbedder) -> None:
    words = ("water", "tomato", "bread", "oven", "앱 설정", "물주기")
    for n in range(1, 31):
        texts = [" ".join(words[(n * i + j) % 6] for j in range(n % 4 + 1)) for i in range(3)]
        rows = [chunk(f"n{n}", i, text=f"{text} {n}{i}") for i, text in enumerate(texts)]
        vectors = {row.text_hash: vector(embedder, row.text) for row in rows}
        store.add_chunks(rows, vectors)
    store.put_notes([note(f"n{n}", n_chunks=3) for n in range(1, 30)])


@pytest.mark.parametrize("where", ["", "note_id NOT IN ('n3','n4')"])
@pytest.mark.parametrize("optimised", [True, False])
def test_searches_that_read_keys_alone_find_the_same(
    store: Store, embedder: HashingEmbedder, where: str, optimised: bool
):
    fill(store, embedder)
    if optimised:
        store.optimise()
    for terms in ("water", "tomato oven", {"bread": 1.0, "water": 0.4}):
        chunks = store.lexical(terms, 20, where=where)
        keys = store.lexical_keys(terms, 20, where=where)
        assert chunks
        assert keys_of(keys) == ids_of(chunks)
        rows = store.rows_at([found.key for found in keys])
        assert rows == {found.row.chunk_id: found.row for found in chunks}
        held = store.terms_at([found.key for found in keys])
        assert held == [store.rows_at([k.key])[k.key.chunk_id].terms for k in keys]
    near = vector(embedder, "water bread")
    found = store.semantic_keys(near, 20, where=where)
    assert found
    assert keys_of(found) == ids_of(store.semantic(near, 20, where=where))
    assert store.lexical_keys({}, 5) == []


def test_chunks_that_moved_since_they_were_found_are_read(store: Store, embedder: HashingEmbedder):
    fill(store, embedder)
    keys = [found.key for found in store.lexical_keys("water", 20)]
    before = store.rows_at(keys)
    assert len(before) == len(keys) > 5
    # Rows that are updated, removed or joined with others lie elsewhere from then on.
    store.drop_notes(["n29"])
    store.optimise()
    left = {i: row for i, row in before.items() if row.note_id != "n29"}
    assert store.rows_at(keys) == left
    terms = [left[key.chunk_id].terms if key.chunk_id in left else None for key in keys]
    assert store.terms_at(keys) == terms


def test_chunks_that_were_written_anew_since_they_were_found_are_read_as_they_are(store: Store):
    store.add_chunks([chunk("n1", text="old water")], {})
    store.put_notes([note("n1")])
    keys = [found.key for found in store.lexical_keys("water", 5)]
    store.add_chunks([chunk("n1", content="c2", text="new water")], {})
    store.put_notes([note("n1", content="c2")])
    store.drop_other_versions([("n1", "c2")])
    assert [row.text for row in store.rows_at(keys).values()] == ["new water"]
    unplaced = ChunkKey("n1", "c2", 0)
    assert [row.text for row in store.rows_at([unplaced]).values()] == ["new water"]
    assert store.rows_at([]) == {}
    assert store.rows_at([ChunkKey("gone", "c", 0)]) == {}


def test_what_is_shown_of_chunks_is_read_where_it_lies_or_lay(store: Store):
    store.add_chunks([chunk("n1", text="new water"), chunk("n2", text="old water")], {})
    store.put_notes([note("n1"), note("n2")])
    keys = [found.key for found in store.lexical_keys("water", 5)]
    keys.append(ChunkKey("gone", "c", 0))
    rows = store.passages_at(keys)
    whole = store.rows_at(keys)
    assert {i: (r.headings, r.text) for i, r in rows.items()} == {
        i: (r.headings, r.text) for i, r in whole.items()
    }
    assert store.passages_at(keys) == rows
    # Nothing that was shown stands in for another content.
    store.add_chunks([chunk("n1", content="c2", text="newer water")], {})
    store.put_notes([note("n1", content="c2")])
    assert store.passages_at([ChunkKey("n1", "c2", 0)])["n1:0"].text == "newer water"
    unplaced = ChunkKey("n2", "c1", 0)
    assert Store.of(store._notes, store._chunks).passages_at([unplaced]) == {"n2:0": rows["n2:0"]}
