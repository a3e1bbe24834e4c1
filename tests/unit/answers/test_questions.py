import pytest

from notesai.answers.questions import question_words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When do I water the tomatoes?", {"water", "tomato"}),
        ("김치찌개에는 어떤 김치를 쓰나요?", {"김치"}),
        ("토마토 곁순은 언제 따나요?", {"토마", "곁순"}),
        ("물은 아침에 주나요?", {"물", "아침"}),
        ("LanceDB 인덱스는 어떻게 optimize 하나요?", {"lancedb", "인덱", "optim"}),
    ],
)
def test_words_that_only_ask_are_left_out(question: str, words: set[str]):
    assert question_words(question) == words


def test_a_question_of_asking_words_alone_keeps_them():
    assert question_words("How much?")


def test_an_empty_question_has_no_words():
    assert question_words("?!") == set()
