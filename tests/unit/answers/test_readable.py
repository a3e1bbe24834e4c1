import pytest

from notesai.answers.readable import readable


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("국은 [[육수#멸치 다시마 육수|멸치 육수]] 봉지로.", "국은 멸치 육수 봉지로."),
        ("See [[육수#채수]] and [[#below]].", "See 육수 › 채수 and below."),
        ("[된장국 끓일 때처럼](../요리/육수.md#채수) 채수를", "된장국 끓일 때처럼 채수를"),
        ('A ![plan](a(b).png "of it") here', "A plan here"),
        ("**Bold**, *it*, _so_ and `code`\n  on", "Bold, it, so and code on"),
        ("snake_case, 2 * 3 and a_b stay", "snake_case, 2 * 3 and a_b stay"),
        ("A footnote[^1] and a number [12].", "A footnote and a number (12)."),
        ("[not a link] (apart)", "[not a link] (apart)"),
    ],
)
def test_marks_are_left_out_and_words_stay(text: str, read: str):
    assert readable(text) == read
