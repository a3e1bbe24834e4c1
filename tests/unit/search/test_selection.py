import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.index.conditions import outside, within
from notesai.index.notebook import Notebook
from notesai.index.schema import ChunkKey, ScoredKey
from notesai.model import Note
from notesai.search import selection
from notesai.search.dates import day_of
from notesai.search.filters import Facets, facets, passing
from notesai.search.query import Query, parse
from notesai.search.selection import Selection


def note(path: str = "a.md", **fields: object) -> Note:
    return Note("n", path, "A", "c", 0, 1, **fields)


def fits(note: Note, query: Query) -> bool:
    return passing(Facets([note]), query).tolist() == [True]


@pytest.mark.parametrize(
    ("query", "tags", "found"),
    [
        ("tag:a", ("a",), True),
        ("tag:a", ("a/b",), True),
        ("tag:#A/", ("a/b",), True),
        ("tag:a/b", ("a",), False),
        ("tag:a", ("ab",), False),
        ("tag:정원", ("#정원/흙",), True),
        ("tag:a tag:b", ("a", "b"), True),
        ("tag:a tag:b", ("a",), False),
        ("-tag:a", ("a/b",), False),
        ("-tag:a", (), True),
    ],
)
def test_tags(query: str, tags: tuple[str, ...], found: bool):
    assert fits(note(tags=tags), parse(query)) is found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("path:Garden/", True),
        ("path:/home/garden/", True),
        ("path:./home/", True),
        ("path:home\\garden\\", True),
        ("path:gard", True),
        ("path:/garden/", False),
        ("path:arden/", False),
        ("path:x/ path:garden/", True),
        ("-path:garden/", False),
        ("path:'; drop", False),
        ('path:"my bed.md"', True),
    ],
)
def test_paths(query: str, found: bool):
    assert fits(note("home/Garden/my bed.md"), parse(query)) is found


def test_languages():
    assert fits(note(language="ko"), parse("lang:ko"))
    assert fits(note(language="ko"), parse("lang:en lang:ko"))
    assert not fits(note(language="ko"), parse("lang:en"))
    assert not fits(note(language="ko"), parse("-lang:korean"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("after:2026-01-31", True),
        ("after:2026-02-01", False),
        ("before:2026-01-31", False),
        ("before:2026-02", True),
        ("after:2026 before:2027", True),
        ("after:2025 after:2027", False),
    ],
)
def test_days(query: str, found: bool):
    assert fits(note(created="2026-01-31"), parse(query)) is found


def test_a_note_without_a_date_is_of_the_day_its_file_was_changed():
    noon = datetime.datetime(2026, 1, 31, 12)
    changed = Note("n", "a.md", "A", "c", int(time.mktime(noon.timetuple())) * 10**9, 1)
    assert day_of(changed) == "2026-01-31"
    assert day_of(Note("n", "a.md", "A", "c", 10**21, 1)) == ""


def test_conditions_quote_and_never_end_up_empty():
    assert within("note_id", ["a'; drop"]) == "note_id IN ('a''; drop')"
    assert within("note_id", []) == "note_id IN (NULL)"
    assert outside("note_id", []) == ""


def test_filters_follow_the_notes():
    book = Notebook([note(tags=("a",))])
    assert passing(facets(book), parse("tag:a")).tolist() == [True]
    book.put([note(tags=("b",))])
    assert passing(facets(book), parse("tag:a")).tolist() == [False]
    assert passing(facets(book), parse("tag:b")).tolist() == [True]
    book.drop(["n"])
    assert passing(facets(book), parse("tag:b")).tolist() == []


def chunks(count: int) -> list[ScoredKey]:
    return [ScoredKey(ChunkKey(f"n{i}", "c", 0), 1.0 / (i + 1)) for i in range(count)]


@given(st.sets(st.integers(0, 39)), st.integers(0, 40), st.integers(1, 20))
def test_the_best_selected_are_found_however_many_they_are(wanted: set[int], short: int, k: int):
    everything = chunks(40)
    notes = frozenset(f"n{i}" for i in wanted)
    others = frozenset(f"n{i}" for i in range(40)) - notes
    limited = Selection(notes, others, None, len(notes) / 40)

    def fetch(count: int, where: str) -> list[ScoredKey]:
        named = {part.strip("'") for part in where.partition("(")[2].rstrip(")").split(",")}
        inside = "NOT" not in where
        met = [c for c in everything if not where or (c.key.note_id in named) is inside]
        return met[:count]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(selection, "SHORT", short)
        found = limited.found(fetch, k)
    assert found == [c for c in everything if c.key.note_id in notes][:k]
