"""The view of the map: clusters to browse, the map, and beside it the notes picked on it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import QDateTime, QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout

from notesai.engine.protocol import Failure, IndexChanged
from notesai.gui import states
from notesai.gui.asking.exchange import Reach
from notesai.gui.exporting import write_file
from notesai.gui.map import files
from notesai.gui.map.browse_card import BrowseCard
from notesai.gui.map.cluster_names import ClusterNames
from notesai.gui.map.cluster_tree import Kind, Node
from notesai.gui.map.display import Display
from notesai.gui.map.highlights import Highlights
from notesai.gui.map.map_card import MapCard
from notesai.gui.map.overlay import Bubble
from notesai.gui.map.placing import Placed, place
from notesai.gui.map.side import Side
from notesai.gui.map.some_notes import SomeNotes
from notesai.gui.map.source import MapSource
from notesai.gui.reading.history import Place
from notesai.gui.reading_pane import ReadingPane
from notesai.gui.rows import Row
from notesai.gui.states import State
from notesai.gui.theme import Size, Space
from notesai.gui.views.page import Page, Parts
from notesai.gui.widgets.related import Related
from notesai.model import Cluster, Clusters, MapPoint, NoteMap, Scope, SimilarResult

_NEAREST = 10


class MapView(Page):
    """Shows one map of all notes, and what is picked on it."""

    def __init__(self, parts: Parts, reading: ReadingPane) -> None:
        super().__init__(parts.into)
        self._look, self._client, self._titles = parts.look, parts.client, parts.titles
        self.reading = reading
        reading.setParent(self)
        self.map: NoteMap | None = None
        self.source = MapSource(parts.client, self)
        self.highlights = Highlights(parts.client, self)
        self.columns = QSplitter(Qt.Orientation.Horizontal, self)
        self.browse = BrowseCard(parts.look, self.columns)
        self.names = ClusterNames(self.browse, parts.client, parts.preferences, self)
        self.card = MapCard(parts.look, self.columns)
        self.canvas = self.card.canvas
        self.side = Side(self.columns)
        self._lists = QStackedWidget(self.side)
        self.display = Display(parts.look, self.card)
        self._lay_out()
        self._connect()
        self.card.show_waiting(True)

    def _lay_out(self) -> None:
        self.columns.setHandleWidth(Space.GAP)
        self.columns.setChildrenCollapsible(False)
        for widget in (self.browse, self.card, self.side):
            self.columns.addWidget(widget)
        self.columns.setStretchFactor(1, 1)
        middle = Size.WINDOW[0] - Size.RAIL - 2 * Space.EDGE - 2 * Space.GAP
        sizes = [Size.CLUSTERS, middle - Size.CLUSTERS - Size.MAP_SIDE, Size.MAP_SIDE]
        self.columns.setSizes(sizes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.columns)
        # The clusters a moment after the map: styling both at once would be felt.
        self.browse.hide()
        browse, wanted = self.browse, self.card.head.browse
        QTimer.singleShot(0, self, lambda: browse.setVisible(wanted.isChecked()))

    @cached_property
    def some(self) -> SomeNotes:
        """Several notes picked out on the map; made when there are some for the first time."""
        some = SomeNotes(self._look, self._client, self._lists)
        some.picked.connect(self._open_row)
        some.ask_wanted.connect(self._ask)
        some.closed.connect(self._pick_nothing)
        self._lists.addWidget(some)
        return some

    def _forget_some(self) -> None:
        if "some" in vars(self):
            self.some.clear()

    def _connect(self) -> None:
        source, canvas, browse, head = self.source, self.canvas, self.browse, self.card.head
        reading = self.reading
        source.began.connect(lambda: self.card.show_waiting(True))
        source.progressed.connect(self.card.show_progress)
        source.arrived.connect(self._show)
        source.failed.connect(self._fail)
        source.stopped.connect(self._stopped)
        canvas.say = self._bubble
        canvas.picked.connect(self._pick_point)
        canvas.pile_picked.connect(self._pick_some)
        canvas.lassoed.connect(self._pick_some)
        canvas.opened.connect(reading.reader.focus_page)
        canvas.cluster_picked.connect(self._pick_cluster)
        canvas.emptied.connect(self._pick_nothing)
        browse.chosen.connect(self._browse)
        browse.entered.connect(self._enter)
        browse.listed.connect(self._list)
        self.names.renamed.connect(self._renamed)
        self.names.said.connect(self.card.say)
        self.side.left.connect(self._back_to_map)
        head.browse.toggled.connect(browse.setVisible)
        head.method.teller.chosen.connect(source.choose)
        head.again_wanted.connect(lambda: source.fetch(anew=True))
        head.file_wanted.connect(self._save)
        self.card.cancel_wanted.connect(source.cancel)
        self.display.marks_changed.connect(lambda: browse.show_marks(self.display.cluster_marks()))
        self.highlights.found.connect(self.display.show_found)
        reading.note_shown.connect(self._note_shown)
        reading.related_found.connect(self._related_found)
        reading.tag_clicked.connect(self._find_tag)
        self._titles.changed.connect(self._titles_changed)
        self._client.index_changed.connect(self._index_changed)

    # A page of the window

    @property
    def heading(self) -> str:
        """The note beside the map."""
        return self.reading.title if self.side.isVisibleTo(self) else self.tr("Map")

    def arrive(self) -> None:
        """Give the map the keyboard."""
        self.card.take_keyboard()

    def take_query(self, query: str) -> bool:
        """Light up what the field finds; to read it, Enter goes to the search."""
        if query != self.highlights.query:
            self.highlights.search(query)
        return True

    def engine_ready(self) -> None:
        """Ask again what could not be answered."""
        self.reading.engine_ready()
        self.source.engine_ready()
        self.highlights.search_again()

    def leave(self) -> None:
        """Ask for nothing more, and keep the draft of what is being written."""
        self.source.close()
        self.highlights.close()
        self._forget_some()
        self.card.time.stop()
        self.reading.close_pane()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on somebody looks."""
        super().showEvent(event)
        self.source.look(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self.card.time.stop()
        self.source.look(False)

    # The map comes and goes

    def _show(self, placed: Placed) -> None:
        found = placed.found
        if not self.source.busy:
            self.card.show_waiting(False)
        if found == self.map and self.card.shows_map:
            return
        self.map = found
        self.display.show_map(placed)
        self.browse.show_map(found, self.display.cluster_marks())
        self.browse.setVisible(bool(found.points) and self.card.head.browse.isChecked())
        if not self.display.points.notes:
            self._say_empty()
        elif self.card.shows_map:
            self._show_card()
        else:
            # To paint it for the first time takes as long again: in a turn of its own.
            QTimer.singleShot(0, self, self._show_card)

    def _show_card(self) -> None:
        if self.map is not None and self.display.points.notes:
            self.card.show_map(len(self.display.points), self.map.changed)

    def _say_empty(self) -> None:
        if self._titles.empty:
            self.card.show_state(states.no_notes, self.reading.show_vault)
            return

        def describe() -> State:
            return State(
                "map",
                self.tr("No note can be placed yet."),
                self.tr("Notes come onto the map once they hold text and are embedded."),
                self.tr("Look again"),
            )

        self.card.show_state(describe, self.source.fetch)

    def _titles_changed(self) -> None:
        if self.map is not None and not self.display.points.notes:
            self._say_empty()

    def _fail(self, error: Failure) -> None:
        self.card.show_waiting(False)
        if self.map is None or not self.display.points.notes:
            self.browse.hide()
            self.card.show_state(states.failed(error), self.source.fetch)

    def _stopped(self) -> None:
        self.card.show_waiting(False)
        self.card.head.method.show_value(self.map.method if self.map else self.source.method)
        if self.map is None:

            def describe() -> State:
                what = self.tr("The map has not been laid out.")
                return State("map", what, button=self.tr("Lay it out"))

            self.browse.hide()
            self.card.show_state(describe, self.source.fetch)

    def _index_changed(self, _: IndexChanged) -> None:
        self.highlights.search_again()

    # What is picked

    def _pick_point(self, point: int) -> None:
        self._pick(self.display.points.notes[point].path)

    def _pick(self, path: str) -> None:
        """A note on the map: read it, and list what is near to it."""
        self.display.show_chosen(None)
        self._list_beside(self.reading.related)
        self._open(Place(path))

    def _open_row(self, row: Row) -> None:
        self._open(Place(row.path, row.spans))

    def _open(self, place: Place) -> None:
        self._show_side(True)
        self.canvas.choose(self.display.points.find(place.path))
        self.reading.open(place)

    def _pick_some(self, points: Iterable[int]) -> None:
        """Notes drawn around, or at one place."""
        self._show_some([self.display.points.notes[at] for at in points])

    def _show_some(self, notes: list[MapPoint], name: str = "") -> None:
        if not notes:
            self._pick_nothing()
            return
        self.display.show_chosen(frozenset(note.path for note in notes))
        self.some.show_notes(notes, name)
        self._list_beside(self.some)
        self._show_side(True)
        read = self.reading.path
        if read not in {note.path for note in notes}:
            read = self.some.notes[0].path
            self._open(Place(read))
        self.canvas.choose(self.display.points.find(read))
        self.some.list.select_path(read)

    def _pick_nothing(self) -> None:
        """Nothing is picked: the map has all the room again."""
        self.canvas.choose(-1)
        self.canvas.choose_cluster("")
        self.browse.select("")
        self.display.emphasis.chosen = self.display.emphasis.cluster = None
        self.card.legend.release()
        self._forget_some()
        self._show_side(False)

    def _pick_cluster(self, cluster: str) -> None:
        self.browse.select(cluster)
        self._browse(self.browse.clusters.node)

    def _show_side(self, shown: bool) -> None:
        if shown:
            self._fill_side()
        self.side.setVisible(shown)
        self.heading_changed.emit()

    def _back_to_map(self) -> None:
        if not self.reading.reader.editing:
            self.card.take_keyboard()

    def _list_beside(self, card: Related | SomeNotes) -> None:
        """Which list stands below the reader."""
        self._fill_side()
        self._lists.setCurrentWidget(card)

    def _fill_side(self) -> None:
        """Styling a reader takes long: the map is not kept waiting for it."""
        if self._lists.indexOf(self.reading.related) >= 0:
            return
        self._lists.addWidget(self.reading.related)
        self.side.insertWidget(0, self.reading.reader)
        self.side.setStretchFactor(0, 3)
        self.side.setStretchFactor(1, 2)

    def _note_shown(self, path: str, _: str) -> None:
        """The note beside the map may be another one by a link or the way back."""
        self.canvas.choose(self.display.points.find(path))
        self._describe(path)
        self.heading_changed.emit()

    def _related_found(self, result: SimilarResult) -> None:
        find = self.display.points.find
        near = [find(other.path) for other in result.neighbours[:_NEAREST]]
        self.canvas.choose(find(result.note), [at for at in near if at >= 0])

    def _ask(self, paths: tuple[str, ...]) -> None:
        self.ask_wanted.emit("", Reach(scope=Scope(paths=paths)))

    def _find_tag(self, tag: str) -> None:
        self.query_wanted.emit(f'tag:"{tag}"' if " " in tag else f"tag:{tag}")

    def _bubble(self, point: int) -> Bubble:
        note = self.display.points.notes[point]
        return Bubble(note.title or note.path, self._about(note))

    def _about(self, note: MapPoint) -> str:
        """Cluster, folder and day, as far as they are known."""
        cluster = self._cluster(note.cluster)
        day = QDateTime.fromSecsSinceEpoch(round(note.modified)).date()
        parts = (
            cluster.label if cluster is not None else self.tr("in no cluster"),
            note.path.rpartition("/")[0].replace("/", " / "),
            QLocale().toString(day, QLocale.FormatType.ShortFormat) if note.modified > 0 else "",
        )
        return " · ".join(part for part in parts if part)

    def _describe(self, path: str) -> None:
        """Tell screen readers where one is."""
        at = self.display.points.find(path)
        if at >= 0:
            bubble = self._bubble(at)
            self.canvas.setAccessibleDescription(f"{bubble.title}. {bubble.detail}")

    # Clusters

    def _cluster(self, number: str) -> Cluster | None:
        found = self.map.clusters.clusters if self.map is not None else ()
        return next((cluster for cluster in found if cluster.id == number), None)

    def _browse(self, node: Node | None) -> None:
        """A line of the list is selected: its notes stand out."""
        self.display.emphasis.chosen = None
        if node is None:
            self.canvas.choose_cluster("")
            self.display.show_cluster(None)
            return
        while node.kind is Kind.NOTE and node.parent is not None:
            node = node.parent
        self.canvas.choose_cluster(node.cluster.id if node.cluster is not None else "")
        self.display.show_cluster(frozenset(node.paths))

    def _enter(self, node: Node) -> None:
        """Enter on a line: read the note, or look at the cluster from near."""
        if node.kind is Kind.NOTE:
            self._pick(node.paths[0])
            return
        find = self.display.points.find
        self.canvas.fit_on([at for path in node.paths if (at := find(path)) >= 0])

    def _list(self, node: Node) -> None:
        find, notes = self.display.points.find, self.display.points.notes
        self._show_some([notes[at] for path in node.paths if (at := find(path)) >= 0], node.name)

    def _renamed(self, clusters: Clusters) -> None:
        if self.map is not None:
            self._show(place(replace(self.map, clusters=clusters)))

    # Files

    def _save(self, kind: str) -> None:
        found = self.map
        file = files.choose_file(self, kind) if found is not None else None
        if found is None or file is None:
            return
        try:
            write_file(file, self.display.as_file(kind, found))
        except OSError as error:
            self.card.say(self.tr("The file could not be written: %1").replace("%1", str(error)))
        else:
            self.card.say(self.tr("Saved as %1").replace("%1", file.name))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange and self.map is not None:
            self.display.retranslate()
        super().changeEvent(event)
