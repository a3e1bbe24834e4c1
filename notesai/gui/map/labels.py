"""The names of clusters on the map: which are shown, and where, so that none covers another."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from notesai.gui.map.lens import Lens
from notesai.gui.map.points import Bounds, Place, Points
from notesai.gui.theme import Size, Space, font
from notesai.model import Clusters

TOPICS_FROM = 1.8
"""From so many times the size at which all fits, topics are named instead of themes."""

_LONGEST = 200.0
_BETWEEN = " · "
_HALO = 4.0
_RING = tuple(
    QPointF(math.cos(at * math.pi / 6), math.sin(at * math.pi / 6)) * (_HALO / 2)
    for at in range(12)
)
"""The halo is the letters themselves, moved all round: to stroke their outlines takes Qt six times
as long, and a map has dozens of names."""

_APART = 3.0
_LONE = 400
_SHIFTS = (
    *((0.0, up) for up in (0.0, -1.0, 1.0, -1.6, 1.6)),
    *((aside, up) for up in (-1.0, 1.0, -1.8, 1.8) for aside in (-0.4, 0.4)),
)
"""Where a label may stand, as shares of its width and height from the middle of its notes."""

_CLOSE = 5
"""So many of these are above and below."""


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a cluster at the middle of its notes."""

    cluster: str
    text: str
    x: float
    y: float
    size: int
    topic: bool


def labels_of(clusters: Clusters, points: Points) -> tuple[Label, ...]:
    """The labels of all clusters, the largest first, at the median of their notes."""
    found: list[Label] = []
    themes = {cluster.id: cluster for cluster in clusters.clusters if not cluster.parent}
    for cluster in clusters.clusters:
        at = points.find_all(cluster.notes)
        if not at or not cluster.label:
            continue
        x, y = median(points.xs[i] for i in at), median(points.ys[i] for i in at)
        topic = bool(cluster.parent)
        theme = themes.get(cluster.parent, cluster)
        # A theme's only topic is the theme itself, by its name.
        named = theme if theme.size == cluster.size else cluster
        found.append(Label(named.id, named.label, x, y, len(at), topic))
    return tuple(sorted(found, key=lambda label: (-label.size, label.cluster)))


def wanted(labels: Sequence[Label], zoom: float, chosen: str = "") -> list[Label]:
    """The labels for a zoom (1: all fits): themes, or from `TOPICS_FROM` on topics.

    The `chosen` cluster is always among them, and first.
    """
    topics = zoom >= TOPICS_FROM and any(label.topic for label in labels)
    among = [label for label in labels if label.topic is topics and label.cluster != chosen]
    return [*[label for label in labels if label.cluster == chosen][:1], *among]


def placed(
    labels: Sequence[Label],
    lens: Lens,
    size_of: Callable[[Label], Place],
    lone: Sequence[QRectF] = (),
    kept: Sequence[QRectF] = (),
    crowd: Callable[[Bounds], int] | None = None,
) -> list[tuple[Label, QRectF]]:
    """Where labels go, in their order of preference; those without room are left out.

    A label is set a little aside where its middle is taken or `kept` free, and clear of what is
    `lone` if that can be done; or above or below where it would hide more than twice as many
    points, of which `crowd` tells how many are in a part of the plane.
    """
    result: list[tuple[Label, QRectF]] = []
    taken = list(kept)
    whole = QRectF(0, 0, lens.width, lens.height)
    for label in labels:
        px, py = lens.to_pixels(label.x, label.y)
        if not whole.contains(px, py):
            continue
        rooms = [
            room
            for room in _rooms(QPointF(px, py), size_of(label), whole)
            if not any(room.intersects(other) for other in taken)
        ]
        if rooms:
            room = _clear(rooms, lone) if crowd is None else _less_crowded(rooms, lens, crowd)
            taken.append(room)
            result.append((label, room.adjusted(_APART, _APART, -_APART, -_APART)))
    return result


def _clear(rooms: Sequence[QRectF], lone: Sequence[QRectF]) -> QRectF:
    """The first of `rooms` that covers nothing `lone`, or the first."""
    clear = (room for room in rooms if not any(room.intersects(one) for one in lone))
    return next(clear, rooms[0])


