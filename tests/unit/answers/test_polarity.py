import pytest

from notesai.answers.polarity import contradicted


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Bush varieties do need a stake.", "Bush varieties need none."),
        ("The bread need not cool.", "Let the bread cool."),
        ("자몽은 먹어도 됩니다.", "자몽은 먹지 않는다."),
        ("부담을 덜지 못했습니다.", "부담을 덜었다."),
        ("안 먹어요.", "아침에 먹는다."),
    ],
)
def test_the_opposite(claim: str, sentence: str):
    assert contradicted(claim, [sentence])


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Don't rebase pushed commits.", "Never rebase commits that have been pushed."),
        ("No later than July 31.", "By 31 July."),
        ("자몽은 먹지 마세요.", "자몽은 먹지 않는다."),
        ("30분밖에 안 되는 시간", "시간은 30분으로 짧다."),
        ("Something else.", "It is not here."),
    ],
)
def test_no_contradiction(claim: str, sentence: str):
    assert not contradicted(claim, [sentence])
