import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.index.vocabulary import Vocabulary
from notesai.search.query import parse
from notesai.search.spelling import (
    COMPLETION,
    CORRECTION,
    ENOUGH,
    continuations,
    corrections,
    doubtful,
    meant_by_initials,
    unfinished,
    with_stand_ins,
)

WORDS = Vocabulary(
    {
        "electric": 20,
        "electricity": 9,
        "election": 12,
        "configuration": 30,
        "powershell": 500,
        "power": 30,
        "form": 40,
        "from": ENOUGH,
        "childitem": 5,
        "abc12345": 9,
    },
    ["토마토 곁순", "한글 입력기"],
)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("elec", "elec"),
        ("green elec", "elec"),
        ("elec ", ""),
        ('"elec', '"elec'),
        ('"green elec"', ""),
        ('green "elec"', ""),
        ("elec”", ""),
        ("-elec", ""),
        ("tag:elec", ""),
        ("", ""),
        ("  ", ""),
        ("\u1109\u1162\u11a8", "색"),
    ],
)
def test_the_last_word_is_unfinished_until_something_closes_it(typed: str, word: str):
    assert unfinished(parse(typed)) == word


def test_an_unfinished_word_goes_on_as_the_notes_do():
    # electricity has the stem of electric: its term is the same.
    assert continuations(WORDS, "elec") == {"electric": 1.0, "election": 1.0}
    assert continuations(WORDS, "configurati") == {"configuration": 1.0}
    assert continuations(WORDS, "Get-Chil") == {"childitem": 1.0}
    assert continuations(WORDS, '"ELEC') == {"electric": 1.0, "election": 1.0}


def test_a_word_that_stands_in_the_notes_counts_more_than_how_it_goes_on():
    assert continuations(WORDS, "power") == {"powershell": COMPLETION}
    assert continuations(WORDS, "from") == {}


def test_beside_a_far_rarer_word_the_frequent_ones_count_in_full():
    words = Vocabulary({"fil": 2, "file": 900, "filter": 300, "fillet": 3})
    assert continuations(words, "fil") == {"file": 1.0, "filter": 1.0}


@pytest.mark.parametrize("word", ["e", "12", "", "색인", "elec!", "e" * 10_000, "zzz", "elec12"])
def test_what_goes_on_in_no_note_has_no_stand_in(word: str):
    assert continuations(WORDS, word) == {}


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("electirc", ["electric"]),
        ("electrc", ["electric"]),
        ("lectric", ["electric"]),
        ("configuratoin", ["configuration"]),
        ("pwershel", ["powershell"]),
        ("elect", ["electric", "election"]),
        ("겻순", ["곁순"]),
        ("입력끼", ["입력기"]),
    ],
)
def test_a_wrong_word_is_taken_for_the_nearest(wrong: str, meant: list[str]):
    found = corrections(WORDS, wrong)
    assert list(found) == meant
    assert set(found.values()) == {CORRECTION}


@pytest.mark.parametrize("word", ["electric", "zebra", "곁순", "자동차", "fxxm", "elxxtric"])
def test_words_that_are_right_or_far_from_all_stay(word: str):
    assert corrections(WORDS, word) == ({"electric": CORRECTION} if word == "elxxtric" else {})


def test_a_short_word_has_one_mistake_at_most():
    # "from" is as near, but says nothing.
    assert corrections(WORDS, "frrm") == {"form": CORRECTION}
    assert corrections(WORDS, "chldtem") == {}


def test_the_fewest_mistakes_win_then_the_most_frequent():
    words = Vocabulary({"format": 1, "forman": 9, "formal": 5, "fermat": 50})
    assert list(corrections(words, "formaz"))[:3] == ["forman", "formal", "format"]


def test_short_words_numbers_and_names_with_digits_are_not_doubted():
    asked = "abc 12345 abc12345 wordy café C3PO Get-Chlid 한글 글"
    assert doubtful(asked) == ["wordy", "café", "chlid"]
    assert doubtful("토마토 겻순을 x") == ["토마토", "겻순을"]


def test_initials_stand_for_what_titles_and_headings_hold():
    assert meant_by_initials(WORDS, ["ㅎㄱ"]) == {"한글": 1.0}
    assert meant_by_initials(WORDS, ["한ㄱ", "xyz"]) == {"한글": COMPLETION}
    assert meant_by_initials(WORDS, ["ㅌㅁㅌㄱㅅ"]) == {"토마토 곁순": 1.0}
    assert meant_by_initials(WORDS, ["한글", "abc"]) == {}


def test_stand_ins_take_nothing_from_what_is_sought():
    weights = with_stand_ins({"electr": 1.0}, {"electric": 0.3, "election": 0.3})
    assert weights == {"electr": 1.0, "elect": 0.3}


@given(st.text(max_size=200) | st.text("가ㄱㄴㅏ \"'-:\x00aé\u0301\u202e", max_size=60))
def test_any_query_will_do(text: str):
    query = parse(text)
    word = unfinished(query)
    continuations(WORDS, word)
    meant_by_initials(WORDS, text.split())
    for wrong in doubtful(text):
        assert all(0 < weight <= 1 for weight in corrections(WORDS, wrong).values())
