import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.notes.formats import decode
from notesai.notes.text_form import LINE_END, Form, form_of, with_line_ends

LINES = st.text(alphabet="ab \t가é#", max_size=5)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\u2029"])
ORIGINALS = st.lists(st.tuples(LINES, ENDS), max_size=12).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)


def normalised(text: str) -> str:
    return LINE_END.sub("\n", text)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", "utf-8"),
        ("plain 한글".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "한글 메모".encode(), "utf-8"),
        ("한글 메모입니다. 오늘은 맑음.".encode("cp949"), "cp949"),
        (codecs.BOM_UTF16_LE + "메모 memo".encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + "메모 memo".encode("utf-16-be"), "utf-16-be"),
        ("a bare one in words\n".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_a_form_gives_back_the_bytes(data: bytes, encoding: str) -> None:
    text = decode(data)
    form = form_of(data, text)
    assert form is not None and form.encoding == encoding
    assert form.encode(text) == data


def test_damaged_text_has_no_form() -> None:
    data = "가나다라마바사아자차카타파하 ".encode() * 3 + b"\xff"
    assert form_of(data, decode(data)) is None


def test_what_an_encoding_cannot_hold_is_not_encoded() -> None:
    assert Form("cp949").encode("한글 😀") is None
    assert Form().encode("\x00\x01\x02") is None
    assert Form().encode("\udc80") is None


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40))
def test_what_utf8_encodes_is_read_back(text: str) -> None:
    data = Form().encode(text)
    assert data is None or decode(data) == text
    if not text.startswith("\ufeff"):
        assert data is not None


@given(ORIGINALS)
def test_an_unchanged_text_keeps_every_line_end(original: str) -> None:
    assert with_line_ends(normalised(original), original) == original


@given(ORIGINALS, ORIGINALS)
def test_line_ends_never_change_the_lines(text: str, original: str) -> None:
    edited = normalised(text)
    assert normalised(with_line_ends(edited, original)) == edited


def test_lines_that_stay_keep_their_ends_and_new_ones_get_the_usual() -> None:
    original = "one\r\ntwo\nthree\r\nfour\r\n"
    assert with_line_ends("one\nnew\ntwo\nthree\nfour\n", original) == (
        "one\r\nnew\r\ntwo\nthree\r\nfour\r\n"
    )
    assert with_line_ends("a\nb\n", "x\r\n") == "a\r\nb\r\n"
    assert with_line_ends("a\nb\n", "no end") == "a\nb\n"
