import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.search.hangul import (
    continued,
    half_typed,
    initials,
    named_by,
    whole_syllables,
    without_initials,
)

JAMO_TEXT = st.text("가각인ㄱㄷㅏㄳ\u1100\u1161\u11a8 a\x00", max_size=30)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("인ㄷ", "인"),
        ("인\u1103", "인"),
        ("색인ㄷ 표ㄱ", "색인 표"),
        ("ㅎㄱ", "ㅎㄱ"),
        ("한ㄱ어", "한ㄱ어"),
        ("웃김ㅋㅋㅋ", "웃김"),
        ("index", "index"),
        ("", ""),
        ("\u110b\u1175\u11ab", "인"),
    ],
)
def test_letters_that_begin_a_syllable_are_left_out(typed: str, whole: str):
    assert whole_syllables(typed) == whole


@given(JAMO_TEXT)
def test_text_without_loose_letters_stays(text: str):
    once = whole_syllables(text)
    assert whole_syllables(once) == once


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("ㅎㄱ", "ㅎㄱ"),
        ("한ㄱ", "한ㄱ"),
        ("ㅎ글", "ㅎ글"),
        ("\u1112\u1100", "ㅎㄱ"),
        ("ㄳ", "ㄱㅅ"),
        ("한글", ""),
        ("abc", ""),
        ("ㅏㅏ", ""),
        ("ㅎa", ""),
        ("ㅎ" * 100, ""),
    ],
)
def test_initials_are_told_from_words(word: str, letters: str):
    assert initials(word) == letters


def test_a_half_typed_syllable_is_told_from_initials():
    assert [half_typed(word) for word in ("인ㄷ", "인\u1103", "한ㄱㅂ", "ㅎ", "인")] == [
        True,
        True,
        False,
        False,
        False,
    ]


NAMES = "한글 입력기\n카카오엔진 쿠키\n나의 한글\n위한글\n학교 생활\nkorean 한국어"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ㅎㄱ", ["한글", "학교", "한국"]),
        ("ㅎㄱㅇㄹ", ["한글 입력"]),
        ("한ㄱ", ["한글", "한국"]),
        ("ㅎ글", ["한글"]),
        ("ㅋㅋㅇ", ["카카오"]),
        ("ㅋ", ["카카오엔진", "쿠키"]),
        ("ㅃㅃ", []),
    ],
)
def test_names_are_found_by_their_initials(typed: str, found: list[str]):
    assert named_by(initials(typed), NAMES, 5) == found


def test_the_names_that_many_notes_have_come_first():
    assert named_by("ㅎㄱ", "학교\n한글\n한글 자판", 1) == ["한글"]


@pytest.mark.parametrize(
    ("word", "some", "never"),
    [("색이", ["색인", "색일"], ["색이", "색읶"]), ("우한", ["우하"], ["우한"])],
)
def test_an_unfinished_word_may_get_another_end(word: str, some: list[str], never: list[str]):
    found = continued(word)
    assert set(some) <= set(found)
    assert not set(never) & set(found)


@pytest.mark.parametrize("word", ["", "색", "a", "인ㄷ", "색 인", "인a"])
def test_what_does_not_end_in_two_syllables_has_no_other_end(word: str):
    assert continued(word) == []


def test_words_of_initials_alone_are_no_words():
    assert without_initials("ㅎㄱ 입력 한ㄱ") == "입력 한ㄱ"
    assert without_initials("a  b") == "a  b"


@given(JAMO_TEXT)
def test_any_text_will_do(text: str):
    for word in (text, *text.split()):
        letters = initials(word)
        assert not letters or all(len(found) > 0 for found in named_by(letters, NAMES, 3))
        assert all(unicodedata.is_normalized("NFC", end) for end in continued(word))
        half_typed(word)
