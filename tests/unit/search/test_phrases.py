import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.search.phrases import holds, marks
from notesai.search.query import Query, parse


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Green  matter\nand brown", "green matter"),
        ("텃밭을 가꾼다", "텃밭"),
        ("작은텃밭", "텃밭"),
        ("API를 쓴다", "API"),
        ("in C++ and C#", "C++"),
        ("a (b) [c] .*", "(b) [c] .*"),
        ("the café", "café"),
    ],
)
def test_a_phrase_is_found_as_it_stands(text: str, phrase: str):
    for form in ("NFC", "NFD"):
        assert holds(unicodedata.normalize(form, text), phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [("a party", "art"), ("matter green", "green matter"), ("greens matter", "green matter")],
)
def test_words_apart_or_cut_are_none(text: str, phrase: str):
    assert not holds(text, phrase)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_marks_cut_words_and_phrases_out_of_the_text_as_it_is(form: str):
    text = unicodedata.normalize(form, "작은 텃밭 일기, 텃밭 가꾸기, morning dew")
    query = parse('"텃밭 가꾸기" dew tag:일기')
    marked = [unicodedata.normalize("NFC", text[a:b]) for a, b in marks(text, query)]
    assert marked == ["텃밭 가꾸기", "dew"]


def test_marks_that_meet_are_one():
    assert marks("green matter", parse('green "green matter" matter')) == ((0, 12),)
    assert marks("green", parse("tag:green")) == ()


def test_words_that_stand_in_are_marked():
    text = "electric cars, 색인 카드"
    near = ("electric", "색인")
    marked = [text[start:end] for start, end in marks(text, parse("elec 카드ㅁ"), near)]
    assert marked == ["electric", "색인", "카드"]
    assert marks(text, parse("elec")) == ()


@given(st.text("ab 가. \n(*", max_size=40), st.text("ab 가.(*", min_size=1, max_size=6))
def test_what_is_marked_lies_apart_and_in_the_text(text: str, phrase: str):
    found = marks(text, Query("", "", phrases=(" ".join(phrase.split()) or "a",)))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(left[1] < right[0] for left, right in pairwise(found))
    assert bool(found) == holds(text, " ".join(phrase.split()) or "a")
