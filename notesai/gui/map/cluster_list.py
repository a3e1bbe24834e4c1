"""The list of themes, topics and their notes, for the keyboard and the pointer."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from notesai.gui.appearance import Appearance
from notesai.gui.i18n import number
from notesai.gui.icons import pixmap
from notesai.gui.map.cluster_tree import NODE, ClusterTree, Kind, Node
from notesai.gui.map.marks import Mark, picture
from notesai.gui.theme import Size, Space, font
from notesai.model import Clusters

_LONGEST_NAME = 80


class ClusterList(QTreeView):
    """Arrows go through it and open it, Enter goes to a cluster or note, F2 renames a cluster.

    `chosen` follows the selection (a `Node`, or None), `entered` a click or Enter on it; `renamed`
    brings a cluster's id and its new name, empty to take it back.
    """

    chosen = Signal(object)
    entered = Signal(object)
    renamed = Signal(str, str)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree = ClusterTree(self)
        self._quiet = False
        self.marks: Mapping[str, Mark] = {}
        """The marks that clusters have on the map, by id."""
        self.setModel(self._tree)
        self.setItemDelegate(_Delegate(look, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tree.renamed.connect(self.renamed)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.clicked.connect(self._clicked)
        look.changed.connect(self.viewport().update)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to what is selected; Escape selects nothing."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.node is not None:
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


class _Delegate(QStyledItemDelegate):
    """One line: a chevron, the mark of a cluster, its name and size; or a note."""

    def __init__(self, look: Appearance, view: ClusterList) -> None:
        super().__init__(view)
        self._look, self._view = look, view
        self._face, self._bold = font(Size.BASE), font(Size.BASE, bold=True)
        self._small = font(Size.CAPS)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One row."""
        return QSize(0, Size.ROW)

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """A line for the name."""
        edit = QLineEdit(parent)
        edit.setObjectName("entry")
        edit.setMaxLength(_LONGEST_NAME)
        edit.setAccessibleName(self.tr("Name of the cluster"))
        return edit

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a cluster, a list or a note."""
        node = index.data(NODE)
        if not isinstance(node, Node):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("tint" if selected else "hover"))
            painter.drawRoundedRect(option.rect, Size.RADIUS_SMALL, Size.RADIUS_SMALL)
        room = option.rect.adjusted(Space.XS + node.depth * Space.L, 0, -Space.S, 0)
        if node.kind is not Kind.NOTE:
            opened = bool(option.state & QStyle.StateFlag.State_Open)
            self._chevron(painter, "chevron-down" if opened else "chevron-right", room)
            room = self._count(painter, node, room, selected=selected)
        room.setLeft(room.left() + Size.ICON_SMALL + 2)
        self._mark(painter, node, room)
        self._name(painter, node, room)
        painter.restore()

    def _chevron(self, painter: QPainter, name: str, room: QRect) -> None:
        ratio = painter.device().devicePixelRatioF()
        icon = pixmap(name, self._look.tokens.faint, Size.ICON_SMALL, ratio)
        painter.drawPixmap(room.left(), room.top() + (room.height() - Size.ICON_SMALL) // 2, icon)

    def _mark(self, painter: QPainter, node: Node, room: QRect) -> None:
        mark = self._view.marks.get(node.key) if node.kind is Kind.CLUSTER else None
        if node.kind is Kind.NOISE:
            mark = Mark(self._look.tokens.faint, 0, 0.75)
        if mark is None:
            return
        ratio = painter.device().devicePixelRatioF()
        top = room.top() + (room.height() - Size.CAPS) // 2
        painter.drawPixmap(room.left(), top, picture(mark, Size.CAPS, ratio))
        room.setLeft(room.left() + Size.CAPS + Space.S)

    def _count(self, painter: QPainter, node: Node, room: QRect, *, selected: bool) -> QRect:
        text = number(len(node.paths))
        painter.setFont(self._small)
        painter.setPen(self._look.colour("soft" if selected else "faint"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, text)
        width = QFontMetrics(self._small).horizontalAdvance(text)
        return room.adjusted(0, 0, -width - Space.S, 0)

    def _name(self, painter: QPainter, node: Node, room: QRect) -> None:
        theme = node.kind is Kind.CLUSTER and node.depth == 0
        face = self._bold if theme or node.chief else self._face
        quiet = node.kind in {Kind.NOISE, Kind.UNPLACED}
        painter.setFont(face)
        painter.setPen(self._look.colour("soft" if quiet else "text"))
        shown = QFontMetrics(face).elidedText(node.name, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags | Qt.TextFlag.TextSingleLine, shown)
