import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import NoteTitle
from notesai.gui.appearance import Appearance
from notesai.gui.rows import Row, hit_row, neighbour_row, note_row, problem_row
from notesai.gui.theme import Size, font
from notesai.gui.widgets.row_layout import Paragraph
from notesai.gui.widgets.row_list import RowList
from notesai.model import Hit, Neighbour, NoteProblem, Passage, PassagePair


def rows(*paths: str) -> list[Row]:
    return [
        Row(path, path.upper(), badge="words", snippet="text " * 30, detail=path) for path in paths
    ]


@pytest.fixture
def listed(look: Appearance, qtbot: QtBot) -> RowList:
    widget = RowList(look, 3)
    qtbot.addWidget(widget)
    widget.resize(345, 400)
    widget.show()
    return widget


def heard(listed: RowList) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"chosen": [], "picked": [], "opened": []}
    listed.chosen.connect(lambda row: found["chosen"].append(row.path))
    listed.picked.connect(lambda row: found["picked"].append(row.path))
    listed.opened.connect(lambda row: found["opened"].append(row.path))
    return found


def test_a_chosen_row_stays_chosen_wherever_a_fuller_answer_puts_it(listed: RowList) -> None:
    listed.show_rows(rows("a", "b", "c"), same_subject=False)
    listed.step(1)
    listed.step(1)
    assert listed.current is not None and listed.current.path == "b"
    signals = heard(listed)
    listed.show_rows(rows("x", "c", "y", "b"), same_subject=True)
    assert listed.current is not None and listed.current.path == "b"
    assert signals["chosen"] == []


def test_an_untouched_selection_stays_at_the_top(listed: RowList) -> None:
    listed.show_rows(rows("a", "b"), same_subject=False)
    listed.select_first()
    listed.show_rows(rows("b", "a"), same_subject=True)
    listed.select_first()
    assert listed.current is not None and listed.current.path == "b"


def test_another_question_starts_afresh(listed: RowList) -> None:
    listed.show_rows(rows(*"abcdefgh"), same_subject=False)
    for _ in range(6):
        listed.step(1)
    assert listed.verticalScrollBar().value() > 0
    listed.show_rows(rows(*"abcdefgh"), same_subject=False)
    assert listed.current is None and listed.verticalScrollBar().value() == 0


def test_the_place_is_kept_when_rows_are_refreshed(listed: RowList, qtbot: QtBot) -> None:
    listed.show_rows(rows(*"abcdefgh"), same_subject=False)
    qtbot.waitUntil(lambda: listed.verticalScrollBar().maximum() > 100)
    listed.verticalScrollBar().setValue(77)
    listed.show_rows(rows(*"abcdefgh"), same_subject=True)
    assert listed.verticalScrollBar().value() == 77


def test_steps_stop_at_the_ends(listed: RowList) -> None:
    listed.step(1)
    assert listed.current is None
    listed.show_rows(rows("a", "b"), same_subject=False)
    listed.step(-1)
    listed.step(-1)
    assert listed.currentIndex().row() == 0
    listed.step(9)
    assert listed.currentIndex().row() == 1


def test_enter_opens_and_a_click_picks(listed: RowList, qtbot: QtBot) -> None:
    listed.show_rows(rows("a", "b"), same_subject=False)
    signals = heard(listed)
    listed.step(1)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert signals["opened"] == ["a"]
    place = listed.visualRect(listed.model().index(1, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signals["picked"] == ["b"]
    empty = QPoint(10, listed.viewport().height() - 2)
    listed.show_rows(rows("a"), same_subject=False)
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=empty)
    assert signals["picked"] == ["b"]


def test_rows_are_spoken_in_full(listed: RowList) -> None:
    listed.show_rows(
        [Row("p.md", "Title", badge="words", snippet="piece", detail="p.md")], same_subject=False
    )
    index = listed.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Title. words. piece. p.md"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "p.md"


def picture_of(listed: RowList) -> QImage:
    QApplication.processEvents()
    return listed.grab().toImage()


def count(image: QImage, colour: QColor) -> int:
    wanted = colour.rgb()
    return sum(
        image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height())
    )


def test_found_words_are_marked_also_after_an_emoji(listed: RowList, look: Appearance) -> None:
    text = "😀😀 cache and cache"
    passage = Passage("", 1, 0, len(text), text, 1.0, ((3, 8), (13, 18)))
    row = hit_row(Hit("a.md", "A", 1.0, (passage,), ("words", "meaning")))
    assert row.marks == ((5, 10), (15, 20))
    assert row.badge == "words · meaning"
    listed.show_rows([row], same_subject=False)
    marked = count(picture_of(listed), look.colour("mark"))
    listed.show_rows([Row(row.path, row.title, row.badge, snippet=row.snippet)], same_subject=False)
    assert count(picture_of(listed), look.colour("mark")) == 0
    assert marked > 200


def test_a_score_is_drawn_as_a_bar(listed: RowList, look: Appearance) -> None:
    found: list[int] = []
    for score in (0.25, 0.75):
        listed.show_rows([Row("a", "A", score=score)], same_subject=False)
        found.append(count(picture_of(listed), look.colour("accent")))
    assert found[1] > 2.5 * found[0] > 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_rows_paint_in_both_appearances(listed: RowList, look: Appearance, theme: str) -> None:
    look.choose(theme)
    listed.show_rows(
        [Row("a", "Title " * 20, "badge", snippet="x " * 300, detail="a/b")], same_subject=False
    )
    listed.step(1)
    listed.setFocus()
    image = picture_of(listed)
    assert count(image, look.colour("tint")) > 1000


