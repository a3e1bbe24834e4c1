"""The check of citations with the bundled model, on the sentences written for it."""

from collections.abc import Iterator
from itertools import groupby

from citation_set import Case, cases

from notesai.answers.verify import check
from notesai.embedding.catalog import open_embedder
from notesai.model import SentenceCheck, Verdict


def test_precision_and_recall_of_unsupported_hold():
    judged = list(judged_by_topic())
    assert len(judged) >= 120
    for chosen in (judged, [pair for pair in judged if pair[0].half == 1]):
        precision, recall = measured(chosen)
        assert precision >= 0.85
        assert recall >= 0.85


def judged_by_topic() -> Iterator[tuple[Case, SentenceCheck]]:
    """The sentences of each topic as one answer, a line each."""
    embedder = open_embedder()
    for _, group in groupby(cases(), key=lambda case: case.passages):
        topic = list(group)
        found = check("\n".join(case.answer for case in topic), topic[0].passages, embedder)
        yield from zip(topic, found, strict=True)


def measured(judged: list[tuple[Case, SentenceCheck]]) -> tuple[float, float]:
    said = [case for case, found in judged if found.verdict is Verdict.UNSUPPORTED]
    false = [case for case, _ in judged if not case.supported]
    hits = sum(not case.supported for case in said)
    return hits / len(said), hits / len(false)


def test_meaning_bears_a_sentence_that_shares_no_word():
    embedder = open_embedder()
    (case,) = [case for case in cases() if case.text == "다음 주에는 무게를 2.5kg 늘립니다."]
    (found,) = check(case.answer, case.passages, embedder)
    assert found.verdict is Verdict.SUPPORTED
