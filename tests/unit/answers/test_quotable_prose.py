"""Which sentences of a passage may be quoted as an answer."""

import pytest

from notesai.answers.coverage import quotable


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Is it ripe? If it gives. Then eat it.", ["Is it ripe? If it gives.", "Then eat it."]),
        (
            "**언제 내나요?** 멸치를 30분쯤 끓여 낸다.",
            ["**언제 내나요?** 멸치를 30분쯤 끓여 낸다."],
        ),
        ('Try "Which trail is open?" The answer has a source.', ["The answer has a source."]),
        ("Nothing follows this question?", []),
    ],
)
def test_a_question_is_quoted_with_what_follows_it(text: str, quoted: list[str]):
    assert [text[start:end] for start, end in quotable(text)] == quoted
