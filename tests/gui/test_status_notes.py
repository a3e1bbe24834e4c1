import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import NoteState
from notesai.gui import exporting, note_table
from notesai.gui.activity import Pace
from notesai.gui.i18n import Language
from notesai.gui.main_window import MainWindow
from notesai.gui.note_table import NoteTable
from notesai.gui.views import status_view
from notesai.model import NoteStatus

Open = Callable[..., MainWindow]


def state(path: str, status: NoteStatus, passages: int = 0, reason: str = "") -> NoteState:
    return NoteState(path=path, title=path, status=status, passages=passages, reason=reason)


@pytest.fixture
def table(language: Language) -> NoteTable:
    made = NoteTable()
    made.show_notes(
        (
            state("b.md", NoteStatus.INDEXED, 9),
            state("a.md", NoteStatus.INDEXED, 10),
            state("c.pdf", NoteStatus.FAILED, reason="The PDF is protected by a password."),
            state("d.md", NoteStatus.PENDING, 1),
            state("e.md", NoteStatus.SKIPPED, reason="it is a binary file"),
        )
    )
    return made


def paths(table: NoteTable) -> list[str]:
    return [note.path for note in table.rows]


def test_trouble_comes_first(table: NoteTable) -> None:
    assert paths(table) == ["c.pdf", "e.md", "d.md", "a.md", "b.md"]


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (note_table.NOTE, ["a.md", "b.md", "c.pdf", "d.md", "e.md"]),
        (note_table.PASSAGES, ["c.pdf", "e.md", "d.md", "b.md", "a.md"]),
        (note_table.WHY, ["c.pdf", "e.md", "a.md", "b.md", "d.md"]),
    ],
)
def test_columns_sort_both_ways(table: NoteTable, column: int, order: list[str]) -> None:
    table.sort(column)
    assert paths(table) == order
    table.sort(column, Qt.SortOrder.DescendingOrder)
    assert paths(table) == order[::-1]


def test_filters_join(table: NoteTable) -> None:
    table.show_status(NoteStatus.SKIPPED)
    assert paths(table) == ["e.md"]
    table.show_status(None)
    table.find("PASSWORD c.")
    assert paths(table) == ["c.pdf"]
    table.show_status(NoteStatus.INDEXED)
    assert paths(table) == []


def test_reasons_and_states_are_in_the_windows_language(
    table: NoteTable, language: Language
) -> None:
    language.choose("ko")
    row = [table.index(0, column).data() for column in range(4)]
    assert row == ["c.pdf", "실패", "", "암호로 보호돼 있어요"]


def test_five_thousand_failures_are_listed_found_and_retried(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window("failing")
    window.show_view("status")
    card = window.status.notes
    qtbot.waitUntil(lambda: card.notes.rowCount() == 5015)
    card.filter.buttons["failed"].click()
    assert card.notes.rowCount() == 5001
    card.search.setText("0042")
    assert [note.path for note in card.notes.rows] == ["broken/0042.pdf"]
    retried: list[list[str]] = []
    card.retried.connect(retried.append)
    card.table.selectRow(0)
    card.retry.click()
    card.retry_all.click()
    assert retried[0] == ["broken/0042.pdf"] and len(retried[1]) == 5001
    qtbot.waitUntil(lambda: card._said.text() == "They are looked at again.")


def test_the_chosen_note_stays_chosen_and_is_opened(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.show_view("status")
    card = window.status.notes
    qtbot.waitUntil(lambda: card.notes.rowCount() == 15)
    card.table.selectRow(0)
    assert not card.open.isEnabled() and card.retry.isEnabled()
    card.table.selectRow(card.notes.row_of("ml/sbert.md"))
    card.filter.buttons["indexed"].click()
    assert card.chosen is not None and card.chosen.path == "ml/sbert.md"
    card.open.click()
    assert window.view == "notes"
    qtbot.waitUntil(lambda: window.notes.reading.path == "ml/sbert.md")


def test_the_state_is_exported(
    open_window: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.show_view("status")
    card = window.status.notes
    qtbot.waitUntil(lambda: card.notes.rowCount() == 15)
    file = tmp_path / "state.json"
    monkeypatch.setattr(status_view, "choose_file", lambda parent: file)
    card.export.click()
    value = json.loads(file.read_text("utf-8"))
    assert (value["notes"], len(value["all"]), value["failed"][0]["path"]) == (
        12,
        15,
        "archive/2019 세금.pdf",
    )
    assert card._said.text() == "Written: state.json"
    monkeypatch.setattr(status_view, "choose_file", lambda parent: tmp_path / "no" / "x.json")
    card.export.click()
    assert card._said.text().startswith("It could not be written")
    assert [path.name for path in tmp_path.glob("*.json")] == ["state.json"]


def test_an_export_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_window: Open, qtbot: QtBot
) -> None:
    window = open_window()
    window.show_view("status")
    qtbot.waitUntil(lambda: window.status._status is not None)
    status = window.status._status
    assert status is not None
    file = tmp_path / "state.json"
    file.write_text("old")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting.Path, "replace", full)
    with pytest.raises(OSError):
        exporting.write_status(file, status, ())
    assert [path.read_text() for path in tmp_path.glob("*json*")] == ["old"]


def test_an_export_is_as_readable_as_any_new_file(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.touch()
    exporting.write_file(tmp_path / "new", b"new")
    assert (tmp_path / "new").stat().st_mode == other.stat().st_mode
    other.chmod(0o640)
    exporting.write_file(other, b"again")
    assert stat.S_IMODE(other.stat().st_mode) == 0o640


def test_an_empty_table_says_why(open_window: Open, qtbot: QtBot) -> None:
    window = open_window("empty")
    window.show_view("status")
    card = window.status.notes
    qtbot.waitUntil(lambda: window.status._status is not None)
    assert card._empty.what == "There are no notes in this folder yet."
    full = open_window()
    full.show_view("status")
    card = full.status.notes
    qtbot.waitUntil(lambda: card.notes.rowCount() == 15)
    card.search.setText("nowhere")
    assert card._empty.what == "No path and no reason holds that."


def test_the_pace_is_that_of_the_last_seconds_of_one_phase() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    pace.note("words", 0)
    assert pace.per_second == 0
    for second in range(1, 41):
        now[0] = float(second)
        pace.note("words", second * (100 if second < 20 else 10))
    assert pace.per_second == pytest.approx(10)
    pace.note("meaning", 0)
    assert pace.per_second == 0
