import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from notesai.gui.appearance import Appearance
from notesai.gui.reading.finding import find_all
from notesai.gui.widgets.reader import Reader
from notesai.model import NoteContent, NoteStatus


def found(text: str, query: str) -> list[str]:
    units = text.encode("utf-16-le")
    return [units[2 * a : 2 * b].decode("utf-16-le") for a, b in find_all(text, query)]


@pytest.mark.parametrize(
    ("text", "query", "places"),
    [
        ("Cache and CACHE", "cache", ["Cache", "CACHE"]),
        ("가 각 간", "가", ["가"]),
        (unicodedata.normalize("NFD", "가 각 가"), "가", [unicodedata.normalize("NFD", "가")] * 2),
        ("한글", unicodedata.normalize("NFD", "한글"), ["한글"]),
        ("e\u0301 e é", "é", ["e\u0301", "é"]),
        ("e\u0301 e", "e", ["e"]),
        ("two\u2028words", "two  words", ["two\u2028words"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("😀 😀a", "a", ["a"]),
        ("x", "", []),
        ("x", "   ", []),
    ],
)
def test_places(text: str, query: str, places: list[str]) -> None:
    assert found(text, query) == places


WORDS = st.text(alphabet="가각힣é aA😀.(", min_size=1, max_size=4).filter(str.strip)


@given(WORDS, st.text(alphabet="가각힣é aA😀.(", max_size=8), st.sampled_from(["NFC", "NFD"]))
def test_what_is_there_is_found_in_any_form(word: str, around: str, form: str) -> None:
    text = unicodedata.normalize(form, f"{around}|{word.strip()}|{around}")  # type: ignore[arg-type]
    places = found(text, word)
    assert places
    for place in places:
        shown = unicodedata.normalize("NFC", place).casefold().split()
        assert shown == unicodedata.normalize("NFC", word).casefold().split()


@pytest.fixture
def reader(look: Appearance, tmp_path: Path, qtbot: QtBot) -> Iterator[Reader]:
    widget = Reader(look, tmp_path)
    qtbot.addWidget(widget)
    widget.resize(520, 600)
    widget.show()
    yield widget
    widget.close_reader()


def note(text: str) -> NoteContent:
    return NoteContent("note.md", "Title", text, (), NoteStatus.INDEXED, "", "seen")


def test_the_bar_counts_steps_and_closes(reader: Reader, qtbot: QtBot) -> None:
    reader.show_note(note("one two\n\n" + "filler\n\n" * 60 + "two\n\n**Two** three\n"))
    QTest.keyClick(reader.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = reader.find_bar
    qtbot.waitUntil(bar.isVisible)
    qtbot.keyClicks(bar.edit, "two")
    qtbot.waitUntil(lambda: bar.count == 3)
    assert bar._count.text() == "1 of 3"
    assert len(reader.page.extraSelections()) == 3
    qtbot.keyClick(bar.edit, Qt.Key.Key_Return)
    assert bar.at == 1 and reader.page.verticalScrollBar().value() > 0
    qtbot.keyClick(bar.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(bar.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar._count.text() == "3 of 3"
    qtbot.keyClicks(bar.edit, "x")
    qtbot.waitUntil(lambda: bar._count.text() == "Not found")
    qtbot.keyClick(bar.edit, Qt.Key.Key_Escape)
    assert not bar.isVisible() and reader.page.extraSelections() == []


def test_a_syllable_in_composition_is_not_searched_half(
    reader: Reader, qapp: QApplication, qtbot: QtBot
) -> None:
    reader.show_note(note("하나 한글 한글"))
    reader.open_find()
    edit = reader.find_bar.edit
    for composing in ("ㅎ", "하"):
        qapp.sendEvent(edit, QInputMethodEvent(composing, []))
    qtbot.wait(120)
    assert reader.find_bar.count == 0
    committed = QInputMethodEvent("", [])
    committed.setCommitString("한글")
    qapp.sendEvent(edit, committed)
    qtbot.waitUntil(lambda: reader.find_bar.count == 2)


def test_words_are_found_in_all_of_a_long_note(reader: Reader, qtbot: QtBot) -> None:
    reader.show_note(note("some words here\n\n" * 18_000 + "the needle\n"))
    qtbot.waitUntil(lambda: not reader.page.busy, timeout=30_000)
    assert "needle" not in reader.page.find_text()
    reader.open_find()
    reader.find_bar.edit.setText("needle")
    qtbot.waitUntil(lambda: reader.find_bar.count == 1, timeout=60_000)


def test_another_note_closes_the_bar_and_the_same_one_keeps_it(
    reader: Reader, qtbot: QtBot
) -> None:
    reader.show_note(note("one two"))
    reader.open_find()
    reader.find_bar.edit.setText("two")
    qtbot.waitUntil(lambda: reader.find_bar.count == 1)
    reader.refresh(note("one two two"))
    qtbot.waitUntil(lambda: reader.find_bar.count == 2)
    reader.show_note(NoteContent("b.md", "B", "two", (), NoteStatus.INDEXED, ""))
    assert not reader.find_bar.isVisible()


def test_words_are_found_in_the_editor_too(reader: Reader, qtbot: QtBot) -> None:
    page = reader.edit_page
    page.editor.show_text("😀 two\n- two\n")
    reader.show_note(note("x"))
    reader.show_editor()
    reader.open_find()
    page.find_bar.edit.setText("two")
    qtbot.waitUntil(lambda: page.find_bar.count == 2)
    qtbot.keyClick(page.find_bar.edit, Qt.Key.Key_Return)
    cursor = page.editor.textCursor()
    assert cursor.selectedText() == "two" and cursor.blockNumber() == 1
