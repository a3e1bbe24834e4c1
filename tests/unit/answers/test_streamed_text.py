"""What is done to an answer while it comes: stops, thoughts, loops."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.answers.llm.stops import until_stop
from notesai.answers.loops import TAIL, unlooped, until_loop
from notesai.answers.thinking import spoken


def cut(text: str, cuts: list[int]) -> list[str]:
    places = sorted({min(at, len(text)) for at in cuts} | {0, len(text)})
    return [text[a:b] for a, b in pairwise(places)]


@given(st.lists(st.integers(0, 60)))
def test_an_answer_ends_at_a_stop_however_it_is_cut(cuts: list[int]):
    text = "Water it.\nUse a can.\nUser: and then?"
    assert "".join(until_stop(cut(text, cuts), ("\nUser:", "\nAssistant:"))) == (
        "Water it.\nUse a can."
    )


@given(st.text(alphabet="a\nUser:", max_size=60), st.lists(st.integers(0, 60)))
def test_what_only_begins_like_a_stop_is_not_lost(text: str, cuts: list[int]):
    expected = text.partition("\nUser:")[0]
    assert "".join(until_stop(cut(text, cuts), ("\nUser:",))) == expected


@given(st.lists(st.integers(0, 80)))
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<think>\nLet me <b>see</b>.\n</think>\n\n아침에 줍니다 [1].", "아침에 줍니다 [1]."),
        (" <THOUGHT>x</thought>Yes", "Yes"),
        ("<think></think>", ""),
        ("<think>it never ends", ""),
        ("<b>bold</b> and <think>later</think>", "<b>bold</b> and <think>later</think>"),
        ("  \n plain", "plain"),
        ("<", "<"),
        ("", ""),
    ],
)
def test_thoughts_before_the_answer_are_left_out(text: str, said: str, cuts: list[int]):
    assert "".join(spoken(cut(text, cuts))) == said


def test_an_answer_in_circles_ends():
    line = "The tomatoes want their water early in the morning, so water them [1]. "
    said = "".join(until_loop([line] * 1000))
    assert line * 4 == said
    assert "".join(until_loop(["가나다 "] * 1000)).count("가나다") < 100


@pytest.mark.parametrize(
    "verse",
    [
        "### The starter is the bread\n\nThe bread is the starter.\n\n",
        "띄어쓰기가 사람마다 다르다. [2] 물 주기랑 같이 봐야 함. [1]\n\n",
        "The answer to your question is this.\n\n",
    ],
)
def test_sentences_in_circles_end_and_are_left_once(verse: str):
    opening = "It doubles in four hours.\n\n"
    said = "".join(until_loop([opening, *(verse * 100)]))
    assert said.count(verse) <= 5
    assert unlooped(said) == (opening + verse).strip()
    assert unlooped(opening + verse * 2) == opening + verse * 2


def test_a_table_may_say_none_in_each_row():
    rows = "Monday: 3\n" + "none\n" * 12 + "It was dry"
    assert "".join(until_loop(rows)) == rows == unlooped(rows)


def test_what_only_resembles_itself_goes_on():
    rows = [f"| {n} | tomatoes | {n * 7} g |\n" for n in range(100)]
    assert "".join(until_loop(rows)) == "".join(rows)
    assert len("".join(until_loop(["-" * (TAIL // 2), "\n"] * 3))) > TAIL
