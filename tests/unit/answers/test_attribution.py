"""A sentence without a citation gets that of the passage which bears it, while it is written."""

from itertools import pairwise

import pytest
from fakes import HashingEmbedder
from hypothesis import given
from hypothesis import strategies as st

from notesai.answers.attribution import Passages, attributed
from notesai.answers.claims import CITATION
from notesai.model import Citation

ANSWER = (
    "Water the tomatoes early in the morning. Give each plant 5 litres [2]. Never at noon, e.g. in"
    " July, 3.5 litres are lost.\n\n# Watering the tomato plants\n\n"
    "| Plants | Water in the morning |\n- Leaves burn at noon\n- Yes.\n\n"
    "한낮에는 물을 주지 않는다.잎이 타기 때문이다. [see below] It ends"
)


def cut(text: str, at: list[int]) -> list[str]:
    places = sorted({0, len(text), *(place % (len(text) + 1) for place in at)})
    return [text[a:b] for a, b in pairwise(places)]


def always(sentence: str) -> int:
    return 1


def test_each_sentence_that_lacks_one_gets_a_citation():
    said = "".join(attributed([ANSWER], always))
    assert said == (
        "Water the tomatoes early in the morning. [1] Give each plant 5 litres [2]. Never at noon,"
        " e.g. in July, 3.5 litres are lost. [1]\n\n# Watering the tomato plants\n\n"
        "| Plants | Water in the morning |\n- Leaves burn at noon [1]\n- Yes. [1]\n\n"
        "한낮에는 물을 주지 않는다. [1]잎이 타기 때문이다. [1] [see below] It ends [1]"
    )
    assert "".join(attributed([ANSWER], lambda sentence: 0)) == ANSWER


@given(st.lists(st.integers(0, 500), max_size=60))
def test_how_the_text_is_cut_makes_no_difference(at: list[int]):
    pieces = list(attributed(cut(ANSWER, at), always))
    assert "".join(pieces) == "".join(attributed([ANSWER], always))


@given(st.text(alphabet="ab .!\n[1]2,다요`|#", max_size=80), st.lists(st.integers(0, 80)))
def test_nothing_is_lost_and_nothing_taken_back(text: str, at: list[int]):
    said = "".join(attributed(cut(text, at), always))
    assert CITATION.sub("", said).replace(" ", "") == CITATION.sub("", text).replace(" ", "")


def test_a_citation_of_its_own_is_waited_for():
    pieces = attributed(["Water it early.", " ", "[", "2", "]", " Then rest."], always)
    assert list(pieces) == ["Water it early.", " [2]", " Then rest.", " [1]"]


@pytest.fixture
def passages(embedder: HashingEmbedder) -> Passages:
    water, sauce = "Water tomatoes early in the morning, 2 litres.", "The sauce simmers for hours."
    cited = [Citation(n, "a.md", 1, 0, len(text), text) for n, text in ((1, water), (2, sauce))]
    return Passages(cited, embedder)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Water the tomatoes early in the morning.", 1),
        ("Give each plant 2 litres early in the morning.", 1),
        ("Give each plant 5 litres early in the morning.", 0),
        ("The sauce simmers for hours.", 2),
        ("Pluto is no planet any more.", 0),
        ("The sauce.", 0),
        ("", 0),
    ],
)
def test_the_passage_that_bears_it_is_its_source(passages: Passages, sentence: str, number: int):
    assert passages.bearer(sentence) == number
