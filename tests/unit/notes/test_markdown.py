import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.notes.markdown import parse


@pytest.mark.parametrize(
    ("text", "path", "title"),
    [
        ("---\ntitle: From front matter\n---\n# Heading", "a.md", "From front matter"),
        ("---\ntitle: 1.10\n---\n", "a.md", "1.10"),
        ("---\ntitle:\n---\n# Heading", "a.md", "Heading"),
        ("---\ntitle: R&amp;D\n---\n", "a.md", "R&D"),
        ("# 제목 *강조*\ntext", "a.md", "제목 강조"),
        ("<!-- licence -->\n\nTitle\n=====\n", "a.md", "Title"),
        ("text first\n\n# Heading", "notes/내 노트.md", "내 노트"),
        ("## Second level", "a.md", "a"),
        ("", "2026-03-14-some-title.md", "some title"),
        ("", "2026-03-14 회의록.md", "회의록"),
        ("", "2026-03-14.md", "2026-03-14"),
        ("", "2026-13-14-x.md", "2026-13-14-x"),
        ("# Tasks\n\n# Notes\n", "2026-03-14.md", "2026-03-14"),
        ("# One\n\n# Two\n", "a.md", "One"),
        ("", unicodedata.normalize("NFD", "한글.md"), "한글"),
        ("#+title: Org\n* x", "a.org", "Org"),
        ("Rst\n===\n", "a.rst", "Rst"),
        ("# Not in rst", "b.rst", "b"),
        ("# In txt", "a.txt", "In txt"),
    ],
)
def test_title(text: str, path: str, title: str) -> None:
    assert parse(text, path).title == title


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        ("tags: [a, '#b', c d]", ("a", "b", "c d")),
        ("tags: a, b c", ("a", "b c")),
        ("tags: a b", ("a", "b")),
        ("tag: a\nkeywords:\n- b\n- A", ("a", "b")),
        ("tags:", ()),
        ("tags: {a: b}", ()),
        ("tags: [[a], b]", ("b",)),
    ],
)
def test_tags_of_the_front_matter(head: str, tags: tuple[str, ...]) -> None:
    assert parse(f"---\n{head}\n---\n", "a.md").tags == tags


def test_tags_of_the_text_follow_and_repeat_nothing() -> None:
    assert parse("---\ntags: [AI]\n---\n#ai #검색 #검색", "a.md").tags == ("AI", "검색")


@pytest.mark.parametrize(
    ("text", "path", "created"),
    [
        ("---\ncreated: 2026-03-14 10:00\n---\n", "2020-01-01-x.md", "2026-03-14"),
        ("---\ndate: not yet\n---\n", "2020-01-01-x.md", "2020-01-01"),
        ("---\ncreated: 2026-02-30\n---\n", "a.md", ""),
        ("", "journals/2026_03_14.md", "2026-03-14"),
        ("", "a.md", ""),
    ],
)
def test_created(text: str, path: str, created: str) -> None:
    assert parse(text, path).created == created


def test_aliases() -> None:
    assert parse("---\naliases: My note, 내 노트\n---\n", "a.md").aliases == ("My note", "내 노트")
    assert parse("---\nalias: [a, b]\n---\n", "a.md").aliases == ("a", "b")


def test_front_matter_is_in_no_block() -> None:
    text = "---\ntitle: x\n---\n\nbody"
    (block,) = parse(text, "a.md").blocks
    assert text[block.start : block.end] == "body"
    assert parse("---\ntitle: x\n---\n", "a.md").blocks == ()


def test_broken_front_matter_is_text() -> None:
    document = parse("---\ntitle: [x\n---\nbody", "a.md")
    assert document.blocks[0].start == 0


@given(st.text(), st.sampled_from(["a.md", "b.org", "c.rst", "2026-01-01-d.txt"]))
def test_any_text_is_a_note(text: str, path: str) -> None:
    document = parse(text, path)
    assert document.title
    assert len(document.title) <= 200
