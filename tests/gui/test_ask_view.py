"""The Ask view on the scripted engine."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QHelpEvent, QInputMethodEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox, QToolTip
from pytestqt.qtbot import QtBot

from notesai.gui.asking.exchange import Reach, Stage
from notesai.gui.asking.pick_dialog import PickDialog
from notesai.gui.asking.why_dialog import WhyDialog
from notesai.gui.editing.new_note import NewNoteDialog
from notesai.gui.i18n import Language
from notesai.gui.main_window import MainWindow
from notesai.gui.views.ask_view import AskView
from notesai.model import Scope

Open = Callable[..., MainWindow]


@pytest.fixture
def opened(open_window: Open) -> tuple[MainWindow, AskView]:
    return shown(open_window())


def shown(window: MainWindow) -> tuple[MainWindow, AskView]:
    window.show_view("ask")
    return window, cast(AskView, window.pages.page("ask"))


def type_question(view: AskView, question: str, qtbot: QtBot, *, wait: bool = True) -> None:
    view.box.edit.put(question)
    qtbot.keyClick(view.box.edit, Qt.Key.Key_Return)
    if wait:
        qtbot.waitUntil(lambda: not view.conversation.busy, timeout=15_000)


def last(view: AskView):
    return view.conversation.exchanges[-1]


def test_a_question_is_answered_with_sources(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    assert view.card._stack.currentWidget() is view.card.state
    type_question(view, "Why a cache?", qtbot)
    pane = view.pane.panes[0]
    assert pane.question.text() == "Why a cache?"
    assert "First claim about 3 sources [1]." in pane.page.toPlainText()
    assert pane.kind.text() == "Written by Tiny 1B from your notes · 1.2 s"
    assert [card.citation.n for card in view.sources.cards] == [1, 2, 3]
    assert view.box.edit.question == ""
    assert view.card.chip.text() == "Tiny 1B"


def test_it_grows_while_it_is_written(opened: tuple[MainWindow, AskView], qtbot: QtBot) -> None:
    _, view = opened
    type_question(view, "!stall now", qtbot, wait=False)
    page = view.pane.panes
    qtbot.waitUntil(lambda: bool(page) and "First claim" in page[0].page.toPlainText())
    assert last(view).stage is Stage.WRITING
    assert not view.pane.panes[0].buttons["copy"].isVisible()
    qtbot.keyClick(view.box.edit, Qt.Key.Key_Escape)
    assert last(view).stage is Stage.STOPPED
    assert view.pane.panes[0].stage.text() == "Stopped."
    assert "First claim" in view.pane.panes[0].page.toPlainText()


def test_what_the_model_reads_stands_beside_until_it_names_a_source(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "Why a cache?", qtbot)
    done = last(view)
    assert done.answer is not None and done.given == ()
    unread = replace(done.answer, answer="", citations=(), passages=done.answer.citations)
    reading = done.written(unread, Stage.WRITING)
    assert reading.given == done.answer.citations and reading.citations == ()
    assert done.written(replace(unread, citations=unread.passages[:1]), Stage.WRITING).given == ()
    assert done.written(unread, Stage.STOPPED).given == ()
    view.conversation._exchanges = (reading,)
    view._show_sources(0)
    assert view.sources._heading.text() == "Passages found"
    assert [card.citation.n for card in view.sources.cards] == [1, 2, 3]
    view.conversation._exchanges = (done,)
    view._show_sources(0)
    assert view.sources._heading.text() == "Sources"


def test_the_end_is_followed_only_by_those_who_are_there(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "!long", qtbot)
    bar = view.pane.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 500 and bar.value() == bar.maximum())
    answer = last(view).answer
    type_question(view, "!slow", qtbot, wait=False)
    page = view.pane.panes[1].page
    for words in (100, 400):
        view.conversation._written(replace(answer, answer="word " * words))
        qtbot.waitUntil(lambda words=words: page.toPlainText().count("word") == words)
        qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    bar.setValue(40)
    view.conversation._written(replace(answer, answer="word " * 900))
    qtbot.waitUntil(lambda: page.toPlainText().count("word") == 900)
    qtbot.wait(50)
    assert bar.value() == 40
    view.conversation.stop()


def test_what_is_selected_stays_so_while_more_is_written(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "Why a cache?", qtbot)
    answer = last(view).answer
    type_question(view, "!slow", qtbot, wait=False)
    page = view.pane.panes[1].page
    view.conversation._written(replace(answer, answer="First **cla"))
    qtbot.waitUntil(lambda: "First" in page.toPlainText())
    page._select(0, 5)
    view.conversation._written(replace(answer, answer="First **claim** more"))
    qtbot.waitUntil(lambda: "more" in page.toPlainText())
    assert page.textCursor().selectedText() == "First"
    view.conversation.stop()


def test_follow_ups_come_with_what_was_said(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "Why a cache?", qtbot)
    type_question(view, "And then?", qtbot)
    assert view.pane.panes[1].asked.text() == "Looked up: “And then? (1)”"


def test_it_can_be_asked_again_and_in_other_words(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "!nothing at all", qtbot)
    view.pane.panes[0].buttons["again"].click()
    assert view.conversation.busy
    qtbot.waitUntil(lambda: not view.conversation.busy)
    view.pane.panes[0].edit.click()
    assert view.box.edit.question == "!nothing at all" and view.box.editing
    type_question(view, "Why?", qtbot)
    assert [one.question for one in view.conversation.exchanges] == ["Why?"]
    view.pane.panes[0].edit.click()
    qtbot.keyClick(view.box.edit, Qt.Key.Key_Escape)
    assert (view.box.edit.question, view.box.editing) == ("", False)
    type_question(view, "More?", qtbot)
    assert [one.question for one in view.conversation.exchanges] == ["Why?", "More?"]


def test_an_earlier_question_changed_keeps_the_conversation_that_was(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "One?", qtbot)
    type_question(view, "Two?", qtbot)
    view.pane.panes[0].edit.click()
    type_question(view, "Other?", qtbot)
    assert [one.question for one in view.conversation.exchanges] == ["Other?"]
    kept = {one.head.shown: one.name for one in view.archive.all()}
    assert set(kept) == {"One?", "Other?"}
    before = view.archive.open(kept["One?"])
    assert before is not None and len(before.exchanges) == 2


# Sources


def test_a_citation_and_its_passage_light_up_together(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "Why a cache?", qtbot)
    page, cards = view.pane.panes[0].page, view.sources.cards
    move_to(page, "[2]")
    assert [card.highlighted for card in cards] == [False, True, False]
    move_to(page, "First")
    assert [card.highlighted for card in cards] == [True, False, False]
    page.leaveEvent(QEvent(QEvent.Type.Leave))
    assert not any(card.highlighted for card in cards)
    cards[1].setFocus()
    qtbot.waitUntil(cards[1].hasFocus)
    assert cards[1].highlighted
    lit = [s for s in page.extraSelections() if s.format.background().color() == tint(view)]
    assert ["Second claim [2]." in s.cursor.selectedText() for s in lit] == [True]


def tint(view: AskView):
    return view._parts.look.colour("tint")


def move_to(page, text: str) -> None:
    """Move the pointer to the middle of `text`."""
    cursor = page.document().find(text)
    assert not cursor.isNull()
    cursor.setPosition(cursor.selectionStart() + 1)
    at = QPointF(page.cursorRect(cursor).center() + QPoint(2, 0))
    none, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
    page.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, at, at, button, button, none))


def test_a_source_opens_its_note_at_the_passage(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    window, view = opened
    type_question(view, "Why a cache?", qtbot)
    citation = view.sources.cards[1].citation
    qtbot.keyClick(view.sources.cards[1], Qt.Key.Key_Return)
    assert window.view == "notes"
    reading = window.notes.reading
    qtbot.waitUntil(lambda: reading.path == citation.path and reading.reader.page.passages == 1)
    window.show_view("ask")
    view.pane.panes[0].page.anchorClicked.emit(QUrl("notesai-cite:1"))
    qtbot.waitUntil(lambda: reading.path == view.sources.cards[0].citation.path)


def test_a_note_that_is_gone_says_so(opened: tuple[MainWindow, AskView], qtbot: QtBot) -> None:
    window, view = opened
    type_question(view, "!gone", qtbot)
    card = view.sources.cards[0]
    assert card.gone and card._missing.isVisibleTo(card)
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    state = window.notes.reading.reader
    qtbot.waitUntil(lambda: "not there any more" in "\n".join(texts(state)))


def texts(widget) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in widget.findChildren(QLabel)]


def test_doubtful_sentences_are_underlined_and_said(
    opened: tuple[MainWindow, AskView], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, view = opened
    type_question(view, "!doubt", qtbot)
    pane = view.pane.panes[0]
    lined = [
        selection.cursor.selectedText()
        for selection in pane.page.extraSelections()
        if selection.format.underlineStyle() == selection.format.UnderlineStyle.DotLine
    ]
    assert lined == ["It is 12 days [1].", "Nobody cites this."]
    assert "2 sentences not borne out" in pane.doubts.text()
    assert "A number in it is not in the source." in pane.page.accessibleDescription()
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, *more: said.append(text))
    at = pane.page.cursorRect(pane.page.document().find("Nobody")).center()
    pane.page.event(QHelpEvent(QEvent.Type.ToolTip, at, pane.page.mapToGlobal(at)))
    assert said == ["It names no source."]


def test_what_an_answer_holds_is_text(
    opened: tuple[MainWindow, AskView], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, view = opened
    opened_urls: list[object] = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", opened_urls.append)
    type_question(view, "!hostile", qtbot)
    page = view.pane.panes[0].page
    assert "<script>alert(1)</script>" in page.toPlainText()
    assert "\ufffc" not in page.toPlainText()
    for address in ("file:///etc/passwd", "javascript:alert(1)", "https://evil.example", "note:x"):
        page.anchorClicked.emit(QUrl(address))
    assert (opened_urls, window.view) == ([], "ask")
    assert page.loadResource(2, QUrl("http://evil.example/a.png")).width() == 1


# Kinds


def test_without_a_model_it_is_quoted_and_says_how_to_get_one(
    open_window: Open, qtbot: QtBot
) -> None:
    window, view = shown(open_window("no-model"))
    qtbot.waitUntil(lambda: view.card.chip.text() == "Quoted answers, no model")
    type_question(view, "!quoted", qtbot)
    pane = view.pane.panes[0]
    assert pane.kind.text().startswith("Quoted from your notes, word for word")
    assert pane.buttons["models"].isVisible() and "chat model" in pane.advice.text()
    pane.buttons["models"].click()
    assert window.view == "settings"


def test_quotes_instead_of_an_answer_say_why(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "!troubled", qtbot)
    pane = view.pane.panes[0]
    assert pane.trouble.text().startswith("There is too little memory for the chat model.")
    assert pane.buttons["models"].isVisible()


def test_what_the_notes_do_not_cover_says_what_next(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    window, view = opened
    view.box.reach.choose(Reach(scope=Scope(folder="ml/")))
    type_question(view, "!nothing on Mars", qtbot)
    pane = view.pane.panes[0]
    assert view.sources._heading.text() == "Nearest notes"
    assert not pane.buttons["copy"].isVisible() and pane.reach.text() == "Folder ml"
    pane.buttons["widen"].click()
    qtbot.waitUntil(lambda: not view.conversation.busy)
    assert last(view).reach.everything and len(view.conversation.exchanges) == 1
    view.pane.panes[0].buttons["search"].click()
    assert (window.view, window.field.edit.text()) == ("search", "!nothing on Mars")


def test_loading_shows_how_far_it_is(opened: tuple[MainWindow, AskView], qtbot: QtBot) -> None:
    _, view = opened
    type_question(view, "!load", qtbot, wait=False)
    qtbot.waitUntil(lambda: view.pane.panes[0].bar.value() == 100)
    assert view.pane.panes[0].stage.text() == "Loading the chat model…"
    view.box.button.click()
    assert last(view).stage is Stage.STOPPED


# What is done with an answer


def test_it_is_copied_with_links(opened: tuple[MainWindow, AskView], qtbot: QtBot) -> None:
    _, view = opened
    type_question(view, "Why a cache?", qtbot)
    view.pane.panes[0].buttons["copy"].click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("# Why a cache?\n\nFirst **claim**") and "[^2]: [" in text
    assert view.notice.label.text() == "Copied, with its sources."


def test_it_becomes_a_note_and_is_never_written_over_another(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    window, view = opened
    type_question(view, "Why a cache?", qtbot)
    view.pane.panes[0].buttons["save"].click()
    dialog = view.window().findChild(NewNoteDialog)
    assert dialog is not None and dialog.title.text() == "Why a cache?"
    dialog.create_button.click()
    qtbot.waitUntil(lambda: view.notice.label.text() == "Saved as “Why a cache?.md”.")
    view.notice.button.click()
    reading = window.notes.reading
    qtbot.waitUntil(lambda: reading.path == "Why a cache?.md")
    assert "First **claim**" in reading._note.text and reading._note.text.count("# Why") == 1


def test_why_shows_the_passages_and_the_exact_prompt(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "!doubt", qtbot)
    view.pane.panes[0].buttons["why"].click()
    dialog = view.window().findChild(WhyDialog)
    assert dialog is not None
    passages, prompt, checks = dialog.texts()
    assert passages.startswith("[1] ") and last(view).citations[0].text in passages
    assert prompt == last(view).answer.prompt
    assert "It names no source." in checks
    dialog.pages.setCurrentIndex(1)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == prompt
    dialog.close()


# Scope


def test_the_scope_is_chosen_from_folders_tags_and_notes(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    window, view = opened
    view.box.reach.pick_folder()
    dialog = window.findChild(PickDialog)
    assert dialog is not None
    dialog.field.setText("ML")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert view.box.reach.reach.scope == Scope(folder="ml/")
    assert view.box.reach.text() == "Folder ml"
    view.box.reach._fill()
    names = [action.text() for action in view.box.reach._menu.actions()]
    assert names == ["All notes", "A folder…", "A tag…", "A note…"]
    type_question(view, "Why?", qtbot)
    assert all(card.citation.path.startswith("ml/") for card in view.sources.cards)
    view.box.reach._menu.actions()[0].trigger()
    assert view.box.reach.reach.everything


def test_the_results_of_a_search_are_asked(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.field.set_query("cache")
    qtbot.waitUntil(lambda: window.search.results.ask_button.isVisible())
    paths = tuple(row.path for row in window.search.results.list.rows)
    window.search.results.ask_button.click()
    assert window.view == "ask"
    view = cast(AskView, window.pages.page("ask"))
    assert view.box.reach.reach == Reach(scope=Scope(paths=paths), query="cache")
    assert view.box.reach.text().endswith("cache")
    assert view.box.edit.hasFocus()


def test_a_note_and_a_folder_are_asked_from_their_menu(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.notes._ask_note("ml/sbert.md")
    view = cast(AskView, window.pages.page("ask"))
    assert view.box.reach.text().startswith("Note “")
    window.search.reading.actions.ask_wanted.emit("ml/벡터DB.md")
    assert view.box.reach.reach.scope == Scope(paths=("ml/벡터DB.md",))
    window.notes._ask("ml", is_note=False)
    assert view.box.reach.reach.scope == Scope(folder="ml/")


# Typing


def test_enter_while_hangul_is_composed_sends_nothing(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    edit = view.box.edit
    edit.put("왜 캐시")
    QApplication.sendEvent(edit, QInputMethodEvent("야", []))
    assert edit.composing
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert view.conversation.exchanges == ()
    assert "\n" not in edit.toPlainText()
    done = QInputMethodEvent("", [])
    done.setCommitString("야")
    QApplication.sendEvent(edit, done)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert last(view).question == "왜 캐시야"
    view.conversation.stop()


def test_shift_enter_begins_a_line_and_the_box_grows(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    edit = view.box.edit
    low = edit.height()
    edit.put("one")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(edit, "two")
    assert edit.question == "one\ntwo" and edit.height() > low
    edit.put("\n".join("many" for _ in range(500)))
    assert edit.height() < 10 * low


def test_up_brings_the_last_question_back(opened: tuple[MainWindow, AskView], qtbot: QtBot) -> None:
    _, view = opened
    type_question(view, "One?", qtbot)
    type_question(view, "Two?", qtbot)
    edit = view.box.edit
    for key, question in (("Up", "Two?"), ("Up", "One?"), ("Up", "One?"), ("Down", "Two?")):
        qtbot.keyClick(edit, getattr(Qt.Key, f"Key_{key}"))
        assert edit.question == question
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.question == ""
    edit.put("typed")
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.question == "typed"


@pytest.mark.parametrize("question", ["", "   ", "\n\n"])
def test_an_empty_question_is_not_asked(
    opened: tuple[MainWindow, AskView], qtbot: QtBot, question: str
) -> None:
    _, view = opened
    type_question(view, question, qtbot)
    assert view.conversation.exchanges == ()
    assert not view.box.button.isEnabled()


def test_a_very_long_question_is_asked_and_shown_in_part(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    question = "Why? 왜 " * 1430
    type_question(view, question, qtbot)
    assert last(view).question == question.strip() and last(view).stage is Stage.DONE
    assert len(view.pane.panes[0].question.text()) < 700
    assert view.history.list.rows[0].title.startswith("Why? 왜 Why?")


def test_everything_is_reached_by_keyboard(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "Why a cache?", qtbot)
    reached: set[object] = set()
    for _ in range(60):
        now = QApplication.focusWidget()
        reached.add(now)
        if now is view.pane.panes[0].page:
            qtbot.keyClick(now, Qt.Key.Key_Tab)
        view.focusNextChild()
    pane = view.pane.panes[0]
    wanted = [view.box.edit, view.box.reach, view.card.chip, pane.page, pane.edit]
    wanted += [view.history.new_button, view.history.more_button, view.history.list]
    wanted += [button for button in pane.buttons.values() if button.isVisible()]
    wanted += view.sources.cards
    assert [widget for widget in wanted if widget not in reached] == []
    assert all(widget.accessibleName() or widget.text() for widget in wanted)


# Trouble


def test_an_engine_killed_while_streaming_leaves_what_was_written(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    window, view = opened
    type_question(view, "!die now", qtbot)
    assert last(view).stage is Stage.FAILED
    assert "First claim" in view.pane.panes[0].page.toPlainText()
    assert "did not answer" in view.pane.panes[0].stage.text()
    qtbot.waitUntil(lambda: window._client.ready, timeout=15_000)
    type_question(view, "Why?", qtbot)
    assert last(view).stage is Stage.DONE


def test_a_failure_is_explained_and_can_be_tried_again(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "!error", qtbot)
    pane = view.pane.panes[0]
    assert pane.stage.text().startswith("The index is damaged.")
    assert pane.buttons["again"].isVisible()


def test_another_vault_while_streaming_ends_it_and_keeps_it(
    open_window: Open, qtbot: QtBot, tmp_path: Path, engine: Callable[..., list[str]]
) -> None:
    window, view = shown(open_window())
    window._engine = lambda vault: engine()
    type_question(view, "!stall now", qtbot, wait=False)
    qtbot.waitUntil(lambda: last(view).stage is Stage.WRITING)
    archive = view.archive
    window.open_vault(tmp_path)
    assert last(view).stage is Stage.STOPPED
    kept = archive.all()
    assert [one.head.shown for one in kept] == ["!stall now"]
    qtbot.waitUntil(lambda: window._client.ready and window.titles.loaded, timeout=15_000)
    _, fresh = shown(window)
    assert fresh is not view and fresh.history.list.rows == ()
    type_question(fresh, "Why?", qtbot)
    assert last(fresh).stage is Stage.DONE


# Conversations that are kept


def test_conversations_are_kept_opened_renamed_and_deleted(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    window, view = opened
    type_question(view, "One?", qtbot)
    view.begin()
    type_question(view, "Two?", qtbot)
    assert [row.title for row in view.history.list.rows] == ["Two?", "One?"]
    first = view.history.list.rows[1]
    view.history.list.picked.emit(first)
    assert [one.question for one in view.conversation.exchanges] == ["One?"]
    assert len(view.sources.cards) == 3
    view.history.list.select_path(first.path)
    qtbot.keyClick(view.history.list, Qt.Key.Key_F2)
    dialog = window.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("Renamed")
    dialog.accept()
    assert "Renamed" in [row.title for row in view.history.list.rows]
    view.history.list.select_path(first.path)
    qtbot.keyClick(view.history.list, Qt.Key.Key_Delete)
    confirm(window, "Delete")
    assert [row.title for row in view.history.list.rows] == ["Two?"]
    assert view.conversation.exchanges == ()
    view.history.ask_delete_all()
    confirm(window, "Cancel")
    assert len(view.history.list.rows) == 1
    view.history.ask_delete_all()
    confirm(window, "Delete")
    assert view.history.list.rows == () and list(view.archive.folder.iterdir()) == []


def confirm(window: MainWindow, words: str) -> None:
    boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    button = next(button for button in boxes[-1].buttons() if button.text() == words)
    button.click()
    boxes[-1].deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_keeping_can_be_switched_off(opened: tuple[MainWindow, AskView], qtbot: QtBot) -> None:
    window, view = opened
    view.history.more_menu().actions()[0].trigger()
    assert not window.preferences.now.keep_conversations
    type_question(view, "Secret?", qtbot)
    assert view.archive.all() == []
    assert view.history.state.what == "Conversations are not kept."


def test_a_damaged_file_is_set_aside_and_said(
    opened: tuple[MainWindow, AskView], qtbot: QtBot
) -> None:
    _, view = opened
    type_question(view, "One?", qtbot)
    file = next(view.archive.folder.glob("*.jsonl"))
    file.write_bytes(file.read_bytes()[:-40])
    view.begin()
    view.open_conversation(file.stem)
    assert view.notice.label.text().startswith("1 conversation was damaged")


def test_five_hundred_conversations(opened: tuple[MainWindow, AskView], qtbot: QtBot) -> None:
    _, view = opened
    type_question(view, "One?", qtbot)
    file = next(view.archive.folder.glob("*.jsonl"))
    for at in range(499):
        file.with_name(f"{at:032x}.jsonl").write_bytes(file.read_bytes())
    view._show_history()
    assert len(view.history.list.rows) == 500


def test_it_speaks_the_other_language_at_once(
    opened: tuple[MainWindow, AskView], qtbot: QtBot, language: Language
) -> None:
    _, view = opened
    type_question(view, "!doubt", qtbot)
    language.choose("ko")
    qtbot.waitUntil(lambda: view.sources._heading.text() == "출처")
    pane = view.pane.panes[0]
    assert "출처에 없어요" in pane.doubts.text() and pane.buttons["copy"].text() == "복사"
    assert view.box.edit.placeholderText() == "노트에 물어보기"
