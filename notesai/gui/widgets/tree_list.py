"""The list of folders and notes, painted like the other lists."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from notesai.engine.protocol import NoteTitle
from notesai.gui.appearance import Appearance
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.note_tree import NODE, Node, NoteTree
from notesai.gui.widgets.tree_lines import Index, LineDelegate, TreeLines

_OPEN_AT_FIRST = 40


class TreeList(TreeLines):
    """Folders open and close; `picked` brings the path of a note that is clicked or entered."""

    picked = Signal(str)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._tree = NoteTree(self)
        self._filled = False
        self.setModel(self._tree)
        self.setItemDelegate(_TreeDelegate(look, self))
        self.clicked.connect(self._clicked)

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


class _TreeDelegate(LineDelegate):
    """One line: a chevron and a folder with its count, or a note."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a folder or a note."""
        node = index.data(NODE)
        if not isinstance(node, Node):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = self.surface(painter, option)
        room = option.rect.adjusted(Space.S + node.depth * Space.L, 0, -Space.M, 0)
        if node.note is None:
            self.chevron(painter, option, room.left() - Space.XS)
            room = self.count(painter, node.count, room, selected=selected)
        elif node.kind:
            room = self.end(painter, node.kind, room, selected=selected)
        room.setLeft(room.left() + Size.ICON_SMALL + Space.XS)
        self.name(painter, node.name, room, self.face)
        painter.restore()
