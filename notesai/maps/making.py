"""Laying out all notes anew: places, clusters and their words. Minutes of work for huge vaults."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.maps import projection
from notesai.maps.clustering import NOISE, Groups, Labels, grouped, least_size
from notesai.maps.continuity import carried_ids
from notesai.maps.describing import Sources, Terms, described
from notesai.maps.embedded import EmbeddedNotes
from notesai.maps.figures import closeness
from notesai.maps.layout import Flat, KeptCluster, Layout, Place, nothing_laid_out
from notesai.maps.matching import rows_before
from notesai.maps.neighbours import nearest
from notesai.maps.plane import Places, aligned, fitted, sunflower
from notesai.model import Note
from notesai.progress import Progress

TOPIC, THEME = "t", "s"
"""What ids of topics and themes begin with."""

_KNOWN_SHARE = 0.5
"""From this share of notes that had a place on, the layout begins with those places."""

_DUPLICATE_REACH = 0.006
_LARGEST_REACH = 0.5


@dataclass(frozen=True, slots=True)
class Earlier:
    """What came before: the layout, if there was one, and the notes of clusters with names."""

    layout: Layout | None
    named: Mapping[str, Sequence[str]]


def lay_out(
    found: EmbeddedNotes, generation: str, sources: Sources, earlier: Earlier, progress: Progress
) -> Layout:
    """The layout of all notes that have vectors, as like the `earlier` one as it can be.

    `sources` tell what notes say. The same notes give the same layout.
    """
    if not found.notes:
        return nothing_laid_out(generation)
    vectors = found.vectors
    first, member = _distinct(found.halves)
    near = nearest(vectors[first], projection.NEIGHBOURS, progress)
    groups = _with_copies(grouped(near, progress), member, len(first))
    before = rows_before(earlier.layout, found.notes)
    start = _start(earlier.layout, before[first])
    tsne = projection.tsne_places(vectors[first], near, progress, start)
    tsne = _turned(_copies_spread(tsne, member), earlier.layout, before)
    flat = _flat(vectors, earlier.layout, before)
    terms = described(found.notes, vectors, groups, sources, progress)
    clusters, ids = _identified(found.notes, groups, terms, earlier, before)
    topics: list[int] = groups.topics.tolist()
    places = tuple(
        Place(note.note_id, note.path, note.content_hash, ids[topic] if topic >= 0 else "")
        for note, topic in zip(found.notes, topics, strict=True)
    )
    return Layout(
        generation=generation,
        places=places,
        tsne=tsne.astype(np.float32),
        pca=flat.places(vectors),
        flat=flat,
        close=closeness(vectors),
        clusters=clusters,
        made_of=len(places),
    )


def _distinct(halves: NDArray[np.float16]) -> tuple[Labels, Labels]:
    """The rows that are first of their kind, and for each row which of these it repeats."""
    seen: dict[bytes, int] = {}
    first: list[int] = []
    member = np.zeros(len(halves), np.intp)
    for row, vector in enumerate(halves):
        place = seen.setdefault(vector.tobytes(), len(first))
        if place == len(first):
            first.append(row)
        member[row] = place
    return np.array(first, np.intp), member


def _with_copies(groups: Groups, member: Labels, distinct: int) -> Groups:
    """The groups of all rows; as many copies of one note as make a topic are one of their own."""
    topics, themes = groups.topics.copy(), groups.themes.tolist()
    copies = np.bincount(member, minlength=distinct)
    least = least_size(len(member))
    for place in np.flatnonzero((topics == NOISE) & (copies >= least)).tolist():
        topics[place] = len(themes)
        themes.append(max(themes, default=-1) + 1)
    return Groups(topics[member], np.array(themes, np.intp))


def _copies_spread(places: Places, member: Labels) -> Places:
    """Places of all rows: copies of one note stand around its place, each for itself."""
    full = places[member]
    copies = np.bincount(member, minlength=len(places))
    for place in np.flatnonzero(copies > 1).tolist():
        reach = min(_LARGEST_REACH, _DUPLICATE_REACH * float(np.sqrt(copies[place])))
        full[member == place] += sunflower(int(copies[place]), reach)
    return fitted(full) if (copies > 1).any() and len(places) > 1 else full


def _start(before: Layout | None, rows: Labels) -> Places | None:
    """Places to begin with: those of before, and for new notes the middle; None if most are new."""
    if before is None or (rows >= 0).mean() < _KNOWN_SHARE:
        return None
    places = before.tsne.astype(np.float64)[np.maximum(rows, 0)]
    places[rows < 0] = places[rows >= 0].mean(axis=0)
    # Equal places would be pushed apart by nothing.
    return places + sunflower(len(places), 1e-3)


def _turned(places: Places, before: Layout | None, rows: Labels) -> Places:
    """The places, turned and mirrored to lie as they did before."""
    known = rows >= 0
    if before is None or not known.any():
        return places
    return places @ aligned(places[known], before.tsne.astype(np.float64)[rows[known]])


def _flat(vectors: Vectors, before: Layout | None, rows: Labels) -> Flat:
    """The plane of principal components, scaled to the unit disc and turned as before."""
    places, axes = projection.pca_places(vectors)
    reach = float(np.hypot(places[:, 0], places[:, 1]).max())
    scale = 1.0 / reach if reach > 1e-9 else 0.0
    turn = np.eye(places.shape[1], 2)
    known = rows >= 0
    if before is not None and known.any() and places.shape[1] == 2:
        turn = aligned(places[known], before.pca.astype(np.float64)[rows[known]])
    matrix = (axes.axes.T * scale) @ turn
    return Flat(matrix, -(axes.mean @ matrix))


def _identified(
    notes: Sequence[Note],
    groups: Groups,
    terms: Terms,
    earlier: Earlier,
    before: Labels,
) -> tuple[tuple[KeptCluster, ...], list[str]]:
    """The clusters, themes first, and the id of each topic."""
    topics = _members(notes, groups.topics, len(groups.themes))
    theme_count = int(groups.themes.max(initial=NOISE)) + 1
    themes = _members(notes, groups.theme_of_each, theme_count)
    old = _old_members(notes, earlier, before)
    ids = carried_ids({k: v for k, v in old.items() if k.startswith(TOPIC)}, topics, TOPIC)
    parents = carried_ids({k: v for k, v in old.items() if k.startswith(THEME)}, themes, THEME)
    kept = [KeptCluster(name, "", terms.themes[at]) for at, name in enumerate(parents)]
    of_topics: list[int] = groups.themes.tolist()
    kept += [
        KeptCluster(ids[t], parents[theme], terms.topics[t]) for t, theme in enumerate(of_topics)
    ]
    return tuple(kept), ids


def _members(notes: Sequence[Note], labels: Labels, count: int) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(count)]
    each: list[int] = labels.tolist()
    for note, label in zip(notes, each, strict=True):
        if label >= 0:
            found[label].append(note.path)
    return found


def _old_members(notes: Sequence[Note], earlier: Earlier, before: Labels) -> dict[str, list[str]]:
    """The notes, by their paths of now, that each cluster had before."""
    found: dict[str, list[str]] = {name: list(paths) for name, paths in earlier.named.items()}
    if earlier.layout is None:
        return found
    parents = {cluster.id: cluster.parent for cluster in earlier.layout.clusters}
    old: dict[str, list[str]] = defaultdict(list)
    rows: list[int] = before.tolist()
    for note, row in zip(notes, rows, strict=True):
        topic = earlier.layout.places[row].topic if row >= 0 else ""
        if topic:
            old[topic].append(note.path)
            old[parents[topic]].append(note.path)
    return found | old
