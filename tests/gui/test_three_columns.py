import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from notesai.gui.theme import Size
from notesai.gui.views.three_columns import ThreeColumns
from notesai.paths import home


def shown(qtbot: QtBot, width: int, name: str = "test") -> tuple[QWidget, ThreeColumns]:
    page = QWidget()
    qtbot.addWidget(page)
    columns = ThreeColumns(page, name)
    columns.fill(QWidget(columns), QWidget(columns), QWidget(columns))
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(columns)
    page.resize(width, 400)
    page.show()
    qtbot.waitUntil(lambda: columns.width() == width)
    return page, columns


def test_what_room_there_is_to_gain_is_the_middles(qtbot: QtBot) -> None:
    page, columns = shown(qtbot, 1400)
    left, middle, right = columns.sizes()
    assert (left, right) == (Size.LIST, Size.RELATED)
    page.resize(1700, 400)
    qtbot.waitUntil(lambda: columns.sizes() == [left, middle + 300, right])


def test_in_a_narrow_window_all_three_become_narrower(qtbot: QtBot) -> None:
    page, columns = shown(qtbot, 900)
    left, middle, right = columns.sizes()
    assert Size.CARD_LEAST <= left < Size.LIST and Size.CARD_LEAST <= right < Size.RELATED
    assert middle > Size.READER_LEAST
    page.resize(1400, 400)
    qtbot.waitUntil(lambda: columns.sizes()[0] == Size.LIST)


def test_widths_that_a_person_chose_are_kept(qtbot: QtBot) -> None:
    page, columns = shown(qtbot, 1400)
    columns.moveSplitter(420, 1)
    qtbot.waitUntil(lambda: columns.sizes()[0] == 420)
    page.resize(1500, 400)
    qtbot.waitUntil(lambda: columns.width() == 1500)
    assert columns.sizes()[0] == 420
    file = home().config / "window.ini"
    qtbot.waitUntil(file.exists)
    again, columns = shown(qtbot, 1400)
    assert again.isVisible() and columns.sizes()[0] == 420
    other, columns = shown(qtbot, 1400, "another")
    assert other.isVisible() and columns.sizes()[0] == Size.LIST


@pytest.mark.parametrize("value", ["x", ["1"], ["a", "b"], ["-3", "4"]])
def test_widths_that_make_no_sense_are_those_of_the_beginning(qtbot: QtBot, value: object) -> None:
    file = QSettings(str(home().config / "window.ini"), QSettings.Format.IniFormat)
    file.setValue("columns/test", value)
    file.sync()
    page, columns = shown(qtbot, 1400)
    assert page.isVisible() and columns.sizes()[0] == Size.LIST
