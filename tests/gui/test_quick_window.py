from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.i18n import Language
from notesai.gui.quick.window import QuickWindow, placed
from notesai.gui.reading.links import NoteLink
from notesai.gui.rows import Row
from notesai.gui.theme import Size
from notesai.gui.titles import Titles

VAULT = Path(__file__).with_name("vault")

Open = Callable[..., QuickWindow]


@pytest.fixture
def open_quick(
    look: Appearance,
    start: Callable[..., EngineClient],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Open]:
    """Opens quick search on the scripted engine, on a screen with room for the preview."""
    made: list[QuickWindow] = []

    def show(*acts: str, width: int = 1280, height: int = 800) -> QuickWindow:
        room = QRect(0, 0, width, height)
        monkeypatch.setattr("notesai.gui.quick.window.room", lambda: room)
        client = start(*acts)
        titles = Titles(client)
        titles.refresh()
        window = QuickWindow(look, client, titles, VAULT)
        titles.setParent(window)
        made.append(window)
        window.build_ahead()
        assert not window.isVisible()
        window.summon()
        return window

    yield show
    for window in made:
        window.close_quick()
        window.deleteLater()


def type_query(window: QuickWindow, text: str, qtbot: QtBot) -> None:
    window.field.edit.selectAll()
    qtbot.keyClicks(window.field.edit, text)
    qtbot.waitUntil(lambda: window.finder.query == text and not window.finder.waiting)


def paths(window: QuickWindow) -> list[str]:
    return [row.path for row in window.list.rows]


