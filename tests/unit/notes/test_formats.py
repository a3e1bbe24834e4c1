import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.errors import NoteError
from notesai.notes.formats import TEXT_SUFFIXES, decode

KOREAN = "# 회의록\n오늘은 “검색” 기능을 논의했다.\n"


def test_suffixes_are_lower_case_with_dot() -> None:
    assert {".md", ".markdown", ".txt", ".org", ".rst"} <= TEXT_SUFFIXES
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in TEXT_SUFFIXES)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_utf8_comes_back_unchanged(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == text
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


def test_newlines_are_kept() -> None:
    assert decode(b"a\r\nb\rc\n") == "a\r\nb\rc\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("text", [KOREAN, "plain English text\n"])
def test_unicode_encodings(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    if encoding == "utf-16-be":
        assert decode(codecs.BOM_UTF16_BE + data) == text
    assert decode(data) == text


def test_a_byte_order_mark_alone_is_an_empty_note() -> None:
    assert decode(codecs.BOM_UTF8) == ""
    assert decode(codecs.BOM_UTF16_LE) == ""
    assert decode(b"") == ""


@pytest.mark.parametrize(
    "text", ["가", "안녕", "할 일", "1. 장보기", KOREAN, "# TODO\n- 우유 2L\n", "똠방각하 이야기"]
)
@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
def test_korean_of_any_length(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("これはテストです。日本語の文章を判定する", "cp932"),
        ("这是一个中文测试文件，用于检测编码是否正确。", "gb18030"),
        ("Müller", "cp1252"),
        ("It’s “quoted” – dash", "cp1252"),
    ],
)
def test_other_legacy_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_damaged_utf8_keeps_its_sound_part() -> None:
    data = (KOREAN * 5).encode()
    assert decode(data[:-3] + b"\xff\n").startswith(KOREAN * 4)


def test_one_stray_control_character_is_no_reason_to_lose_a_note() -> None:
    assert decode(b"word " * 200 + b"\x00") == "word " * 200 + "\x00"


@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 64,
        b"hello\x00world",
        b"even\x00 in length",
        bytes(range(256)),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00" * 20,
    ],
)
def test_binary_is_skipped(data: bytes) -> None:
    with pytest.raises(NoteError) as caught:
        decode(data)
    assert caught.value.code == "note.undecodable"
    assert caught.value.skipped
    assert caught.value.hint


@given(st.binary(max_size=300))
def test_any_bytes_give_clean_text_or_a_note_error(data: bytes) -> None:
    try:
        text = decode(data)
    except NoteError as error:
        assert error.code == "note.undecodable"
    else:
        text.encode("utf-8")
