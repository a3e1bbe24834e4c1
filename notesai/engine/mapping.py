"""Clusters and the map of one index: laid out on first need, then following the notes."""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial

from notesai.engine.sides import Side, Sides
from notesai.errors import RequestError
from notesai.index.place import Place
from notesai.maps.embedded import EmbeddedNotes
from notesai.maps.following import followed
from notesai.maps.labels import Suggest
from notesai.maps.layout import Layout, nothing_laid_out, read_layout, write_layout
from notesai.maps.names import Names, read_names, write_names
from notesai.maps.process import Job, make_layout
from notesai.maps.views import Space, clusters_of, note_map
from notesai.model import Cluster, Clusters, MapMethod, NoteMap
from notesai.progress import Progress, Silent

log = logging.getLogger(__name__)

CHANGED = 0.2
"""Share of notes that were placed or removed from which all are laid out anew."""

CHANGED_WHILE_GROWING = 1.0
"""The same while notes wait for their vectors: every layout would soon be out of date."""

LONGEST_NAME = 200

First = Callable[[NoteMap], None]
"""Takes the map as it is, before it is laid out anew."""


class Mapping:
    """The map of the index that answers. May be used by many threads; they take turns."""

    def __init__(self, place: Place, sides: Sides) -> None:
        self._folder = place.folder
        self._location = place.uri
        self._sides = sides
        self._turn = threading.RLock()
        self._notes: tuple[tuple[int, int, int], object, EmbeddedNotes] | None = None
        self._layout: Layout | None = None
        self._names: Names | None = None
        self._told: dict[str, tuple[Layout, EmbeddedNotes, NoteMap]] = {}

    def clusters(self, progress: Progress | None = None) -> Clusters:
        """The clusters, made if there are none yet.

        Raises `Cancelled` when `progress` does, `StoreError`, or `map.failed`.
        """
        return self.map(MapMethod.TSNE, progress=progress).clusters

    def map(
        self,
        method: MapMethod,
        *,
        anew: bool = False,
        progress: Progress | None = None,
        first: First | None = None,
    ) -> NoteMap:
        """The map, made if there is none yet; with `anew` it is laid out again.

        It is also laid out again once a fifth of the notes was placed or removed since; `first`
        gets the map as it is before that. Raises as `clusters`.
        """
        progress = progress or Silent()
        with self._turn:
            side = self._sides.active()
            found = self._found(side, progress)
            if not found.notes:
                return self._view(nothing_laid_out(side.generation.chunks), found, method)
            layout = self._current(side, found)
            if layout is None or anew or self._is_outdated(layout, found):
                if layout is not None and first is not None:
                    first(self._view(layout, found, method))
                self._lay_out(side, progress)
                found = self._found(side, progress)
                layout = self._current(side, found)
            if layout is None:
                # All notes have gone, or another model answers, since the process began.
                layout = nothing_laid_out(side.generation.chunks)
            return self._view(layout, found, method)

    def follow(self) -> bool:
        """Place the notes that are new since, without telling the map; False if there is none."""
        with self._turn:
            side = self._sides.active()
            return self._current(side, self._found(side, Silent())) is not None

    def rest(self) -> None:
        """Let go of what the next question reads anew, unless one is being answered."""
        if self._turn.acquire(blocking=False):
            self._notes, self._layout = None, None
            self._told.clear()
            self._turn.release()

    def rename(self, cluster: str, name: str, progress: Progress | None = None) -> Clusters:
        """Give a cluster a name, which is kept; an empty one takes it back.

        Raises `cluster.unknown`, or `StoreError` if the name cannot be kept.
        """
        with self._turn:
            found = self.clusters(progress)
            self._give(found, cluster, " ".join(name.split())[:LONGEST_NAME], by_hand=True)
            return self.clusters(progress)

    def suggest_names(self, suggest: Suggest, progress: Progress) -> Clusters:
        """Let `suggest` name the clusters that have no name yet, from their words and titles."""
        with self._turn:
            found = self.clusters(progress)
            for done, cluster in enumerate(found.clusters):
                progress.report("naming", done, len(found.clusters))
                if self._given().get(cluster.id) is None:
                    suggestion = suggest(cluster.terms, self._titles(cluster))
                    name = " ".join(suggestion.split())[:LONGEST_NAME]
                    if name:
                        self._give(found, cluster.id, name, by_hand=False)
            return self.clusters(progress)

    def described(self, cluster: str, progress: Progress) -> tuple[Sequence[str], Sequence[str]]:
        """The words of a cluster, and the titles of the notes that stand for it.

        Raises as `clusters`, and `cluster.unknown`.
        """
        with self._turn:
            known = _known(self.clusters(progress), cluster)
            return known.terms, self._titles(known)

    def _titles(self, cluster: Cluster) -> list[str]:
        book = self._sides.active().store.notebook()
        return [note.title for note in map(book.at, cluster.representative) if note is not None]

    def _give(self, found: Clusters, cluster: str, name: str, *, by_hand: bool) -> None:
        known = _known(found, cluster)
        names = self._given().given(cluster, name, known.notes, by_hand=by_hand)
        write_names(self._folder, names)
        self._names = names
        self._told.clear()

    def _given(self) -> Names:
        if self._names is None:
            self._names = read_names(self._folder)
        return self._names

    def _found(self, side: Side, progress: Progress) -> EmbeddedNotes:
        """The notes of now; the same object while nothing has changed."""
        check = partial(progress.report, "reading", 0, 0)
        vectors, book = side.store.note_vectors(check), side.store.notebook()
        seen = (id(vectors), id(book), book.changes)
        if self._notes is None or self._notes[0] != seen:
            # The objects are kept with their ids, which others could get else.
            self._notes = seen, (vectors, book), EmbeddedNotes.of(side.store, check)
        return self._notes[2]

    def _current(self, side: Side, found: EmbeddedNotes) -> Layout | None:
        """The layout of the notes of now; None if there is none for this table of vectors."""
        layout = self._layout or read_layout(self._folder)
        if layout is None or layout.generation != side.generation.chunks:
            return None
        now = followed(layout, found)
        if now is not self._layout:
            self._layout = now
        if now is not layout:
            self._keep(now)
        return now

    def _keep(self, layout: Layout) -> None:
        try:
            write_layout(self._folder, layout)
        except OSError as error:
            # It is a cache: what was placed now is placed again after the next start.
            log.warning("the map is not kept: %s", error)

    def _is_outdated(self, layout: Layout, found: EmbeddedNotes) -> bool:
        growing = len(found.waiting) > CHANGED * layout.made_of
        return layout.changed > (CHANGED_WHILE_GROWING if growing else CHANGED)

    def _lay_out(self, side: Side, progress: Progress) -> None:
        make_layout(Job(self._location, side.generation, self._folder), progress)
        self._layout = None
        self._told.clear()

    def _view(self, layout: Layout, found: EmbeddedNotes, method: MapMethod) -> NoteMap:
        """What is told of the layout; made again only when something has changed."""
        known = self._told.get(method)
        if known is not None and known[0] is layout and known[1] is found:
            return known[2]
        space = Space.of(layout, found)
        placed = {place.note_id for place in layout.places}
        without = [note.path for note in found.empty]
        without += [note.path for note in found.waiting if note.note_id not in placed]
        told = note_map(space, clusters_of(space, self._given(), without), method)
        self._told[method] = layout, found, told
        return told


def _known(found: Clusters, cluster: str) -> Cluster:
    known = next((one for one in found.clusters if one.id == cluster), None)
    if known is None:
        raise RequestError(
            "cluster.unknown", "There is no such cluster any more.", "Look at the clusters anew."
        )
    return known
