"""How well queries find their documents, by word, by meaning and by both."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np

from notesai.embedding.base import Embedder
from notesai.evaluation.collection import Collection, collection
from notesai.evaluation.datasets import Document, Query, RetrievalSet
from notesai.evaluation.measures import Grades, Ranking, rank_fusion, score
from notesai.evaluation.report import RetrievalRow
from notesai.model import SearchMode
from notesai.notes.language import language_of
from notesai.progress import Progress

RANK_FUSION = "rank fusion"
"""Mode of the rows that join the two halves by rank, for comparison with the search's own way."""

SIMILAR = "similar"
"""Mode of the rows about similar notes."""

MODES = (SearchMode.LEXICAL, SearchMode.SEMANTIC, SearchMode.HYBRID)
TIMED = 40
LEAST_QUERIES = 20
"""Queries of one language from which it gets a row of its own, if there is another one."""

Rankings = Mapping[str, Ranking]


def retrieval(embedder: Embedder, found: RetrievalSet, progress: Progress) -> list[RetrievalRow]:
    """Rows for each mode as it ships, and for reciprocal rank fusion of its two halves."""
    with collection(found.documents, embedder, progress) as documents:
        rankings = _asked(documents, found.queries, progress)
        times = _timed(documents, found.queries)
    rows: list[RetrievalRow] = []
    for mode, ranked in rankings.items():
        median, p95 = times.get(mode, (None, None))
        rows += _rows(embedder, found, mode, ranked, median, p95)
    return rows


def neighbourhood(
    embedder: Embedder, found: RetrievalSet, progress: Progress
) -> list[RetrievalRow]:
    """Rows for similar notes: each query is the id of a document that asks for those like it."""
    with collection(found.documents, embedder, progress) as documents:
        rankings: dict[str, Ranking] = {}
        for number, query in enumerate(found.queries):
            progress.report("asking", number, len(found.queries))
            rankings[query.id] = documents.alike(query.id)
        progress.report("asking", len(found.queries), len(found.queries))
    return _rows(embedder, found, SIMILAR, rankings, None, None)


def _asked(
    documents: Collection, queries: Sequence[Query], progress: Progress
) -> dict[str, Rankings]:
    """Rankings of all queries by mode."""
    rankings: dict[str, dict[str, Ranking]] = {mode: {} for mode in (*MODES, RANK_FUSION)}
    for number, query in enumerate(queries):
        progress.report("asking", number, len(queries))
        for mode in MODES:
            rankings[mode][query.id] = documents.ranking(query.text, mode)
        halves = [rankings[mode][query.id] for mode in (SearchMode.LEXICAL, SearchMode.SEMANTIC)]
        rankings[RANK_FUSION][query.id] = rank_fusion(halves)
    progress.report("asking", len(queries), len(queries))
    return dict(rankings)


def _timed(documents: Collection, queries: Sequence[Query]) -> dict[str, tuple[float, float]]:
    """Median and 95th percentile of the milliseconds of a search, by mode."""
    step = max(1, len(queries) // TIMED)
    sample = queries[::step][:TIMED]
    times: dict[str, tuple[float, float]] = {}
    for mode in MODES:
        taken = [documents.milliseconds(query.text, mode) for query in sample]
        times[mode] = percentiles(taken)
    return times


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return float(np.median(values)), float(np.percentile(values, 95))


def _rows(
    embedder: Embedder,
    found: RetrievalSet,
    mode: str,
    rankings: Rankings,
    median: float | None,
    p95: float | None,
) -> list[RetrievalRow]:
    """One row for all queries, and one for each language if there are several."""
    rows: list[RetrievalRow] = []
    for language, judged in _by_language(found).items():
        answered = sum(bool(rankings.get(query)) for query in judged) / len(judged)
        rows.append(
            RetrievalRow(
                model=embedder.card.id,
                set=found.name,
                mode=mode,
                language=language,
                documents=len(found.documents),
                answered=answered,
                median_ms=None if language else median,
                p95_ms=None if language else p95,
                **asdict(score(rankings, judged)),
            )
        )
    return rows


def _by_language(found: RetrievalSet) -> dict[str, Mapping[str, Grades]]:
    """The judgements of all queries, under "", and of the languages that several of them have."""
    languages = {query.id: language_of(query.text) for query in found.queries}
    counts = Counter(languages[query] for query in found.judged)
    groups: dict[str, Mapping[str, Grades]] = {"": found.judged}
    several = [name for name, n in counts.most_common() if name and n >= LEAST_QUERIES]
    if len(several) > 1:
        for name in several:
            groups[name] = {q: grades for q, grades in found.judged.items() if languages[q] == name}
    return groups


def texts_of(documents: Sequence[Document]) -> list[str]:
    """The documents as plain texts."""
    return [f"{document.title}\n{document.text}".strip() for document in documents]
