"""The window that shows a note as the embedding model sees it."""

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from notesai.engine import protocol
from notesai.engine.protocol import Failure
from notesai.gui import states
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.i18n import number
from notesai.gui.requests import Replies
from notesai.gui.states import State
from notesai.gui.theme import Size, Space
from notesai.gui.tokens.page import MORE, Words, write
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.elided_label import ElidedLabel
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import NoteTokens, TokenPiece

_AT_ONCE = 30
"""Pieces that are written at once: a book has thousands."""


class TokensDialog(QDialog):
    """Asks for the tokens of the note at `path` and shows them."""

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        path: str,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._client, self._path = look, client, path
        self._note: NoteTokens | None = None
        self._shown = _AT_ONCE
        self._call = 0
        self.setObjectName("page")
        self.resize(*Size.TOKENS)
        self.heading = ElidedLabel("lead", self)
        self.heading.setText(title)
        self._about = QLabel(self)
        self._about.setObjectName("soft")
        self._about.setWordWrap(True)
        self._legend = QLabel(self)
        self._legend.setObjectName("faint")
        self._legend.setWordWrap(True)
        self.state = StatePane(look, self)
        self.page = QTextBrowser(self)
        self.page.setOpenLinks(False)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.anchorClicked.connect(self._show_more)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.page)
        self._lay_out()
        look.changed.connect(self._write)
        self.finished.connect(self._close)
        self._retranslate()
        self._ask()

    def _lay_out(self) -> None:
        card = Card(self)
        inner = QVBoxLayout()
        inner.setContentsMargins(Space.CARD, Space.M, Space.XS, Space.M)
        inner.addWidget(self._stack)
        card.column.addLayout(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.S)
        for widget in (self.heading, self._about, card, self._legend):
            column.addWidget(widget, 1 if widget is card else 0)

    @property
    def note(self) -> NoteTokens | None:
        """What is shown; None until it has come."""
        return self._note

    def _ask(self) -> None:
        self.state.say(lambda: State("tokens", self.tr("Cutting the note into tokens…")))
        self._stack.setCurrentWidget(self.state)
        self._call = self._client.request(
            lambda call: protocol.SeeTokens(id=call, path=self._path),
            Replies[NoteTokens](ok=self._arrived, failed=self._failed),
        )

    def _arrived(self, note: NoteTokens) -> None:
        self._call = 0
        self._note = note
        if note.pieces:
            self._stack.setCurrentWidget(self.page)
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
            self._write()
        else:
            self.state.say(
                lambda: State("tokens", self.tr("There is no text here for the model to see."))
            )
        self._retranslate()

    def _failed(self, error: Failure) -> None:
        self._call = 0
        self.state.say(states.failed(error), self._ask)

    def _show_more(self, address: QUrl) -> None:
        if address.toString() == MORE:
            self._shown += _AT_ONCE
            self._write()

    def _write(self) -> None:
        if self._note is None:
            return
        place = self.page.verticalScrollBar().value()
        words = Words(self._piece, self._context, self._unread, self._more, self._tooltip)
        write(self.page.document(), self._note, self._shown, self._look.tokens, words)
        self.page.verticalScrollBar().setValue(place)

    def _piece(self, at: int, piece: TokenPiece, window: int) -> str:
        taken = len(piece.tokens) + piece.context_tokens
        text = self.tr("Piece %1 · %2 of at most %3 tokens") if taken else self.tr("Piece %1")
        text = text.replace("%1", number(at)).replace("%2", number(taken))
        text = text.replace("%3", number(window))
        if piece.overlap:
            shared = self.tr("%Ln character(s) also in the piece before", None, piece.overlap)
            text = f"{text} · {shared}"
        return text

    def _context(self, piece: TokenPiece) -> str:
        if not piece.context_tokens:
            return piece.context
        tokens = self.tr("%Ln token(s) in front", None, piece.context_tokens)
        return f"{piece.context}  ·  {tokens}"

    def _unread(self, tokens: int) -> str:
        return self.tr("%Ln token(s) did not fit and were not read", None, tokens)

    def _more(self, rest: int) -> str:
        return self.tr("Show more: %Ln piece(s) left", None, rest)

    def _tooltip(self, token: str, at: int) -> str:
        return self.tr("Token %1: %2").replace("%1", number(at)).replace("%2", token)

    def _close(self) -> None:
        self._client.cancel(self._call)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("As the model sees it"))
        self.page.setAccessibleName(self.tr("The note's pieces and tokens"))
        self._legend.setText(
            self.tr(
                "Each tint is one token. Above a piece stands what is put in front of it; small "
                "grey marks are the model's own; what is underlined stands in two pieces."
            )
        )
        note = self._note
        if note is None:
            self._about.setText(self.tr("Pieces and tokens that the embedding model works with"))
            return
        if note.pieces and not any(piece.tokens for piece in note.pieces):
            self._about.setText(
                self.tr("This model does not tell its tokens; these are the pieces that it gets.")
            )
            return
        parts = (
            self.tr("%Ln piece(s)", None, len(note.pieces)),
            self.tr("%Ln token(s)", None, sum(map(_tokens, note.pieces))),
            self.tr("at most %1 in a piece").replace("%1", number(note.window)),
            note.model,
        )
        self._about.setText(" · ".join(parts))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._write()
        super().changeEvent(event)


def _tokens(piece: TokenPiece) -> int:
    return len(piece.tokens) + piece.context_tokens
