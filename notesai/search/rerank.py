"""Reranking: a model that reads query and passage together puts the best hits in order.

Its word is blended with the fused score, not put in its place. A cross-encoder reads the passage
but knows nothing of titles, paths and tags, nor that a rare word stood there to the letter: what
found a note by name must not lose it again. Its scores are used as they are, as probabilities in
0..1, and not stretched to the best and the worst: of twenty passages that it finds all irrelevant,
or all perfect, the order before stays.

Only hits whose best passage it has read, in a language that it knows, change places, and only among
themselves. So what it has no time for, or cannot read, is neither raised nor lowered, and a query
in another language than its own changes nothing at all. Scores belong to places: the best hit has
the best score, as before.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from notesai.embedding.base import Reranker
from notesai.model import Hit, Passage, SearchResult
from notesai.search.candidates import speaks
from notesai.search.query import parse

PASSAGES = 20
"""How many of the best passages are read."""

WEIGHT = 0.6
"""Share of the reranker in what decides. More than half: it reads what the others only count."""

SECONDS = 1.5
"""How long it may read. What is read till then counts."""

SLICE_SECONDS = 0.1
"""How much is read between two looks at the clock and at whether anybody still waits."""

_MOST_AT_ONCE = 8

_Place = tuple[int, int]
"""Which hit, and which of its passages."""


def concerns(reranker: Reranker, query: str) -> bool:
    """Whether the model may be asked: there are words in the query, and it knows their language."""
    return speaks(reranker.card.languages, parse(query).text)


def reranked(
    reranker: Reranker,
    result: SearchResult,
    *,
    check: Callable[[], None] = lambda: None,
    seconds: float = SECONDS,
    clock: Callable[[], float] = time.perf_counter,
) -> SearchResult:
    """The same hits, the best of them in the order that the model and the fused scores agree on.

    `check` may raise `Cancelled` between two slices. Raises `ModelError` if the model fails.
    """
    languages = reranker.card.languages
    places = [place for place in _best(result.hits) if speaks(languages, _at(result, place).text)]
    texts = [_shown_to_it(result.hits[hit].title, _at(result, (hit, n))) for hit, n in places]
    read = _Reading(reranker, parse(result.query).text, check, clock).of(texts, seconds)
    opinions = {
        place: (1.0 - WEIGHT) * _at(result, place).score + WEIGHT * score
        for place, score in zip(places, read, strict=False)
    }
    return replace(result, hits=_ordered(result.hits, opinions))


class _Reading:
    """Passages are read in their order, the first alone, which tells how many fit a slice."""

    def __init__(
        self,
        reranker: Reranker,
        query: str,
        check: Callable[[], None],
        clock: Callable[[], float],
    ) -> None:
        self._reranker = reranker
        self._query = query
        self._check = check
        self._clock = clock

    def of(self, texts: Sequence[str], seconds: float) -> list[float]:
        """The scores of as many of the first texts as the time suffices for."""
        scores: list[float] = []
        started, size = self._clock(), 1
        while len(scores) < len(texts):
            self._check()
            before = self._clock()
            part = texts[len(scores) : len(scores) + size]
            # A slice that would end too late is not begun; the first one always is.
            if scores and before - started + SLICE_SECONDS > seconds:
                break
            scores += [float(score) for score in self._reranker.scores(self._query, part)]
            each = max(1e-6, (self._clock() - before) / len(part))
            size = min(_MOST_AT_ONCE, max(1, int(SLICE_SECONDS / each)))
        self._check()
        return scores


def _best(hits: Sequence[Hit]) -> list[_Place]:
    """The best passages of all hits, best first."""
    places = [(h, p) for h, hit in enumerate(hits) for p in range(len(hit.passages))]
    places.sort(key=lambda place: (-hits[place[0]].passages[place[1]].score, place))
    return places[:PASSAGES]


def _at(result: SearchResult, place: _Place) -> Passage:
    return result.hits[place[0]].passages[place[1]]


def _shown_to_it(title: str, passage: Passage) -> str:
    head = " › ".join(part for part in (title, passage.heading) if part)
    return f"{head}\n{passage.text}" if head else passage.text


def _ordered(hits: Sequence[Hit], opinions: Mapping[_Place, float]) -> tuple[Hit, ...]:
    """The hits whose first passage was read, in the places that such hits have, best first."""
    best: dict[int, float] = {}
    for (hit, _), opinion in opinions.items():
        best[hit] = max(opinion, best.get(hit, 0.0))
    slots = [at for at in range(len(hits)) if (at, 0) in opinions]
    order = sorted(slots, key=lambda at: (-best[at], at))
    placed = list(hits)
    for slot, at in zip(slots, order, strict=True):
        placed[slot] = replace(_inside(hits[at], at, opinions), score=hits[slot].score)
    return tuple(placed)


def _inside(hit: Hit, at: int, opinions: Mapping[_Place, float]) -> Hit:
    """The hit with its passages that were read in the order of the opinions on them."""
    slots = [n for n in range(len(hit.passages)) if (at, n) in opinions]
    order = sorted(slots, key=lambda n: (-opinions[at, n], n))
    passages = list(hit.passages)
    for slot, n in zip(slots, order, strict=True):
        passages[slot] = replace(hit.passages[n], score=hit.passages[slot].score)
    return replace(hit, passages=tuple(passages))
