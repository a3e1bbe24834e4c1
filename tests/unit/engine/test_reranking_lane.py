"""Reranking as the settings wish it, with models that the tests make up."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from notesai import paths, settings
from notesai.embedding.base import ModelCard, Vectors
from notesai.engine import reranking
from notesai.engine.reranking import First, Reranking
from notesai.errors import Cancelled, ModelError
from notesai.model import Hit, Passage, SearchResult
from notesai.search import rerank


class Backwards:
    """Rates each text better than the one before."""

    def __init__(self, languages: tuple[str, ...] = ("en", "ko")) -> None:
        self.card = ModelCard("backwards", "1", 0, 512, languages, "none")
        self.asked: list[str] = []
        self.fails = False

    def scores(self, query: str, texts: Sequence[str]) -> Vectors:
        if self.fails:
            raise ModelError("model.failed", "It broke.")
        self.asked.append(query)
        return np.array([float(text.rsplit(" ", 1)[1]) for text in texts], np.float32)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Backwards]:
    made = Backwards()

    def opened(name: str) -> Backwards:
        if name == "broken":
            raise ModelError("model.damaged", "Its files are damaged.")
        if name == "odd":
            raise ValueError("whatever a library says")
        return made

    monkeypatch.setattr(reranking, "open_reranker", opened)
    monkeypatch.setattr(reranking, "SETTLE_SECONDS", 0.0)
    yield made


def choose(name: str) -> None:
    file = paths.home().settings_file
    known = settings.load(file)
    known.reranker = name
    settings.save(known, file)


class Search:
    """Gives 30 hits, and remembers how many were asked for."""

    def __init__(self) -> None:
        self.wanted: list[int] = []

    def __call__(self, k: int, first: First | None) -> SearchResult:
        self.wanted.append(k)
        text = "text"
        hits = [
            Hit(f"{i:02}", "", 0.5, (Passage("", 1, 0, 4, f"{text} {i / 30}", 0.5),), ("words",))
            for i in range(30)
        ]
        if first is not None:
            first(SearchResult("query", 1.0, tuple(hits[k - 1 :: -1])))
        return SearchResult("query", 1.0, tuple(hits[:k]))


def ask(
    lane: Reranking,
    find: Search,
    query: str = "query",
    first: First | None = None,
    check: Callable[[], None] = lambda: None,
) -> list[str]:
    def found(k: int, partly: First | None) -> SearchResult:
        return replace(find(k, partly), query=query)

    return [hit.path for hit in lane.answered(found, query, k=3, first=first, check=check).hits]


@pytest.fixture
def lane(own_home: Path) -> Reranking:
    return Reranking(paths.home().settings_file)


def test_without_a_reranker_nothing_is_different(lane: Reranking, model: Backwards) -> None:
    find = Search()
    assert ask(lane, find) == ["00", "01", "02"]
    assert find.wanted == [3] and not model.asked and lane.trouble() is None


def test_the_best_of_more_than_are_shown_come_first(lane: Reranking, model: Backwards) -> None:
    choose("backwards")
    find = Search()
    assert ask(lane, find) == ["19", "18", "17"]
    assert find.wanted == [rerank.PASSAGES]


def test_a_query_in_a_language_that_it_does_not_know(lane: Reranking, model: Backwards) -> None:
    choose("backwards")
    model.card = replace(model.card, languages=("en",))
    find = Search()
    assert ask(lane, find, "토마토 물주기") == ["00", "01", "02"]
    assert find.wanted == [3] and not model.asked


def test_the_settings_are_followed(lane: Reranking, model: Backwards) -> None:
    assert ask(lane, Search()) == ["00", "01", "02"]
    choose("backwards")
    assert ask(lane, Search()) == ["19", "18", "17"]
    choose("")
    assert ask(lane, Search()) == ["00", "01", "02"]


@pytest.mark.parametrize("name", ["broken", "odd"])
def test_a_model_that_cannot_be_opened_is_told_of_once(
    lane: Reranking, model: Backwards, name: str
) -> None:
    choose(name)
    assert ask(lane, Search()) == ["00", "01", "02"]
    trouble = lane.trouble()
    assert trouble is not None and trouble.code == "reranker.unusable"
    assert name in trouble.message and "--off" in trouble.hint
    assert ask(lane, Search()) == ["00", "01", "02"]
    assert lane.trouble() is None


def test_a_model_that_fails_is_left_alone_from_then_on(lane: Reranking, model: Backwards) -> None:
    choose("backwards")
    model.fails = True
    assert ask(lane, Search()) == ["00", "01", "02"]
    trouble = lane.trouble()
    assert trouble is not None and "It broke." in trouble.message
    model.fails = False
    assert ask(lane, Search()) == ["00", "01", "02"] and lane.trouble() is None


def test_who_waits_for_first_answers_never_waits_for_a_model_to_open(
    lane: Reranking, model: Backwards, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_open = threading.Event()

    def slow(_: str) -> Backwards:
        may_open.wait(20)
        return model

    monkeypatch.setattr(reranking, "open_reranker", slow)
    choose("backwards")
    partly: list[SearchResult] = []
    assert ask(lane, Search(), first=partly.append) == ["00", "01", "02"]
    assert len(partly) == 1
    may_open.set()
    assert ask(lane, Search()) == ["19", "18", "17"]
    partly.clear()
    assert ask(lane, Search(), first=partly.append) == ["19", "18", "17"]
    # By word, then fused: each no longer than what was asked for.
    assert [[hit.path for hit in part.hits] for part in partly] == [
        ["19", "18", "17"],
        ["00", "01", "02"],
    ]


def test_a_newer_query_ends_the_wait(lane: Reranking, model: Backwards) -> None:
    choose("backwards")
    ask(lane, Search())
    partly: list[SearchResult] = []

    def check() -> None:
        if len(partly) == 2:
            raise Cancelled()

    with pytest.raises(Cancelled):
        ask(lane, Search(), "newer", first=partly.append, check=check)
    assert "newer" not in model.asked
