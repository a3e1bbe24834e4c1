"""What is told of a layout: the map's points, the clusters, and the figures of the space."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.maps.embedded import EmbeddedNotes
from notesai.maps.figures import figures, near_duplicates
from notesai.maps.labels import label
from notesai.maps.layout import KeptCluster, Layout
from notesai.maps.names import Names
from notesai.model import (
    Cluster,
    ClusterFigures,
    Clusters,
    MapMethod,
    MapPoint,
    Note,
    NoteMap,
    SpaceFigures,
)

_REPRESENTATIVE = 3


@dataclass(frozen=True, slots=True)
class Space:
    """A layout with the vectors of its rows; those of notes that wait for theirs are zero."""

    layout: Layout
    notes: tuple[Note, ...]
    vectors: Vectors
    there: NDArray[np.bool_]

    @classmethod
    def of(cls, layout: Layout, found: EmbeddedNotes) -> "Space":
        """The space of `layout`, all of whose notes are among those found, or wait."""
        row = {note.note_id: at for at, note in enumerate(found.notes)}
        notes = {note.note_id: note for note in (*found.notes, *found.waiting)}
        at = np.array([row.get(place.note_id, -1) for place in layout.places], np.intp)
        vectors = np.zeros((len(at), found.halves.shape[1]), np.float32)
        vectors[at >= 0] = found.vectors[at[at >= 0]]
        own = tuple(notes[place.note_id] for place in layout.places)
        return cls(layout, own, vectors, at >= 0)

    def rows_of(self) -> dict[str, NDArray[np.intp]]:
        """The rows of each cluster; those of a theme are all of its topics'."""
        found: dict[str, list[int]] = {cluster.id: [] for cluster in self.layout.clusters}
        parents = {cluster.id: cluster.parent for cluster in self.layout.clusters}
        for row, place in enumerate(self.layout.places):
            if place.topic:
                found[place.topic].append(row)
                found[parents[place.topic]].append(row)
        return {key: np.array(rows, np.intp) for key, rows in found.items()}


def clusters_of(space: Space, names: Names, without_vector: Sequence[str]) -> Clusters:
    """All clusters, themes before topics, the largest first; those without notes are left out."""
    rows = space.rows_of()
    kept = [cluster for cluster in space.layout.clusters if len(rows[cluster.id])]
    kept.sort(key=lambda one: (bool(one.parent), -len(rows[one.id]), one.id))
    noise = sorted(place.path for place in space.layout.places if not place.topic)
    return Clusters(
        tuple(_cluster(space, one, rows[one.id], names) for one in kept),
        tuple(noise),
        tuple(sorted(without_vector)),
    )


def _cluster(space: Space, kept: KeptCluster, rows: NDArray[np.intp], names: Names) -> Cluster:
    name = names.get(kept.id)
    members: list[int] = rows.tolist()
    paths = [space.notes[row].path for row in members]
    middle = space.vectors[rows].mean(axis=0)
    order: list[int] = np.argsort(-(space.vectors[rows] @ middle), kind="stable").tolist()
    # Where notes hold no words, the one in the middle still has a title.
    words = label(kept.terms) or space.notes[members[order[0]]].title
    return Cluster(
        id=kept.id,
        label=name.name if name is not None else words,
        terms=kept.terms,
        size=len(rows),
        parent=kept.parent,
        notes=tuple(sorted(paths)),
        representative=tuple(paths[at] for at in order[:_REPRESENTATIVE]),
        renamed=name is not None and name.by_hand,
    )


def time_of(note: Note) -> float:
    """Seconds since 1970: the day that the note names, else when its file was last changed."""
    changed = note.mtime_ns / 1e9
    try:
        day = datetime.date.fromisoformat(note.created)
        if day == datetime.datetime.fromtimestamp(changed).date():
            return changed
        return datetime.datetime.combine(day, datetime.time()).timestamp()
    except (ValueError, OverflowError, OSError):
        return changed


def note_map(space: Space, clusters: Clusters, method: MapMethod) -> NoteMap:
    """The map by one method, its points by path."""
    layout = space.layout
    at = layout.pca if method is MapMethod.PCA else layout.tsne
    points = [
        MapPoint(
            path=note.path,
            title=note.title,
            x=round(x, 5),
            y=round(y, 5),
            cluster=place.topic,
            tags=note.tags,
            modified=time_of(note),
        )
        for note, place, (x, y) in zip(space.notes, layout.places, at.tolist(), strict=True)
    ]
    whole, parts = _figures(space)
    return NoteMap(
        method=method,
        points=tuple(sorted(points, key=lambda point: point.path)),
        clusters=clusters,
        figures=whole,
        by_cluster=tuple(ClusterFigures(one.id, parts[one.id]) for one in clusters.clusters),
        changed=round(layout.changed, 4),
    )


def _figures(space: Space) -> tuple[SpaceFigures, Mapping[str, SpaceFigures]]:
    """Those of all notes, and of each cluster."""
    vectors, close = space.vectors, space.layout.close
    alone, rows = close.orphans, space.rows_of()
    everyone = np.zeros(len(vectors), np.intp)
    themes = [cluster.id for cluster in space.layout.clusters if not cluster.parent]
    topics = [cluster.id for cluster in space.layout.clusters if cluster.parent]
    same: dict[str, int] = defaultdict(int)
    for level in (themes, topics):
        labels = np.full(len(vectors), -1, np.intp)
        for number, name in enumerate(level):
            labels[rows[name]] = number
        same |= zip(level, near_duplicates(vectors, close, labels).tolist(), strict=False)

    def of(part: NDArray[np.intp], duplicates: int) -> SpaceFigures:
        there = part[space.there[part]]
        return figures(vectors, there, int(alone[there].sum()), duplicates)

    pairs = int(near_duplicates(vectors, close, everyone).sum())
    whole = of(np.arange(len(vectors)), pairs)
    return whole, {name: of(part, same[name]) for name, part in rows.items()}
