"""Ranking in memory against BM25 worked out term by term."""

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.index import corpus as corpora
from notesai.index import postings as posted
from notesai.index import ranking
from notesai.index.corpus import Block, Corpus
from notesai.index.number_table import NUMBERS, number
from notesai.index.packed import packed
from notesai.index.postings import Postings, hashed, joined, none, postings
from notesai.index.word_pairs import word_pairs


@pytest.fixture(autouse=True)
def _both_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything holds for both forms of postings: of single blocks and of joined ones."""
    monkeypatch.setattr(corpora, "_PACKED", 0)


WORDS = ["a", "b", "물", "물을", "c-d", "x'y"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=12)
TERMS = st.dictionaries(st.sampled_from([*WORDS, "gone"]), st.sampled_from([1.0, 0.5]), max_size=4)


def block(texts: list[str], first: int = 0) -> Block:
    """Documents of an owner each."""
    numbers = np.arange(first, first + len(texts))
    arrays = numbers.astype(np.uint32), np.zeros(len(texts), np.uint32), numbers * 10
    return Block(postings(pa.array(texts, pa.string())), word_pairs(texts), *arrays)


def corpus(*parts: list[str], gone: frozenset[int] = frozenset()) -> Corpus:
    alive = np.array([i not in gone for i in range(sum(map(len, parts)))], np.bool_)
    found, first = Corpus([], alive), 0
    for texts in parts:
        found, first = found.extended([block(texts, first)], alive), first + len(texts)
    return found


def bm25(texts: list[str], terms: dict[str, float]) -> list[float]:
    bags = [Counter(text.split()) for text in texts]
    # As for LanceDB, a document without terms is none.
    told = [bag for bag in bags if bag]
    mean = sum(bag.total() for bag in told) / max(1, len(told))

    def score(bag: Counter[str], term: str) -> float:
        having = sum(term in other for other in bags)
        rarity = math.log((len(told) - having + 0.5) / (having + 0.5) + 1)
        norm = 1.2 * (0.25 + 0.75 * bag.total() / max(mean, 1e-9))
        return rarity * 2.2 * bag[term] / (bag[term] + norm)

    return [sum(w * score(bag, t) for t, w in terms.items()) for bag in bags]


@given(TEXTS, TEXTS, TERMS, st.integers(1, 30))
def test_the_best_are_those_of_bm25(one: list[str], other: list[str], terms, k: int):
    numbers, scores = corpus(one, other).best(terms, k)
    expected = bm25(one + other, terms)
    assert scores.tolist() == pytest.approx([expected[i] for i in numbers], rel=1e-4)
    best = sorted((score for score in expected if score > 0), reverse=True)[:k]
    assert scores.tolist() == pytest.approx(best, rel=1e-4)
    assert list(zip(-scores, numbers, strict=True)) == sorted(zip(-scores, numbers, strict=True))


@given(
    st.lists(st.sampled_from(["a", "a b", "a a a", "b", "물 a", "c-d a"]), max_size=60),
    TERMS,
    st.integers(1, 6),
    st.frozensets(st.integers(0, 59)),
    st.lists(st.booleans(), min_size=60, max_size=60),
)
def test_common_words_change_nothing_by_being_looked_up_last(texts, terms, k, gone, among):
    """As every term is common here, and every section short, what cannot win is left out early."""
    mask = np.array(among[: len(texts)], np.bool_)
    found = corpus(texts, gone=gone)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpora, "_FREQUENT", 2.0)
        everywhere = found.best(terms, k, mask)
        patch.setattr(corpora, "_FREQUENT", 0.5)
        patch.setattr(ranking, "SECTION", 2)
        pruned = found.best(terms, k, mask)
    assert [part.tolist() for part in pruned] == [part.tolist() for part in everywhere]


@given(st.lists(st.integers(0, 9), max_size=80), st.integers(1, 12), st.integers(1, 5))
def test_the_best_scores_are_told_without_sorting_all(values: list[int], k: int, section: int):
    scores = np.array(values, np.float32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "SECTION", section)
        numbers, found = ranking.best(scores, k)
        least = ranking.surely(scores, k)
    ranked = sorted((-value, at) for at, value in enumerate(values) if value)[:k]
    assert list(zip((-found).tolist(), numbers.tolist(), strict=True)) == ranked
    assert not least or sum(value >= least for value in values) >= k


@given(TEXTS, TEXTS, st.lists(st.sampled_from(WORDS), max_size=3), st.data())
def test_who_of_some_holds_all_terms(one, other, terms: list[str], data: st.DataObject):
    found = corpus(one, other)
    numbers = np.array(
        data.draw(st.lists(st.integers(0, max(0, len(found) - 1)), max_size=8 * bool(len(found)))),
        np.int64,
    )
    assert found.held(terms, numbers).tolist() == found.holding(terms)[numbers].tolist()


@given(TEXTS, TEXTS, TERMS, st.frozensets(st.integers(0, 23)))
def test_what_is_gone_is_as_if_it_had_never_been_there(one, other, terms, gone: frozenset[int]):
    left = [t for i, t in enumerate(one + other) if i not in gone]
    numbers, scores = corpus(one, other, gone=gone).best(terms, 100)
    assert not gone.intersection(numbers.tolist())
    alone = corpus(left).best(terms, 100)[1]
    assert scores.tolist() == pytest.approx(alone.tolist(), rel=1e-4)


@given(TEXTS, TEXTS, TERMS, st.frozensets(st.integers(0, 23)))
def test_memory_that_is_freed_changes_nothing(one, other, terms, gone: frozenset[int]):
    alive = np.array([i not in gone for i in range(len(one + other))], np.bool_)
    full = corpus(one, other, gone=gone)
    freed = full.without_dead(alive)
    assert len(freed) == freed.count == full.count
    before, after = full.best(terms, 100), freed.best(terms, 100)
    assert full.owners[before[0]].tolist() == freed.owners[after[0]].tolist()
    assert before[1].tolist() == pytest.approx(after[1].tolist(), rel=1e-5)


@given(TEXTS, TEXTS, TERMS, st.frozensets(st.integers(0, 23)))
def test_owners_that_are_numbered_anew_have_the_same_documents(one, other, terms, gone):
    alive = np.array([i not in gone for i in range(len(one + other))], np.bool_)
    freed = corpus(one, other, gone=gone).without_dead(alive)
    anew = freed.renumbered(np.cumsum(alive) - 1)
    (before, scores), (after, again) = freed.best(terms, 100), anew.best(terms, 100)
    assert again.tolist() == scores.tolist()
    old = np.flatnonzero(alive)
    assert old[anew.owners[after]].tolist() == freed.owners[before].tolist()
    assert anew.count == len(anew) == freed.count


@given(TEXTS, st.lists(st.sampled_from(WORDS), max_size=3))
def test_who_holds_all_terms(texts: list[str], terms: list[str]):
    expected = [bool(terms) and set(terms) <= set(text.split()) for text in texts]
    assert corpus(texts).holding(terms).tolist() == expected


@given(TEXTS, st.lists(st.booleans(), min_size=12, max_size=12), TERMS)
def test_only_some_are_found_among_which_they_are_to_be(texts, among, terms):
    mask = np.array(among[: len(texts)], np.bool_)
    found = corpus(texts)
    everything = dict(zip(*(part.tolist() for part in found.best(terms, 100)), strict=True))
    some = dict(zip(*(part.tolist() for part in found.best(terms, 100, mask)), strict=True))
    assert some == {number: score for number, score in everything.items() if mask[number]}


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_joined_postings_are_those_of_all_texts(parts: list[list[str]]):
    whole = postings(pa.array([text for part in parts for text in part], pa.string()))
    built = joined([postings(pa.array(part, pa.string())) for part in parts])
    for other in (built, packed(built), packed(built).unpacked()):
        for term in [*WORDS, "gone"]:
            assert [a.tolist() for a in other.of(term)] == [a.tolist() for a in whole.of(term)]
        assert other.lengths.tolist() == whole.lengths.tolist()


@given(st.sets(st.integers(0, 65_535), max_size=40), st.integers(1, 300), st.data())
def test_packed_postings_tell_the_same(some: set[int], step: int, data: st.DataObject):
    documents = sorted(some), list(range(0, 1 << 16, step)), [65_535], list(range(500))
    terms = [f"t{number}" for number, held in enumerate(documents) if held]
    held = sorted(zip(hashed(terms).tolist(), filter(None, documents), strict=True))
    every = np.concatenate([numbers for _, numbers in held]).astype(np.uint16)
    plain = Postings(
        np.array([term for term, _ in held], np.uint64),
        np.arange(len(held), dtype=np.int32),
        np.cumsum([0, *(len(numbers) for _, numbers in held)]).astype(np.uint32),
        every,
        (every % 255 + 1).astype(np.uint8),
        np.ones(1 << 16, np.uint32),
    )
    small = packed(plain)
    assert small.nbytes <= plain.nbytes + 8
    kept = np.ones(1 << 16, np.bool_)
    kept[data.draw(st.lists(st.integers(0, 65_535), max_size=5))] = False
    for one, other in (
        (plain, small),
        (plain, small.unpacked()),
        (plain.only(kept), small.only(kept)),
    ):
        for term in terms:
            assert all(map(np.array_equal, one.of(term), other.of(term)))
        rows = np.arange(len(one), dtype=np.int64) // 1000 - 1
        assert summed(one.counted(rows)) == summed(other.counted(rows))


def summed(parts: Iterable[tuple[np.ndarray, np.ndarray]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for keys, counts in parts:
        for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
            found[key] += count
    return found


def test_words_stand_side_by_side_in_those_documents_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(corpora, "_SMALL", 0)
    monkeypatch.setattr(corpora, "_GROWTH", 0)
    found = corpus(["green matter", "matter green", "green matter"], ["the green matter", "green"])
    those = np.array([True, True, False, True, True])
    assert found.beside(those, ["green matter"]).tolist() == [True, False, False, True, False]
    assert found.beside(those, ["gone by", "matter green"]).tolist() == [False, True] + 3 * [False]
    assert found.beside(those, ["green"]).tolist() == those.tolist()


@given(TEXTS, TEXTS, st.lists(st.integers(-1, 2), min_size=24, max_size=24), st.integers(1, 9))
def test_terms_are_counted_by_row(one: list[str], other: list[str], rows: list[int], part: int):
    texts = one + other
    expected: Counter[int] = Counter()
    for row, text in zip(rows, texts, strict=False):
        for term in text.split() if row >= 0 else ():
            expected[row * NUMBERS + number(term)] += len(term) > 1
    found: Counter[int] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posted, "_PART", part)
        for part_of, owners in corpus(one, other).parts():
            found += summed(part_of.counted(np.array(rows, np.int64)[owners]))
    assert found == +expected


def test_rows_are_found_where_they_lie_now(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(corpora, "_SMALL", 0)
    monkeypatch.setattr(corpora, "_GROWTH", 0)
    found = corpus(["a", "b"], ["c"])
    numbers = found.at(np.array([2 << 32, 1 << 32, 7 << 32, 0]))
    assert numbers.tolist() == [2, 1, -1, 0]
    assert found.places(np.array([2, 0])).tolist() == [20, 0]
    moved = found.placed(np.array([2 << 32, 9 << 32]), np.array([5, 6]), found.alive)
    assert moved.places(np.array([0, 1, 2])).tolist() == [0, 10, 5]


def test_a_term_may_stand_more_often_than_a_byte_counts():
    found = corpus(["a " * 1000, "b"])
    assert found.best({"a": 1.0}, 5)[0].tolist() == [0]
    assert len(none()) == 0 and none().of("a")[0].tolist() == []
