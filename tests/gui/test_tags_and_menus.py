from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import NoteTitle, NoteTitles
from notesai.gui.appearance import Appearance
from notesai.gui.main_window import MainWindow
from notesai.gui.widgets.note_menu import wikilink
from notesai.gui.widgets.tag_list import TagList, tag_counts, tagged

Open = Callable[..., MainWindow]


def title(path: str, *tags: str) -> NoteTitle:
    return NoteTitle(path=path, title=path, mtime_ns=1, tags=tags)


NOTES = [
    title("a.md", "설계", "GUI"),
    title("b.md", "gui", "gui", "project/alpha"),
    title("c.md", "project"),
    title("d.md", "projects"),
]


def test_tags_are_counted_once_a_note_whatever_their_case() -> None:
    assert tag_counts(NOTES) == [
        ("GUI", 2),
        ("project", 1),
        ("project/alpha", 1),
        ("projects", 1),
        ("설계", 1),
    ]


def test_a_tag_includes_those_below_it() -> None:
    assert [note.path for note in tagged(NOTES, "Project")] == ["b.md", "c.md"]
    assert [note.path for note in tagged(NOTES, "gui")] == ["a.md", "b.md"]


def test_thousands_of_tags_keep_their_place(look: Appearance, qtbot: QtBot) -> None:
    tags = TagList(look)
    qtbot.addWidget(tags)
    tags.resize(300, 400)
    tags.show()
    many = [(f"tag{at:04}", 1) for at in range(5000)]
    tags.show_tags(many)
    tags.setCurrentIndex(tags.model().index(3000, 0))
    tags.verticalScrollBar().setValue(5000)
    picked: list[str] = []
    tags.picked.connect(picked.append)
    tags.show_tags([("new", 2), *many])
    assert tags.currentIndex().row() == 3001
    assert tags.verticalScrollBar().value() == 5000
    qtbot.keyClick(tags, Qt.Key.Key_Return)
    assert picked == ["tag3000"]


def filled(open_window: Open, qtbot: QtBot) -> MainWindow:
    window = open_window()
    window.show_view("notes")
    window.titles._arrived(NoteTitles(notes=tuple(NOTES)))
    return window


def test_a_tag_filters_the_tree_until_it_is_taken_off(open_window: Open, qtbot: QtBot) -> None:
    window = filled(open_window, qtbot)
    view = window.notes
    view.by_tag.click()
    assert view._stack.currentWidget() is view.tags
    assert view._heading.text() == "5 tags"
    view.tags.picked.emit("project")
    assert view._stack.currentWidget() is view.tree
    assert view._heading.text() == "2 notes"
    assert view.filter_chip.isVisible() and "project" in view.filter_chip.text()
    view.by_time.click()
    assert [row.path for row in view.recent.rows] == ["b.md", "c.md"]
    view.filter_chip.click()
    assert view._stack.currentWidget() is view.tags
    assert not view.filter_chip.isVisible()
    window.titles._arrived(NoteTitles(notes=(title("x.md"),)))
    assert view._stack.currentWidget() is view.state


@pytest.fixture
def revealed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def open_url(url: QUrl) -> bool:
        found.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    return found


def menu(window: MainWindow) -> dict[str, Callable[[], None]]:
    window.notes._show_menu(QPoint(5, 5))
    shown = window.notes.findChildren(QMenu)[-1]
    actions = {action.text(): action.trigger for action in shown.actions() if action.text()}
    shown.hide()
    return actions


def test_what_can_be_done_with_a_note_and_a_folder(
    open_window: Open, revealed: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.show_view("notes")
    reading = window.notes.reading
    vault = reading.vault
    window.notes.tree.show_path("reading/ddia-notes.md")
    actions = menu(window)
    actions["Copy as [[link]]"]()
    assert QGuiApplication.clipboard().text() == "[[ddia-notes]]"
    actions["Copy the path"]()
    assert QGuiApplication.clipboard().text() == str(vault / "reading/ddia-notes.md")
    actions["Open in your editor"]()
    actions["Show in the file browser"]()
    assert revealed == [str(vault / "reading/ddia-notes.md"), str(vault / "reading")]
    asked: list[str] = []
    monkeypatch.setattr(reading, "ask_new_note", asked.append)
    menu(window)["New note here…"]()
    window.notes.tree.setCurrentIndex(window.notes.tree.currentIndex().parent())
    folder = menu(window)
    assert "Copy as [[link]]" not in folder
    folder["New note here…"]()
    assert asked == ["reading", "reading"]


def test_a_link_names_the_note_as_others_write_it() -> None:
    assert wikilink("a/한글 노트.md") == "[[한글 노트]]"
    assert wikilink("a/log.txt") == "[[log.txt]]"
