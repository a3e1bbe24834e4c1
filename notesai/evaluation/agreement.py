"""How far two judgements of the same things agree: of scores, and of groupings.

Both are a few lines over numpy; scipy and scikit-learn, which have them too, are as large as all
that notesai needs otherwise.
"""

import math
from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def spearman(a: ArrayLike, b: ArrayLike) -> float:
    """Spearman's rank correlation in -1..1, ties at their mean rank; NaN if one side is constant.

    `a` and `b` have shape (n,). Raises `ValueError` if their lengths differ.
    """
    x, y = _ranks(np.asarray(a, np.float64)), _ranks(np.asarray(b, np.float64))
    x, y = x - x.mean(), y - y.mean()
    scale = math.sqrt(float(x @ x) * float(y @ y))
    return float(x @ y) / scale if scale else math.nan


def v_measure(labels: Sequence[Hashable], clusters: Sequence[Hashable]) -> float:
    """Harmonic mean of homogeneity and completeness of `clusters` against `labels`, in 0..1.

    Rosenberg and Hirschberg, "V-Measure: A Conditional Entropy-Based External Cluster Evaluation
    Measure" (2007), with beta 1. Raises `ValueError` if the lengths differ.
    """
    joint = Counter(zip(labels, clusters, strict=True))
    of_labels, of_clusters = _entropy(Counter(labels)), _entropy(Counter(clusters))
    both = _entropy(joint)
    homogeneity = 1.0 - (both - of_clusters) / of_labels if of_labels else 1.0
    completeness = 1.0 - (both - of_labels) / of_clusters if of_clusters else 1.0
    total = homogeneity + completeness
    return max(0.0, 2.0 * homogeneity * completeness / total) if total > 0.0 else 0.0


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1; equal values share the mean of theirs."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2.0)[places]


def _entropy(counts: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> float:
    """Entropy in nats of how often each value occurs."""
    total = counts.total()
    return -math.fsum(n / total * math.log(n / total) for n in counts.values())
