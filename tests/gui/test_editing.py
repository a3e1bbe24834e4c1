"""Editing in the window: saving, drafts, conflicts, new notes, with the real code that saves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from direct_client import DirectClient
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from notesai.gui.appearance import Appearance
from notesai.gui.editing.conflict import Choice, ConflictDialog
from notesai.gui.editing.drafts import Drafts
from notesai.gui.editing.editor import MarkdownEditor
from notesai.gui.editing.new_note import NewNoteDialog
from notesai.gui.reading_pane import Place, ReadingPane
from notesai.gui.titles import Titles

OLD = "# Note\n\nOne line.\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    (folder / "sub").mkdir(parents=True)
    (folder / "note.md").write_text(OLD, "utf-8")
    (folder / "other.md").write_text("# Other\n\nElse.\n", "utf-8")
    return folder


@pytest.fixture
def client(vault: Path) -> DirectClient:
    return DirectClient(vault)


@pytest.fixture
def open_pane(
    look: Appearance, client: DirectClient, vault: Path, qtbot: QtBot
) -> Iterator[Callable[[], ReadingPane]]:
    panes: list[ReadingPane] = []

    def show() -> ReadingPane:
        titles = Titles(client)  # type: ignore[arg-type]
        pane = ReadingPane(look, client, titles, vault)  # type: ignore[arg-type]
        panes.append(pane)
        qtbot.addWidget(pane.reader)
        qtbot.addWidget(pane.related)
        pane.reader.resize(600, 600)
        pane.reader.show()
        return pane

    yield show
    for pane in panes:
        pane.close_pane()


@pytest.fixture
def pane(open_pane: Callable[[], ReadingPane], qtbot: QtBot) -> ReadingPane:
    opened = open_pane()
    read(opened, "note.md", qtbot)
    return opened


def read(pane: ReadingPane, path: str, qtbot: QtBot) -> None:
    pane.open(Place(path))
    qtbot.waitUntil(lambda: pane.path == path)


def edit(pane: ReadingPane, text: str) -> MarkdownEditor:
    pane.toggle_editor()
    assert pane.reader.editing
    editor = pane.reader.edit_page.editor
    editor.selectAll()
    editor.insertPlainText(text)
    return editor


def notice(pane: ReadingPane) -> str:
    return pane.reader._notice.text()


def dialog(pane: ReadingPane, qtbot: QtBot) -> ConflictDialog:
    qtbot.waitUntil(lambda: pane.session._dialog is not None)
    found = pane.session._dialog
    assert found is not None
    return found


def on_disk(vault: Path, name: str = "note.md") -> str:
    return (vault / name).read_bytes().decode("utf-8")


def test_control_e_edits_and_control_s_saves(pane: ReadingPane, vault: Path, qtbot: QtBot) -> None:
    reader = pane.reader
    QTest.keyClick(reader, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: reader.editing)
    editor = reader.edit_page.editor
    assert editor.text == OLD
    assert not reader.edit_page.save_button.isEnabled()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    qtbot.keyClicks(editor, "More.")
    assert reader.edit_page.save_button.isEnabled()
    QTest.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: on_disk(vault) == OLD + "More.")
    qtbot.waitUntil(lambda: not pane.session.unsaved)
    assert Drafts(vault).all() == []
    QTest.keyClick(editor, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not reader.editing)
    assert not reader.draft_bar.isVisible()


def test_saving_twice_in_a_row_is_no_conflict(pane: ReadingPane, vault: Path, qtbot: QtBot) -> None:
    editor = edit(pane, "first")
    pane.session.save()
    editor.insertPlainText(" second")
    qtbot.waitUntil(lambda: on_disk(vault) == "first")
    qtbot.waitUntil(lambda: pane.session.unsaved and not pane.session._saving)
    pane.session.save()
    qtbot.waitUntil(lambda: on_disk(vault) == "first second")
    assert pane.session._dialog is None


def test_line_ends_and_odd_spaces_survive_an_edit(
    open_pane: Callable[[], ReadingPane], vault: Path, qtbot: QtBot
) -> None:
    before = "\ufeffone\u00a0two\r\nthree\u2028four\r\n😀\r\n"
    (vault / "note.md").write_bytes(before.encode())
    pane = open_pane()
    read(pane, "note.md", qtbot)
    pane.toggle_editor()
    editor = pane.reader.edit_page.editor
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    editor.insertPlainText("end\n")
    pane.session.save()
    qtbot.waitUntil(lambda: on_disk(vault) == before + "end\r\n")


def test_unsaved_text_survives_leaving_the_note_and_a_crash(
    pane: ReadingPane,
    open_pane: Callable[[], ReadingPane],
    vault: Path,
    qtbot: QtBot,
) -> None:
    edit(pane, "unsaved 글")
    qtbot.waitUntil(lambda: bool(Drafts(vault).all()), timeout=5000)
    read(pane, "other.md", qtbot)
    assert not pane.reader.editing and not pane.reader.draft_bar.isVisible()
    again = open_pane()
    read(again, "note.md", qtbot)
    assert on_disk(vault) == OLD
    assert again.reader.draft_bar.isVisible()
    again.reader.draft_bar.go_on.click()
    assert again.reader.edit_page.editor.text == "unsaved 글"
    again.session.save()
    qtbot.waitUntil(lambda: on_disk(vault) == "unsaved 글")
    qtbot.waitUntil(lambda: Drafts(vault).all() == [])


def test_text_of_another_note_is_offered_once_even_if_its_file_is_gone(
    open_pane: Callable[[], ReadingPane], vault: Path, qtbot: QtBot
) -> None:
    Drafts(vault).keep("lost.md", "lost text", "hash")
    opened = open_pane()
    read(opened, "note.md", qtbot)
    assert opened.reader.draft_bar.isVisible()
    assert "lost.md" in opened.reader.draft_bar._what.text()
    opened.reader.draft_bar.go_on.click()
    qtbot.waitUntil(lambda: opened.reader.editing)
    assert opened.reader.edit_page.editor.text == "lost text"
    opened.session.save()
    qtbot.waitUntil(lambda: "moved or deleted" in notice(opened))
    opened.session.save()
    qtbot.waitUntil(lambda: (vault / "lost.md").exists())
    assert on_disk(vault, "lost.md") == "lost text"


def test_closing_keeps_what_is_unsaved_and_it_can_be_thrown_away(
    pane: ReadingPane, open_pane: Callable[[], ReadingPane], vault: Path, qtbot: QtBot
) -> None:
    edit(pane, "unsaved")
    pane.close_pane()
    assert [draft.text for draft in Drafts(vault).all()] == ["unsaved"]
    again = open_pane()
    read(again, "note.md", qtbot)
    again.reader.draft_bar.discard.click()
    assert not again.reader.draft_bar.isVisible()
    assert Drafts(vault).all() == [] and on_disk(vault) == OLD


def test_a_draft_that_the_note_has_become_is_not_offered(
    open_pane: Callable[[], ReadingPane], vault: Path, qtbot: QtBot
) -> None:
    Drafts(vault).keep("note.md", OLD, "something old")
    opened = open_pane()
    read(opened, "note.md", qtbot)
    assert not opened.reader.draft_bar.isVisible()
    assert Drafts(vault).all() == []


def test_an_old_draft_does_not_overwrite_what_came_after_it(
    open_pane: Callable[[], ReadingPane], vault: Path, qtbot: QtBot
) -> None:
    Drafts(vault).keep("note.md", "mine", "hash of long ago")
    opened = open_pane()
    read(opened, "note.md", qtbot)
    opened.reader.draft_bar.go_on.click()
    opened.session.save()
    dialog(opened, qtbot).reject()
    assert on_disk(vault) == OLD
    assert opened.reader.edit_page.editor.text == "mine"


def conflict(pane: ReadingPane, client: DirectClient, qtbot: QtBot) -> ConflictDialog:
    edit(pane, "mine")
    client.changed_outside("note.md", "theirs")
    qtbot.waitUntil(lambda: "Another program" in notice(pane))
    pane.session.save()
    return dialog(pane, qtbot)


@pytest.mark.parametrize(
    ("choice", "disk", "editor"),
    [
        (Choice.MINE, "mine", "mine"),
        (Choice.THEIRS, "theirs", "theirs"),
        (Choice.BOTH, "theirs", "theirs"),
    ],
)
def test_a_conflict_loses_neither_version(
    pane: ReadingPane,
    client: DirectClient,
    vault: Path,
    qtbot: QtBot,
    choice: Choice,
    disk: str,
    editor: str,
) -> None:
    conflict(pane, client, qtbot).buttons[choice].click()
    qtbot.waitUntil(lambda: not pane.session.unsaved and not pane.session._saving)
    qtbot.waitUntil(lambda: pane.reader.edit_page.editor.text == editor)
    assert on_disk(vault) == disk
    assert Drafts(vault).all() == []
    beside = vault / "note (conflict 2026-03-14 1200).md"
    assert beside.exists() == (choice is Choice.BOTH)
    if choice is Choice.BOTH:
        assert beside.read_text("utf-8") == "mine"
        assert "note (conflict" in notice(pane)
    if choice is Choice.THEIRS:
        pane.reader.edit_page.editor.undo()
        assert pane.reader.edit_page.editor.text == "mine"


def test_a_merged_text_can_be_saved(
    pane: ReadingPane, client: DirectClient, vault: Path, qtbot: QtBot
) -> None:
    shown = conflict(pane, client, qtbot)
    shown._merge.click()
    assert shown.merged.text == "mine"
    shown.merged.insertPlainText("theirs and ")
    shown.buttons[Choice.MERGED].click()
    qtbot.waitUntil(lambda: on_disk(vault) == "theirs and mine")


def test_a_conflict_that_is_closed_changes_nothing(
    pane: ReadingPane, client: DirectClient, vault: Path, qtbot: QtBot
) -> None:
    conflict(pane, client, qtbot).reject()
    assert on_disk(vault) == "theirs"
    assert pane.session.unsaved and pane.reader.edit_page.editor.text == "mine"
    assert [draft.text for draft in Drafts(vault).all()] == ["mine"]


def test_a_third_version_asks_again(
    pane: ReadingPane, client: DirectClient, vault: Path, qtbot: QtBot
) -> None:
    shown = conflict(pane, client, qtbot)
    (vault / "note.md").write_text("a third", "utf-8")
    shown.buttons[Choice.MINE].click()
    qtbot.waitUntil(lambda: pane.session._dialog not in (None, shown))
    assert on_disk(vault) == "a third"
    dialog(pane, qtbot).reject()


def test_the_same_change_on_both_sides_is_no_conflict(
    pane: ReadingPane, vault: Path, qtbot: QtBot
) -> None:
    edit(pane, "the same")
    (vault / "note.md").write_text("the same", "utf-8")
    pane.session.save()
    qtbot.waitUntil(lambda: not pane.session.unsaved)
    assert pane.session._dialog is None


def test_an_editor_without_changes_follows_the_file(
    pane: ReadingPane, client: DirectClient, qtbot: QtBot
) -> None:
    pane.toggle_editor()
    client.changed_outside("note.md", "theirs")
    qtbot.waitUntil(lambda: pane.reader.edit_page.editor.text == "theirs")
    assert not pane.session.unsaved


@pytest.mark.parametrize("code", ["save.disk_full", "save.read_only", "save.folder_gone", "bug"])
def test_a_failed_save_is_said_and_the_text_stays(
    pane: ReadingPane, client: DirectClient, vault: Path, qtbot: QtBot, code: str
) -> None:
    client.failing = code
    editor = edit(pane, "mine")
    pane.session.save()
    qtbot.waitUntil(lambda: bool(notice(pane)))
    assert editor.text == "mine" and pane.session.unsaved
    assert [draft.text for draft in Drafts(vault).all()] == ["mine"]
    client.failing = ""
    pane.session.save()
    qtbot.waitUntil(lambda: on_disk(vault) == "mine")
    qtbot.waitUntil(lambda: notice(pane) == "")


def test_a_deleted_note_is_written_anew_by_saving_again(
    pane: ReadingPane, vault: Path, qtbot: QtBot
) -> None:
    edit(pane, "mine")
    (vault / "note.md").unlink()
    pane.session.save()
    qtbot.waitUntil(lambda: "moved or deleted" in notice(pane))
    pane.session.save()
    qtbot.waitUntil(lambda: (vault / "note.md").exists())
    assert on_disk(vault) == "mine"


def test_text_typed_after_saving_and_leaving_stays_a_draft(
    pane: ReadingPane, client: DirectClient, vault: Path, qtbot: QtBot
) -> None:
    editor = edit(pane, "saved")
    client.held = []
    pane.session.save()
    editor.insertPlainText(" and more")
    pane.session.leave()
    client.release()
    qtbot.waitUntil(lambda: on_disk(vault) == "saved")
    (draft,) = Drafts(vault).all()
    assert draft.text == "saved and more"
    pane._continue_draft("note.md")
    pane.session.save()
    qtbot.waitUntil(lambda: on_disk(vault) == "saved and more")


def test_what_cannot_be_edited_here_is_said(
    open_pane: Callable[[], ReadingPane], vault: Path, qtbot: QtBot
) -> None:
    (vault / "long.md").write_text("x" * 1_000_000, "utf-8")
    (vault / "broken.md").write_bytes("가나다라마바사아자차카타파하 ".encode() * 3 + b"\xff")
    opened = open_pane()
    for name, words in (("long.md", "Open it in your editor"), ("broken.md", "no text")):
        read(opened, name, qtbot)
        opened.toggle_editor()
        assert not opened.reader.editing
        assert words in notice(opened)


def test_a_new_note_is_made_where_the_shown_one_is_and_edited_at_once(
    open_pane: Callable[[], ReadingPane], vault: Path, qtbot: QtBot
) -> None:
    (vault / "sub" / "a.md").write_text("a", "utf-8")
    opened = open_pane()
    read(opened, "sub/a.md", qtbot)
    opened.ask_new_note()
    asked = opened.reader.window().findChild(NewNoteDialog)
    assert asked is not None and not asked.create_button.isEnabled()
    qtbot.keyClicks(asked.title, "C#: plans?")
    qtbot.keyClick(asked.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.path == "sub/C plans.md")
    qtbot.waitUntil(lambda: opened.reader.editing)
    assert on_disk(vault, "sub/C plans.md") == "# C#: plans?\n\n"
    editor = opened.reader.edit_page.editor
    qtbot.keyClicks(editor, "first words")
    assert editor.text == "# C#: plans?\n\nfirst words"


def test_a_new_note_in_a_folder_that_is_gone_is_said(pane: ReadingPane, qtbot: QtBot) -> None:
    pane.make_note("gone", "title")
    qtbot.waitUntil(lambda: "folder is not there" in notice(pane))


def test_drafts_that_cannot_be_kept_are_said(
    pane: ReadingPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Drafts, "keep", full)
    edit(pane, "mine")
    pane.session.keep_draft()
    assert "No space left" in notice(pane)


def test_a_broken_draft_is_no_draft(vault: Path, own_home: Path) -> None:
    drafts = Drafts(vault)
    drafts.keep("a.md", "한글", "seen")
    (file,) = (own_home / "data" / "drafts").rglob("*.json")
    file.write_bytes(b"{")
    assert drafts.find("a.md") is None and drafts.all() == []
    drafts.drop("a.md")
    drafts.drop("never.md")


def test_lines_are_broken_within_the_sight(look: Appearance, qtbot: QtBot) -> None:
    editor = MarkdownEditor(look)
    qtbot.addWidget(editor)
    editor.resize(500, 300)
    editor.show_text("words " * 100)
    editor.show()
    for width in (500, 1400, 420):
        editor.resize(width, 300)
        qtbot.wait(20)
        lines = editor.document().firstBlock().layout()
        widest = max(lines.lineAt(at).naturalTextWidth() for at in range(lines.lineCount()))
        assert 100 < widest <= editor.viewport().width()


def typed(qapp: QApplication, editor: MarkdownEditor, keys: list[Qt.Key | str]) -> None:
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(editor, key)
        else:
            QTest.keyClick(editor, key)


def test_enter_goes_on_with_lists_and_tab_indents(
    look: Appearance, qapp: QApplication, qtbot: QtBot
) -> None:
    editor = MarkdownEditor(look)
    qtbot.addWidget(editor)
    editor.show()
    enter, tab = Qt.Key.Key_Return, Qt.Key.Key_Tab
    typed(qapp, editor, ["- one", enter, "two", enter, tab, "deep", enter, enter, "after"])
    assert editor.text == "- one\n- two\n    - deep\nafter"
    editor.clear()
    typed(qapp, editor, ["9. a", enter, "b", enter, enter, "- [x] done", enter, "open"])
    assert editor.text == "9. a\n10. b\n- [x] done\n- [ ] open"
    editor.clear()
    typed(qapp, editor, ["a", tab, "b"])
    assert editor.text == "a   b"
    editor.show_text("one\n\ntwo")
    editor.selectAll()
    typed(qapp, editor, [tab])
    assert editor.text == "    one\n\n    two"
    editor.undo()
    assert editor.text == "one\n\ntwo"
    editor.selectAll()
    typed(qapp, editor, [tab, Qt.Key.Key_Backtab])
    assert editor.text == "one\n\ntwo"
