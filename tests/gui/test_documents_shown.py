"""PDFs and other documents in the window: shown as text, never edited, opened by their program."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from direct_client import DirectClient
from made_documents import pdf
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import NoteTitle
from notesai.gui.appearance import Appearance
from notesai.gui.editor_command import open_note
from notesai.gui.i18n import Language
from notesai.gui.reading.embedding import part
from notesai.gui.reading.marks import Span
from notesai.gui.reading.read_only import why_read_only
from notesai.gui.reading_pane import Place, ReadingPane
from notesai.gui.reasons import reason
from notesai.gui.titles import Titles
from notesai.gui.widgets.note_menu import note_menu
from notesai.gui.widgets.note_tree import NoteTree
from notesai.notes.documents.converting import convert

PAGES = [[f"This is what page {at} says about compost."] for at in range(1, 4)]
GUIDE = pdf(*PAGES, title="Compost guide", sections={1: "Smells"})
TEXT = convert(GUIDE, ".pdf", lambda: None)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "guide.pdf").write_bytes(GUIDE)
    (folder / "note.md").write_text("# Note\n\nSee [[guide.pdf#page=2]].\n", "utf-8")
    return folder


@pytest.fixture
def pane(look: Appearance, vault: Path, qtbot: QtBot) -> Iterator[ReadingPane]:
    client = DirectClient(vault)
    titles = Titles(client)  # type: ignore[arg-type]
    pane = ReadingPane(look, client, titles, vault)  # type: ignore[arg-type]
    qtbot.addWidget(pane.reader)
    qtbot.addWidget(pane.related)
    pane.reader.resize(600, 600)
    pane.reader.show()
    yield pane
    pane.close_pane()


def show(pane: ReadingPane, path: str, qtbot: QtBot, spans: tuple[Span, ...] = ()) -> str:
    pane.open(Place(path, spans))
    qtbot.waitUntil(lambda: pane.path == path and not pane.reader.page.busy)
    return pane.reader.page.toPlainText()


def test_a_document_is_shown_as_text_with_its_pages(pane: ReadingPane, qtbot: QtBot) -> None:
    at = TEXT.index("page 3 says")
    shown = show(pane, "guide.pdf", qtbot, (Span(at, at + 6),))
    assert "Page 2: Smells" in shown
    assert "##" not in shown
    assert pane.reader.page.passages == 1


def test_it_is_not_edited_and_says_so_calmly(pane: ReadingPane, qtbot: QtBot) -> None:
    show(pane, "guide.pdf", qtbot)
    edit, outside = pane.reader._edit, pane.reader._outside
    assert not edit.isEnabled()
    assert edit.toolTip() == why_read_only("guide.pdf")
    assert outside.accessibleName() == "Open in its program"
    pane.toggle_editor()
    assert not pane.reader.editing
    assert pane.reader._notice.text() == why_read_only("guide.pdf")
    show(pane, "note.md", qtbot)
    assert edit.isEnabled()
    assert "Edit" in edit.toolTip()
    assert outside.accessibleName() == "Open in your editor"


def test_a_link_to_a_page_goes_there(pane: ReadingPane, qtbot: QtBot) -> None:
    show(pane, "guide.pdf", qtbot)
    page = pane.reader.page
    assert page.go_to_heading("page=2")
    assert page.go_to_heading("Page 2: Smells")
    assert not page.go_to_heading("page=9")
    assert part(TEXT, "Compost guide", "page=2") == PAGES[1][0]


def test_its_own_program_opens_it_whatever_the_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    assert open_note("no-such-editor {path}", Path("/v/a b.PDF"), 3) == ""
    assert [url.toLocalFile() for url in opened] == ["/v/a b.PDF"]


def test_the_menu_names_the_program(look: Appearance, vault: Path, pane: ReadingPane) -> None:
    def menu(path: str) -> str:
        made = note_menu(
            pane.reader,
            vault,
            path,
            is_note=True,
            open_outside=str,
            new_note=str,
            see_tokens=str,
            ask=str,
        )
        return made.actions()[0].text()

    assert menu("guide.pdf") == "Open in its program"
    assert menu("note.md") == "Open in your editor"


@pytest.mark.parametrize("path", ["a.pdf", "a.docx", "a.pptx", "a.ipynb", "a.html"])
def test_each_kind_has_words_in_both_languages(path: str, language: Language) -> None:
    language.choose("en")
    english = why_read_only(path)
    language.choose("ko")
    assert why_read_only(path) != english


@pytest.mark.parametrize(
    "text",
    [
        "The file was left out: it is damaged.",
        "The file was left out: it is protected by a password.",
        "The file was left out: there is no text in it, only pictures.",
        "The file was left out: there is no text in it.",
        "The file was left out: it is not what its name says.",
        "The file was left out: it is in an old Office format.",
        "The file was left out: reading it takes too long.",
        "The file was left out: it unpacks to too much.",
    ],
)
def test_reasons_are_said_in_the_window_s_language(text: str, language: Language) -> None:
    language.choose("ko")
    assert not reason(text).isascii()


def test_what_a_document_says_of_itself(
    pane: ReadingPane, qtbot: QtBot, language: Language
) -> None:
    language.choose("ko")
    show(pane, "guide.pdf", qtbot)
    said = pane.reader.head._properties.text().replace("\u00a0", " ")
    assert said == "종류  PDF   ·   저자  Kim   ·   작성일  2024-03-01"


def test_the_tree_tells_documents_apart() -> None:
    tree = NoteTree()
    named = {"guide.pdf": "Guide", "note.md": "Note"}
    tree.show_notes([NoteTitle(path=p, title=t, mtime_ns=0) for p, t in named.items()])
    rows = [tree.index(row, 0) for row in range(2)]
    assert [tree.node(row).kind for row in rows] == ["PDF", ""]
    spoken = [tree.data(row, Qt.ItemDataRole.AccessibleTextRole) for row in rows]
    assert spoken == ["Guide, PDF", "Note"]
