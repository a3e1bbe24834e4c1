"""What the status view shows of a switch of the model."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from notesai.engine.protocol import Failure
from notesai.gui.i18n import Language
from notesai.gui.main_window import MainWindow

Open = Callable[..., MainWindow]


def test_nothing_is_shown_without_a_switch(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.show_view("status")
    qtbot.waitUntil(lambda: window.status.tiles["notes"].figure == "12")
    assert not window.status.index.switch.isVisible()


def test_a_switch_is_shown_and_cancelled(
    open_window: Open, language: Language, qtbot: QtBot
) -> None:
    window = open_window("switching")
    window.show_view("status")
    pane = window.status.index.switch
    qtbot.waitUntil(pane.isVisible)
    assert "multilingual-e5-small" in pane.text.text()
    assert pane.text.text().endswith("1,200 of 4,300 passages · about 7 minutes left")
    assert pane.bar.value() == 279
    assert (pane.back.isVisible(), pane.drop.isVisible()) == (False, False)
    assert (pane.trouble.isVisible(), pane.trouble.toolTip()) == (True, "It broke.")
    language.choose("ko")
    qtbot.waitUntil(lambda: "구절 4,300개 중 1,200개" in pane.text.text())
    pane.cancel.click()
    qtbot.waitUntil(lambda: not pane.isVisible())


def test_the_way_back_is_offered_and_given_up(open_window: Open, qtbot: QtBot) -> None:
    window = open_window("switched")
    window.show_view("status")
    pane = window.status.index.switch
    qtbot.waitUntil(pane.isVisible)
    assert pane.text.text() == "The index made by minilm is kept, so that you can go back to it."
    assert (pane.cancel.isVisible(), pane.bar.isVisible()) == (False, False)
    failures: list[Failure] = []
    window.activity.failed.connect(failures.append)
    pane.back.click()
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].code == "model.unknown"
    pane.drop.click()
    qtbot.waitUntil(lambda: not pane.isVisible())


def test_who_may_only_read_may_not_switch(open_window: Open, qtbot: QtBot) -> None:
    window = open_window("switching", "reader")
    window.show_view("status")
    pane = window.status.index.switch
    qtbot.waitUntil(pane.isVisible)
    assert not pane.cancel.isEnabled()
