"""How good a ranking is, and joining rankings.

The measures are those of trec_eval (the gain of a document is its grade, discounted by the binary
logarithm of its rank plus one), without the compiled library and scipy that its wrappers bring.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RANK_CONSTANT = 60
"""k of reciprocal rank fusion, as its authors chose it."""

Ranking = Sequence[str]
"""Ids of documents, best first, each once."""

Grades = Mapping[str, int]
"""Documents judged for a query; a grade above zero is relevant. What is missing is not."""


@dataclass(frozen=True, slots=True)
class RankingScores:
    """Means over `queries`, all in 0..1. MRR looks as deep as the rankings go."""

    queries: int
    ndcg_10: float
    recall_1: float
    recall_10: float
    recall_100: float
    mrr: float


def ndcg(ranking: Ranking, grades: Grades, k: int) -> float:
    """Normalised discounted cumulative gain of the first `k`; 0 if nothing is relevant.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002).
    """
    ideal = _dcg(sorted((max(0, grade) for grade in grades.values()), reverse=True)[:k])
    found = _dcg([max(0, grades.get(document, 0)) for document in ranking[:k]])
    return found / ideal if ideal else 0.0


def recall(ranking: Ranking, grades: Grades, k: int) -> float:
    """The share of the relevant documents that are among the first `k`."""
    relevant = _relevant(grades)
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Ranking, grades: Grades) -> float:
    """One by the rank of the first relevant document, which counts from 1; 0 if there is none."""
    relevant = _relevant(grades)
    ranks = (rank for rank, document in enumerate(ranking, start=1) if document in relevant)
    first = next(ranks, None)
    return 1.0 / first if first else 0.0


def score(rankings: Mapping[str, Ranking], judged: Mapping[str, Grades]) -> RankingScores:
    """Means over all queries for which something is relevant; one without a ranking counts 0."""
    queries = [query for query, grades in judged.items() if _relevant(grades)]
    pairs = [(rankings.get(query, ()), judged[query]) for query in queries]
    return RankingScores(
        queries=len(queries),
        ndcg_10=_mean([ndcg(ranking, grades, 10) for ranking, grades in pairs]),
        recall_1=_mean([recall(ranking, grades, 1) for ranking, grades in pairs]),
        recall_10=_mean([recall(ranking, grades, 10) for ranking, grades in pairs]),
        recall_100=_mean([recall(ranking, grades, 100) for ranking, grades in pairs]),
        mrr=_mean([reciprocal_rank(ranking, grades) for ranking, grades in pairs]),
    )


def rank_fusion(rankings: Sequence[Ranking], k: int = RANK_CONSTANT) -> list[str]:
    """Several rankings as one, by the sum of `1 / (k + rank)`; of equals, the first one met first.

    Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
    Rank Learning Methods" (2009).
    """
    sums: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, document in enumerate(ranking, start=1):
            sums[document] += 1.0 / (k + rank)
    return sorted(sums, key=lambda document: -sums[document])


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _relevant(grades: Grades) -> set[str]:
    return {document for document, grade in grades.items() if grade > 0}


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0
