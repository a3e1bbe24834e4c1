"""Joining the scores of two searches.

A convex combination of normalised scores, after Bruch, Gai and Ingber, "An Analysis of Fusion
Functions for Hybrid Retrieval" (2023). Rank fusion would let a half that knows nothing of the
query's language outvote one that does; scores carry how sure each half is.
"""

from collections.abc import Mapping


def normalised(scores: Mapping[str, float], floor: float) -> dict[str, float]:
    """Scores scaled so that `floor` becomes 0 and the best 1. Empty if nothing is above `floor`."""
    best = max(scores.values(), default=floor)
    if best <= floor:
        return {}
    return {key: max(0.0, (score - floor) / (best - floor)) for key, score in scores.items()}


def convex(
    words: Mapping[str, float], meaning: Mapping[str, float], weight: float
) -> dict[str, float]:
    """`(1 - weight) * words + weight * meaning` over the keys of both; what is absent counts 0."""
    keys = words.keys() | meaning.keys()
    return {
        key: (1.0 - weight) * words.get(key, 0.0) + weight * meaning.get(key, 0.0) for key in keys
    }
