import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.search.keyboard import as_hangul, as_latin, keys_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rkskek", "가나다"),
        ("rjator", "검색"),
        ("vmffjrmdls", "플러그인"),
        ("dlTdma", "있음"),
        ("djqtek", "없다"),
        ("ekfrqkf", "닭발"),
        ("dhkddnjs", "왕원"),
        ("GKSRMF", "한글"),
    ],
)
def test_keys_of_korean_words_are_read(typed: str, meant: str):
    assert as_hangul(typed) == meant


@pytest.mark.parametrize(
    "word", ["", "test", "hello", "compost", "so", "rrr", "a-b", "한글", "rkskek1", "rk" * 30]
)
def test_what_makes_no_whole_syllables_is_no_korean(word: str):
    assert as_hangul(word) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ㅠㅁ차ㅣㅑㅜㅏㄴ", "backlinks"), ("ㄴㅛㅜㅊ", "sync"), ("메ㅑ", "api"), ("챙ㄷ", "code")],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_keys_of_english_words_are_read(typed: str, meant: str, form: str):
    assert as_latin(unicodedata.normalize(form, typed)) == meant


@pytest.mark.parametrize(
    "word", ["", "한글", "ㅎㄱ", "ㅠㅠ", "ㅋㅋㅋ", "abc", "한ㄱabc", "ㅏ" * 30]
)
def test_whole_syllables_and_initials_are_meant_as_they_are(word: str):
    assert as_latin(word) == ""


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=8))
def test_every_syllable_comes_back_from_its_keys(word: str):
    keys = keys_of(word)
    assert as_hangul(keys) == (word if len(keys) <= 40 else "")


@given(st.text())
def test_any_text_will_do(text: str):
    as_hangul(text)
    as_latin(text)
