"""What is painted over the points: the note pointed at, chosen notes, a line drawn around some."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from notesai.gui.appearance import Appearance
from notesai.gui.theme import Size, Space, font


@dataclass(frozen=True, slots=True)
class Bubble:
    """What is said of the note under the pointer."""

    title: str
    detail: str


def paint_chosen(
    painter: QPainter, look: Appearance, at: QPointF, around: Sequence[QPointF], radius: float
) -> None:
    """Ring the chosen note, and join it with its nearest ones, which carry their rank."""
    accent = look.colour("accent")
    line = QColor(accent)
    line.setAlphaF(0.45)
    painter.setPen(QPen(line, 1.2))
    for place in around:
        painter.drawLine(at, place)
    painter.setFont(font(Size.CAPS, bold=True))
    for rank, place in enumerate(around, start=1):
        painter.setPen(QPen(accent, 1.6))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(place, Size.MAP_RING * 0.8, Size.MAP_RING * 0.8)
        painter.setPen(look.colour("link"))
        room = QRectF(0, 0, 2 * Size.MAP_RING, 2 * Size.MAP_RING)
        room.moveCenter(place)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(rank))
    paint_ring(painter, look, at, radius + 4, width=3.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    painter.drawEllipse(at, radius, radius)


def paint_ring(
    painter: QPainter, look: Appearance, at: QPointF, radius: float, *, width: float = 2.0
) -> None:
    """A ring around a point."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("surface"), width + 2))
    painter.drawEllipse(at, radius, radius)
    painter.setPen(QPen(look.colour("accent"), width))
    painter.drawEllipse(at, radius, radius)


def paint_lasso(painter: QPainter, look: Appearance, outline: Sequence[QPointF]) -> None:
    """The line drawn so far, closed."""
    if len(outline) < 2:
        return
    fill = look.colour("accent")
    fill.setAlphaF(0.10)
    painter.setBrush(fill)
    painter.setPen(QPen(look.colour("accent"), 1.5, Qt.PenStyle.DashLine))
    painter.drawPolygon(QPolygonF(list(outline)))


def paint_bubble(
    painter: QPainter, look: Appearance, bubble: Bubble, at: QPointF, room: QRectF
) -> None:
    """Title and a line about it, beside a point and inside the window."""
    bold, small = font(Size.BASE, bold=True), font(Size.SMALL)
    titles, details = QFontMetricsF(bold), QFontMetricsF(small)
    most = Size.MAP_HOVER - 2 * Space.M
    title = titles.elidedText(bubble.title, Qt.TextElideMode.ElideRight, most)
    detail = details.elidedText(bubble.detail, Qt.TextElideMode.ElideRight, most)
    wide = max(titles.horizontalAdvance(title), details.horizontalAdvance(detail)) + 2 * Space.M
    high = titles.height() + (details.height() + 2 if detail else 0) + 2 * Space.S
    box = QRectF(at.x() + Space.M, at.y() - high - Space.S, wide + 1, high)
    if box.right() > room.right() - Space.XS:
        box.moveRight(at.x() - Space.M)
    box.moveLeft(max(box.left(), room.left() + Space.XS))
    if box.top() < room.top() + Space.XS:
        box.moveTop(at.y() + Space.M)
    painter.setPen(look.colour("line"))
    painter.setBrush(look.colour("raised"))
    painter.drawRoundedRect(box, Size.RADIUS_SMALL, Size.RADIUS_SMALL)
    inner = box.adjusted(Space.M, Space.S, -Space.M, -Space.S)
    painter.setFont(bold)
    painter.setPen(look.colour("text"))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.drawText(inner, flags | Qt.TextFlag.TextSingleLine, title)
    painter.setFont(small)
    painter.setPen(look.colour("soft"))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
    painter.drawText(inner, flags | Qt.TextFlag.TextSingleLine, detail)
