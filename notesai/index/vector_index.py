"""The approximate index on the vectors of a table of chunks: when it pays, and how it is asked.

LanceDB uses it for every search by vector once it exists, and compares what it does not cover one
by one. HNSW (Malkov and Yashunin, 2016) over vectors of one byte a component finds the candidates,
whose order then comes from the vectors themselves.

On 100,585 chunks of 384 dimensions, recall@10 of 94 queries against the exact scan, of equal scores
any counting, and the computing time of a query:

    REFINE  EXPLORED    10 asked for        100 asked for
    2       200         0.951     6 ms      0.975    15 ms
    2       400         0.975     9 ms      0.975    15 ms
    4       600         0.997    10 ms      1.000    18 ms
    3       800         1.000    10 ms      1.000    17 ms

What is lost is lost by whole queries: notes repeat passages, and a crowd of equal vectors fills a
short list of candidates. Conditions are applied while the graph is walked, or, where few rows are
left, to all of those: with another model's vectors recall@10 is 0.994 with all chunks, 0.996 with
half, and 1.000 with 5%, 0.5% and 0.05% of them. An exact scan takes four times as long for half of
them and no less for the few, so that there is nothing to gain from leaving the index out.

The larger the crowd, the longer the walk. Of 1,020,000 synthetic chunks, whose vectors are mostly
noise, 800 explored bring 0.70 of the ten nearest to 47 texts that are far from all of them, 2,000
bring 0.87, 4,080 bring 0.953 in 51 ms. For 30 texts near to some of them 800 bring all. Where a
filter leaves a part of the notes, one of 42,000 ids as a condition takes 290 ms; fetching more and
leaving out the rest brings 0.945 of half with 4,080 explored, in 93 ms, and 0.966 with 7,140 in 81,
as less is refined. So the shares of the notes come to:

    100%  0.953   51 ms        10%   0.957  121 ms        0.1%  1.000  14 ms, compared one by one
    50%   0.966   81 ms        5%    1.000  101 ms
    25%   0.970   95 ms        1%    1.000   80 ms
"""

from dataclasses import dataclass
from typing import Any

NAME = "vector_idx"

WORTHWHILE = 50_000
"""Embedded chunks from which it pays; with fewer an exact scan is quick enough."""

NOT_WORTH = 40_000
"""Chunks below which it is removed again; the gap keeps one note from deciding each time."""

PARTITION = 1_000_000
"""Chunks in one graph. All graphs are searched, up to LanceDB's twenty."""

GROWN = 0.5
"""Chunks that came since it was made, to those then: from here it is made anew."""

SEGMENTS = 8
"""Parts that `optimise` added to it, each searched by itself; with more it is made anew."""

REFINE = 3
"""Candidates whose true distance is computed, for each chunk asked for."""

EXPLORED = 800
"""Candidates that the walk through the graph keeps at the least."""

EXPLORED_OF = 250
"""Of so many chunks it keeps one: in a larger crowd the near ones are harder to tell apart."""

SPARE = 1.75
"""How many times as far the walk goes for what will be filtered."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an index covers, in chunks, and of how many parts it is."""

    indexed: int
    unindexed: int
    parts: int


def coverage(chunks: Any) -> Coverage | None:
    """What the index on `chunks`, a table, covers; None if there is none."""
    stats = chunks.index_stats(NAME)
    if stats is None:
        return None
    covered, left = int(stats.num_indexed_rows), int(stats.num_unindexed_rows)
    return Coverage(covered, left, int(stats.num_indices or 1))


def to_be_made(embedded: int, made: Coverage | None) -> bool:
    """Whether an index over `embedded` chunks is missing, or worth making anew."""
    if embedded < WORTHWHILE:
        return False
    if made is None:
        return True
    return made.parts > SEGMENTS or made.unindexed > GROWN * max(1, made.indexed)


def to_be_removed(embedded: int, made: Coverage | None) -> bool:
    """Whether there is an index that does not pay any more."""
    return made is not None and embedded < NOT_WORTH


def partitions(embedded: int) -> int:
    """Graphs for so many chunks: a single one is searched best, but is made in memory."""
    return max(1, -(-embedded // PARTITION))


def approximate(query: Any, k: int, chunks: int, *, spare: bool = False) -> Any:
    """A LanceDB query for the `k` nearest of so many chunks, told how carefully to use the index.

    Without an index it compares all of them. With `spare`, half of the `k` or more are to be left
    out again: the nearest of the rest lie further out in the crowd, and no candidates are needed
    beside those.
    """
    query = query.refine_factor(1 if spare else REFINE)
    return query.ef(explored(k, chunks, spare=spare))


def explored(k: int, chunks: int, *, spare: bool = False) -> int:
    """Candidates that the walk keeps when `k` of so many chunks are asked for."""
    crowd = chunks // EXPLORED_OF
    return max(EXPLORED, REFINE * k, int(SPARE * crowd) if spare else crowd)