def test_without_a_query_the_notes_changed_last_are_there(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    qtbot.waitUntil(lambda: len(window.list.rows) == 12)
    assert paths(window)[0] == "프로젝트/notesai/인덱스.md"
    assert window.footer.words.text() == "Changed last"
    qtbot.waitUntil(lambda: window.preview.path == "프로젝트/notesai/인덱스.md")


def test_results_come_while_typing_and_enter_opens(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    type_query(window, "cache", qtbot)
    qtbot.waitUntil(lambda: paths(window)[0] == "reading/ddia-notes.md")
    qtbot.waitUntil(lambda: "ms" in window.footer.words.text())
    qtbot.waitUntil(lambda: window.preview.path == "reading/ddia-notes.md")
    assert "There are only two hard things" in window.preview.page.toPlainText()
    with qtbot.waitSignal(window.open_wanted) as opened:
        qtbot.keyClick(window.field.edit, Qt.Key.Key_Return)
    row: Row = opened.args[0]
    assert row.path == "reading/ddia-notes.md"
    assert row.spans
    assert not window.isVisible()


def test_rows_have_two_lines(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    type_query(window, "cache", qtbot)
    heights = {window.list.sizeHintForRow(at) for at in range(len(window.list.rows))}
    assert heights == {Size.QUICK_ROW}


def test_arrows_choose_and_control_enter_edits(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    type_query(window, "cache", qtbot)
    qtbot.waitUntil(lambda: len(window.list.rows) > 1)
    qtbot.keyClick(window.field.edit, Qt.Key.Key_Down)
    second = window.list.rows[1].path
    qtbot.waitUntil(lambda: window.preview.path == second)
    with qtbot.waitSignal(window.edit_wanted) as edited:
        qtbot.keyClick(window.field.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert edited.args[0].path == second
    assert window.finder.line(second) > 1


def test_enter_before_the_answer_opens_what_is_then_found(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    qtbot.waitUntil(lambda: bool(window.list.rows))
    window.field.edit.setText("cache")
    with qtbot.waitSignal(window.open_wanted) as opened:
        qtbot.keyClick(window.field.edit, Qt.Key.Key_Return)
    assert opened.args[0].path == "reading/ddia-notes.md"


def test_tab_asks_what_was_typed(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    qtbot.keyClicks(window.field.edit, " why caches? ")
    with qtbot.waitSignal(window.ask_wanted) as asked:
        qtbot.keyClick(window.field.edit, Qt.Key.Key_Tab)
    assert asked.args == ["why caches?"]
    assert not window.isVisible()


def test_escape_hides_and_the_next_time_typing_begins_anew(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    type_query(window, "cache", qtbot)
    qtbot.keyClick(window.field.edit, Qt.Key.Key_Escape)
    assert not window.isVisible()
    window.summon()
    assert window.field.edit.selectedText() == "cache"
    qtbot.waitUntil(lambda: paths(window)[:1] == ["reading/ddia-notes.md"])


def test_it_hides_when_another_window_is_used(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    qtbot.waitUntil(window.isActiveWindow)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_toggling_hides_what_is_in_front(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    qtbot.waitUntil(window.isActiveWindow)
    window.toggle()
    assert not window.isVisible()
    window.toggle()
    assert window.isVisible()


def compose(window: QuickWindow, composing: str, commit: str = "") -> None:
    event = QInputMethodEvent(composing, [])
    event.setCommitString(commit)
    QApplication.sendEvent(window.field.edit, event)


def test_half_a_syllable_is_never_searched(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    searched: list[str] = []
    window.field.query_changed.connect(searched.append)
    compose(window, "ㅋ")
    compose(window, "캐")
    compose(window, "ㅅ", "캐")
    compose(window, "시")
    qtbot.waitUntil(lambda: "캐시" in searched)
    assert set(searched) <= {"캐", "캐시"}
    compose(window, "", "시")
    qtbot.waitUntil(lambda: paths(window)[:1] == ["프로젝트/notesai/인덱스.md"])


def test_nothing_found_is_said(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    window.field.set_query("tag:nowhere")
    qtbot.waitUntil(lambda: window.state.what == "Nothing found for “tag:nowhere”.")
    assert window.preview.path == ""
    with qtbot.assertNotEmitted(window.open_wanted, wait=50):
        qtbot.keyClick(window.field.edit, Qt.Key.Key_Return)
    assert window.isVisible()


def test_a_failed_search_is_said_and_the_next_one_works(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    window.field.set_query("!error")
    qtbot.waitUntil(lambda: window.state.what == "The index is damaged.")
    type_query(window, "cache", qtbot)
    assert paths(window)[0] == "reading/ddia-notes.md"


def test_an_engine_that_comes_back_is_asked_again(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    type_query(window, "cache", qtbot)
    window.field.set_query("!crash")
    qtbot.waitUntil(lambda: not window.list.rows)
    window.field.set_query("cache")
    qtbot.waitUntil(lambda: paths(window)[:1] == ["reading/ddia-notes.md"], timeout=10_000)


def test_a_hidden_window_asks_for_nothing(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    type_query(window, "cache", qtbot)
    window.hide()
    read: list[object] = []
    window.finder.note_read.connect(read.append)
    window.finder.preview("ml/sbert.md")
    found: list[object] = []
    window.finder.found.connect(lambda rows, fresh: found.append(rows))
    window.field.set_query("storage")
    qtbot.wait(100)
    assert (found, read) == ([], [])
    window.summon()
    qtbot.waitUntil(lambda: bool(found))


def test_an_empty_folder_says_so(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick("empty")
    qtbot.waitUntil(lambda: window.state.what == "There are no notes in this folder yet.")


def test_a_note_that_is_gone_leaves_the_preview_empty(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    type_query(window, "cache", qtbot)
    qtbot.waitUntil(lambda: window.preview.path == "reading/ddia-notes.md")
    with qtbot.waitSignal(window.finder.note_missing):
        window.finder.preview("gone.md")
    assert window.preview.path == ""


def test_links_and_tags_of_the_preview_work(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick()
    type_query(window, "cache", qtbot)
    qtbot.waitUntil(lambda: window.preview.path == "reading/ddia-notes.md")
    window.preview.tag_clicked.emit("caching")
    assert window.field.query == "tag:caching"
    qtbot.waitUntil(lambda: window.finder.query == "tag:caching" and not window.finder.waiting)
    qtbot.waitUntil(lambda: bool(window.preview.path))
    here = window.preview.path
    with qtbot.waitSignal(window.link_wanted) as followed:
        window.preview.link_clicked.emit(NoteLink("Compost", ""))
    assert followed.args == [NoteLink("Compost", ""), here]


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (QRect(0, 0, 1920, 1080), QRect(480, 360, 960, 620)),
        (QRect(0, 30, 1280, 770), QRect(160, 156, 960, 620)),
        (QRect(1920, 0, 800, 600), QRect(2000, 24, 640, 552)),
        (QRect(0, 0, 400, 300), QRect(0, 24, 400, 252)),
    ],
)
def test_it_stands_a_third_from_the_top_where_there_is_room(room: QRect, expected: QRect) -> None:
    assert placed(room) == expected


def test_a_narrow_screen_has_no_preview(open_quick: Open, qtbot: QtBot) -> None:
    window = open_quick(width=800, height=600)
    assert not window.preview.isVisible()
    assert window.width() == Size.QUICK_LEAST
    type_query(window, "cache", qtbot)
    assert window.preview.path == ""


def test_everything_has_a_name_in_both_languages(
    open_quick: Open, qtbot: QtBot, language: Language
) -> None:
    window = open_quick()
    qtbot.waitUntil(lambda: bool(window.list.rows))
    named = (window, window.field.edit, window.list, window.preview.page)
    english = [widget.accessibleName() for widget in named]
    assert all(english)
    words = window.footer.words.text()
    language.choose("ko")
    qtbot.waitUntil(lambda: window.footer.words.text() != words)
    korean = [widget.accessibleName() for widget in named]
    assert all(korean)
    assert not set(english) & set(korean)
    assert window.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
