from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import NoteTitle
from notesai.gui.appearance import Appearance
from notesai.gui.stalls import StallMeter
from notesai.gui.widgets.note_tree import NoteTree
from notesai.gui.widgets.tree_list import TreeList

FREEZE = 1.0
"""Seconds without an event that nobody would take for noise of the machine. How short the gaps
really are is measured by tests/bench/bench_window.py."""

PATHS = ("b/two.md", "a.md", "a/x.md", "a/b/deep.md", "a b.md", "노트 10.md", "노트 2.md")


def titles(*paths: str) -> list[NoteTitle]:
    return [NoteTitle(path=path, title=path.rpartition("/")[2], mtime_ns=1) for path in paths]


def shown(tree: NoteTree, parent: QModelIndex | None = None, depth: int = 0) -> list[str]:
    parent = parent or QModelIndex()
    found: list[str] = []
    for row in range(tree.rowCount(parent)):
        index = tree.index(row, 0, parent)
        found.append("  " * depth + str(index.data()))
        found += shown(tree, index, depth + 1)
    return found


def test_folders_come_first_and_numbers_count() -> None:
    tree = NoteTree()
    assert tree.show_notes(titles(*PATHS))
    assert shown(tree) == [
        "a",
        "  b",
        "    deep.md",
        "  x.md",
        "b",
        "  two.md",
        "a b.md",
        "a.md",
        "노트 2.md",
        "노트 10.md",
    ]
    assert not tree.show_notes(titles(*reversed(PATHS)))
    assert tree.node(tree.find("a")).count == 2
    assert tree.find("a").data(Qt.ItemDataRole.AccessibleTextRole) == "a, 2"


def test_the_model_keeps_qt_s_rules(qtmodeltester: ModelTester) -> None:
    tree = NoteTree()
    tree.show_notes(titles(*PATHS))
    qtmodeltester.check(tree)
    tree.show_notes([])
    qtmodeltester.check(tree)


@given(
    st.sets(
        st.lists(
            st.text(st.sampled_from("ab .0가-"), min_size=1, max_size=3), min_size=1, max_size=4
        ).map("/".join),
        max_size=30,
    )
)
def test_every_note_is_in_the_tree_and_can_be_found(paths: set[str]) -> None:
    tree = NoteTree()
    tree.show_notes(titles(*paths))
    folders = {
        "/".join(path.split("/")[:n]) for path in paths for n in range(1, path.count("/") + 1)
    }
    for path in paths - folders:
        index = tree.find(path)
        assert tree.node(index).path == path
        assert tree.node(tree.parent(index)).path == path.rpartition("/")[0]
    assert not tree.find("no such path").isValid()


def test_open_folders_selection_and_place_survive_a_new_list(
    look: Appearance, qtbot: QtBot
) -> None:
    view = TreeList(look)
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    many = [f"f{n:02}/n{m:02}.md" for n in range(20) for m in range(20)]
    view.show_notes(titles(*many))
    view.show_path("f07/n05.md")
    assert view.selected_path == "f07/n05.md"
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 30)
    place = view.verticalScrollBar().value()
    view.show_notes(titles(*many, "f99/new.md"))
    assert view.selected_path == "f07/n05.md"
    assert view.isExpanded(view.model().index(7, 0, QModelIndex()))
    assert not view.isExpanded(view.model().index(8, 0, QModelIndex()))
    assert view.verticalScrollBar().value() == place


def test_enter_opens_folders_and_picks_notes(look: Appearance, qtbot: QtBot) -> None:
    view = TreeList(look)
    qtbot.addWidget(view)
    view.show()
    picked: list[str] = []
    view.picked.connect(picked.append)
    view.show_notes(titles(*PATHS))
    folder = view.model().index(0, 0, QModelIndex())
    assert view.isExpanded(folder)
    view.setCurrentIndex(folder)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not view.isExpanded(folder)
    view.show_path("a/x.md")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert picked == ["a/x.md"]


def test_ten_thousand_notes_do_not_hold_up_the_window(look: Appearance, qtbot: QtBot) -> None:
    notes = titles(*(f"folder {n % 100:02}/sub {n % 7}/노트 {n}.md" for n in range(10_000)))
    best = 1.0
    for _ in range(3):
        view = TreeList(look)
        qtbot.addWidget(view)
        view.show()
        meter = StallMeter()
        meter.start()
        qtbot.wait(20)
        view.show_notes(notes)
        qtbot.wait(50)
        meter.stop()
        best = min(best, meter.longest)
    assert best < FREEZE
