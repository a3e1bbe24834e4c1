"""One evaluation: which models, on which sets, into one report."""

import random
import time
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from notesai import paths
from notesai.embedding.base import Embedder
from notesai.embedding.catalog import open_embedder
from notesai.evaluation.datasets import (
    LabelledSet,
    PairSet,
    Query,
    RetrievalSet,
    read_labelled,
    read_pairs,
    read_retrieval,
)
from notesai.evaluation.floor import RANDOM, RandomEmbedder
from notesai.evaluation.own_notes import LINKS, OwnNotes, own_sets
from notesai.evaluation.report import ModelFacts, Report
from notesai.evaluation.retrieval import neighbourhood, retrieval, texts_of
from notesai.evaluation.sentences import clustering, similarity, translation
from notesai.evaluation.speed import PASSAGES, Speed, measure
from notesai.evaluation.vector_cache import CachedEmbedder
from notesai.notes.language import language_of
from notesai.progress import Progress

OWN_SAMPLE = 200
"""Notes, and sections, of a person's own that take part: about a minute for a small model."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured. No model means the one in use; `sample` bounds the queries."""

    models: tuple[str, ...] = ()
    sts: tuple[Path, ...] = ()
    parallel: tuple[Path, ...] = ()
    retrieval: tuple[Path, ...] = ()
    clusters: tuple[Path, ...] = ()
    own: OwnNotes | None = None
    sample: int | None = None
    seed: int = 0
    speed: bool = True


@dataclass(frozen=True, slots=True)
class _Sets:
    """All sets of a plan, read before any model is opened: a wrong file is said at once."""

    sts: tuple[PairSet, ...]
    parallel: tuple[PairSet, ...]
    retrieval: tuple[RetrievalSet, ...]
    clusters: tuple[LabelledSet, ...]

    @classmethod
    def of(cls, plan: Plan) -> "_Sets":
        found = [read_retrieval(folder) for folder in plan.retrieval]
        found = [_fewer(one, plan.sample, plan.seed) for one in found]
        if plan.own is not None:
            found += own_sets(plan.own, sample=plan.sample or OWN_SAMPLE, seed=plan.seed)
        return cls(
            sts=tuple(map(read_pairs, plan.sts)),
            parallel=tuple(map(read_pairs, plan.parallel)),
            retrieval=tuple(found),
            clusters=tuple(map(read_labelled, plan.clusters)),
        )

    @property
    def count(self) -> int:
        """How many steps each model takes."""
        return sum(map(len, (self.sts, self.directions(), self.retrieval, self.clusters)))

    def directions(self) -> list[tuple[PairSet, PairSet]]:
        """Every two sets that are translations of each other, both ways."""
        return [(a, b) for a in self.parallel for b in self.parallel if a is not b]

    def texts(self) -> Iterable[str]:
        """Texts of all sets, passages before sentences."""
        for one in self.retrieval:
            yield from texts_of(one.documents)
        for group in self.clusters:
            yield from (text.text for text in group.texts)
        for pairs in (*self.sts, *self.parallel):
            yield from (pair.a for pair in pairs.pairs)


def evaluate(plan: Plan, progress: Progress) -> Report:
    """Measure each model on each set.

    Raises `RequestError` for a wrong file, `ModelError` for a model that cannot be used.
    """
    started = time.perf_counter()
    sets = _Sets.of(plan)
    models = plan.models or (None,)
    report = Report()
    # Before all that takes long: a model that cannot be opened is said at once.
    speeds = _speeds(models, sets, plan, progress)
    steps = _Steps(progress, len(models) * sets.count)
    for name in models:
        with _opened(name) as embedder:
            report.models.append(_facts(embedder, speeds.get(name)))
            _measure(embedder, sets, plan.seed, report, steps)
    report.speed = [row for name in models if name in speeds for row in speeds[name].rows]
    report.seconds = round(time.perf_counter() - started, 1)
    return report


def _measure(
    embedder: Embedder, sets: _Sets, seed: int, report: Report, progress: "_Steps"
) -> None:
    for pairs in sets.sts:
        report.sts.append(similarity(embedder, pairs, progress))
        progress.next()
    for source, target in sets.directions():
        report.parallel.append(translation(embedder, source, target, progress))
        progress.next()
    for group in sets.clusters:
        report.clusters.append(clustering(embedder, group, progress, seed=seed))
        progress.next()
    for one in sets.retrieval:
        asking = neighbourhood if one.name == LINKS else retrieval
        report.retrieval += asking(embedder, one, progress)
        progress.next()


class _Steps:
    """Progress that also says how many sets are done."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        progress.report("sets", 0, total)

    def report(self, phase: str, done: int, total: int) -> None:
        self._progress.report(phase, done, total)

    def next(self) -> None:
        """One set is done."""
        self._done += 1
        self._progress.report("sets", self._done, self._total)


@contextmanager
def _opened(name: str | None) -> Generator[Embedder, None, None]:
    """The model of that name; its vectors are kept, unless they cost nothing."""
    if name == RANDOM:
        yield RandomEmbedder(open_embedder())
        return
    with CachedEmbedder(open_embedder(name), paths.home().cache / "evaluation") as embedder:
        yield embedder


def _speeds(
    models: Sequence[str | None], sets: _Sets, plan: Plan, progress: Progress
) -> dict[str | None, Speed]:
    if not plan.speed:
        return {}
    texts = _by_language(sets.texts(), plan.seed)
    return {name: measure(name, texts, progress) for name in models if name != RANDOM}


def _facts(embedder: Embedder, speed: Speed | None) -> ModelFacts:
    card = embedder.card
    facts = ModelFacts(card.id, card.dimension, card.languages)
    if speed is None:
        return facts
    return replace(facts, load_seconds=speed.load_seconds, resident_mb=speed.resident_mb)


def _fewer(found: RetrievalSet, sample: int | None, seed: int) -> RetrievalSet:
    """The set with at most `sample` of its queries, and all of its documents."""
    judged = [query for query in found.queries if query.id in found.judged]
    if sample is not None and sample < len(judged):
        chosen: list[Query] = random.Random(seed).sample(judged, sample)
        judged = chosen
    grades = {query.id: found.judged[query.id] for query in judged}
    return replace(found, queries=tuple(judged), judged=grades)


def _by_language(texts: Iterable[str], seed: int) -> Mapping[str, Sequence[str]]:
    """Some texts of each language."""
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        found[language_of(text[:500])].append(text)
    found.pop("", None)
    return {
        language: random.Random(seed).sample(some, min(PASSAGES, len(some)))
        for language, some in sorted(found.items())
    }
