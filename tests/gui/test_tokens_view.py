"""A note as the embedding model sees it."""

from collections.abc import Callable, Iterator

import pytest
from conftest import VAULT
from map_client import MapClient
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QColor, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot
from scripted_notes import Notes, of_vault

from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.i18n import Language
from notesai.gui.note_actions import NoteActions
from notesai.gui.theme import DARK, LIGHT, Tokens
from notesai.gui.tokens.dialog import TokensDialog
from notesai.gui.tokens.page import MORE, Words, write
from notesai.gui.widgets.reader import Reader
from notesai.model import NoteTokens, TokenPiece, TokenSpan

WORDS = Words(
    lambda at, piece, window: f"{at}: {len(piece.tokens)}/{window} ({piece.overlap})",
    lambda piece: f"{piece.context} +{piece.context_tokens}",
    lambda unread: f"{unread} unread",
    lambda rest: f"{rest} more",
    lambda token, at: f"{at} {token}",
)


def formats(document: QTextDocument) -> Iterator[tuple[str, QTextCursor]]:
    """Each character with a cursor behind it."""
    cursor = QTextCursor(document)
    for at in range(1, document.characterCount()):
        cursor.setPosition(at)
        yield document.characterAt(at - 1), QTextCursor(cursor)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_every_token_has_its_tint_and_its_name(qapp: object, look: Tokens) -> None:
    text = "김치🍲찌개 <b>"
    tokens = (
        TokenSpan(0, 0, "[CLS]"),
        TokenSpan(0, 2, "김치"),
        TokenSpan(2, 3, "🍲"),
        TokenSpan(3, 5, "##찌개"),
        TokenSpan(6, 9, "<b>"),
    )
    piece = TokenPiece(
        0, len(text), "요리 › 국", text, tokens, overlap=2, context_tokens=3, unread=4
    )
    document = QTextDocument()
    write(document, NoteTokens("a.md", "m", 64, (piece,)), 9, look, WORDS)
    for said in ("1: 5/64 (2)", "요리 › 국 +3", "4 unread"):
        assert said in document.toPlainText()
    tinted = [
        (char, cursor.charFormat())
        for char, cursor in formats(document)
        if cursor.charFormat().toolTip()
    ]
    names = [form.toolTip() for _, form in tinted]
    assert list(dict.fromkeys(names)) == ["2 김치", "3 🍲", "4 ##찌개", "5 <b>"]
    tints = [QColor(tint).name() for tint in look.tints]
    assert {form.background().color().name() for _, form in tinted} == set(tints)
    shared = [char for char, form in tinted if form.underlineStyle().value]
    assert shared == ["김", "치"]


def test_a_book_is_shown_a_part_at_a_time(look: Appearance, qtbot: QtBot) -> None:
    notes = Notes({"book.md": "word " * 2000})
    dialog = TokensDialog(look, MapClient(notes), "book.md", "Book")  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.note is not None, timeout=15_000)
    assert "Show more: 27 pieces left" in dialog.page.toPlainText()
    assert "Piece 31 " not in dialog.page.toPlainText()
    dialog.page.anchorClicked.emit(QUrl(MORE))
    assert "Piece 57 " in dialog.page.toPlainText()
    assert "57 pieces" in "".join(label.text() for label in dialog.findChildren(QLabel))


def test_a_model_may_keep_its_tokens_for_itself(
    look: Appearance, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = MapClient(Notes({"a.md": "text"}))
    quiet = NoteTokens("a.md", "m", 64, (TokenPiece(0, 4, "", "text", ()),))
    monkeypatch.setattr(client.maps, "tokens", lambda path: quiet)
    dialog = TokensDialog(look, client, "a.md", "A")  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.note is not None, timeout=15_000)
    said = "".join(label.text() for label in dialog.findChildren(QLabel))
    assert "does not tell its tokens" in said
    assert dialog.page.toPlainText() == "Piece 1\ntext"


def test_a_note_without_text_has_no_pieces(
    look: Appearance, qtbot: QtBot, language: Language
) -> None:
    client = MapClient(Notes({"empty.md": ""}))
    dialog = TokensDialog(look, client, "empty.md", "Empty")  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "no text here" in dialog.state.what, timeout=15_000)
    language.choose("ko")
    qtbot.waitUntil(lambda: dialog.windowTitle() == "모델이 보는 모습", timeout=15_000)
    assert dialog.state.what == "모델이 볼 내용이 없어요."


def test_a_failure_is_told_and_can_be_tried_again(
    start: Callable[..., EngineClient], look: Appearance, qtbot: QtBot
) -> None:
    dialog = TokensDialog(look, start(), "gone.md", "Gone")
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.state.button.text() == "Try again", timeout=15_000)
    dialog.state.button.click()
    assert "tokens…" in dialog.state.what


def test_the_menu_of_the_reader_leads_there(look: Appearance, qtbot: QtBot) -> None:
    notes = of_vault()
    client = MapClient(notes)
    reader = Reader(look, VAULT)
    qtbot.addWidget(reader)
    actions = NoteActions(look, client, reader, VAULT, reader)  # type: ignore[arg-type]
    actions.show_menu(QPoint(0, 0))
    assert not [menu for menu in reader.findChildren(QMenu) if menu.isVisible()]
    path = "ml/sbert.md"
    reader.show_note(notes.read(path))
    reader.menu_wanted.emit(QPoint(0, 0))
    menu = next(menu for menu in reader.findChildren(QMenu) if menu.isVisible())
    action = next(one for one in menu.actions() if one.text() == "As the model sees it…")
    action.trigger()
    menu.close()
    dialog = reader.findChild(TokensDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.note is not None, timeout=15_000)
    assert dialog.note.path == path
    dialog.close()
    reader.close_reader()
