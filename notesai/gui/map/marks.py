"""How a point looks: colour and shape by its group, and small pictures of all that are in use."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from notesai.gui.map.colouring import Group
from notesai.gui.theme import Tokens

_SHAPES = 4
_SIDES = {1: 4, 2: 3, 3: 4}
_TURNS = {1: math.pi / 4, 2: -math.pi / 2, 3: 0.0}
_LARGER = {0: 1.0, 1: 1.1, 2: 1.25, 3: 1.2}
"""A square, a triangle and a lozenge that look as large as a disc."""

_RADII = ((300, 5.0), (3000, 4.0))
_LEAST_RADIUS = 3.0
_QUIET_SIZE = 0.75
_OLD_SIZE = 0.65
_DIM = 0.16
_SHADE = 118
_LIT = 2.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A colour, a shape (0 disc, 1 square, 2 triangle, 3 lozenge) and a size beside others'."""

    colour: str
    shape: int
    size: float = 1.0


def radius_for(count: int) -> float:
    """How large a point is, in pixels, among `count` of them while all are seen."""
    return next((radius for most, radius in _RADII if count <= most), _LEAST_RADIUS)


def mark_of(group: Group, tokens: Tokens) -> Mark:
    """The mark of a group. Ages go from the accent to the quiet colour, and from large to small."""
    if group.step >= 0:
        colour = _between(tokens.accent, tokens.faint, group.step)
        return Mark(colour, 0, 1.15 - (1.15 - _OLD_SIZE) * group.step)
    if group.mark < 0:
        return Mark(tokens.faint, 0, _QUIET_SIZE)
    colours = tokens.marks
    shape = group.mark // len(colours) % _SHAPES
    colour = QColor(colours[group.mark % len(colours)])
    if shape % 2:
        dark = QColor(tokens.surface).lightness() < 128
        colour = colour.darker(_SHADE) if dark else colour.lighter(_SHADE)
    return Mark(colour.name(), shape)


def outline(mark: Mark, radius: float) -> QPainterPath:
    """The mark's shape around (0, 0)."""
    path = QPainterPath()
    reach = radius * mark.size * _LARGER[mark.shape]
    if mark.shape == 0:
        path.addEllipse(QPointF(0, 0), reach, reach)
        return path
    sides, turn = _SIDES[mark.shape], _TURNS[mark.shape]
    corners = [
        QPointF(reach * math.cos(angle), reach * math.sin(angle))
        for angle in (turn + 2 * math.pi * at / sides for at in range(sides))
    ]
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return path


class Sheet:
    """One picture of all marks: as they are (0), dimmed (1), and below these lit (2) and larger.

    `lefts`, `tops` and `sides` say in pixels where mark m in state s is, at index
    `m * STATES + s`. `side` is that of the marks that are not lit.
    """

    STATES = 3

    def __init__(self, marks: Sequence[Mark], radius: float, tokens: Tokens) -> None:
        self.side = 2 * math.ceil(radius * max(_LARGER.values()) + 1)
        large = 2 * math.ceil(radius * _LIT + 2)
        self.lefts, self.tops, self.sides = list[float](), list[float](), list[float]()
        for at in range(len(marks)):
            self.lefts += [2.0 * at * self.side, (2.0 * at + 1) * self.side, float(at * large)]
            self.tops += [0.0, 0.0, float(self.side)]
            self.sides += [float(self.side), float(self.side), float(large)]
        width = max(1, len(marks)) * max(2 * self.side, large)
        self.picture = QPixmap(width, self.side + large)
        self.picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self.picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, mark in enumerate(marks):
            for state in range(self.STATES):
                self._paint(painter, at * self.STATES + state, mark, radius, tokens)
        painter.end()

    def _paint(self, painter: QPainter, at: int, mark: Mark, radius: float, tokens: Tokens) -> None:
        state, half = at % self.STATES, self.sides[at] / 2
        painter.save()
        painter.translate(self.lefts[at] + half, self.tops[at] + half)
        if state == 2:
            painter.setPen(QPen(QColor(tokens.text), max(1.0, radius / 4)))
            painter.setBrush(QColor(tokens.mark))
            painter.drawEllipse(QPointF(0, 0), radius * _LIT, radius * _LIT)
        painter.setOpacity(_DIM if state == 1 else 1.0)
        # A line in the surface's colour keeps neighbours apart.
        painter.setPen(QColor(tokens.surface) if state == 0 else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mark.colour))
        painter.drawPath(outline(mark, radius))
        painter.restore()


def picture(mark: Mark, side: int, ratio: float) -> QPixmap:
    """The mark alone, for a legend."""
    result = QPixmap(round(side * ratio), round(side * ratio))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(mark.colour))
    painter.scale(ratio, ratio)
    painter.translate(QRectF(0, 0, side, side).center())
    painter.drawPath(outline(mark, side / 2.6))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def _between(first: str, last: str, share: float) -> str:
    a, b = QColor(first), QColor(last)
    parts = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(x + (y - x) * share) for x, y in parts)).name()
