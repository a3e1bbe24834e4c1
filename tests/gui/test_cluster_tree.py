from PySide6.QtCore import QModelIndex

from notesai.gui.map.cluster_tree import ClusterTree
from notesai.model import Cluster, Clusters


def lines(tree: ClusterTree, parent: QModelIndex) -> list[str]:
    return [tree.node(tree.index(row, 0, parent)).name for row in range(tree.rowCount(parent))]


def tree_of(*clusters: Cluster) -> ClusterTree:
    tree = ClusterTree()
    tree.show_clusters(Clusters(clusters, ()), {"a.md": "Apples", "b.md": "Beans"})
    return tree


def test_a_theme_of_one_topic_holds_its_notes_at_once() -> None:
    tree = tree_of(
        Cluster("t1", "Garden", (), 2, "", ("a.md", "b.md")),
        Cluster("t1a", "Garden", (), 2, "t1", ("a.md", "b.md")),
    )
    assert lines(tree, tree.find("t1")) == ["Apples", "Beans"]
    assert tree.find("t1a") == tree.find("t1")


def test_a_topic_that_leaves_notes_out_is_a_line() -> None:
    tree = tree_of(
        Cluster("t1", "Garden", (), 2, "", ("a.md", "b.md")),
        Cluster("t1a", "Trees", (), 1, "t1", ("a.md",)),
    )
    assert lines(tree, tree.find("t1")) == ["Trees", "Beans"]
    assert tree.node(tree.find("t1a")).name == "Trees"
    assert not tree.find("gone").isValid()
