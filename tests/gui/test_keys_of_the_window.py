"""Keys that a line of text would take for itself, and lists without an engine."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import EngineState, Failure
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.main_window import MainWindow
from notesai.gui.titles import Titles
from notesai.gui.widgets.search_field import SearchField


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_K])
def test_the_field_leaves_the_windows_keys_to_it(
    look: Appearance, qtbot: QtBot, key: Qt.Key
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = SearchField(look)
    QVBoxLayout(window).addWidget(field)
    pressed: list[bool] = []
    keys = QKeySequence(Qt.KeyboardModifier.ControlModifier | key)
    QShortcut(keys, window).activated.connect(lambda: pressed.append(True))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.edit.setText("brown matter")
    field.edit.setFocus()
    field.edit.setCursorPosition(3)
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(field.edit, key, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [True]
    assert field.edit.text() == "brown matter"
    assert field.edit.cursorPosition() == 3


def test_each_view_has_the_keyboard_as_soon_as_it_is_gone_to(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window("slow-start", filled=False)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    control = Qt.KeyboardModifier.ControlModifier

    def go(key: Qt.Key) -> QWidget:
        """Go to a view while nothing has arrived yet, and press a key at once."""
        qtbot.keyClick(window, key, control)
        place = QApplication.focusWidget()
        assert place is not None and window.pages.isAncestorOf(place)
        qtbot.keyClick(place, Qt.Key.Key_Down)
        return place

    go(Qt.Key.Key_2)
    go(Qt.Key.Key_5)
    assert go(Qt.Key.Key_Comma) is window.settings.names
    assert window.settings.names.currentRow() == 1
    assert go(Qt.Key.Key_4).accessibleName() == "Question"
    qtbot.keyClick(window, Qt.Key.Key_5, control)
    qtbot.waitUntil(lambda: window.status.notes.table.hasFocus(), timeout=15_000)
    chosen = window.status.notes.chosen
    assert chosen is window.status.notes.notes.rows[0]
    assert window.status.notes.table.selectionModel().isRowSelected(0)
    qtbot.keyClick(window, Qt.Key.Key_2, control)
    qtbot.waitUntil(lambda: window.notes.tree.hasFocus(), timeout=15_000)


def by_tab(window: MainWindow, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Tab) -> list[str]:
    """The names of what Tab goes to, from the search field round to it again."""
    names: list[str] = []
    window.field.edit.setFocus()
    for _ in range(80):
        place = QApplication.focusWidget()
        assert place is not None
        qtbot.keyClick(place, key)
        place = QApplication.focusWidget()
        if place is None or place is window.field.edit:
            break
        name = place.accessibleName() or getattr(place, "text", str)()
        if name not in names[-1:]:
            names.append(name)
    return names


def test_tab_goes_as_one_reads(open_window: Callable[..., MainWindow], qtbot: QtBot) -> None:
    window = open_window()
    window.show_view("settings")
    qtbot.waitUntil(window.activity.can_pause.__bool__)
    names = by_tab(window, qtbot)
    assert names == [
        "Pages of the settings",
        "Folders of notes",
        "Add a folder…",
        "Left out",
        "Largest note, in MiB",
        "Pause indexing",
        "Search",
        "Folders of notes",
    ]
    back = by_tab(window, qtbot, Qt.Key.Key_Backtab)
    assert back == names[::-1]
    window.show_view("status")
    qtbot.waitUntil(lambda: window.status.notes.notes.rowCount() == 15)
    names = by_tab(window, qtbot)
    wanted = ["Pause", "Rebuild…", "Find duplicates…", "All", "All notes", "Pause indexing"]
    assert [name for name in names if name in wanted] == wanted


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_keyboard(
    open_window: Callable[..., MainWindow], qtbot: QtBot, key: Qt.Key
) -> None:
    window = open_window()
    button = next(
        one for one in window.rail.findChildren(QToolButton) if one.accessibleName() == "Notes"
    )
    button.setFocus()
    qtbot.keyClick(button, key)
    assert window.view == "notes"


def test_a_list_that_cannot_come_is_not_waited_for() -> None:
    client = EngineClient(["true"])
    titles = Titles(client)
    told: list[Failure] = []
    titles.failed.connect(told.append)
    client.state_changed.emit(EngineState(state="failed", code="vault.missing", message="gone"))
    assert [error.code for error in told] == ["vault.missing"]
