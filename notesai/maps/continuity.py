"""Keeping the ids of clusters from one clustering to the next."""

# scipy ships no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

import hashlib
from collections.abc import Collection, Mapping, Sequence

import numpy as np

_LEAST = 0.2
"""Overlap (intersection over union) from which a cluster goes on being the same one."""


def carried_ids(
    before: Mapping[str, Collection[str]], now: Sequence[Collection[str]], kind: str
) -> list[str]:
    """An id for each cluster of `now`, given by its members; the one it had `before` if it can.

    Clusters are matched so that the sum of their overlaps is the largest there is (Kuhn, 1955).
    What is new is called by `kind` and its members, so that the same notes give the same ids.
    """
    kept = _matched(before, now)
    taken = set(kept.values())
    ids: list[str] = []
    for index, members in enumerate(now):
        name = kept.get(index) or _fresh(members, kind, taken | before.keys())
        taken.add(name)
        ids.append(name)
    return ids


def _matched(
    before: Mapping[str, Collection[str]], now: Sequence[Collection[str]]
) -> dict[int, str]:
    if not before or not now:
        return {}
    from scipy.optimize import linear_sum_assignment

    names = sorted(before)
    old = [frozenset(before[name]) for name in names]
    new = [frozenset(members) for members in now]
    overlap = np.array([[_overlap(a, b) for b in old] for a in new])
    rows, columns = linear_sum_assignment(-overlap)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {row: names[column] for row, column in pairs if overlap[row, column] >= _LEAST}


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0


def _fresh(members: Collection[str], kind: str, taken: Collection[str]) -> str:
    """`kind` and eight hexadecimal digits; others where these are taken."""
    text = "\n".join(sorted(members))
    for attempt in range(1 << 16):
        digest = hashlib.blake2b(f"{attempt}\n{text}".encode("utf-8", "surrogatepass"))
        name = f"{kind}{digest.hexdigest()[:8]}"
        if name not in taken:
            return name
    raise AssertionError("no free name")
