"""Keys that a line of text would take for itself, and lists without an engine."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import EngineState, Failure
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
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


def test_a_list_that_cannot_come_is_not_waited_for() -> None:
    client = EngineClient(["true"])
    titles = Titles(client)
    told: list[Failure] = []
    titles.failed.connect(told.append)
    client.state_changed.emit(EngineState(state="failed", code="vault.missing", message="gone"))
    assert [error.code for error in told] == ["vault.missing"]
