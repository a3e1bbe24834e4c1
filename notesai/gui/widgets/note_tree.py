"""All notes by folder. The tree is made level by level, as folders are opened."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from notesai.engine.protocol import NoteTitle
from notesai.gui.i18n import number
from notesai.model import is_document, suffix_of

NODE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True, eq=False)
class Node:
    """A folder (`note` is None) or a note. A folder's notes are `low` to `high` of the list."""

    name: str
    path: str
    parent: "Node | None"
    row: int = 0
    low: int = 0
    high: int = 0
    note: NoteTitle | None = None
    children: "list[Node] | None" = field(default=None, repr=False)

    @property
    def depth(self) -> int:
        """How many folders it is in."""
        return self.parent.depth + 1 if self.parent is not None else -1

    @property
    def count(self) -> int:
        """How many notes are in a folder and below it."""
        return self.high - self.low

    @property
    def kind(self) -> str:
        """What kind of document it is, as PDF; "" for notes and folders."""
        document = self.note is not None and is_document(self.path)
        return suffix_of(self.path)[1:].upper() if document else ""


class NoteTree(QAbstractItemModel):
    """Notes and their folders; folders first, each in the order of their names."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notes: list[NoteTitle] = []
        self._paths: list[str] = []
        self._root = Node("", "", None)

    def show_notes(self, notes: Sequence[NoteTitle]) -> bool:
        """Show `notes` instead of those there are. False if there is nothing new to show."""
        fresh = sorted(notes, key=lambda note: note.path)
        if [(n.path, n.title) for n in fresh] == [(n.path, n.title) for n in self._notes]:
            return False
        self.beginResetModel()
        self._notes = fresh
        self._paths = [note.path for note in fresh]
        self._root = Node("", "", None, high=len(fresh))
        self.endResetModel()
        return True

    def find(self, path: str) -> QModelIndex:
        """The index of the folder or note at `path`, invalid if it is not there."""
        node = self._root
        while node.path != path:
            for child in self._children(node):
                if child.path == path or (child.note is None and path.startswith(child.path + "/")):
                    node = child
                    break
            else:
                return QModelIndex()
        return self._index(node)

    def node(self, index: Index) -> Node:
        """The folder or note at `index`."""
        found: object = index.internalPointer() if index.isValid() else self._root
        return found if isinstance(found, Node) else self._root

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The index of a child."""
        children = self._children(self.node(parent))
        if column == 0 and 0 <= row < len(children):
            return self.createIndex(row, 0, children[row])
        return QModelIndex()

    def parent(self, child: Index) -> QModelIndex:  # type: ignore[override]
        """The index of the folder that holds `child`."""
        above = self.node(child).parent
        return self._index(above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many folders and notes are in a folder."""
        node = self.node(parent)
        return 0 if node.note is not None else len(self._children(node))

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """True for folders; none is empty."""
        node = self.node(parent)
        return node.note is None and node.count > 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, what a screen reader says, the path as tooltip, or under `NODE` the node."""
        node = self.node(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return node.name
            case Qt.ItemDataRole.AccessibleTextRole:
                more = node.kind if node.note else number(node.count)
                return f"{node.name}, {more}" if more else node.name
            case Qt.ItemDataRole.ToolTipRole:
                return node.path
            case _:
                return node if role == NODE else None

    def _index(self, node: Node) -> QModelIndex:
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node)

    def _children(self, folder: Node) -> list[Node]:
        if folder.children is None:
            folder.children = self._make_children(folder)
        return folder.children

    def _make_children(self, folder: Node) -> list[Node]:
        prefix = f"{folder.path}/" if folder.path else ""
        folders: list[Node] = []
        notes: list[Node] = []
        at = folder.low
        while at < folder.high:
            name, below, _ = self._paths[at][len(prefix) :].partition("/")
            path = prefix + name
            if not below:
                note = self._notes[at]
                notes.append(Node(note.title or name, path, folder, note=note))
                at += 1
                continue
            # "0" is the character after "/": the end of all paths that begin with this folder's.
            end = bisect_left(self._paths, f"{path}0", at, folder.high)
            folders.append(Node(name, path, folder, low=at, high=end))
            at = end
        children = [*sorted(folders, key=_order), *sorted(notes, key=_order)]
        for row, child in enumerate(children):
            child.row = row
        return children


_DIGITS = re.compile(r"(\d+)")
_COMPARED = 200


def _order(node: Node) -> list[tuple[int, str]]:
    """Names in the order people expect: "2" before "10", capitals among the others."""
    parts = _DIGITS.split(node.name[:_COMPARED].casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
