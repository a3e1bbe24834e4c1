"""What the notes cover and what they do not, with the bundled model on the sample notes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from notesai.engine.workspace import Workspace
from notesai.model import Answer, AnswerKind
from notesai.paths import sample_vault

COVERED = {
    "토마토 배꼽썩음은 왜 생기나요?": "garden/물주기.md",
    "받침에 고인 물은 언제 버리나요?": "garden/물주기.md",
    "다랑쉬오름의 높이는 얼마인가요?": "여행/제주 4박 5일.md",
    "성산항에서 우도까지 배로 얼마나 걸리나요?": "여행/제주 4박 5일.md",
    # Said by a heading and a list alone, while other notes say the word.
    "육수는 어떻게 내나요?": "요리/육수.md",
    "How often is the sourdough starter fed in the fridge?": "요리/Sourdough.md",
    "What does grey liquid on the starter mean?": "요리/Sourdough.md",
}
OTHER_MATTERS = (
    "삼성전자 주가는 얼마인가요?",
    "자동차 타이어는 언제 교체하나요?",
    "세종대왕은 언제 태어났나요?",
    "강아지 예방접종 일정을 알려줘",
    "Who won the football world cup in 2014?",
    "How do I renew my passport in Germany?",
    "What is the capital of Australia?",
    "How do I change the oil of a motorbike?",
)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Answer]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOTESAI_HOME", str(tmp_path_factory.mktemp("home")))
        with Workspace.open(Path(sample_vault()), write=True) as workspace:
            workspace.index()
            asked = (*COVERED, *OTHER_MATTERS)
            yield {q: workspace.ask(q, extractive=True) for q in asked}


@pytest.mark.parametrize("question", COVERED)
def test_what_the_notes_hold_is_quoted_with_its_source(question: str, answers: dict[str, Answer]):
    answer = answers[question]
    assert answer.kind is AnswerKind.EXTRACTIVE
    assert COVERED[question] in [citation.path for citation in answer.citations]
    assert answer.answer.count("\n> ") == len(answer.citations)


def test_the_note_about_it_comes_before_notes_that_mention_it(answers: dict[str, Answer]):
    assert answers["육수는 어떻게 내나요?"].citations[0].path == "요리/육수.md"


def test_quotes_read_well_and_citations_cut_the_exact_text(answers: dict[str, Answer]):
    answer = answers["육수는 어떻게 내나요?"]
    cited = next(c for c in answer.citations if "[[육수#멸치 다시마 육수|멸치 육수]]" in c.text)
    text = (Path(sample_vault()) / cited.path).read_text("utf-8")
    assert text[cited.start : cited.end] == cited.text
    assert f"저녁 국은 멸치 육수 마지막 봉지로. [{cited.n}]" in answer.answer
    assert "[[" not in answer.answer


@pytest.mark.parametrize("question", OTHER_MATTERS)
def test_what_they_do_not_hold_is_said(question: str, answers: dict[str, Answer]):
    answer = answers[question]
    assert answer.kind is AnswerKind.NOT_COVERED
    assert answer.citations
