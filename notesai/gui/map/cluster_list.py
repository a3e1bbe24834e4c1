"""The list of themes, topics and their notes, for the keyboard and the pointer."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyleOptionViewItem, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.map.cluster_tree import NODE, ClusterTree, Kind, Node
from notesai.gui.map.marks import Mark, picture
from notesai.gui.theme import Size, Space, font
from notesai.gui.widgets.tree_lines import Index, LineDelegate, TreeLines
from notesai.model import Clusters

_LONGEST_NAME = 80
_ENTRY = "entry"


class ClusterList(TreeLines):
    """Arrows go through it and open it, Enter goes to a cluster or note, F2 renames a cluster.

    `chosen` follows the selection (a `Node`, or None), `entered` a click or Enter on it; `renamed`
    brings a cluster's id and its new name, empty to take it back.
    """

    chosen = Signal(object)
    entered = Signal(object)
    renamed = Signal(str, str)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._tree = ClusterTree(self)
        self._quiet = False
        self.marks: Mapping[str, Mark] = {}
        """The marks that clusters have on the map, by id."""
        self.setModel(self._tree)
        self.setItemDelegate(_Delegate(look, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self._tree.renamed.connect(self.renamed)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.clicked.connect(self._clicked)

    @property
    def node(self) -> Node | None:
        """The line that is selected."""
        # Qt makes a line current as soon as the keyboard comes; that is no choice of a person's.
        rows = self.selectionModel().selectedRows()
        return self._tree.node(rows[0]) if rows else None

    def show_clusters(self, clusters: Clusters, titles: Mapping[str, str]) -> None:
        """Show these; what was open and selected stays so where it is still there."""
        opened = self._opened()
        selected, scroll = self.node, self.verticalScrollBar().value()
        self._quiet = True
        self._tree.show_clusters(clusters, titles)
        for key in opened:
            self.setExpanded(self._tree.find(key), True)
        if selected is not None and selected.kind is not Kind.NOTE:
            self.setCurrentIndex(self._tree.find(selected.key))
        self._quiet = False
        self.verticalScrollBar().setValue(scroll)

    def select(self, key: str) -> None:
        """Select a cluster by its id; an empty one selects nothing. Nobody is told."""
        index = self._tree.find(key) if key else QModelIndex()
        self._quiet = True
        self.setCurrentIndex(index)
        self._quiet = False
        if index.isValid():
            self.scrollTo(index)

    def rename(self) -> None:
        """Let the name of what is selected be written."""
        if self.node is not None and self.node.kind is Kind.CLUSTER:
            self.edit(self.currentIndex())

    def offer(self, key: str, name: str) -> None:
        """Let a person accept, change or leave a name that was suggested for a cluster."""
        index = self._tree.find(key)
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)
        edit = self.viewport().findChild(QLineEdit, _ENTRY)
        if edit is not None:
            edit.setText(name)
            edit.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to what is selected; Escape selects nothing."""
        # The key that ends a name comes here as well.
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.node is not None:
            self.entered.emit(self.node)
        elif event.key() == Qt.Key.Key_Escape and self.node is not None:
            self.setCurrentIndex(QModelIndex())
        elif event.key() == Qt.Key.Key_Down and self.node is None:
            self.setCurrentIndex(self._tree.index(0, 0))
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        node = self._tree.node(index)
        if node.kind is Kind.NOTE:
            self.entered.emit(node)
            return
        at = self.viewport().mapFromGlobal(self.cursor().pos()).x()
        if at < Space.S + node.depth * Space.L + Size.ICON_SMALL:
            self.setExpanded(index, not self.isExpanded(index))

    def _opened(self) -> list[str]:
        """The keys of the lines that are open, outer ones first; notes are never open."""
        found: list[str] = []
        waiting = [QModelIndex()]
        while waiting:
            above = waiting.pop(0)
            for row in range(self._tree.rowCount(above)):
                index = self._tree.index(row, 0, above)
                if self.isExpanded(index):
                    found.append(self._tree.node(index).key)
                    waiting.append(index)
        return found

    def _selection_changed(self) -> None:
        if not self._quiet:
            # After the view has taken the selection over itself.
            QTimer.singleShot(0, self, lambda: self.chosen.emit(self.node))


class _Delegate(LineDelegate):
    """One line: a chevron, the mark of a cluster, its name and size; or a note."""

    def __init__(self, look: Appearance, view: ClusterList) -> None:
        super().__init__(look, view)
        self._view = view
        self._bold = font(Size.BASE, bold=True)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line for the name."""
        edit = QLineEdit(parent)
        edit.setObjectName(_ENTRY)
        edit.setMaxLength(_LONGEST_NAME)
        edit.setAccessibleName(self.tr("Name of the cluster"))
        return edit

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cluster, a list or a note."""
        node = index.data(NODE)
        if not isinstance(node, Node):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = self.surface(painter, option)
        room = option.rect.adjusted(Space.XS + node.depth * Space.L, 0, -Space.S, 0)
        if node.kind is not Kind.NOTE:
            self.chevron(painter, option, room.left())
            room = self.count(painter, len(node.paths), room, selected=selected)
        room.setLeft(room.left() + Size.ICON_SMALL + 2)
        self._mark(painter, node, room)
        theme = node.kind is Kind.CLUSTER and node.depth == 0
        face = self._bold if theme or node.chief else self.face
        quiet = node.kind in {Kind.NOISE, Kind.UNPLACED}
        self.name(painter, node.name, room, face, "soft" if quiet else "text")
        painter.restore()

    def _mark(self, painter: QPainter, node: Node, room: QRect) -> None:
        mark = self._view.marks.get(node.key) if node.kind is Kind.CLUSTER else None
        if node.kind is Kind.NOISE:
            mark = Mark(self.look.tokens.faint, 0, 0.75)
        if mark is None:
            return
        ratio = painter.device().devicePixelRatioF()
        top = room.top() + (room.height() - Size.CAPS) // 2
        painter.drawPixmap(room.left(), top, picture(mark, Size.CAPS, ratio))
        room.setLeft(room.left() + Size.CAPS + Space.S)
