"""What is seen of a map: its colours and their legend, and which notes stand out."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QSize, Signal

from notesai.gui.appearance import Appearance
from notesai.gui.map import files
from notesai.gui.map.cloud import Styles
from notesai.gui.map.colouring import ColourBy, Colouring, colour
from notesai.gui.map.emphasis import Emphasis
from notesai.gui.map.labels import Lettering, labels_of
from notesai.gui.map.map_card import MapCard
from notesai.gui.map.marks import Mark, mark_of
from notesai.gui.map.placing import Placed
from notesai.gui.map.points import Points
from notesai.model import Clusters, NoteMap

_PICTURE_RATIO = 2


class Display(QObject):
    """Puts a map onto its card. `marks_changed` says that clusters have other marks."""

    marks_changed = Signal()

    def __init__(self, look: Appearance, card: MapCard) -> None:
        super().__init__(card)
        self._look, self._card = look, card
        self.points = Points()
        self.clusters = Clusters((), ())
        self.emphasis = Emphasis()
        self.styles = Styles((), ())
        self.marks: tuple[Mark, ...] = ()
        self.colouring = Colouring(ColourBy.THEME, (), ())
        card.head.colour_by.teller.chosen.connect(self._colour)
        card.legend.changed.connect(self._press)
        card.time.moved.connect(self._show_until)
        look.changed.connect(self._recolour)

    def show_map(self, placed: Placed) -> None:
        """Show a map; who stands out stays out."""
        self.points, self.clusters = placed.points, placed.found.clusters
        self._card.time.show_times([note.modified for note in self.points.notes])
        self._card.canvas.show_points(self.points, placed.labels)
        self._colour(self._card.head.colour_by.value)

    def retranslate(self) -> None:
        """Name the groups in the window's language."""
        self._colour(self.colouring.by)

    def show_cluster(self, paths: frozenset[str] | None) -> None:
        """Let the notes of a cluster stand out; None for all."""
        self.emphasis.cluster = paths
        self._style()

    def show_chosen(self, paths: frozenset[str] | None) -> None:
        """Let notes that were picked out stand out; None for all."""
        self.emphasis.chosen = paths
        self._style()

    def show_found(self, paths: frozenset[str] | None) -> None:
        """Light up what was found; None for no search."""
        self.emphasis.found = paths
        self._style()

    def cluster_marks(self) -> Mapping[str, Mark]:
        """The mark of each cluster: its own, or that of its theme where topics have none."""
        groups = {
            group.key: mark_of(group, self._look.tokens)
            for group in self.colouring.groups
            if group.key
        }
        if self.colouring.by is ColourBy.THEME:
            for cluster in self.clusters.clusters:
                if cluster.parent in groups:
                    groups[cluster.id] = groups[cluster.parent]
            return groups
        return groups if self.colouring.by is ColourBy.TOPIC else {}

    def as_file(self, kind: str, found: NoteMap) -> bytes:
        """What is seen of `found`, the map that is shown, as a file of one of `files.KINDS`."""
        if kind == "csv":
            return files.table(found)
        canvas = self._card.canvas
        if kind == "png":
            size = QSize(max(canvas.width(), 1), max(canvas.height(), 1))
            return files.png(canvas.picture(size, _PICTURE_RATIO))
        letters, tokens = Lettering(), self._look.tokens
        labels = [letters.fitted(label) for label in labels_of(found.clusters, self.points)]
        return files.drawing(self.points, self.styles, self.marks, labels, letters.size_of, tokens)

    def _colour(self, by: ColourBy) -> None:
        if by is not self.colouring.by:
            self.emphasis.groups = set()
        self.colouring = colour(by, self.points.notes, self.clusters)
        self._card.legend.show_groups(self.colouring)
        self.emphasis.groups = self._card.legend.pressed
        self._recolour()

    def _recolour(self) -> None:
        self.marks = tuple(mark_of(group, self._look.tokens) for group in self.colouring.groups)
        self._style()
        self.marks_changed.emit()

    def _press(self, groups: set[int]) -> None:
        self.emphasis.groups = groups
        self._style()

    def _show_until(self, until: float | None) -> None:
        self.emphasis.until = until
        self._style()

    def _style(self) -> None:
        groups = self.colouring.groups
        quiet = len(groups) - 1 if groups and groups[-1].mark < 0 else -1
        states = self.emphasis.states(self.points.notes, self.colouring.group_of)
        self.styles = Styles(self.colouring.group_of, states, quiet)
        self._card.canvas.show_styles(self.styles, self.marks)
