"""The list of folders and notes, painted like the other lists."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from notesai.engine.protocol import NoteTitle
from notesai.gui.appearance import Appearance
from notesai.gui.i18n import number
from notesai.gui.icons import pixmap
from notesai.gui.theme import Size, Space, font
from notesai.gui.widgets.note_tree import NODE, Node, NoteTree

_OPEN_AT_FIRST = 40


class TreeList(QTreeView):
    """Folders open and close; `picked` brings the path of a note that is clicked or entered."""

    picked = Signal(str)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree = NoteTree(self)
        self._filled = False
        self.setModel(self._tree)
        self.setItemDelegate(_TreeDelegate(look, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._clicked)
        look.changed.connect(self.viewport().update)

    @property
    def selected_is_note(self) -> bool:
        """True if a note is selected, not a folder."""
        return self._tree.node(self.currentIndex()).note is not None

    def open_few(self) -> None:
        """Open the folders that hold few notes, if all of them fit together."""
        self._open_small()

    def show_notes(self, notes: Sequence[NoteTitle]) -> None:
        """Show `notes`; open folders stay open, and the list stays where it is scrolled to."""
        opened = self._opened()
        selected, scroll = self.selected_path, self.verticalScrollBar().value()
        if not self._tree.show_notes(notes):
            return
        if not self._filled:
            self._filled = True
            self._open_small()
        for path in opened:
            self.expand(self._tree.find(path))
        if selected:
            self.setCurrentIndex(self._tree.find(selected))
        self.verticalScrollBar().setValue(scroll)

    @property
    def selected_path(self) -> str:
        """The path of the selected folder or note, empty if there is none."""
        return self._tree.node(self.currentIndex()).path

    def show_path(self, path: str) -> None:
        """Select the note at `path`, opening the folders that it is in."""
        if self.selected_path == path:
            return
        index = self._tree.find(path)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a note, and opens or closes a folder."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._clicked(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        node = self._tree.node(index)
        if node.note is not None:
            self.picked.emit(node.path)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def _open_small(self) -> None:
        """At first, open the folders that hold few notes, if all of them fit together."""
        root = QModelIndex()
        rows = self._tree.rowCount(root)
        for row in range(rows):
            index = self._tree.index(row, 0, root)
            count = self._tree.node(index).count
            if count and rows + count <= _OPEN_AT_FIRST:
                rows += count
                self.expand(index)

    def _opened(self) -> list[str]:
        """The paths of the open folders, outer ones first."""
        found: list[str] = []
        waiting = [QModelIndex()]
        while waiting:
            parent = waiting.pop()
            for row in range(self._tree.rowCount(parent)):
                index = self._tree.index(row, 0, parent)
                if self.isExpanded(index):
                    found.append(self._tree.node(index).path)
                    waiting.append(index)
        return sorted(found)


class _TreeDelegate(QStyledItemDelegate):
    """One line: a chevron and a folder with its count, or a note."""

    def __init__(self, look: Appearance, view: TreeList) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self._face = font(Size.BASE)
        self._small = font(Size.CAPS)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One row."""
        return QSize(0, Size.ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a folder or a note."""
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
        room = option.rect.adjusted(Space.S + node.depth * Space.L, 0, -Space.M, 0)
        if node.note is None:
            opened = bool(option.state & QStyle.StateFlag.State_Open)
            self._icon(painter, "chevron-down" if opened else "chevron-right", room)
            room = self._count(painter, node, room, selected=selected)
        room.setLeft(room.left() + Size.ICON_SMALL + Space.XS)
        self._name(painter, node.name, room)
        painter.restore()

    def _icon(self, painter: QPainter, name: str, room: QRect) -> None:
        ratio = painter.device().devicePixelRatioF()
        picture = pixmap(name, self._look.tokens.faint, Size.ICON_SMALL, ratio)
        top = room.top() + (room.height() - Size.ICON_SMALL) // 2
        painter.drawPixmap(room.left() - Space.XS, top, picture)

    def _count(self, painter: QPainter, node: Node, room: QRect, *, selected: bool) -> QRect:
        text = number(node.count)
        painter.setFont(self._small)
        painter.setPen(self._look.colour("soft" if selected else "faint"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, text)
        width = QFontMetrics(self._small).horizontalAdvance(text)
        return room.adjusted(0, 0, -width - Space.S, 0)

    def _name(self, painter: QPainter, name: str, room: QRect) -> None:
        painter.setFont(self._face)
        painter.setPen(self._look.colour("text"))
        shown = QFontMetrics(self._face).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags | Qt.TextFlag.TextSingleLine, shown)
