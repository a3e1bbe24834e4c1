"""Rows do not move away from under a person's eyes, pointer or selection."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from notesai.gui.appearance import Appearance
from notesai.gui.rows import Row
from notesai.gui.theme import Space
from notesai.gui.widgets import row_list
from notesai.gui.widgets.anchor import around, at_rank
from notesai.gui.widgets.row_list import RowList

NEVER = 1e9


def row(path: str, words: int = 12) -> Row:
    """A row as high as its number of words makes it."""
    return Row(path, path.upper(), badge="words", snippet="word " * words, detail=path)


def rows(paths: str) -> list[Row]:
    return [row(path) for path in paths]


@pytest.fixture(autouse=True)
def nothing_settles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_list, "SETTLED_SECONDS", NEVER)


@pytest.fixture
def listed(look: Appearance, qtbot: QtBot) -> Iterator[RowList]:
    widget = RowList(look, 3)
    qtbot.addWidget(widget)
    widget.resize(345, 400)
    widget.show()
    yield widget


def paths(listed: RowList) -> str:
    return "".join(row.path for row in listed.rows)


def top(listed: RowList, path: str) -> int:
    at = [row.path for row in listed.rows].index(path)
    return listed.visualRect(listed.model().index(at, 0)).top() + listed.viewport().y()


def point_at(listed: RowList, path: str) -> None:
    at = [row.path for row in listed.rows].index(path)
    place = listed.visualRect(listed.model().index(at, 0)).center()
    outside = QPointF(place)
    QApplication.sendEvent(listed.viewport(), QEnterEvent(outside, outside, outside))
    move(listed, place)


def move(listed: RowList, place: QPoint) -> None:
    nothing = Qt.MouseButton.NoButton
    where, keys = QPointF(place), Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, where, where, nothing, nothing, keys)
    QApplication.sendEvent(listed.viewport(), event)


def leave(listed: RowList) -> None:
    QApplication.sendEvent(listed, QEvent(QEvent.Type.Leave))


def test_the_selected_row_keeps_its_place_and_all_others_their_rank(listed: RowList) -> None:
    listed.show_rows(rows("abcd"), same_subject=False)
    listed.step(1)
    listed.step(1)
    before = top(listed, "b")
    listed.show_rows(rows("bwxyzacd"), same_subject=True)
    assert top(listed, "b") == before > 0
    assert paths(listed) == "wbxyzacd"
    assert listed.current is not None and listed.current.path == "b"


def test_the_order_is_that_of_the_ranks_once_the_person_moves_on(listed: RowList) -> None:
    listed.show_rows(rows("abcd"), same_subject=False)
    listed.step(1)
    listed.step(1)
    listed.show_rows(rows("bwxyzacd"), same_subject=True)
    listed.step(1)
    assert listed.current is not None and listed.current.path == "x"
    assert paths(listed) == "bwxyzacd"
    assert listed.viewport().y() == 0


def test_the_arrow_keys_move_on_as_well(listed: RowList, qtbot: QtBot) -> None:
    listed.show_rows(rows("abcd"), same_subject=False)
    listed.step(1)
    listed.show_rows(rows("xyza"), same_subject=True)
    assert paths(listed) == "axyz"
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert paths(listed) == "xyza"
    assert listed.current is not None and listed.current.path == "x"


def test_the_row_under_the_pointer_keeps_its_place_until_the_pointer_leaves(
    listed: RowList,
) -> None:
    listed.show_rows(rows("abcd"), same_subject=False)
    listed.select_first()
    point_at(listed, "c")
    before = top(listed, "c")
    listed.show_rows(rows("cxyzabd"), same_subject=True)
    assert top(listed, "c") == before
    assert paths(listed).replace("c", "") == "xyzabd" and paths(listed) != "cxyzabd"
    leave(listed)
    assert paths(listed) == "cxyzabd"


def test_a_pointer_that_rests_where_the_list_appears_holds_nothing(listed: RowList) -> None:
    listed.show_rows(rows("abcd"), same_subject=False)
    point_at(listed, "c")
    listed.show_rows(rows("efgh"), same_subject=False)
    listed.show_rows(rows("hefg"), same_subject=True)
    assert paths(listed) == "hefg"


def test_a_click_holds_its_row_and_the_second_click_hits_it_too(
    listed: RowList, qtbot: QtBot
) -> None:
    picked: list[str] = []
    listed.picked.connect(lambda row: picked.append(row.path))
    listed.show_rows(rows("abcd"), same_subject=False)
    point_at(listed, "b")
    place = listed.visualRect(listed.model().index(1, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    listed.show_rows(rows("xyzabcd"), same_subject=True)
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked == ["b", "b"]


def test_a_row_that_the_newer_results_lack_stays_until_the_person_moves_on(
    listed: RowList,
) -> None:
    listed.show_rows(rows("abcd"), same_subject=False)
    listed.step(1)
    listed.step(1)
    before = top(listed, "b")
    listed.show_rows(rows("wxyz"), same_subject=True)
    assert paths(listed) == "wbxyz" and top(listed, "b") == before
    listed.step(1)
    assert paths(listed) == "wxyz"
    assert listed.current is not None and listed.current.path == "x"


def test_what_was_selected_by_itself_is_replaced_at_first_and_held_after_a_while(
    listed: RowList, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed.show_rows(rows("abcd"), same_subject=False)
    listed.select_first()
    listed.show_rows(rows("badc"), same_subject=True)
    listed.select_first()
    assert paths(listed) == "badc"
    assert listed.current is not None and listed.current.path == "b"
    monkeypatch.setattr(row_list, "SETTLED_SECONDS", 0.0)
    listed.show_rows(rows("xydcab"), same_subject=True)
    listed.select_first()
    assert listed.current is not None and listed.current.path == "b"
    assert paths(listed) == "bxydca" and top(listed, "b") == 0


def test_a_scrolled_list_keeps_what_is_in_sight(listed: RowList) -> None:
    listed.show_rows(rows("abcdefghijkl"), same_subject=False)
    listed.verticalScrollBar().setValue(150)
    first = listed.indexAt(QPoint(Space.M, 0)).row()
    path = listed.rows[first].path
    before = top(listed, path)
    listed.show_rows(rows("xyzabcdefghijkl"), same_subject=True)
    assert top(listed, path) == before


def test_the_blank_left_for_a_row_is_given_up_by_scrolling(listed: RowList) -> None:
    listed.show_rows([row("a", 12), row("b"), *rows("cdef")], same_subject=False)
    listed.step(1)
    listed.step(1)
    before = top(listed, "b")
    # What is above it now has a line less.
    listed.show_rows([row("x", 2), row("b"), row("y"), *rows("cdefgh")], same_subject=True)
    assert top(listed, "b") == before
    assert listed.viewport().y() > 0
    shown = top(listed, "y")
    bar = listed.verticalScrollBar()
    bar.setValue(bar.value() + 60)
    assert listed.viewport().y() == 0 and top(listed, "y") == shown - 60


def test_a_row_keeps_its_place_also_when_the_list_is_laid_out_again(
    listed: RowList, qtbot: QtBot
) -> None:
    listed.show_rows(rows("abcd"), same_subject=False)
    for _ in range(3):
        listed.step(1)
    before = top(listed, "c")
    listed.show_rows(rows("c"), same_subject=True)
    QApplication.processEvents()
    listed.doItemsLayout()
    assert paths(listed) == "c" and top(listed, "c") == before > 0


unique = st.lists(
    st.tuples(st.sampled_from("abcdefghijklmnopqrst"), st.integers(0, 30)),
    unique_by=lambda pair: pair[0],
    max_size=16,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(unique.filter(bool), unique, st.integers(0, 15), st.booleans(), st.integers(0, 400))
def test_for_any_two_lists_of_results_the_anchor_keeps_its_place(
    listed: RowList,
    first: list[tuple[str, int]],
    second: list[tuple[str, int]],
    at: int,
    pointing: bool,
    scroll: int,
) -> None:
    leave(listed)
    listed.show_rows([row(*pair) for pair in first], same_subject=False)
    at %= len(first)
    anchor = first[at][0]
    for _ in range(at + 1):
        listed.step(1)
    if pointing:
        listed.verticalScrollBar().setValue(scroll)
        seen = listed.indexAt(QPoint(Space.M, listed.viewport().height() // 3))
        anchor = listed.rows[seen.row()].path if seen.isValid() else anchor
        listed.setCurrentIndex(listed.model().index(-1, 0))
        if seen.isValid():
            move(listed, QPoint(Space.M, listed.viewport().height() // 3))
        else:
            listed.step(1)
            anchor = listed.rows[0].path
    before = top(listed, anchor)
    listed.show_rows([row(*pair) for pair in second], same_subject=True)
    assert top(listed, anchor) == before
    shown = [row.path for row in listed.rows]
    ranked = [path for path, _ in second]
    assert set(shown) == {*ranked, anchor} and len(shown) == len(set(shown))
    assert [path for path in shown if path != anchor] == [p for p in ranked if p != anchor]
    leave(listed)
    listed.step(0)
    if listed.current is not None and listed.current.path in ranked:
        assert [row.path for row in listed.rows] == ranked


heights = st.lists(st.integers(1, 120), max_size=30)


@given(heights, st.integers(-100, 700), st.integers(0, 3000))
def test_the_place_is_where_the_least_moves(sizes: list[int], y: int, scroll: int) -> None:
    place = around(sizes, y, scroll, gap=24)
    above = sum(sizes[: place.position])
    assert above - place.scroll == y
    if sum(sizes) - y >= -24:
        assert place.scroll >= -24
        moved = abs(place.scroll - scroll)
        others = (around_at(sizes, at, y) for at in range(len(sizes) + 1))
        assert all(abs(other - scroll) >= moved for other in others if other >= -24)


def around_at(sizes: list[int], position: int, y: int) -> int:
    return sum(sizes[:position]) - y


def test_the_place_of_a_rank_is_never_blank_above() -> None:
    assert at_rank([50, 50, 50], 2, 30).scroll == 70
    assert at_rank([50, 50, 50], 0, 30).scroll == 0
