"""The pieces of a note with every token tinted, as a document."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from notesai.gui.theme import Size, Space, Tokens, faces
from notesai.model import NoteTokens, TokenPiece, TokenSpan

MORE = "more"
"""The address of the link that shows more pieces."""

_LINE = 165
"""Height of a line in percent: tints of two lines must not touch."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said around the pieces, in the window's language.

    `piece` answers the heading of a piece by its number, itself and the window, `context` what is
    said of what stands in front of it, `unread` of tokens that did not fit; `more` names the link
    to so many further pieces, `tooltip` a token and its number.
    """

    piece: Callable[[int, TokenPiece, int], str]
    context: Callable[[TokenPiece], str]
    unread: Callable[[int], str]
    more: Callable[[int], str]
    tooltip: Callable[[str, int], str]


def write(document: QTextDocument, note: NoteTokens, most: int, look: Tokens, words: Words) -> None:
    """Write the first `most` pieces of `note` into a document."""
    document.clear()
    cursor = QTextCursor(document)
    writer = _Writer(cursor, look, words)
    for at, piece in enumerate(note.pieces[:most]):
        writer.piece(at, piece, note.window, first=at == 0)
    rest = len(note.pieces) - most
    if rest > 0:
        writer.more(rest)


class _Writer:
    """Writes at the end of a document."""

    def __init__(self, cursor: QTextCursor, look: Tokens, words: Words) -> None:
        self._cursor, self._look, self._words = cursor, look, words

    def piece(self, at: int, piece: TokenPiece, window: int, *, first: bool) -> None:
        """Heading, what is put in front, and the text, token by token."""
        heading = self._words.piece(at + 1, piece, window)
        self._block(0 if first else Space.XL, first=first)
        self._cursor.insertText(heading, self._format(Size.SMALL, self._look.soft, bold=True))
        if piece.context:
            self._block(Space.XS)
            faint = self._format(Size.SMALL, self._look.faint)
            self._cursor.insertText(_lines(self._words.context(piece)), faint)
        self._block(Space.S, line=_LINE)
        self._text(piece)
        if piece.unread:
            self._block(Space.XS)
            warning = self._format(Size.SMALL, self._look.warn, bold=True)
            self._cursor.insertText(self._words.unread(piece.unread), warning)

    def more(self, rest: int) -> None:
        """A link to the further pieces."""
        self._block(Space.XL)
        link = self._format(Size.BASE, self._look.link)
        link.setAnchor(True)
        link.setAnchorHref(MORE)
        self._cursor.insertText(self._words.more(rest), link)

    def _text(self, piece: TokenPiece) -> None:
        done = 0
        for at, token in enumerate(piece.tokens):
            if token.start > done:
                self._plain(piece, done, token.start)
            if token.end > token.start >= done:
                self._token(piece, token, at)
                done = token.end
            elif token.end == token.start:
                self._mark(token)
        self._plain(piece, done, len(piece.text))

    def _plain(self, piece: TokenPiece, start: int, end: int) -> None:
        if end > start:
            form = self._format(Size.READING, self._look.text)
            self._insert(piece, start, end, form)

    def _token(self, piece: TokenPiece, token: TokenSpan, at: int) -> None:
        form = self._format(Size.READING, self._look.text)
        form.setBackground(QColor(self._look.tints[at % len(self._look.tints)]))
        form.setToolTip(self._words.tooltip(token.token, at + 1))
        self._insert(piece, token.start, token.end, form)

    def _insert(self, piece: TokenPiece, start: int, end: int, form: QTextCharFormat) -> None:
        """Text of a piece; what the one before held as well is underlined."""
        inside = min(max(piece.overlap, start), end)
        if inside > start:
            shared = QTextCharFormat(form)
            shared.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            shared.setUnderlineColor(QColor(self._look.faint))
            self._cursor.insertText(_lines(piece.text[start:inside]), shared)
        if end > inside:
            self._cursor.insertText(_lines(piece.text[inside:end]), form)

    def _mark(self, token: TokenSpan) -> None:
        form = self._format(Size.CAPS, self._look.faint)
        self._cursor.insertText(f" {token.token} ", form)

    def _format(self, size: int, colour: str, *, bold: bool = False) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFontFamilies(list(faces()))
        form.setProperty(QTextCharFormat.Property.FontPixelSize, size)
        form.setForeground(QColor(colour))
        if bold:
            form.setFontWeight(QFont.Weight.DemiBold)
        return form

    def _block(self, above: int, *, first: bool = False, line: int = 130) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(above)
        form.setLineHeight(line, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if first:
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form)


def _lines(text: str) -> str:
    """Line ends inside of a paragraph stay inside of it."""
    return text.replace("\r\n", "\n").replace("\n", "\u2028")
