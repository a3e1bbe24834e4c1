"""Themes, their topics and the notes below, made level by level as they are opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from notesai.gui.i18n import number
from notesai.model import Cluster, Clusters

translate = QCoreApplication.translate

NODE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


class Kind(StrEnum):
    """What a line of the tree is."""

    CLUSTER = "cluster"
    NOTE = "note"
    NOISE = "noise"
    UNPLACED = "unplaced"


@dataclass(slots=True, eq=False)
class Node:
    """One line. `paths` are the notes at or below it; `chief` is a note that stands for others."""

    kind: Kind
    name: str
    parent: "Node | None"
    paths: tuple[str, ...] = ()
    cluster: Cluster | None = None
    chief: bool = False
    row: int = 0
    children: "list[Node] | None" = field(default=None, repr=False)

    @property
    def depth(self) -> int:
        """How many lines it is below."""
        return self.parent.depth + 1 if self.parent is not None else -1

    @property
    def key(self) -> str:
        """What it is, whatever its place: a cluster's id, a path, or the kind."""
        if self.cluster is not None:
            return self.cluster.id
        return self.paths[0] if self.kind is Kind.NOTE else self.kind.value


class ClusterTree(QAbstractItemModel):
    """The clusters of a map. `renamed` brings a cluster's id and the name that a person gave."""

    renamed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clusters = Clusters((), ())
        self._titles: Mapping[str, str] = {}
        self._root = Node(Kind.NOISE, "", None, children=[])

    def show_clusters(self, clusters: Clusters, titles: Mapping[str, str]) -> None:
        """Show these; `titles` names the notes by path."""
        self.beginResetModel()
        self._clusters, self._titles = clusters, titles
        self._root = Node(Kind.NOISE, "", None)
        self.endResetModel()

    def find(self, key: str) -> QModelIndex:
        """The line of a cluster, by its id, or of one of the two lists; invalid if it is gone."""
        wanted = next((one for one in self._clusters.clusters if one.id == key), None)
        above = wanted.parent if wanted is not None else ""
        lines = self._children(self._root)
        if above:
            theme = next((line for line in lines if line.key == above), None)
            below = self._children(theme) if theme is not None else []
            lines = [line for line in below if line.kind is not Kind.NOTE]
            if theme is not None and not lines:
                # A theme's only topic has no line of its own.
                return self._index(theme)
        found = next(
            (line for line in lines if line.kind is not Kind.NOTE and line.key == key), None
        )
        return self._index(found) if found is not None else QModelIndex()

    def node(self, index: Index) -> Node:
        """The line at `index`."""
        found: object = index.internalPointer() if index.isValid() else self._root
        return found if isinstance(found, Node) else self._root

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The index of a line below another one."""
        children = self._children(self.node(parent))
        if column == 0 and 0 <= row < len(children):
            return self.createIndex(row, 0, children[row])
        return QModelIndex()

    def parent(self, child: Index) -> QModelIndex:  # type: ignore[override]
        """The index of the line above."""
        above = self.node(child).parent
        return self._index(above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines are directly below."""
        return len(self._children(self.node(parent)))

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """True for all but notes."""
        node = self.node(parent)
        return node is self._root or (node.kind is not Kind.NOTE and bool(node.paths))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Clusters can be renamed."""
        flags = super().flags(index)
        if self.node(index).kind is Kind.CLUSTER:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, what a screen reader says, a tooltip, or under `NODE` the line itself."""
        node = self.node(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return node.name
            case Qt.ItemDataRole.EditRole:
                return node.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(node)
            case Qt.ItemDataRole.ToolTipRole:
                return _explained(node)
            case _:
                return node if role == NODE else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; the line keeps its own until the engine has agreed."""
        node = self.node(index)
        if role != Qt.ItemDataRole.EditRole or node.cluster is None:
            return False
        name = str(value).strip()
        if name != node.name:
            self.renamed.emit(node.cluster.id, name)
        return True

    def _index(self, node: Node) -> QModelIndex:
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node)

    def _children(self, node: Node) -> list[Node]:
        if node.children is None:
            made = self._top() if node is self._root else self._below(node)
            for row, child in enumerate(made):
                child.row = row
            node.children = made
        return node.children

    def _top(self) -> list[Node]:
        found = self._clusters
        themes = self._clusters_where(lambda cluster: not cluster.parent, self._root)
        rest = (
            (Kind.NOISE, translate("ClusterTree", "In no cluster"), found.noise),
            (Kind.UNPLACED, translate("ClusterTree", "Not on the map"), found.without_vector),
        )
        lists = [Node(kind, name, self._root, paths) for kind, name, paths in rest if paths]
        return [*themes, *lists]

    def _below(self, node: Node) -> list[Node]:
        """A theme's topics and then its notes in none of them; a topic's or a list's notes."""
        if node.kind is Kind.NOTE:
            return []
        cluster = node.cluster
        if cluster is None:
            return self._notes(node.paths, node)
        topics = self._clusters_where(lambda other: other.parent == cluster.id, node)
        if len(topics) == 1 and set(topics[0].paths) >= set(cluster.notes):
            # To open a theme and find the same once more tells nothing.
            topics = []
        inside = {path for topic in topics for path in topic.paths}
        rest = [path for path in cluster.notes if path not in inside]
        chiefs = [path for path in cluster.representative if path not in inside]
        others = [path for path in rest if path not in set(chiefs)]
        return [*topics, *self._notes(chiefs, node, chief=True), *self._notes(others, node)]

    def _clusters_where(self, belongs: Callable[[Cluster], bool], parent: Node) -> list[Node]:
        chosen = [cluster for cluster in self._clusters.clusters if belongs(cluster)]
        chosen.sort(key=lambda cluster: (-cluster.size, cluster.label))
        return [
            Node(Kind.CLUSTER, cluster.label, parent, cluster.notes, cluster) for cluster in chosen
        ]

    def _notes(
        self, paths: "tuple[str, ...] | list[str]", parent: Node, *, chief: bool = False
    ) -> list[Node]:
        nodes = [
            Node(Kind.NOTE, self._titles.get(path, "") or path, parent, (path,), chief=chief)
            for path in paths
        ]
        # Those that stand for others come in the order of how well they do.
        return nodes if chief else sorted(nodes, key=lambda node: node.name.casefold())


def _spoken(node: Node) -> str:
    if node.kind is Kind.NOTE:
        typical = translate("ClusterTree", "typical of its cluster")
        return f"{node.name}, {typical}" if node.chief else node.name
    return f"{node.name}, {number(len(node.paths))}"


def _explained(node: Node) -> str:
    match node.kind:
        case Kind.NOTE:
            return node.paths[0]
        case Kind.NOISE:
            return translate("ClusterTree", "Notes that are near to no group of others")
        case Kind.UNPLACED:
            return translate("ClusterTree", "Notes without text, or waiting to be embedded")
        case Kind.CLUSTER:
            terms = node.cluster.terms if node.cluster is not None else ()
            return " · ".join(terms) or node.name
