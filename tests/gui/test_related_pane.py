"""The related notes: marks, texts being written, what was read lately, side by side, duplicates."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.main_window import MainWindow
from notesai.gui.reading_pane import ReadingPane
from notesai.gui.relating import neighbours as neighbours_module
from notesai.gui.relating.compare_dialog import CompareDialog
from notesai.gui.relating.duplicates_dialog import DuplicatesDialog
from notesai.gui.relating.read_notes import ReadNotes
from notesai.gui.widgets.related import Related
from notesai.model import Mark

Open = Callable[..., MainWindow]
TITLE = "토마토 키우기"


@pytest.fixture(autouse=True)
def quick_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours_module, "TYPING_MS", 20)
    monkeypatch.setattr(neighbours_module, "READ_MS", 20)


@pytest.fixture
def pane(open_window: Open, qtbot: QtBot) -> ReadingPane:
    window = open_window("duplicates")
    reading = window.search.reading
    qtbot.waitUntil(lambda: len(reading.related.list.rows) > 2, timeout=15_000)
    return reading


def paths(pane: ReadingPane) -> list[str]:
    return [row.path for row in pane.related.list.rows]


def test_words_in_common_stand_below_the_quote(pane: ReadingPane) -> None:
    assert pane.related.list.rows[0].detail == "물 · water"


def test_a_pinned_note_stands_first_until_it_is_let_go(pane: ReadingPane, qtbot: QtBot) -> None:
    before = paths(pane)
    last = pane.related.list.rows[-1]
    pane.related.actions_.pin_wanted.emit(last)
    qtbot.waitUntil(lambda: paths(pane)[0] == last.path)
    first = pane.related.list.rows[0]
    assert first.pinned and first.badge.startswith("pinned")
    pane.related.list.select_path(first.path)
    pane.related.list.setFocus()
    QTest.keyClick(pane.related.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not any(row.pinned for row in pane.related.list.rows))
    assert set(paths(pane)) == set(before)


def test_a_hidden_note_goes_and_can_be_brought_back(pane: ReadingPane, qtbot: QtBot) -> None:
    related, gone = pane.related, pane.related.list.rows[0]
    related.list.select_path(gone.path)
    QTest.keyClick(related.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: gone.path not in paths(pane))
    assert related.hidden_button.isVisible()
    assert related.hidden_button.text() == "Show 1 hidden note"
    related.hidden_button.click()
    qtbot.waitUntil(lambda: gone.path in paths(pane))
    row = next(row for row in related.list.rows if row.path == gone.path)
    assert row.hidden
    related.marked.emit(row.beside, row.path, Mark.NONE)
    qtbot.waitUntil(lambda: not related.hidden_button.isVisible())
    assert gone.path in paths(pane)


def test_a_row_of_the_last_note_is_marked_beside_that_note(pane: ReadingPane, qtbot: QtBot) -> None:
    related, first = pane.related, pane.path
    row = related.list.rows[0]
    other = next(one.path for one in related.list.rows if one.path != row.path)
    pane.show_note(other)
    qtbot.waitUntil(lambda: pane.path == other)
    # Its own related notes may not have come yet when somebody clicks.
    related.actions_.pin_wanted.emit(row)
    qtbot.waitUntil(lambda: bool(paths(pane)) and related.list.rows[0].beside == other)
    qtbot.wait(100)
    assert not any(one.pinned for one in related.list.rows)
    pane.show_note(first)
    qtbot.waitUntil(lambda: related.list.rows[0].beside == first)
    assert [one.path for one in related.list.rows if one.pinned] == [row.path]


def test_the_menu_says_what_the_keys_do(pane: ReadingPane) -> None:
    menu = pane.related.make_menu(pane.related.list.rows[0])
    said = {action.text(): action.shortcut().toString() for action in menu.actions()}
    assert said["Pin to the top"] == "Ctrl+D"
    assert said["Hide here"] == "Del"
    menu.actions()[-1].trigger()
    assert QGuiApplication.clipboard().text().startswith("[[")
    menu.deleteLater()


def test_buttons_appear_over_the_row_that_is_pointed_at(pane: ReadingPane, qtbot: QtBot) -> None:
    related = pane.related
    assert not related.actions_.isVisible()
    box = related.list.visualRect(related.list.model().index(1, 0))
    at = QPointF(box.topLeft() + QPoint(20, 10))
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(related.list.viewport(), move)
    assert related.actions_.isVisible()
    assert box.contains(related.actions_.geometry())
    assert related.actions_.copy.accessibleName() == "Copy as [[link]]"
    related.actions_.hiding.click()
    gone = related.list.rows[1].path
    qtbot.waitUntil(lambda: gone not in paths(pane))
    assert not related.actions_.isVisible()


def test_the_list_follows_what_is_being_written(tmp_path: Path, pane: ReadingPane, qtbot: QtBot):
    asked: list[str | None] = []
    find = pane._client.similar

    def similar(path: str, replies: object, *, text: str | None = None, **more: object) -> int:
        asked.append(text)
        return find(path, replies, text=text, **more)  # type: ignore[arg-type]

    pane._client.similar = similar  # type: ignore[method-assign]
    pane._written = lambda: "A text about tomatoes"  # type: ignore[method-assign]
    pane.neighbours._written = pane._written
    pane.reader.edit_page.editor.document().contentsChanged.emit()
    pane.reader.edit_page.editor.document().contentsChanged.emit()
    qtbot.waitUntil(lambda: asked == ["A text about tomatoes"])


def test_for_you_shows_what_is_near_to_the_notes_read(pane: ReadingPane, qtbot: QtBot) -> None:
    related = pane.related
    qtbot.waitUntil(lambda: bool(pane.neighbours.read_notes.all()))
    read = pane.path
    assert pane.neighbours.read_notes.all() == (read,)
    related.by_reading.click()
    qtbot.waitUntil(lambda: bool(related.list.rows) and not related.list.rows[0].markable)
    assert read not in paths(pane)
    assert {row.badge for row in related.list.rows} == {""}
    related.by_note.click()
    qtbot.waitUntil(lambda: bool(related.list.rows) and related.list.rows[0].markable)


def test_without_a_note_what_is_near_to_reading_is_offered(pane: ReadingPane, qtbot: QtBot) -> None:
    related, path = pane.related, pane.path
    qtbot.waitUntil(lambda: bool(pane.neighbours.read_notes.all()))
    pane.show_empty()
    qtbot.waitUntil(lambda: bool(related.list.rows) and not related.list.rows[0].markable)
    assert related.by_reading.isChecked()
    pane.show_note(path)
    qtbot.waitUntil(lambda: bool(related.list.rows) and related.list.rows[0].markable)
    assert related.by_note.isChecked()


def test_what_was_read_is_kept_latest_first_each_once(tmp_path: Path) -> None:
    read = ReadNotes(tmp_path)
    for path in ("a.md", "b.md", "a.md"):
        read.add(path)
    assert ReadNotes(tmp_path).all() == ("a.md", "b.md")
    for number in range(100):
        read.add(f"{number}.md")
    assert len(read.all()) == 30 and read.all()[0] == "99.md"
    read._file.write_bytes(b"\xff broken")
    assert read.all() == ()


def test_both_notes_side_by_side_at_their_passages(pane: ReadingPane, qtbot: QtBot) -> None:
    row = pane.related.list.rows[0]
    pane.related.compare_wanted.emit(row)
    (dialog,) = pane.reader.findChildren(CompareDialog)
    left, right = dialog.texts.sides
    qtbot.waitUntil(lambda: bool(right.toPlainText()))
    assert left.toPlainText() and left.accessibleName() == pane.title
    assert right.accessibleName() == row.title
    dialog.reject()


def test_duplicates_are_listed_and_compared(pane: ReadingPane, qtbot: QtBot) -> None:
    pane.related.duplicates_wanted.emit()
    (dialog,) = pane.reader.window().findChildren(DuplicatesDialog)
    qtbot.waitUntil(lambda: len(dialog.list.rows) == 2)
    assert [row.badge for row in dialog.list.rows] == ["identical", "83%"]
    left, right = dialog.compared.sides
    qtbot.waitUntil(lambda: bool(left.toPlainText()) and bool(right.toPlainText()))
    first = left.toPlainText()
    dialog.list.step(1)
    qtbot.waitUntil(lambda: left.toPlainText() != first)
    wanted = dialog.list.rows[1].snippet
    with qtbot.waitSignal(pane.note_shown) as shown:
        dialog.open_left.click()
    assert shown.args[0] == wanted


def test_no_duplicates_say_so(look: Appearance, start: Callable[..., EngineClient], qtbot: QtBot):
    dialog = DuplicatesDialog(look, start())
    dialog.show()
    qtbot.waitUntil(lambda: "No two notes" in _said(dialog))
    dialog.reject()


def _said(dialog: DuplicatesDialog) -> str:
    return " ".join(label.text() for label in dialog.state.findChildren(QLabel))


def test_status_leads_to_the_duplicates(open_window: Open, qtbot: QtBot) -> None:
    window = open_window("duplicates")
    window.show_view("status")
    window.status.notes.duplicates.click()
    (dialog,) = window.findChildren(DuplicatesDialog)
    qtbot.waitUntil(lambda: len(dialog.list.rows) == 2)
    with qtbot.waitSignal(window.status.place_wanted):
        dialog.open_right.click()


def test_every_control_has_a_name(look: Appearance, qtbot: QtBot) -> None:
    related = Related(look)
    qtbot.addWidget(related)
    for button in (related.more, related.actions_.pin, related.actions_.hiding):
        assert button.accessibleName()
    assert related.by_note.text() and related.by_reading.text()
