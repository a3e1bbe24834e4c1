"""Notes near to those that were read lately, what was read last counting most."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from notesai.embedding.base import Embedder
from notesai.index.store import Store
from notesai.model import Neighbour, Note, SimilarResult
from notesai.search.ground import ground
from notesai.search.similar import Ranked, neighbours, rank
from notesai.search.subject import Subject, indexed

MOST_READ = 8
"""Notes read before the last so many say nothing any more."""

HALF_LIFE = 3.0
"""After so many other notes, one that was read counts half."""


def for_you(
    store: Store,
    embedder: Embedder,
    recent: Sequence[Note],
    *,
    k: int = 10,
    check: Callable[[], None] = lambda: None,
) -> SimilarResult:
    """The `k` notes that are most like those of `recent`, newest first, and none of them.

    A note's score is its mean likeness to each, weighed with decay. The passages shown are those
    that it has in common with the note to which it owes most. `check` may raise `Cancelled`.
    """
    on = ground(store, embedder.card.languages, check)
    read = {note.note_id for note in recent}
    subjects: list[Subject] = []
    ranked: list[Ranked] = []
    sums: dict[str, float] = {}
    most: dict[str, tuple[float, int]] = {}
    for at, note in enumerate(recent[:MOST_READ]):
        check()
        subjects.append(indexed(store, note, check))
        ranked.append(rank(store, on, subjects[at], k=k + len(read), check=check))
        weight = float(np.exp2(-at / HALF_LIFE))
        for note_id, score in ranked[at].scores.items():
            if note_id not in read and score > 0.0:
                sums[note_id] = sums.get(note_id, 0.0) + weight * score
                most[note_id] = max(most.get(note_id, (0.0, 0)), (weight * score, at))
    whole = sum(float(np.exp2(-at / HALF_LIFE)) for at in range(len(subjects)))
    best = sorted(sums, key=lambda note_id: (-sums[note_id], note_id))[:k]
    shown: dict[str, Neighbour] = {}
    for at in range(len(subjects)):
        owed = [note_id for note_id in best if most[note_id][1] == at]
        found = neighbours(store, on, subjects[at], ranked[at], owed)
        known = _known(store, owed)
        scored = (
            replace(one, score=round(sums[i] / whole, 4))
            for i, one in zip(known, found, strict=True)
        )
        shown.update(zip(known, scored, strict=True))
    return SimilarResult("", tuple(shown[note_id] for note_id in best if note_id in shown))


def _known(store: Store, note_ids: Sequence[str]) -> list[str]:
    return [note_id for note_id in note_ids if store.known.get(note_id) is not None]
