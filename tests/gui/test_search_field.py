import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from notesai.gui.appearance import Appearance
from notesai.gui.widgets import search_field
from notesai.gui.widgets.search_field import SearchField


@pytest.fixture
def field(look: Appearance, qtbot: QtBot) -> SearchField:
    widget = SearchField(look)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def queries(field: SearchField) -> list[str]:
    found: list[str] = []
    field.query_changed.connect(found.append)
    return found


def compose(field: SearchField, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field.edit, event)


def test_typing_is_searched_once_it_pauses(
    field: SearchField, queries: list[str], qtbot: QtBot
) -> None:
    qtbot.keyClicks(field.edit, "cache ")
    assert queries == []
    qtbot.waitUntil(lambda: queries == ["cache "], timeout=1000)
    qtbot.keyClicks(field.edit, " ")
    qtbot.wait(2 * search_field.PAUSE_MS)
    assert queries == ["cache "]


def test_half_a_syllable_is_never_searched(
    field: SearchField, queries: list[str], qtbot: QtBot
) -> None:
    for preedit in ("ㅋ", "캐"):
        compose(field, preedit)
        qtbot.wait(2 * search_field.PAUSE_MS)
    compose(field, "ㅅ", commit="캐")
    qtbot.waitUntil(lambda: queries == ["캐"], timeout=1000)
    compose(field, "시")
    qtbot.wait(2 * search_field.PAUSE_MS)
    assert queries == ["캐"]
    compose(field, "", commit="시")
    qtbot.waitUntil(lambda: queries == ["캐", "캐시"], timeout=1000)
    assert field.edit.text() == "캐시"


def test_a_whole_last_syllable_counts_after_a_longer_pause(
    field: SearchField, queries: list[str], qtbot: QtBot
) -> None:
    compose(field, "시", commit="캐")
    qtbot.waitUntil(lambda: queries == ["캐", "캐시"], timeout=2000)
    compose(field, "", commit="시")
    qtbot.wait(2 * search_field.PAUSE_MS)
    assert queries == ["캐", "캐시"]


def test_a_letter_alone_never_counts(field: SearchField, queries: list[str], qtbot: QtBot) -> None:
    compose(field, "ㅎ")
    qtbot.wait(search_field.COMPOSED_PAUSE_MS + 200)
    assert queries == []


def test_composition_counts_where_the_cursor_is(
    field: SearchField, queries: list[str], qtbot: QtBot
) -> None:
    field.edit.setText("색 방법")
    field.edit.setCursorPosition(0)
    compose(field, "검")
    qtbot.waitUntil(lambda: "검색 방법" in queries, timeout=2000)


def test_up_and_down_step_through_results(field: SearchField, qtbot: QtBot) -> None:
    steps: list[int] = []
    field.stepped.connect(steps.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown):
        qtbot.keyClick(field.edit, key)
    assert steps == [1, 1, -1, 5]


def test_enter_searches_at_once_and_opens(
    field: SearchField, queries: list[str], qtbot: QtBot
) -> None:
    entered: list[bool] = []
    field.entered.connect(lambda: entered.append(True))
    field.edit.setText("now")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert queries == ["now"] and entered == [True]


def test_escape_and_the_button_clear(field: SearchField, queries: list[str], qtbot: QtBot) -> None:
    field.set_query("something")
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert field.edit.text() == "" and queries == ["something", ""]
    field.set_query("more")
    field._clear.click()
    assert queries[-1] == "" and not field._clear.isVisible()


def test_a_very_long_paste_is_cut(field: SearchField) -> None:
    field.edit.setText("x" * 100_000)
    assert len(field.edit.text()) == 2000
