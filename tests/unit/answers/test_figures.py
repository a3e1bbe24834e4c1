import pytest

from notesai.answers.figures import borne_out, figures, missing


def lacking(claim: str, passage: str) -> list[str]:
    return [figure.kind for figure in missing(figures(claim), borne_out(passage))]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("1,000 people", "1000명"),
        ("€40,000", "a budget of 40,000 euros"),
        ("보증금 2억 3,000만 원", "보증금은 2억 3천만 원이고"),
        ("1.2 million", "1,200,000 of them"),
        ("25%", "25 퍼센트"),
        ("March 2", "3월 2일에 만났다"),
        ("2026년 3월 2일", "since 2026-03-02"),
        ("on 2nd March 2026", "March 2, 2026"),
        ("in March", "3월 15일"),
        ("오후 2시 반", "at 14:30"),
        ("2:30 a.m.", "at 02:30"),
        ("on Tuesdays", "화요일마다"),
        ("two litres", "about 2 litres a plant"),
        ("열두 시간", "12시간 담가 둔다"),
        ("3개월 전", "석 달 전까지"),
        ("10포기", "배추 열 포기"),
        ("1000개", "천 개쯤 든다"),
        ("twice a day", "two times a day"),
        ("an hour a day", "an hour"),
        ("with version 1.2.3 and HEAD~3", "nothing to count"),
    ],
)
def test_written_otherwise_but_the_same(claim: str, passage: str):
    assert lacking(claim, passage) == []


@pytest.mark.parametrize(
    ("claim", "passage", "kind"),
    [
        ("14 minutes", "4 minutes", "number"),
        ("30 minutes", "30 seconds", "number"),
        ("300 ml", "3리터", "number"),
        ("5월 10일", "5월 20일까지", "day"),
        ("30 November", "30 September", "day"),
        ("in June", "in May", "month"),
        ("at 9:15", "9시", "time"),
        ("금요일", "on Thursday", "weekday"),
        ("20%", "20 people", ""),
        ("두 달", "three months", "number"),
    ],
)
def test_what_is_not_there(claim: str, passage: str, kind: str):
    assert lacking(claim, passage) == ([kind] if kind else [])
