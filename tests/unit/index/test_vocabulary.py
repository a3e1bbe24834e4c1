import threading
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.index.notebook import Notebook
from notesai.index.vocabulary import LONGEST, FollowingVocabulary, Vocabulary, word_counts
from notesai.model import Note


def note(note_id: str, title: str, content: str = "1") -> Note:
    return Note(note_id, f"{note_id}.md", title, content, 0, 0)


class Shelf:
    """Chunks as a store gives them; counts how often all of them are read."""

    def __init__(self) -> None:
        self.texts: dict[str, tuple[str, list[str]]] = {}
        self.whole = 0

    def __call__(self, note_ids: Sequence[str] | None) -> Iterator[Any]:
        self.whole += note_ids is None
        chosen = self.texts if note_ids is None else {i: self.texts[i] for i in note_ids}
        kinds = [pa.string(), pa.list_(pa.string())]
        columns = zip(*chosen.values(), strict=True)
        arrays = [pa.array(c, kind) for c, kind in zip(columns, kinds, strict=True)]
        yield pa.record_batch(arrays, ["text", "headings"])


def test_words_are_counted_as_they_are_written():
    texts = pa.array(["Electric cars, electric-boats", "ELECTRIC를 쓴다 C3 x a1b2 café", None])
    assert word_counts(texts) == {"electric": 3, "cars": 1, "boats": 1, "a1b2": 1, "café": 1}


@pytest.mark.parametrize("text", ["", "12345 3d", "한글", "a" * (LONGEST + 1), "\x00 🍅 -- ."])
def test_what_is_no_word_is_not_counted(text: str):
    assert word_counts(pa.array([text])) == {}


def test_composed_and_decomposed_words_are_the_same():
    assert word_counts(pa.array(["cafe\u0301 café ＣＡＦＥ"])) == {"café": 2, "cafe": 1}


def test_continuations_come_by_how_frequent_they_are():
    words = Vocabulary({"electric": 5, "election": 9, "elec": 50, "elf": 70, "electron": 1})
    assert words.starting("elec", 2) == ["election", "electric"]
    assert words.starting("elec", 9) == ["election", "electric", "electron"]
    assert words.starting("x", 9) == []


def test_only_words_of_letters_are_there_by_length():
    words = Vocabulary({"abc": 1, "ab1": 1, "abcd": 2})
    assert [list(found) for found in words.of_length(2, 4)] == [[], ["abc"], ["abcd"]]


@given(st.lists(st.dictionaries(st.text("abc", min_size=1, max_size=4), st.integers(1, 5))))
def test_words_that_come_later_count_as_those_that_came_first(parts: list[dict[str, int]]):
    grown = Vocabulary()
    for part in parts:
        grown.add(part)
    words = {word for part in parts for word in part}
    assert len(grown) == len(words)
    for word in words:
        assert grown.count(word) == sum(part.get(word, 0) for part in parts)
    assert set(grown.starting("a", 1000)) == {w for w in words if w.startswith("a")} - {"a"}


def test_korean_names_are_kept_and_others_not():
    words = Vocabulary({}, ["한글 입력", "English only", "한글 입력", "Mac의 한글"])
    assert words.names().split("\n") == ["한글 입력", "mac의 한글"]
    assert len(words.hangul_words()) == 2
    words.add({}, ["두벌식 자판"])
    assert "두벌식" in words.names()
    assert len(words.hangul_words()) == 4


def test_what_is_written_later_is_followed():
    following = FollowingVocabulary(shelf := Shelf())
    shelf.texts["a"] = ("compost heap", ["한글 제목"])
    assert not following.ready
    words = following.now(Notebook([note("a", "Garden")]), 1)
    assert following.ready
    assert words.count("compost") == words.count("garden") == 1
    assert "한글 제목" in words.names()
    shelf.texts["b"] = ("tomatoes", [])
    words = following.now(Notebook([note("a", "Garden"), note("b", "Beds")]), 2)
    assert words.count("tomatoes") == words.count("beds") == words.count("compost") == 1
    assert shelf.whole == 1


def test_a_changed_note_or_title_is_read_again():
    following = FollowingVocabulary(shelf := Shelf())
    shelf.texts["a"] = ("compost", [])
    following.now(Notebook([note("a", "Garden")]), 1)
    shelf.texts["a"] = ("mulch", [])
    assert following.now(Notebook([note("a", "Garden", "2")]), 2).count("mulch") == 1
    assert following.now(Notebook([note("a", "Allotment", "2")]), 3).count("allotment") == 1


def test_nothing_is_read_while_nothing_changes():
    following = FollowingVocabulary(shelf := Shelf())
    shelf.texts["a"] = ("compost", [])
    words = following.now(Notebook([note("a", "Garden")]), 1)
    shelf.texts.clear()
    assert following.now(Notebook([note("a", "Garden")]), 1) is words
    assert following.now(Notebook([note("a", "Garden")]), 2) is words


def test_after_many_changes_the_words_that_are_gone_are_forgotten():
    following = FollowingVocabulary(shelf := Shelf())
    notes = [f"n{i}" for i in range(1002)]
    shelf.texts = dict.fromkeys(notes, ("before", []))
    following.now(Notebook([note(i, "t") for i in notes]), 1)
    shelf.texts = dict.fromkeys(notes, ("after", []))
    words = following.now(Notebook([note(i, "t", "2") for i in notes]), 2)
    assert words.count("after") == 1002
    # One more change is one too many: all is read anew.
    words = following.now(Notebook([note(i, "t", "3") for i in notes]), 3)
    assert words.count("before") == 0
    assert words.count("after") == 1002


def test_notes_that_come_and_go_leave_nothing_behind():
    following = FollowingVocabulary(shelf := Shelf())
    kept = ("kept", [])
    for round_ in range(12):
        fresh = {f"r{round_}n{i}": (f"{'abcdefghijkl'[round_] * 5}", []) for i in range(300)}
        shelf.texts = {"kept": kept, **fresh}
        words = following.now(Notebook([note(i, "t") for i in shelf.texts]), round_)
    assert words.count("lllll") == 300
    assert words.count("aaaaa") == 0
    assert len(following._seen) == 301
    assert shelf.whole < 5


def test_who_does_not_wait_gets_what_there_is():
    started, go_on = threading.Event(), threading.Event()

    def slow(note_ids: Sequence[str] | None) -> Iterator[Any]:
        started.set()
        assert go_on.wait(10)
        yield from ()

    following = FollowingVocabulary(slow)
    book = Notebook([note("a", "Garden")])
    reader = threading.Thread(target=following.now, args=(book, 1))
    reader.start()
    assert started.wait(10)
    assert len(following.now(book, 1, wait=False)) == 0
    go_on.set()
    reader.join()
    assert following.now(book, 1, wait=False).count("garden") == 1
