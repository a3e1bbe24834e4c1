"""Blocks of a shown note that stand on a surface of their own: code, quotes, callouts.

Qt's rich text knows no rounded boxes, so each block is tagged with what it belongs to when it is
written, and the page paints the surfaces beneath the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntFlag

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from notesai.gui.theme import Size, Space, Tokens

_WARNING = {"warning", "caution", "attention", "danger", "error", "bug", "failure", "fail"}
_OUTER = Space.S
_INNER = Space.S + 2


class Surface(IntFlag):
    """What a block stands on, kept as its user state. `FIRST` begins a new surface."""

    NONE = 0
    CODE = 1
    QUOTE = 2
    CALLOUT = 4
    WARNING = 8
    FIRST = 16


_KINDS = Surface.CODE | Surface.QUOTE | Surface.CALLOUT | Surface.WARNING


@dataclass(frozen=True, slots=True)
class _Box:
    """A surface to paint, in document coordinates."""

    kind: Surface
    rect: QRectF


def surface(block: QTextBlock) -> Surface:
    """What `block` stands on."""
    return Surface(max(block.userState(), 0))


def tag_blocks(document: QTextDocument, first: QTextBlock) -> None:
    """Tag the blocks from `first` on, and give those on a surface the room that it needs."""
    before = first.previous()
    kind = surface(before) & _KINDS if before.isValid() else Surface.NONE
    block = first
    while block.isValid():
        kind, begins = _kind(block, kind)
        block.setUserState(int(kind | (Surface.FIRST if begins else Surface.NONE)))
        block = block.next()
    _make_room(document, first)


def _kind(block: QTextBlock, before: Surface) -> tuple[Surface, bool]:
    """What `block` stands on, given what the one before does, and if it begins a surface."""
    block_format = block.blockFormat()
    level = int(block_format.leftMargin()) // Size.QUOTE
    if level:
        name = _quote_name(block) if level == 1 else ""
        if not name and before & ~Surface.CODE:
            return before, False
        return _quote_kind(name), True
    if block_format.hasProperty(QTextFormat.Property.BlockCodeLanguage):
        return Surface.CODE, before != Surface.CODE or block_format.topMargin() > 0
    return Surface.NONE, False


def _quote_kind(name: str) -> Surface:
    if name in {"", "quote"}:
        return Surface.QUOTE
    return Surface.WARNING if name in _WARNING else Surface.CALLOUT


def _quote_name(block: QTextBlock) -> str:
    fragments = block.begin()
    if fragments.atEnd():
        return ""
    for name in fragments.fragment().charFormat().anchorNames():
        if name.startswith("quote-"):
            return name.removeprefix("quote-")
    return ""


def _make_room(document: QTextDocument, first: QTextBlock) -> None:
    cursor = QTextCursor(document)
    block = first
    while block.isValid():
        kind = surface(block)
        room = QTextBlockFormat()
        if kind & Surface.FIRST:
            room.setTopMargin(_OUTER + _INNER)
        if kind and _ends(block):
            room.setBottomMargin(_OUTER + _INNER)
        if room.propertyCount():
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(room)
        block = block.next()


def _ends(block: QTextBlock) -> bool:
    after = block.next()
    if not after.isValid():
        return True
    kind = surface(after)
    return not kind or bool(kind & Surface.FIRST)


def paint(painter: QPainter, document: QTextDocument, shown: QRectF, tokens: Tokens) -> None:
    """Paint the surfaces within `shown` (document coordinates), beneath the text."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for box in _boxes(document, shown):
        bar = QRectF(box.rect.left(), box.rect.top(), Size.BAR, box.rect.height())
        if box.kind & Surface.QUOTE:
            _fill(painter, bar, tokens.line, Size.BAR / 2)
            continue
        fill = tokens.tint if box.kind & Surface.CALLOUT else tokens.code
        _fill(painter, box.rect, fill, Size.RADIUS_SMALL)
        if not box.kind & Surface.CODE:
            edge = tokens.warn if box.kind & Surface.WARNING else tokens.accent
            _fill(painter, bar, edge, Size.BAR / 2)


def _fill(painter: QPainter, rect: QRectF, colour: str, radius: float) -> None:
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(rect, radius, radius)


def _boxes(document: QTextDocument, shown: QRectF) -> Iterator[_Box]:
    """The surfaces that reach into `shown`; what is out of sight is left open-ended."""
    layout = document.documentLayout()
    block = document.findBlock(layout.hitTest(QPointF(0, shown.top()), Qt.HitTestAccuracy.FuzzyHit))
    box: _Box | None = None
    while block.isValid():
        rect = layout.blockBoundingRect(block)
        if rect.top() > shown.bottom():
            break
        kind = surface(block)
        if box is not None and (not kind or kind & Surface.FIRST):
            yield box
            box = None
        if kind:
            box = _grown(box, kind, rect, document)
        block = block.next()
    if box is not None:
        yield box


def _grown(box: _Box | None, kind: Surface, rect: QRectF, document: QTextDocument) -> _Box:
    frame = document.rootFrame().frameFormat()
    left, right = frame.leftMargin(), document.textWidth() - frame.rightMargin()
    opens = _INNER if kind & Surface.FIRST else Size.RADIUS
    top = box.rect.top() if box is not None else rect.top() - opens
    return _Box(kind, QRectF(left, top, right - left, rect.bottom() + _INNER - top))
