from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QProgressBar,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import EngineState, Failure, IndexChanged, IndexProgress, encode
from notesai.gui.engine_process import EngineExit
from notesai.gui.main_window import MainWindow, first_size
from notesai.gui.reading_pane import Place
from notesai.gui.requests import Replies
from notesai.gui.views.registry import RAIL, VIEWS
from notesai.model import Misread, NoteContent, Trap

Open = Callable[..., MainWindow]


@pytest.fixture
def opened_outside(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been opened outside of the window."""
    found: list[str] = []

    def open_url(url: QUrl) -> bool:
        found.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    return found


def found(window: MainWindow) -> list[str]:
    card = window.search.results
    searched = card.list.accessibleName() == "Results"
    return [row.path for row in card.list.rows] if searched and card.shows_list else []


def search(window: MainWindow, query: str, qtbot: QtBot) -> list[str]:
    window.field.set_query(query)
    qtbot.waitUntil(lambda: bool(found(window)))
    qtbot.wait(50)
    return found(window)


def reading(window: MainWindow) -> str:
    return window.search.reading.path


def test_the_window_starts_with_the_latest_note_and_its_neighbours(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: reading(window) == "프로젝트/notesai/인덱스.md")
    related = window.search.reading.related.list
    qtbot.waitUntil(lambda: len(related.rows) > 2)
    assert related.rows[0].badge == "linked"
    assert window.search.results.list.rows[0].path == reading(window)
    assert window.field.edit.hasFocus()
    assert window.windowTitle() == "LanceDB 인덱스 설계 – vault – notesai"
    window.show_view("status")
    assert window.windowTitle() == "vault – notesai"


def test_typing_shows_results_and_the_first_one_in_the_reader(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window()
    qtbot.keyClicks(window.field.edit, "content-addressed")
    qtbot.waitUntil(lambda: "reading/content-addressed.md" in found(window)[:1])
    qtbot.waitUntil(lambda: reading(window) == "reading/content-addressed.md")
    assert window.search.results._heading.text().endswith("18 ms")


def test_the_keyboard_alone_finds_and_opens_a_note(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    paths = search(window, "임베딩", qtbot)
    assert len(paths) > 2
    qtbot.keyClick(window.field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(window.field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(window.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: reading(window) == paths[2])
    assert window.search.reading.reader.page.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.field.edit.hasFocus()
    qtbot.keyClick(window.field.edit, Qt.Key.Key_Escape)
    assert window.field.edit.text() == ""
    assert window.search.results.list.accessibleName() == "Recent notes"


def test_a_moved_selection_stays_while_fuller_results_come(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    paths = search(window, "임베딩", qtbot)
    window.search.step(1)
    chosen = window.search.results.list.current
    assert chosen is not None and chosen.path == paths[1]
    window._client.index_changed.emit(IndexChanged(paths=("x.md",)))
    qtbot.wait(1800)
    still = window.search.results.list.current
    assert still is not None and still.path == chosen.path


def test_a_fuller_answer_puts_the_selection_on_its_own_best(
    open_window: Open, qtbot: QtBot
) -> None:
    """Hits by word come first and are previewed; meaning may then find a better one."""
    window = open_window()
    search(window, "임베딩", qtbot)
    by_word = window.search._result
    assert by_word is not None and len(by_word.hits) > 1
    qtbot.waitUntil(lambda: window.search.reading.path == by_word.hits[0].path)
    window.search._answered(replace(by_word, hits=by_word.hits[::-1]))
    best = by_word.hits[-1].path
    assert window.search.results.list.current.path == best
    qtbot.waitUntil(lambda: window.search.reading.path == best)


def test_a_newer_search_replaces_the_older_one(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.field.set_query("!slow")
    qtbot.wait(100)
    assert "reading/content-addressed.md" in search(window, "content-addressed", qtbot)
    assert window.search.query == "content-addressed"


def test_nothing_found_says_so_and_offers_a_way_out(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.field.set_query("zzzz")
    state = window.search.results.state
    qtbot.waitUntil(lambda: state.what == "Nothing found for “zzzz”.")
    state.button.click()
    assert window.field.edit.text() == ""


def test_a_failed_search_says_what_to_do(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.field.set_query("!error")
    state = window.search.results.state
    qtbot.waitUntil(lambda: state.what == "The index is damaged.")
    assert state.button.text() == "Try again"
    assert state.button.isVisible()


def test_the_mode_can_be_chosen(open_window: Open, qtbot: QtBot) -> None:
    from notesai.model import SearchMode

    window = open_window()
    search(window, "임베딩 모델", qtbot)
    window.search.results._modes[SearchMode.SEMANTIC].trigger()
    card = window.search.results.list
    qtbot.waitUntil(lambda: bool(card.rows) and {row.badge for row in card.rows} == {"meaning"})


def test_an_empty_folder_is_no_error(
    open_window: Open, qtbot: QtBot, opened_outside: list[str]
) -> None:
    window = open_window("empty")
    state = window.search.results.state
    qtbot.waitUntil(lambda: state.what == "There are no notes in this folder yet.")
    state.button.click()
    assert opened_outside and opened_outside[0].endswith("/vault")
    window.show_view("notes")
    assert window.notes.state.what == state.what


def test_a_folder_that_was_not_looked_through_is_not_called_empty(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window("empty", "unlooked")
    state = window.search.results.state
    assert state.what == "Opening your notes…"
    window._client._receive(encode(IndexProgress(phase="done", done=0, total=0)))
    assert state.what == "There are no notes in this folder yet."


@pytest.mark.parametrize(
    ("screen", "size"), [((1920, 1080), (1280, 800)), ((1280, 720), (1272, 680))]
)
def test_a_new_window_is_no_larger_than_the_screen(
    screen: tuple[int, int], size: tuple[int, int]
) -> None:
    assert first_size(QSize(*screen)) == QSize(*size)


def test_related_notes_follow_links_and_the_way_back(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    pane = window.search.reading
    pane.open(Place("프로젝트/notesai/인덱스.md"))
    qtbot.waitUntil(lambda: bool(pane.related.list.rows))
    first = [row.path for row in pane.related.list.rows]
    pane.reader.page.anchorClicked.emit(QUrl("note:Cache%20invalidation%2C%20the%20hard%20part#"))
    qtbot.waitUntil(lambda: pane.path == "reading/ddia-notes.md")
    qtbot.waitUntil(lambda: [row.path for row in pane.related.list.rows] != first)
    pane.reader._back.click()
    qtbot.waitUntil(lambda: pane.path == "프로젝트/notesai/인덱스.md")
    assert not pane.reader._back.isVisible()


def test_a_related_note_opens_at_the_passage_that_matches(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    pane = window.search.reading
    qtbot.waitUntil(lambda: bool(pane.related.list.rows))
    row = pane.related.list.rows[0]
    pane.related.list.picked.emit(row)
    qtbot.waitUntil(lambda: pane.path == row.path)
    qtbot.waitUntil(lambda: pane.reader.page.passages == 1)


def test_a_link_to_nowhere_says_so(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: bool(reading(window)))
    reader = window.search.reading.reader
    reader.page.anchorClicked.emit(QUrl("note:nowhere#"))
    assert reader._notice.text() == "There is no note “nowhere” yet."


def test_a_link_to_the_web_is_opened_outside_only_when_clicked(
    open_window: Open, qtbot: QtBot, opened_outside: list[str]
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: bool(reading(window)))
    assert opened_outside == []
    reader = window.search.reading.reader
    reader.page.anchorClicked.emit(QUrl("https://example.org/"))
    reader.page.anchorClicked.emit(QUrl("file:///etc/passwd"))
    reader._outside.click()
    assert opened_outside[0] == "https://example.org/"
    assert len(opened_outside) == 2 and opened_outside[1].endswith("인덱스.md")


def test_a_tag_is_searched_for(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.show_view("notes")
    window.notes.reading.open(Place("ml/sbert.md"))
    qtbot.waitUntil(lambda: window.notes.reading.path == "ml/sbert.md")
    window.notes.reading.reader.head.tag_clicked.emit("ml")
    assert window.view == "search" and window.field.edit.text() == "tag:ml"
    qtbot.waitUntil(lambda: found(window) == ["ml/sbert.md"])


def test_a_note_that_cannot_be_read_says_so(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: bool(reading(window)))
    window.search.reading.open(Place("gone.md"))
    state = window.search.reading.reader.state
    qtbot.waitUntil(lambda: state.what == "This note is not there any more.")
    assert state.button.text() == "Try again"


def test_a_note_that_could_not_be_read_comes_with_its_folder(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: bool(reading(window)))
    pane, read = window.search.reading, window._client.read

    def gone(path: str, replies: Replies[NoteContent]) -> int:
        replies.failed(Failure(id=0, code="vault.missing", message="gone"))
        return 0

    monkeypatch.setattr(window._client, "read", gone)
    window._client.troubled.emit(EngineState(state="trouble", code="vault.missing"))
    assert window.line.text.endswith("the folder of notes is not there")
    pane.open(Place("ml/sbert.md"))
    assert pane.reader.state.what == "The folder of notes is not there."
    monkeypatch.setattr(window._client, "read", read)
    window._client.state_changed.emit(window._client.state)
    assert window.line.text.endswith("up to date")
    window.titles.changed.emit()
    qtbot.waitUntil(lambda: pane.path == "ml/sbert.md")


def test_notes_can_be_browsed_by_folder_and_by_time(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.show_view("notes")
    notes = window.notes
    qtbot.waitUntil(lambda: notes._heading.text() == "12 notes")
    notes.tree.show_path("ml/sbert.md")
    qtbot.keyClick(notes.tree, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: notes.reading.path == "ml/sbert.md")
    notes.by_time.click()
    assert len(notes.recent.rows) == 12
    assert notes.recent.current is not None and notes.recent.current.path == "ml/sbert.md"
    notes.recent.picked.emit(notes.recent.rows[0])
    qtbot.waitUntil(lambda: notes.reading.path == "프로젝트/notesai/인덱스.md")
    notes.by_folder.click()
    assert notes.tree.isVisible()


def test_the_status_view_shows_figures_and_problems(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.show_view("status")
    tiles = window.status.tiles
    qtbot.waitUntil(lambda: tiles["notes"].figure == "12")
    assert [tile.figure for tile in tiles.values()] == ["12", "43", "0", "2", "1"]
    notes = window.status.notes.notes
    qtbot.waitUntil(lambda: notes.rowCount() == 15)
    shown = [[notes.index(row, column).data() for column in (0, 1, 3)] for row in range(2)]
    assert shown[0][:2] == ["archive/2019 세금.pdf", "failed"]
    reason = "24.5 MiB: larger than the limit of 20 MiB"
    assert shown[1] == ["media/interview.md", "skipped", reason]
    values = window.status.index._values
    assert values["size"].text() == "84.2 MB"
    assert values["model"].text() == "bilingual-mini · int8"
    assert values["doing"].text() == "Up to date"


def test_indexing_is_shown_held_and_goes_on(open_window: Open, qtbot: QtBot) -> None:
    window = open_window("indexing")
    line = window.line
    qtbot.waitUntil(lambda: "embedding" in line.text)
    assert line.text.startswith("12 notes · embedding")
    line.pause.click()
    qtbot.waitUntil(lambda: line.text == "12 notes · paused")
    assert line.pause.accessibleName() == "Resume indexing"
    window.show_view("status")
    qtbot.waitUntil(lambda: window.status.index.pause.text() == "Resume")
    window.status.index.pause.click()
    qtbot.waitUntil(lambda: "embedding" in line.text)


def test_building_anew_asks_first(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.show_view("status")
    card = window.status.index
    qtbot.waitUntil(lambda: card.rebuild.isVisible() and card.rebuild.isEnabled())
    changes: list[IndexChanged] = []
    window._client.index_changed.connect(changes.append)
    card.rebuild.click()
    assert card.confirm.isVisible() and card.confirm.no.hasFocus()
    card.confirm.no.click()
    assert not card.confirm.isVisible()
    card.rebuild.click()
    card.confirm.yes.click()
    qtbot.waitUntil(lambda: bool(changes))


def test_a_window_that_is_not_the_writer_offers_no_pause(open_window: Open, qtbot: QtBot) -> None:
    window = open_window("reader")
    qtbot.waitUntil(lambda: window.line.text == "12 notes · kept up to date by another window")
    assert not window.line.pause.isVisible()
    window.show_view("status")
    assert not window.status.index.rebuild.isEnabled()


def test_before_the_first_look_at_the_folder_nothing_is_called_up_to_date(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window("unlooked")
    qtbot.waitUntil(lambda: window.line.text == "12 notes · looking through the folder")
    assert window.line._dot._colour == "accent"
    window._client._receive(encode(IndexProgress(phase="done", done=0, total=0)))
    assert window.line.text == "12 notes · up to date"
    assert window.line._dot._colour == "good"


def test_up_to_date_beside_no_passage_that_waits(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    search(window, "cache", qtbot)
    card = window.search.results
    result = card._result
    assert result is not None
    card.show_results(card.list.rows, replace(result, pending=188), same_subject=True)
    assert card._foot.isVisible()
    window._client._receive(encode(IndexProgress(phase="done", done=0, total=0)))
    assert not card._foot.isVisible()


def test_a_query_that_does_other_than_it_seems_is_explained(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window()
    search(window, "cache", qtbot)
    card = window.search.results
    assert not card._foot.isVisible()
    result = card._result
    assert result is not None
    wrong = Misread("tga:db", Trap.NO_FILTER, "tag:db"), Misread("after:never", Trap.NO_DAY)
    card.show_results(card.list.rows, replace(result, misread=wrong), same_subject=True)
    assert card._foot.isVisible()
    assert "tga:db" in card._foot.text()
    assert "tag:db" in card._foot.text()
    assert "after:never" in card._foot.text()
    window._client._receive(encode(IndexProgress(phase="done", done=0, total=0)))
    assert card._foot.isVisible()
    window.search._show_none(replace(result, hits=(), misread=wrong[:1]))
    assert "tag:db" in card.state._more.text()


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (IndexProgress(phase="scan", done=1, total=0), "looking through the folder"),
        (IndexProgress(phase="words", done=2, total=3), "1 note to read"),
        (
            IndexProgress(phase="words", done=0, total=3, seconds_left=70),
            "3 notes to read · about a minute left",
        ),
        (
            IndexProgress(phase="meaning", done=0, total=9000, seconds_left=600),
            "embedding 9,000 passages · about 10 minutes left",
        ),
        (
            IndexProgress(phase="meaning", done=9, total=10, seconds_left=9000),
            "embedding 1 passage · about 2 hours left",
        ),
        (IndexProgress(phase="meaning", done=11, total=10), "embedding 0 passages"),
        (IndexProgress(phase="done", done=1, total=1), "up to date"),
        (IndexProgress(phase="words", done=0, total=1, paused=True), "paused"),
    ],
)
def test_what_indexing_does_in_words(
    open_window: Open, qtbot: QtBot, progress: IndexProgress, words: str
) -> None:
    window = open_window()
    window._client.index_progress.emit(progress)
    qtbot.waitUntil(lambda: window.line.text == f"12 notes · {words}")


def test_a_changed_note_is_shown_anew_without_moving(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: bool(reading(window)))
    page = window.search.reading.reader.page
    window.resize(900, 560)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 60)
    page.verticalScrollBar().setValue(50)
    finished: list[bool] = []
    page.finished.connect(lambda: finished.append(True))
    window._client.index_changed.emit(IndexChanged(paths=(reading(window),)))
    qtbot.waitUntil(lambda: bool(finished))
    assert page.verticalScrollBar().value() == 50


def test_a_note_that_vanished_says_so_and_stays_readable(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: bool(reading(window)))
    reader = window.search.reading.reader
    window.search.reading._note_vanished(_failure("note.missing"))
    assert reader._notice.text() == "This note is no longer in the folder."
    assert "인덱스는 캐시다" in reader.page.toPlainText()


def _failure(code: str) -> "object":
    from notesai.engine.protocol import Failure

    return Failure(id=1, code=code, message="")


def test_a_crashed_engine_comes_back_and_the_search_is_asked_again(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window()
    ends: list[EngineExit] = []
    window._client.exited.connect(ends.append)
    window.field.set_query("!crash")
    qtbot.waitUntil(lambda: bool(ends))
    window.field.set_query("cache")
    qtbot.waitUntil(lambda: "reading/ddia-notes.md" in found(window), timeout=15_000)
    assert not window.banner.isVisible()


def test_an_engine_that_keeps_crashing_is_explained_and_can_be_restarted(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window("crash-at-start", filled=False)
    qtbot.waitUntil(lambda: window.banner.isVisible(), timeout=30_000)
    assert window.banner.what == "The part of notesai that searches has crashed several times."
    assert window.line.text == "Search is restarting"
    starts: list[EngineState] = []
    window._client.state_changed.connect(starts.append)
    window.banner.restart.click()
    assert starts and starts[0].state == "starting"
    assert not window.banner.isVisible()
    window._client.stop()


def test_a_failed_start_says_what_is_safe_and_what_to_do(open_window: Open, qtbot: QtBot) -> None:
    window = open_window("fail-at-start", filled=False)
    qtbot.waitUntil(lambda: window.banner.isVisible(), timeout=15_000)
    assert window.banner.what == "The folder of notes is not there."
    assert window.banner._hint.text().startswith("The index is kept.")
    assert window.line.text == "Stopped"


def test_trouble_is_said_and_the_engine_goes_on(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.field.set_query("!trouble")
    qtbot.waitUntil(lambda: window.banner.isVisible())
    assert window.banner.what == "The disk that holds the index is full."
    assert search(window, "cache", qtbot)


def test_what_is_asked_of_an_engine_that_gave_up_fails_at_once(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window("fail-at-start", filled=False)
    qtbot.waitUntil(lambda: window.banner.isVisible(), timeout=15_000)
    window.field.set_query("cache")
    state = window.search.results.state
    qtbot.waitUntil(lambda: state.what == "The folder of notes is not there.")


def test_closing_while_everything_is_under_way_leaves_nothing_behind(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window("indexing")
    window.field.set_query("!slow")
    window.search.reading.open(Place("ml/벡터DB.md"))
    window.close()
    window._client.stop()
    qtbot.wait(50)


CONTROLS = (QAbstractButton, QLineEdit, QAbstractItemView, QTextBrowser, QProgressBar)


def controls(window: MainWindow) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if isinstance(widget, CONTROLS)]


@pytest.mark.parametrize("code", ["en", "ko"])
def test_every_control_has_a_name(
    open_window: Open, qtbot: QtBot, language: "object", code: str
) -> None:
    window = open_window("indexing")
    language.choose(code)  # type: ignore[attr-defined]
    for view in VIEWS:
        window.show_view(view)
        qtbot.wait(50)
    found = controls(window)
    assert len(found) > 25
    for widget in found:
        name = widget.accessibleName()
        if isinstance(widget, QAbstractButton):
            name = name or widget.text()
        if widget.isVisibleTo(window):
            assert name, f"{type(widget).__name__} {widget.objectName()} has no name"


def test_icon_buttons_have_tooltips(open_window: Open) -> None:
    from notesai.gui.widgets.icon_button import IconButton

    for button in open_window().findChildren(IconButton):
        assert button.toolTip() and button.accessibleName()


@pytest.mark.parametrize("view", VIEWS)
def test_tab_reaches_every_control_in_reading_order(
    open_window: Open, qtbot: QtBot, view: str
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: bool(reading(window)))
    window.show_view(view)
    qtbot.wait(100)
    window.activateWindow()
    window.field.edit.setFocus()
    seen: list[QWidget] = []
    for _ in range(80):
        current = QApplication.focusWidget()
        assert current is not None
        seen.append(current)
        qtbot.keyClick(current, Qt.Key.Key_Tab)
    wanted = [
        widget
        for widget in controls(window)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (isinstance(widget, QAbstractButton) and widget.group() and not widget.isChecked())
    ]
    missed = [f"{type(w).__name__} {w.accessibleName()}" for w in wanted if w not in seen]
    assert missed == []


def test_shortcuts_switch_the_views(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    for number, view in reversed(list(enumerate(RAIL, start=1))):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.view == view.name
        assert window.rail._buttons[view.name].isChecked()


def test_no_text_is_cut_in_the_smallest_window(open_window: Open, qtbot: QtBot) -> None:
    window = open_window("indexing")
    window.resize(window.minimumSize())
    for view in VIEWS:
        window.show_view(view)
        qtbot.wait(100)
        for button in window.findChildren(QAbstractButton):
            if button.isVisible() and button.text():
                text = button.fontMetrics().horizontalAdvance(button.text())
                assert text <= button.width(), button.text()
                right = button.mapTo(window, button.rect().topRight()).x()
                assert right <= window.width()


def test_a_vault_path_is_only_read(open_window: Open, qtbot: QtBot) -> None:
    vault = Path(__file__).resolve().parent / "vault"
    before = sorted((p, p.stat().st_mtime_ns) for p in vault.rglob("*"))
    window = open_window()
    qtbot.waitUntil(lambda: bool(reading(window)))
    search(window, "cache", qtbot)
    assert sorted((p, p.stat().st_mtime_ns) for p in vault.rglob("*")) == before


def test_the_line_names_where_texts_are_sent(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.line._place.text().endswith("on this device only"))
    window._client._state = EngineState(state="ready", model="far", sends_to="api.example.org")
    window.activity.changed.emit()
    assert window.line._place.text() == "far · sends to api.example.org"
