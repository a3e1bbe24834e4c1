from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.embedding.base import ModelCard, Vectors
from notesai.errors import Cancelled
from notesai.model import Hit, Passage, SearchResult
from notesai.search.rerank import PASSAGES, concerns, reranked


class Rater:
    """Rates a text by the number in it, and takes as long for it as is wished."""

    def __init__(self, languages: tuple[str, ...] = ("en",), takes: float = 0.0) -> None:
        self.card = ModelCard("rater", "1", 0, 512, languages, "none")
        self.read: list[list[str]] = []
        self.now = 0.0
        self._takes = takes

    def scores(self, query: str, texts: Sequence[str]) -> Vectors:
        self.read.append(list(texts))
        self.now += self._takes * len(texts)
        return np.array([float(text.rsplit(" ", 1)[1]) for text in texts], np.float32)

    def clock(self) -> float:
        return self.now


def hit(path: str, *passages: tuple[float, str]) -> Hit:
    made = [Passage("", 1, 0, len(text), text, score) for score, text in passages]
    return Hit(path, path.upper(), passages[0][0], tuple(made), ("words",))


def result(*hits: Hit, query: str = "which one") -> SearchResult:
    return SearchResult(query, 1.0, hits)


def order(found: SearchResult) -> str:
    return "".join(hit.path for hit in found.hits)


def test_what_answers_the_query_comes_first() -> None:
    found = result(hit("a", (0.9, "text 0.1")), hit("b", (0.8, "text 0.9")))
    assert order(reranked(Rater(), found)) == "ba"


def test_the_fused_score_has_a_say() -> None:
    found = result(hit("a", (1.0, "text 0.5")), hit("b", (0.2, "text 0.6")))
    assert order(reranked(Rater(), found)) == "ab"


@pytest.mark.parametrize("alike", ["0.0", "1.0", "0.4"])
def test_where_all_are_rated_alike_the_order_stays(alike: str) -> None:
    found = result(*(hit(c, (0.9 - i / 10, f"text {alike}")) for i, c in enumerate("abcde")))
    assert order(reranked(Rater(), found)) == "abcde"


def test_scores_belong_to_places() -> None:
    found = result(hit("a", (0.9, "text 0"), (0.5, "more 1")), hit("b", (0.4, "text 0.8")))
    after = reranked(Rater(), found)
    (first, second) = after.hits
    assert (first.path, first.score, second.score) == ("a", 0.9, 0.4)
    assert [(p.text, p.score) for p in first.passages] == [("more 1", 0.9), ("text 0", 0.5)]


def test_a_query_in_another_language_is_not_for_it() -> None:
    english = Rater(("en",))
    assert concerns(english, "watering tomatoes")
    assert not concerns(english, "토마토에 물 주는 때")
    assert not concerns(english, "tag:garden after:2026")
    assert concerns(Rater(("en", "ko")), "토마토에 물 주는 때")


def test_what_it_cannot_read_keeps_its_place() -> None:
    found = result(
        hit("a", (0.9, "text 0.1")),
        hit("k", (0.8, "토마토 물주기 기록 1")),
        hit("b", (0.7, "text 1")),
    )
    rater = Rater(("en",))
    assert order(reranked(rater, found)) == "bka"
    assert not any("토마토" in text for texts in rater.read for text in texts)


def test_title_and_headings_are_read_too() -> None:
    rater = Rater()
    passage = Passage("Care › Water", 1, 0, 6, "text 1", 0.5)
    reranked(rater, result(Hit("a.md", "Tomatoes", 0.5, (passage,), ())))
    assert rater.read == [["Tomatoes › Care › Water\ntext 1"]]


def test_only_the_best_passages_are_read_the_best_ones_first() -> None:
    found = result(*(hit(f"{i:02}", (1 - i / 50, f"text {i / 50}")) for i in range(40)))
    rater = Rater()
    after = reranked(rater, found)
    read = [text for texts in rater.read for text in texts]
    assert read == [f"{i:02}\ntext {i / 50}" for i in range(PASSAGES)]
    assert [hit.path for hit in after.hits[PASSAGES:]] == [f"{i:02}" for i in range(PASSAGES, 40)]


def test_what_there_is_no_time_for_keeps_its_place() -> None:
    found = result(*(hit(c, (0.9 - i / 100, f"text {i / 10}")) for i, c in enumerate("abcdef")))
    rater = Rater(takes=0.4)
    after = reranked(rater, found, seconds=1.0, clock=rater.clock)
    # One by one, as one alone takes more than a slice; the fourth would end at 1.6 s.
    assert [len(texts) for texts in rater.read] == [1, 1, 1]
    assert order(after) == "cbadef"


def test_a_quick_model_reads_several_at_once() -> None:
    found = result(*(hit(f"{i:02}", (0.9, "text 1")) for i in range(20)))
    rater = Rater(takes=1 / 32)
    reranked(rater, found, clock=rater.clock)
    assert [len(texts) for texts in rater.read] == [1, 3, 3, 3, 3, 3, 3, 1]


def test_nobody_waits_any_more() -> None:
    found = result(*(hit(f"{i:02}", (0.9, "text 1")) for i in range(20)))
    rater = Rater(takes=1.0)

    def check() -> None:
        if len(rater.read) == 2:
            raise Cancelled()

    with pytest.raises(Cancelled):
        reranked(rater, found, check=check, seconds=100.0, clock=rater.clock)
    assert len(rater.read) == 2


scores = st.integers(0, 20).map(lambda n: n / 20)
passages = st.tuples(scores, st.sampled_from(["text", "토마토 물"]), scores)
lists = st.lists(st.lists(passages, min_size=1, max_size=3), max_size=12)


@given(lists, st.sampled_from([("en",), ("ko",), ("en", "ko"), ()]), st.integers(0, 30))
def test_hits_are_neither_lost_nor_made(
    given_hits: list[list[tuple[float, str, float]]], languages: tuple[str, ...], time: int
) -> None:
    made: list[Hit] = []
    for at, texts in enumerate(given_hits):
        best_first = sorted(texts, key=lambda text: -text[0])
        made.append(hit(str(at), *((score, f"{text} {rate}") for score, text, rate in best_first)))
    found = result(*sorted(made, key=lambda hit: -hit.score))
    rater = Rater(languages, takes=1.0)
    after = reranked(rater, found, seconds=float(time), clock=rater.clock)
    assert sorted(hit.path for hit in after.hits) == sorted(hit.path for hit in found.hits)
    assert [hit.score for hit in after.hits] == [hit.score for hit in found.hits]
    texts_of = {hit.path: sorted(p.text for p in hit.passages) for hit in found.hits}
    assert {hit.path: sorted(p.text for p in hit.passages) for hit in after.hits} == texts_of
    read = {text.split("\n")[0] for texts in rater.read for text in texts}
    for before, now in zip(found.hits, after.hits, strict=True):
        if before.title not in read:
            assert now == before
