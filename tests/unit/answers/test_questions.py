import pytest

from notesai.answers.questions import telling


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When do I water the tomatoes?", "water tomatoes"),
        ("김치찌개에는 어떤 김치를 쓰나요?", "김치찌개에는 김치를"),
        ("토마토 곁순은 언제 따나요?", "토마토 곁순은 따나요"),
        ("LanceDB 인덱스는 어떻게 optimize 하나요?", "LanceDB 인덱스는 optimize"),
    ],
)
def test_words_that_only_ask_are_left_out(question: str, words: str):
    assert telling(question) == words


@pytest.mark.parametrize("question", ["How much?", "무엇인가요?", "?!", ""])
def test_a_question_of_asking_words_alone_keeps_them(question: str):
    assert telling(question) == question
