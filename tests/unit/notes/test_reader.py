import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.errors import NoteError
from notesai.model import Chunk
from notesai.notes.reader import (
    chunk_terms,
    content_hash,
    embedded_text,
    note_terms,
    read_note,
    text_hash,
)

_TOKEN = re.compile(r"[가-힣]|[^\W가-힣]+|[^\w\s]")
WINDOW = 128


def count(text: str) -> int:
    return len(_TOKEN.findall(text))


def passage(text: str, *headings: str) -> Chunk:
    return Chunk(0, headings, 0, len(text), 1, text)


def test_a_note() -> None:
    head = "---\ntags: [요리]\ncreated: 2026-03-14\n---\n"
    text = f"{head}# 김치찌개\n\n[[김치]]와 [물](물.md), [[김치]]\n"
    note = read_note(text.encode(), "요리/찌개.md", count, window=WINDOW)
    assert (note.text, note.title, note.language) == (text, "김치찌개", "ko")
    assert (note.tags, note.links, note.created) == (("요리",), ("김치", "물.md"), "2026-03-14")
    (chunk,) = note.chunks
    assert chunk.headings == ("김치찌개",)
    assert text[chunk.start : chunk.end] == chunk.text


@pytest.mark.parametrize("data", [b"", b"\n", b"---\ntitle: x\n---\n", b"\xef\xbb\xbf"])
def test_a_note_without_text_has_no_chunks(data: bytes) -> None:
    assert read_note(data, "a.md", count, window=WINDOW).chunks == ()


def test_offsets_do_not_count_a_byte_order_mark() -> None:
    note = read_note(b"\xef\xbb\xbftext", "a.md", count, window=WINDOW)
    assert (note.chunks[0].start, note.chunks[0].end) == (0, 4)


def test_binary_is_refused() -> None:
    with pytest.raises(NoteError):
        read_note(b"\x00\x01\x02" * 20, "a.md", count, window=WINDOW)


def test_code_does_not_tell_the_language() -> None:
    text = "# 설정\n\n이렇게 한다.\n\n```\n" + "some_english_code()\n" * 200 + "```\n"
    assert read_note(text.encode(), "a.md", count, window=WINDOW).language == "ko"


@pytest.mark.parametrize(
    ("title", "chunk", "expected"),
    [
        ("T", passage("text"), "T\ntext"),
        ("T", passage("text", "A", "B"), "T > A > B\ntext"),
        ("T", passage("text", "T", "B"), "T > B\ntext"),
        ("T", passage("# T\n\ntext", "T"), "# T\n\ntext"),
        ("T", passage("## **B**\n\ntext", "T", "B"), "T\n## **B**\n\ntext"),
        ("T", passage("B\n---\ntext", "A", "B"), "T > A\nB\n---\ntext"),
        ("", passage("text"), "text"),
        ("", passage("!"), "!"),
        ("T", passage("text", "1", "2", "3", "4"), "T > 2 > 3 > 4\ntext"),
    ],
)
def test_embedded_text(title: str, chunk: Chunk, expected: str) -> None:
    assert embedded_text(title, chunk) == expected


PIECES = st.sampled_from(
    [
        "# 제목\n\n",
        "## Part\n\n",
        "문장을 썼다. ",
        "word " * 20,
        "```\n",
        "\n\n",
        "- item\n",
        "x" * 200,
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([64, 128, 256]))
def test_what_is_embedded_fits_the_window(text: str, window: int) -> None:
    note = read_note(text.encode(), "메모.md", count, window=window)
    for chunk in note.chunks:
        assert count(embedded_text(note.title, chunk)) <= window - 2


def test_endless_headings_leave_room_for_the_passage() -> None:
    text = "".join(f"{'#' * level} {'긴 제목 ' * 50}\n\ntext\n\n" for level in range(1, 7)) * 3
    note = read_note(text.encode(), "a.md", count, window=512)
    assert all(count(embedded_text(note.title, c)) <= 510 for c in note.chunks)


def test_the_first_chunk_has_the_terms_of_the_other_names() -> None:
    first, second = passage("Text"), replace(passage("Text"), ordinal=1)
    assert chunk_terms(first, ["Cold frame", "온상"]).split() == [
        "cold",
        "frame",
        "온상",
        "온",
        "상",
        "text",
    ]
    assert chunk_terms(second, ["Cold frame", "온상"]) == "text"


def test_chunk_terms_hold_headings_and_text_but_not_the_title() -> None:
    assert chunk_terms(passage("Running text", "검색")).split() == [
        "검색",
        "검",
        "색",
        "run",
        "text",
    ]


def test_note_terms_name_the_note() -> None:
    found = note_terms("My Notes", "work/검색 메모.md", ("ml/search",)).split()
    assert found == ["my", "note", "work", "검색", "검", "색", "메모", "메", "모", "ml", "search"]


def test_hashes() -> None:
    assert content_hash(b"a") != content_hash(b"b")
    assert re.fullmatch(r"[0-9a-f]{32}", content_hash(b""))
    assert text_hash("가") == content_hash("가".encode())
    text_hash("\ud800")
