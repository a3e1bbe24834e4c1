"""Blocks of a shown note that stand on a surface of their own: code, quotes, callouts.

Qt's rich text knows no rounded boxes, so each block is tagged with what it belongs to when it is
written, and the page paints the surfaces beneath the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntFlag

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPen,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextListFormat,
)

from notesai.gui.theme import Size, Space, Tokens

_WARNING = {"warning", "caution", "attention", "danger", "error", "bug", "failure", "fail"}
_BULLETS = {
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
}
_OUTER = Space.S
_INNER = Space.S + 2


class Surface(IntFlag):
    """What a block stands on and what marks it, kept as its user state.

    `FIRST` begins a new surface; `BULLET`, `TASK` and `DONE` are items of lists.
    """

    NONE = 0
    CODE = 1
    QUOTE = 2
    CALLOUT = 4
    WARNING = 8
    FIRST = 16
    BULLET = 32
    TASK = 64
    DONE = 128


_MARKS = Surface.BULLET | Surface.TASK | Surface.DONE
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
        first_of_kind = Surface.FIRST if begins else Surface.NONE
        block.setUserState(int(kind | first_of_kind | _mark(block)))
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


def _mark(block: QTextBlock) -> Surface:
    """The mark of an item that is painted here and not by Qt: a dot, or a box for a task."""
    marker = block.blockFormat().marker()
    if marker is QTextBlockFormat.MarkerType.Checked:
        return Surface.TASK | Surface.DONE
    if marker is QTextBlockFormat.MarkerType.Unchecked:
        return Surface.TASK
    # There is no list for most blocks, whatever the type says.
    if (found := block.textList()) and found.format().style() in _BULLETS:
        return Surface.BULLET
    return Surface.NONE


def _quote_kind(name: str) -> Surface:
    if name in {"", "quote", "embed"}:
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
        if block.blockFormat().headingLevel():
            _take_own_size(block)
        kind = surface(block)
        room = QTextBlockFormat()
        if kind & Surface.FIRST:
            # Qt takes the larger of two margins that meet; between two surfaces there are both.
            after_one = block.previous().isValid() and surface(block.previous()) & _KINDS
            room.setTopMargin(_OUTER + _INNER + (_INNER if after_one else 0))
        if kind & _KINDS and _ends(block):
            room.setBottomMargin(_OUTER + _INNER)
        if kind & _MARKS:
            room.setProperty(QTextFormat.Property.ListStyle, 0)
        if _is_joint(block):
            room.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        if room.propertyCount():
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(room)
        block = block.next()


def _is_joint(block: QTextBlock) -> bool:
    """True for the empty line that Qt keeps after every table."""
    before = block.previous()
    if block.length() > 1 or not before.isValid():
        return False
    return bool(QTextCursor(before).currentTable()) and not QTextCursor(block).currentTable()


def _take_own_size(heading: QTextBlock) -> None:
    """Qt enlarges headings beyond the size that the style sheet gives them; undo that."""
    cursor = QTextCursor(heading)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    exact = QTextCharFormat()
    exact.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
    cursor.mergeCharFormat(exact)


def _ends(block: QTextBlock) -> bool:
    after = block.next()
    if not after.isValid():
        return True
    kind = surface(after)
    return not kind & _KINDS or bool(kind & Surface.FIRST)


def paint(painter: QPainter, document: QTextDocument, shown: QRectF, tokens: Tokens) -> None:
    """Paint the surfaces and the list marks within `shown` (document coordinates)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    blocks = list(_blocks(document, shown))
    for box in _boxes(document, blocks):
        bar = QRectF(box.rect.left(), box.rect.top(), Size.BAR, box.rect.height())
        if box.kind & Surface.QUOTE:
            _fill(painter, bar, tokens.line, Size.BAR / 2)
            continue
        fill = tokens.tint if box.kind & Surface.CALLOUT else tokens.code
        _fill(painter, box.rect, fill, Size.RADIUS_SMALL)
        if not box.kind & Surface.CODE:
            edge = tokens.warn if box.kind & Surface.WARNING else tokens.accent
            _fill(painter, bar, edge, Size.BAR / 2)
    for block in blocks:
        if surface(block) & _MARKS:
            _paint_mark(painter, block, tokens)


def _paint_mark(painter: QPainter, block: QTextBlock, tokens: Tokens) -> None:
    """A dot, or a box, left of the middle of the item's first line."""
    layout = block.layout()
    if not layout.lineCount():
        return
    text = layout.lineAt(0).naturalTextRect().translated(layout.position())
    centre = QPointF(text.left() - Space.M, text.center().y())
    kind = surface(block)
    if not kind & Surface.TASK:
        dot = QRectF(0, 0, Size.BULLET, Size.BULLET)
        dot.moveCenter(centre + QPointF(Space.XS / 2, 0))
        _fill(painter, dot, tokens.soft, Size.BULLET / 2)
        return
    box = QRectF(0, 0, Size.TICK_BOX, Size.TICK_BOX)
    box.moveCenter(centre - QPointF(Space.XS / 2, 0))
    done = bool(kind & Surface.DONE)
    painter.setPen(QPen(QColor(tokens.link if done else tokens.faint), 1.2))
    painter.setBrush(QColor(tokens.link) if done else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, Size.BAR, Size.BAR)
    if done:
        side = box.width()
        painter.setPen(QPen(QColor(tokens.on_accent), 1.6))
        tick = [(0.26, 0.52), (0.43, 0.69), (0.75, 0.33)]
        painter.drawPolyline([box.topLeft() + QPointF(x * side, y * side) for x, y in tick])


def _fill(painter: QPainter, rect: QRectF, colour: str, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(rect, radius, radius)


def _blocks(document: QTextDocument, shown: QRectF) -> Iterator[QTextBlock]:
    """The blocks that reach into `shown`."""
    layout = document.documentLayout()
    block = document.findBlock(layout.hitTest(QPointF(0, shown.top()), Qt.HitTestAccuracy.FuzzyHit))
    while block.isValid() and layout.blockBoundingRect(block).top() <= shown.bottom():
        yield block
        block = block.next()


def _boxes(document: QTextDocument, blocks: Sequence[QTextBlock]) -> Iterator[_Box]:
    """The surfaces of `blocks`; what is out of sight is left open-ended."""
    layout = document.documentLayout()
    box: _Box | None = None
    for block in blocks:
        kind = surface(block)
        if box is not None and (not kind & _KINDS or kind & Surface.FIRST):
            yield box
            box = None
        if kind & _KINDS:
            box = _grown(box, kind, layout.blockBoundingRect(block), document)
    if box is not None:
        yield box


def _grown(box: _Box | None, kind: Surface, rect: QRectF, document: QTextDocument) -> _Box:
    frame = document.rootFrame().frameFormat()
    left, right = frame.leftMargin(), document.textWidth() - frame.rightMargin()
    opens = _INNER if kind & Surface.FIRST else Size.RADIUS
    top = box.rect.top() if box is not None else rect.top() - opens
    return _Box(kind, QRectF(left, top, right - left, rect.bottom() + _INNER - top))
