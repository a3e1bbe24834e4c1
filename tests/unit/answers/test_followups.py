"""Questions that lean on the ones before."""

import pytest

from notesai.answers.followups import leans, standalone
from notesai.model import Turn


def after(*questions: str) -> list[Turn]:
    return [Turn(question, "…") for question in questions]


@pytest.mark.parametrize(
    ("before", "question", "asked"),
    [
        ("토마토 곁순은 어떻게 따나요?", "그건 언제 해야 해?", "토마토 곁순은 언제 해야 해?"),
        ("김치찌개에 돼지고기는 얼마나 넣어?", "물은?", "김치찌개에 돼지고기는 물은?"),
        ("제주 4박 5일 일정 알려줘", "둘째 날은?", "제주 4박 5일 일정 둘째 날은?"),
        ("벡터 DB 비교", "그 이유는 뭐야?", "벡터 DB 비교 그 이유는 뭐야?"),
        ("When should I prune tomatoes?", "How often?", "prune tomatoes How often?"),
        (
            "Who wrote The Vegetarian?",
            "When was it published?",
            "wrote Vegetarian When was it published?",
        ),
        ("Which paints dry fastest?", "and the cheapest?", "paints dry fastest and the cheapest?"),
        ("weather station firmware", "Why?", "weather station firmware Why?"),
    ],
)
def test_a_leaning_question_takes_the_words_before_it_along(before: str, question: str, asked: str):
    assert standalone(question, after(before)) == asked


@pytest.mark.parametrize(
    "question",
    [
        "What is sourdough starter made of?",
        "When do I water the tomatoes in summer?",
        "다음 회의는 언제인가요?",
        "수채화 물감은 어디서 샀지?",
        "김치찌개에는 돼지고기를 얼마나 넣나요?",
    ],
)
def test_a_question_that_stands_by_itself_stays(question: str):
    assert not leans(question)
    assert standalone(question, after("토마토 곁순은?", "Where is the compost?")) == question


def test_it_goes_back_to_the_question_that_names_something():
    asked = standalone("왜?", after("퇴비 온도는 몇 도까지 올라가?", "그건 왜?"))
    assert asked.startswith("퇴비 온도는") and asked.endswith("왜?")


def test_without_a_history_nothing_is_added():
    assert standalone("그건 왜?", []) == "그건 왜?"


def test_what_is_named_again_is_not_repeated():
    assert standalone("토마토는 그때 왜?", after("토마토는 언제 심지?")) == "토마토는 그때 왜?"
