"""The views of the window: one table, and pages that are made when they are first shown."""

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import Failure
from notesai.gui import shortcuts
from notesai.gui.main_window import MainWindow
from notesai.gui.views import registry
from notesai.gui.views.page import Page, Parts
from notesai.gui.views.registry import KEYS, RAIL, VIEWS, View
from notesai.paths import resources

Open = Callable[..., MainWindow]


def test_at_the_start_there_is_one_page(open_window: Open) -> None:
    window = open_window()
    assert window.view == "search"
    assert len(window.pages.all) == 1
    page = window.show_view("status")
    assert window.pages.all == (window.search, page)
    assert window.show_view("status") is page


def test_views_that_are_not_shown_are_not_imported() -> None:
    views = "status_view", "settings_view", "notes_view"
    code = (
        "import sys, notesai.gui.app\n"
        f"print([name for name in {views!r} if 'notesai.gui.views.' + name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_view_has_its_icon_and_keys() -> None:
    for view in VIEWS.values():
        assert (resources() / "icons" / f"{view.icon}.svg").is_file()
        assert view.title() and view.describe()
        assert shortcuts.keys_of(view.name) == QKeySequence(KEYS[view.name]).toString(
            QKeySequence.SequenceFormat.NativeText
        )
    assert [KEYS[view.name] for view in RAIL] == [f"Ctrl+{n + 1}" for n in range(len(RAIL))]


def test_a_new_view_is_one_entry(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Page] = []

    def make(parts: Parts) -> Page:
        made.append(Page())
        QLabel(parts.vault.name, made[-1])
        return made[-1]

    entry = View("new", "plus", lambda: "New", lambda: "A new view", make)
    monkeypatch.setitem(registry.VIEWS, "new", entry)
    monkeypatch.setitem(registry.KEYS, "new", "Ctrl+9")
    window = open_window()
    assert made == []
    window.rail.switched.emit("new")
    assert window.view == "new" and window.pages.current is made[0]
    made[0].query_wanted.emit("cache")
    assert (window.view, window.search.query) == ("search", "cache")


def test_pages_of_notes_go_with_their_folder(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    settings, notes = window.settings, window.notes
    window.show_view("notes")
    window.pages.drop_notes()
    assert window.pages.all == (settings,)
    assert window.notes is not notes


def test_a_page_made_late_says_why_there_is_no_list(open_window: Open) -> None:
    window = open_window(filled=False)
    error = Failure(id=0, code="vault.missing", message="gone")
    window.titles._fail(error)
    window.show_view("notes")
    assert window.notes.state.isVisible()
    assert window.notes.state.button.text() == "Try again"


def test_each_view_is_in_the_module_of_its_name() -> None:
    for name in registry.VIEWS:
        assert f"notesai.gui.views.{name}_view" in registry.MODULES
    for module in registry.MODULES:
        import_module(module)


def test_a_reading_pane_is_ready_for_the_next_view(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    spare = window.spare
    spare.make_ahead()
    ready = spare._pane
    assert ready is not None
    window.show_view("notes")
    assert window.notes.reading is ready
    qtbot.waitUntil(lambda: spare._pane not in (None, ready), timeout=3000)
    other = spare._pane
    assert other is not None
    gone: list[int] = []
    other.reader.destroyed.connect(lambda: gone.append(1))
    other.destroyed.connect(lambda: gone.append(2))
    spare.drop()
    qtbot.waitUntil(lambda: len(gone) == 2)
    assert spare.take() is not other


def test_no_reading_pane_of_a_closed_window_is_left(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.spare.make_ahead()
    window.close()
    assert window.spare._pane is None
    pane = window.spare.take()
    qtbot.addWidget(pane.reader)
    qtbot.addWidget(pane.related)
    assert not window.spare._soon.isActive()
