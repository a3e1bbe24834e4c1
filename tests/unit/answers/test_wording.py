import unicodedata

import pytest

from notesai.answers.wording import Word, Wording, asks, stem


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("내나요", "내"),
        ("쓰는가", "쓰"),
        ("끓이나요", "끓"),
        ("먹었나요", "먹"),
        ("넣을까요", "넣"),
    ],
)
def test_the_verb_of_a_question_has_a_stem_of_its_own(word: str, root: str):
    assert unicodedata.normalize("NFC", stem(word)) == root
    assert asks(Word(word, False))


@pytest.mark.parametrize(
    ("asked", "said"), [("내나요", "한 번에 2리터 내서"), ("걸리나요", "걸린다")]
)
def test_it_is_found_in_what_states_the_same(asked: str, said: str):
    assert Wording(said).holds(Word(asked, False)) == 1.0


@pytest.mark.parametrize("word", ["육수는", "바나나", "국가", "어디까지"])
def test_other_words_do_not_ask(word: str):
    assert not asks(Word(word, False))
