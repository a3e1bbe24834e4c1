from hypothesis import given
from hypothesis import strategies as st

from notesai.answers.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_prose_in_both_languages():
    assert cut("Water in the morning. Not at noon! 물은 아침에 준다. 낮에는 주지 않는다.") == [
        "Water in the morning.",
        "Not at noon!",
        "물은 아침에 준다.",
        "낮에는 주지 않는다.",
    ]


def test_list_marks_headings_tables_and_code_are_left_out():
    text = (
        "## Watering\n\n- [ ] Check the tank\n- Early is best\n1. First step\n\n"
        "| a | b |\n|---|---|\n\n```sh\nrm -rf nothing\n```\n> [!tip]\n> Quoted advice\n"
    )
    assert cut(text) == ["Check the tank", "Early is best", "First step", "Quoted advice"]


def test_a_sentence_over_two_lines_stays_one():
    assert cut("A sentence that goes\non here. Next.") == [
        "A sentence that goes\non here.",
        "Next.",
    ]


@given(st.text(alphabet="ab가.!?다 \n-#>|`1)[]x", max_size=60))
def test_offsets_are_in_order_and_trimmed(text: str):
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        at = end
