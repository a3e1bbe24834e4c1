"""The best of many scores, without sorting the many."""

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

SECTION = 256
"""Scores of which the largest alone is looked at."""


def best(scores: Scores, k: int) -> tuple[Integers, Scores]:
    """Where the `k` best above 0 are, and what they are; of equal ones those that came first."""
    least = surely(scores, k)
    found = np.flatnonzero(scores >= least) if least > 0 else np.flatnonzero(scores)
    values = scores[found]
    if len(found) > k:
        last = np.partition(values, len(values) - k)[len(values) - k]
        sure = values > last
        equal = np.flatnonzero(values == last)[: k - int(sure.sum())]
        chosen = np.concatenate([np.flatnonzero(sure), equal])
        found, values = found[chosen], values[chosen]
    order = np.lexsort((found, -values))
    return found[order], values[order]


def surely(scores: Scores, k: int) -> float:
    """What at least `k` of the scores come up to; 0 where that is not told at a glance.

    Each of the `k` sections with the largest maxima has a score as large as the last of these.
    """
    sections = len(scores) // SECTION
    if sections < k:
        return 0.0
    tops = scores[: sections * SECTION].reshape(sections, SECTION).max(axis=1)
    return float(np.partition(tops, sections - k)[sections - k])
