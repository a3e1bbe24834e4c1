"""The card beside the map: clusters to go through, and the figures of what is chosen."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.map.cluster_list import ClusterList
from notesai.gui.map.cluster_tree import Kind, Node
from notesai.gui.map.figures import Figures
from notesai.gui.map.marks import Mark
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.icon_button import IconButton
from notesai.model import NoteMap


class BrowseCard(Card):
    """Clusters and figures. `chosen` brings the selected `Node` or None, `entered` one that was
    gone to, `renamed` a cluster's id and new name, `listed` a `Node` whose notes are wanted, and
    `name_wanted` the id of a cluster for which a name is to be suggested."""

    chosen = Signal(object)
    entered = Signal(object)
    renamed = Signal(str, str)
    listed = Signal(object)
    name_wanted = Signal(str)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: NoteMap | None = None
        self.setMinimumWidth(Size.CARD_LEAST)
        self._heading = QLabel(self)
        self._heading.setObjectName("caps")
        self._hint = QLabel(self)
        self._hint.setObjectName("faint")
        self._hint.setWordWrap(True)
        self._suggests = False
        self._thinking = ""
        self.suggest_button = IconButton(look, "ask", self)
        self.rename_button = IconButton(look, "edit", self)
        self.list_button = IconButton(look, "notes", self)
        self.clusters = ClusterList(look, self)
        self.clusters.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.figures = Figures(self)
        self.add_head(self._heading, self.list_button, self.suggest_button, self.rename_button)
        self._lay_out()
        self.clusters.chosen.connect(self._choose)
        self.clusters.entered.connect(self.entered)
        self.clusters.renamed.connect(self.renamed)
        self.clusters.customContextMenuRequested.connect(self._show_menu)
        self.rename_button.clicked.connect(self.clusters.rename)
        self.suggest_button.clicked.connect(self._want_name)
        self.list_button.clicked.connect(self._list)
        self._retranslate()
        self._enable()

    def _lay_out(self) -> None:
        hint = QVBoxLayout()
        hint.setContentsMargins(Space.EDGE, 0, Space.M, Space.S)
        hint.addWidget(self._hint)
        self.column.addLayout(hint)
        self.add_list(self.clusters)
        rule = QFrame(self)
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        self.column.addWidget(rule)
        below = QVBoxLayout()
        below.setContentsMargins(Space.EDGE, Space.M, Space.L, Space.M)
        below.addWidget(self.figures)
        self.column.addLayout(below)

    def show_map(self, found: NoteMap, marks: Mapping[str, Mark]) -> None:
        """Show the clusters of a map; what is open and chosen stays so."""
        self._map = found
        self.clusters.marks = marks
        titles = {point.path: point.title for point in found.points}
        self.clusters.show_clusters(found.clusters, titles)
        self._show_figures(self.clusters.node)
        self._say()
        self._enable()

    def show_marks(self, marks: Mapping[str, Mark]) -> None:
        """Show the clusters with the marks that they have on the map now."""
        self.clusters.marks = marks
        self.clusters.viewport().update()

    def select(self, cluster: str) -> None:
        """Select a cluster by its id, none if it is empty, without telling."""
        self.clusters.select(cluster)
        self._show_figures(self.clusters.node)
        self._enable()

    def let_suggest(self, can: bool) -> None:
        """Say whether there is a chat model that could suggest names."""
        self._suggests = can
        self._enable()

    def show_suggestion(self, name: str = "") -> None:
        """Offer the name that was waited for; an empty one ends the waiting."""
        cluster, self._thinking = self._thinking, ""
        if name and cluster:
            self.clusters.offer(cluster, name)
        self._enable()

    def _want_name(self) -> None:
        node = self.clusters.node
        if node is not None and node.cluster is not None:
            self._thinking = node.cluster.id
            self._enable()
            self.name_wanted.emit(self._thinking)

    def _choose(self, node: Node | None) -> None:
        self._show_figures(node)
        self._enable()
        self.chosen.emit(node)

    def _list(self) -> None:
        node = self.clusters.node
        if node is not None:
            self.listed.emit(node)

    def _show_figures(self, node: Node | None) -> None:
        found = self._map
        if found is None:
            self.figures.show_figures(None)
            return
        while node is not None and node.cluster is None:
            node = node.parent
        if node is None or node.cluster is None:
            self.figures.show_figures(found.figures)
            return
        own = {one.id: one.figures for one in found.by_cluster}
        self.figures.show_figures(own.get(node.cluster.id), node.cluster.label)

    def _enable(self) -> None:
        node = self.clusters.node
        cluster = node is not None and node.kind is Kind.CLUSTER
        self.rename_button.setEnabled(cluster)
        self.suggest_button.setEnabled(cluster and self._suggests and not self._thinking)
        self.suggest_button.name_it(self._suggesting())
        self.list_button.setEnabled(node is not None and node.kind is not Kind.NOTE)

    def _suggesting(self) -> str:
        if self._thinking:
            return self.tr("The chat model is thinking of a name…")
        if not self._suggests:
            return self.tr("Names can be suggested once a chat model is chosen in the settings")
        return self.tr("Suggest a name")

    def _show_menu(self, at: QPoint) -> None:
        node = self.clusters.node
        if node is None:
            return
        menu = QMenu(self)
        menu.addAction(self.tr("Show on the map")).triggered.connect(
            lambda: self.entered.emit(node)
        )
        if node.kind is not Kind.NOTE:
            menu.addAction(self.tr("List these notes")).triggered.connect(self._list)
        cluster = node.cluster
        if cluster is not None:
            menu.addAction(self.tr("Rename…")).triggered.connect(self.clusters.rename)
            if self.suggest_button.isEnabled():
                menu.addAction(self.tr("Suggest a name")).triggered.connect(self._want_name)
            if cluster.renamed:
                menu.addAction(self.tr("Take the name back")).triggered.connect(
                    lambda: self.renamed.emit(cluster.id, "")
                )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.clusters.viewport().mapToGlobal(at))

    def _say(self) -> None:
        found = self._map
        none = found is not None and not found.clusters.clusters
        self._hint.setVisible(none)
        self._hint.setText(
            self.tr("There are no clusters yet: the notes are too few, or too different.")
        )

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Themes"))
        self.clusters.setAccessibleName(self.tr("Themes and topics"))
        self.rename_button.name_it(self.tr("Rename the cluster"), "F2")
        self.list_button.name_it(self.tr("List these notes"))
        self.suggest_button.name_it(self._suggesting())
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            if self._map is not None:
                self.show_map(self._map, self.clusters.marks)
        super().changeEvent(event)
