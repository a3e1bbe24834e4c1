"""Following the notes without laying them out anew: new ones are placed, old ones stay.

A new note stands among its nearest neighbours, in the topic of most of them. An edited one stays
where it is as long as its neighbours are of the same topic. On the plane of principal components
every note stands where its vector says.
"""

import hashlib
from collections import defaultdict
from dataclasses import replace

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.index.note_vectors import widened
from notesai.index.products import along
from notesai.maps.embedded import EmbeddedNotes
from notesai.maps.layout import Layout, Place
from notesai.maps.matching import rows_before
from notesai.model import Note

_NEIGHBOURS = 10
_SHARPNESS = 0.05
"""A neighbour counts e times less for each such step of cosine that it is farther than the best."""

_SHARE = 0.4
"""Share of its neighbours' weight that brings a note into their topic."""

_APART = 0.2
"""Neighbours farther than this from the nearest one are in another part of the map."""

_BESIDE = 0.006
"""How far from the middle of its neighbours a note stands, so that it covers none of them."""


def followed(layout: Layout, found: EmbeddedNotes) -> Layout:
    """The layout of the notes of now; the same object if nothing has changed.

    Notes whose vectors are still to come keep their place if they have one.
    """
    notes = (*found.notes, *found.waiting)
    before = rows_before(layout, notes)
    there = np.flatnonzero(before >= 0)
    old: list[int] = there[np.argsort(before[there])].tolist()
    new = [at for at in np.flatnonzero(before < 0).tolist() if at < len(found.notes)]
    rows: list[int] = before[old].tolist()
    places = [_kept(layout.places[row], notes[at]) for at, row in zip(old, rows, strict=True)]
    edited = [
        at
        for at, row in enumerate(rows)
        # Nearly all are as they were.
        if places[at] is not layout.places[row]
        and old[at] < len(found.notes)
        and places[at].content_hash != layout.places[row].content_hash
    ]
    gone = len(layout.places) - len(old)
    if not (gone or new or edited):
        return layout if tuple(places) == layout.places else replace(layout, places=tuple(places))
    places += [_kept(None, notes[at]) for at in new]
    fresh = np.array([*edited, *range(len(old), len(places))], np.intp)
    order = np.array([*old, *new], np.intp)
    there = order < len(found.notes)
    halves = np.zeros((len(order), found.halves.shape[1]), np.float16)
    halves[there] = found.halves[order[there]]
    vectors = widened(halves)
    close = layout.close.kept(np.array(rows, np.intp)).grown(vectors, there, fresh)
    tsne = np.concatenate((layout.tsne[rows], np.zeros((len(new), 2), np.float32)))
    pca = np.concatenate((layout.pca[rows], np.zeros((len(new), 2), np.float32)))
    pca[fresh] = layout.flat.places(vectors[fresh])
    moved = _place(places, tsne, vectors, there, fresh, len(old))
    return replace(
        layout,
        places=tuple(places),
        tsne=tsne,
        pca=pca,
        close=close,
        changes=layout.changes + gone + len(new) + moved,
    )


def _kept(place: Place | None, note: Note) -> Place:
    """The place of a note, which may be called something else by now."""
    if place is None:
        return Place(note.note_id, note.path, note.content_hash, "")
    # Nearly all are as they were, at every look.
    if (
        place.path == note.path
        and place.content_hash == note.content_hash
        and place.note_id == note.note_id
    ):
        return place
    return Place(note.note_id, note.path, note.content_hash, place.topic)


def _place(
    places: list[Place],
    tsne: NDArray[np.float32],
    vectors: Vectors,
    there: NDArray[np.bool_],
    fresh: NDArray[np.intp],
    old: int,
) -> int:
    """Give the `fresh` rows their places and topics, in place; how many of the `old` ones moved."""
    settled = there.copy()
    settled[fresh] = False
    anchors = np.flatnonzero(settled)
    moved = 0
    for row in map(int, fresh):
        near, weights = _near(vectors[row], vectors, anchors)
        topic = _voted([places[int(other)].topic for other in near], weights)
        stays = row < old and topic == places[row].topic
        moved += row < old and not stays
        if not stays:
            alike = [places[int(other)].topic == topic for other in near]
            tsne[row] = _beside(tsne[near[alike]], weights[alike], places[row].path)
        places[row] = structs.replace(places[row], topic=topic)
    return moved


def _near(
    vector: Vectors, vectors: Vectors, anchors: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The nearest of the rows `anchors`, nearest first, and what each counts."""
    cosines = along(vector, vectors)[anchors]
    best = np.argsort(-cosines, kind="stable")[:_NEIGHBOURS]
    found = cosines[best].astype(np.float64)
    return anchors[best], np.exp((found - found.max(initial=-1.0)) / _SHARPNESS)


def _voted(topics: list[str], weights: NDArray[np.float64]) -> str:
    """The topic with the most weight, if that is enough; else none."""
    shares: dict[str, float] = defaultdict(float)
    for topic, weight in zip(topics, weights.tolist(), strict=True):
        shares[topic] += weight
    best = max(sorted(shares), key=lambda topic: shares[topic], default="")
    return best if shares[best] >= _SHARE * weights.sum() else ""


def _beside(
    tsne: NDArray[np.float32], weights: NDArray[np.float64], path: str
) -> NDArray[np.float32]:
    """The middle of those neighbours that are together, and a little beside it."""
    digest = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    angle = int.from_bytes(digest, "big") / 2**32 * 2.0 * np.pi
    aside = _BESIDE * np.array([np.cos(angle), np.sin(angle)])
    if not len(tsne):
        return aside.astype(np.float32)
    away = tsne - tsne[0]
    together = np.hypot(away[:, 0], away[:, 1]) <= _APART
    middle = np.average(tsne[together], axis=0, weights=weights[together])
    return np.clip(middle + aside, -1.0, 1.0).astype(np.float32)