@given(st.text(st.sampled_from("ab 가나다\U0001f372"), max_size=400), st.integers(1, 300))
def test_a_paragraph_never_has_more_lines_than_it_may(text: str, width: int) -> None:
    paragraph = Paragraph(text, font(Size.BASE), width, 3, Size.SNIPPET_LINE)
    assert paragraph.height <= 3 * Size.SNIPPET_LINE


def test_text_that_does_not_fit_ends_in_an_ellipsis(qapp: QApplication) -> None:
    paragraph = Paragraph("word " * 100, font(Size.BASE), 200, 3, Size.SNIPPET_LINE)
    assert paragraph.layout.text().endswith("…")
    assert len(paragraph.formats([(0, 4), (490, 494)], QColor(), QColor())) == 1
    short = Paragraph("word", font(Size.BASE), 200, 3, Size.SNIPPET_LINE)
    assert short.layout.text() == "word" and short.height == Size.SNIPPET_LINE


def test_rows_of_neighbours_notes_and_problems() -> None:
    there = Passage("", 3, 10, 20, "the same thing", 0.9)
    pair = PassagePair(Passage("", 1, 0, 5, "here", 0.9), there, 0.9)
    row = neighbour_row(Neighbour("b.md", "B", 1.7, (pair,), linked=True))
    assert (row.badge, row.snippet, row.score) == ("linked", "“the same thing”", 1.0)
    assert [(span.start, span.end) for span in row.spans] == [(10, 20)]
    assert neighbour_row(Neighbour("c.md", "", -1.0, (), linked=False)).title == "c.md"
    assert note_row(NoteTitle(path="a/b/c.md", title="C", mtime_ns=0)).detail == "a / b"
    assert note_row(NoteTitle(path="c.md", title="C", mtime_ns=10**18)).detail == "9/9/01"
    assert problem_row(NoteProblem("x.pdf", "why"), failed=True).warns
    assert hit_row(Hit("a.md", "", 1.0, (), ("new reason",))).badge == "new reason"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("아침에 물을 준다", "물을"),
        (unicodedata.normalize("NFD", "아침에 물을 준다. Café au lait"), "물을"),
        (unicodedata.normalize("NFD", "각 노트의 Café 를 보라"), "Café"),
        ("👩‍🌾🍅 토마토 곁순 👩‍🌾 따기", "곁순"),
        ("שלום עולם, garden שלום", "garden"),
        ("مرحبا بالعالم", "بالعالم"),
    ],
)
def test_marks_cut_the_found_word_out_of_what_is_shown(text: str, word: str) -> None:
    form = "NFC" if unicodedata.is_normalized("NFC", text) else "NFD"
    sought = unicodedata.normalize(form, word)
    start = text.index(sought)
    passage = Passage("", 1, 0, len(text), text, 1.0, ((start, start + len(sought)),))
    row = hit_row(Hit("a.md", "A", 1.0, (passage,), ("words",)))
    assert unicodedata.is_normalized("NFC", row.snippet)
    ((begin, end),) = row.marks
    units = row.snippet.encode("utf-16-le")
    assert units[2 * begin : 2 * end].decode("utf-16-le") == word


def test_titles_are_shown_composed_and_bounded() -> None:
    title = unicodedata.normalize("NFD", "물주기 ") * 100_000
    row = hit_row(Hit("a.md", title, 1.0, (), ("title",)))
    assert row.title.startswith("물주기 물주기") and len(row.title) <= 300


@pytest.mark.parametrize(
    "text",
    ["שלום עולם " * 40, "\u202eabc " * 40, "👩‍🌾" * 400, "x" * 100_000, "가" * 5000, "\u0000\n\t"],
)
def test_any_text_is_painted_within_its_row(listed: RowList, look: Appearance, text: str) -> None:
    passage = Passage("", 1, 0, len(text), text, 1.0, ((0, min(5, len(text))),))
    row = hit_row(Hit("a.md", text, 1.0, (passage,), ("words", "meaning")))
    listed.show_rows([row, *rows("b")], same_subject=False)
    listed.select_first()
    image = picture_of(listed)
    assert count(image, look.colour("tint")) > 1000
    assert listed.visualRect(listed.model().index(0, 0)).height() < 140


def test_two_hundred_rows_are_laid_out_and_painted_where_one_scrolls(listed: RowList) -> None:
    listed.show_rows([row for n in range(200) for row in rows(f"n{n}")], same_subject=False)
    bar = listed.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = listed.visualRect(listed.model().index(199, 0))
    assert last.bottom() == listed.viewport().height() - 1


def test_the_path_of_a_row_is_said_below_it(listed: RowList, qtbot: QtBot) -> None:
    listed.show_rows(rows("a", "b"), same_subject=False)
    box = listed.visualRect(listed.model().index(0, 0))
    at = box.bottomRight() - QPoint(20, 20)
    event = QHelpEvent(QEvent.Type.ToolTip, at, listed.viewport().mapToGlobal(at))
    QApplication.sendEvent(listed.viewport(), event)
    qtbot.waitUntil(QToolTip.isVisible)
    assert QToolTip.text() == "a"
    tip = next(one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel"))
    # Over the row may be its buttons, which have to be within reach.
    assert tip.y() >= listed.viewport().mapToGlobal(box.bottomLeft()).y()
    QToolTip.hideText()