def _less_crowded(rooms: Sequence[QRectF], lens: Lens, crowd: Callable[[Bounds], int]) -> QRectF:
    """The first of `rooms`, or one close by that hides half as many points at most."""

    def hidden(room: QRectF) -> int:
        left, top = lens.to_map(room.left(), room.top())
        right, bottom = lens.to_map(room.right(), room.bottom())
        return crowd(Bounds(left, bottom, right, top))

    best = min(rooms[:_CLOSE], key=hidden)
    return best if 2 * hidden(best) <= hidden(rooms[0]) else rooms[0]


def lone_points(points: Points) -> Sequence[int]:
    """The points that names are put clear of, if there is room: all of a few, none of many."""
    return range(len(points)) if len(points) <= _LONE else ()


def crowd_of(points: Points) -> Callable[[Bounds], int] | None:
    """What tells how many points a name would hide; None for a few, of which it hides none."""
    return points.crowd if len(points) > _LONE else None


def around(points: Points, which: Iterable[int], lens: Lens, reach: float) -> list[QRectF]:
    """The rooms that some points take, so far to each side."""
    places = (lens.to_pixels(points.xs[at], points.ys[at]) for at in which)
    return [QRectF(x - reach, y - reach, 2 * reach, 2 * reach) for x, y in places]


def _rooms(middle: QPointF, size: Place, whole: QRectF) -> list[QRectF]:
    """Where a label may stand, with some air around it: at its middle, above, below, farther."""
    wide, high = size
    rooms: list[QRectF] = []
    for aside, up in _SHIFTS:
        room = QRectF(0, 0, wide + 2 * _APART, high + 2 * _APART)
        room.moveCenter(middle + QPointF(aside * wide, up * high))
        room.moveLeft(min(max(room.left(), 0.0), max(whole.width() - room.width(), 0.0)))
        if whole.top() <= room.top() and room.bottom() <= whole.bottom():
            rooms.append(room)
    return rooms


class Lettering:
    """Labels as pictures, each made once: letters with a halo in the surface's colour."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, bool, str, str, float], QPixmap] = {}
        self._faces = (font(Size.BASE, bold=True), font(Size.SMALL, bold=True))

    def fitted(self, label: Label) -> Label:
        """The label with as many of its words as there is room for, at least one, maybe cut."""
        metrics = QFontMetricsF(self._faces[label.topic])
        text = label.text
        while metrics.horizontalAdvance(text) > _LONGEST and _BETWEEN in text:
            text = text.rpartition(_BETWEEN)[0]
        return replace(
            label, text=metrics.elidedText(text, Qt.TextElideMode.ElideRight, _LONGEST + 1)
        )

    def size_of(self, label: Label) -> Place:
        """Width and height of a label that is fitted, in pixels."""
        metrics = QFontMetricsF(self._faces[label.topic])
        return metrics.horizontalAdvance(label.text) + 2 * _HALO, metrics.height() + Space.XS

    def paint(
        self, painter: QPainter, label: Label, room: QRectF, ink: QColor, paper: QColor
    ) -> None:
        """Paint a label in its room."""
        ratio = painter.device().devicePixelRatioF()
        key = (label.text, label.topic, ink.name(), paper.name(), ratio)
        picture = self._made.get(key)
        if picture is None:
            if len(self._made) > 400:
                self._made.clear()
            picture = self._picture(label, self._faces[label.topic], ink, paper, ratio)
            self._made[key] = picture
        painter.drawPixmap(room.topLeft(), picture)

    def _picture(
        self, label: Label, face: QFont, ink: QColor, paper: QColor, ratio: float
    ) -> QPixmap:
        wide, high = self.size_of(label)
        picture = QPixmap(round(wide * ratio) + 1, round(high * ratio) + 1)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setFont(face)
        start = QPointF(_HALO, QFontMetricsF(face).ascent() + Space.XS / 2)
        painter.setPen(paper)
        for shift in _RING:
            painter.drawText(start + shift, label.text)
        painter.setPen(ink)
        painter.drawText(start, label.text)
        painter.end()
        return picture
