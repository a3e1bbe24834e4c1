import re
import unicodedata
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.notes.names import hidden, is_note
from notesai.notes.new_names import conflict_stem, free_name, stem_for


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("회의 메모", "회의 메모"),
        ("a/b: c?", "a b c"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("console", "console"),
        ("...", "note"),
        ("", "note"),
        (" .hidden ", "hidden"),
        ("end. ", "end"),
        ("C# [draft] | x^2", "C draft x 2"),
        ("a\x00b\nc", "a b c"),
        (unicodedata.normalize("NFD", "한글"), "한글"),
    ],
)
def test_titles_become_names_that_every_system_accepts(title: str, expected: str) -> None:
    assert stem_for(title) == expected


@given(st.text(max_size=300))
def test_any_title_has_a_name(title: str) -> None:
    name = stem_for(title) + ".md"
    assert len(name.encode()) <= 200
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert not hidden(name) and is_note(name)
    assert not name.removesuffix(".md").endswith((" ", "."))


def test_a_conflict_is_named_after_the_note_and_the_time() -> None:
    name = conflict_stem("일지", datetime(2026, 3, 14, 15, 30))
    assert name == "일지 (conflict 2026-03-14 1530)"


def test_a_taken_name_is_numbered_whatever_its_case_and_form() -> None:
    taken = ["Note.MD", unicodedata.normalize("NFD", "가.md"), "note 2.md"]
    assert free_name("note", ".md", taken) == "note 3.md"
    assert free_name("가", ".md", taken) == "가 2.md"
    assert free_name("new", ".md", taken) == "new.md"
