from hypothesis import given
from hypothesis import strategies as st

from notesai.answers.claims import claims


def cut(answer: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(claim.text, claim.cited) for claim in claims(answer)]


def test_a_citation_belongs_to_its_sentence_wherever_it_stands():
    assert cut("Water it [1]. Then wait. [2][3] Not at noon! [1, 4]") == [
        ("Water it.", (1,)),
        ("Then wait.", (2, 3)),
        ("Not at noon!", (1, 4)),
    ]


def test_lists_emphasis_and_korean():
    answer = (
        "정리하면:\n\n- **아침**에 물을 준다 [1]\n2. 낮에는 쉰다.[2]\n\n```\nrm -rf [3].\n```\n"
    )
    assert cut(answer) == [
        ("정리하면:", ()),
        ("아침에 물을 준다", (1,)),
        ("낮에는 쉰다.", (2,)),
    ]


def test_offsets_cut_the_sentence_out_of_the_answer():
    answer = "One thing. [1] Another one [2]."
    assert [answer[c.start : c.end] for c in claims(answer)] == [
        "One thing. [1]",
        "Another one [2].",
    ]


@given(st.text(alphabet="ab가.!?다 \n-*#>`1)[],", max_size=60))
def test_any_text_is_cut_in_order(text: str):
    at = 0
    for claim in claims(text):
        assert at <= claim.start < claim.end <= len(text)
        at = claim.end
