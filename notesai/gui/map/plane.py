"""The map as it is drawn: points, names of clusters, and what is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.map import labels as lettering
from notesai.gui.map.cloud import HIDDEN, Cloud, Styles
from notesai.gui.map.labels import Label, Lettering
from notesai.gui.map.layer import Layer
from notesai.gui.map.lens import Lens
from notesai.gui.map.marks import Mark, Sheet, radius_for
from notesai.gui.map.overlay import (
    Bubble,
    paint_bubble,
    paint_chosen,
    paint_lasso,
    paint_ring,
)
from notesai.gui.map.points import Bounds, Points
from notesai.gui.theme import Size

_REST_MS = 120
"""So long after the last move the points are drawn exactly."""

_FEW = 2500
"""So many points are drawn anew for each frame; more are copied while they move."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen note and the notes nearest to it, as points; -1 for none."""

    point: int = -1
    nearest: tuple[int, ...] = ()


class Plane(QWidget):
    """Draws the points of one map; `notesai.gui.map.canvas` adds mouse and keys."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.points = Points()
        self._labels: tuple[Label, ...] = ()
        self._styles = Styles((), ())
        self._marks: tuple[Mark, ...] = ()
        self._cloud, self._letters = Cloud(), Lettering()
        self._layer = Layer(self._draw_points)
        self._sheet: tuple[object, Sheet] | None = None
        self._lens = Lens()
        self._whole = 1.0
        self._fitted = True
        self._chosen = Chosen()
        self._chosen_cluster = ""
        self._hovered = -1
        self._framed = False
        self._label_at: list[tuple[Label, QRectF]] = []
        self._lasso: list[QPointF] | None = None
        self.say: Callable[[int], Bubble] = lambda point: Bubble(self.points.notes[point].title, "")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.update)
        self.setMinimumSize(Size.MAP_LEAST, Size.MAP_LEAST // 2)
        look.changed.connect(self.redraw)

    # What is shown

    def show_points(self, points: Points, labels: Sequence[Label]) -> None:
        """Take the points of a map; they are drawn once `show_styles` says how.

        What is seen of the plane stays the same, except at first.
        """
        first = not len(self.points)
        chosen, near = self._chosen, self.points.notes
        paths = (
            [near[at].path for at in (chosen.point, *chosen.nearest)] if chosen.point >= 0 else []
        )
        self.points = points
        self._labels = tuple(self._letters.fitted(label) for label in labels)
        places = [points.find(path) for path in paths]
        self._chosen = Chosen()
        if places and places[0] >= 0:
            self._chosen = Chosen(places[0], tuple(at for at in places[1:] if at >= 0))
        self._hovered = -1
        self._styles = Styles([0] * len(points), [0] * len(points))
        self._measure()
        if first or self._fitted:
            self.fit()
        self._cloud.arrange(Points(), Styles((), ()))
        self.redraw()

    def show_styles(self, styles: Styles, marks: Sequence[Mark]) -> None:
        """Show each point by its mark and state; both have one entry a point."""
        self._styles, self._marks = styles, tuple(marks)
        if self._hovered >= 0 and not self._shown(self._hovered):
            self._hovered = -1
        self._cloud.arrange(self.points, styles)
        self.redraw()

    def choose(self, point: int, nearest: Sequence[int] = ()) -> None:
        """Ring a point and the ones nearest to it, in their order; -1 rings none."""
        self._chosen = Chosen(point, tuple(nearest))
        self.update()

    def choose_cluster(self, cluster: str) -> None:
        """Name this cluster whatever the zoom; empty for none."""
        self._chosen_cluster = cluster
        self.update()

    def show_frame(self, shown: bool) -> None:
        """Whether a frame says that keys come here."""
        self._framed = shown
        self.update()

    @property
    def chosen(self) -> Chosen:
        """What is ringed."""
        return self._chosen

    @property
    def hovered(self) -> int:
        """The point under the pointer; -1 if there is none."""
        return self._hovered

    @property
    def lens(self) -> Lens:
        """What is seen of the plane."""
        return self._lens

    @property
    def frames_drawn(self) -> int:
        """How often the points themselves were drawn, not copied."""
        return self._layer.drawn

    @property
    def named(self) -> list[str]:
        """The ids of the clusters whose names are on the map."""
        return [label.cluster for label, _ in self._label_at]

    def pixel_of(self, point: int) -> QPointF:
        """Where a point is in this widget."""
        return QPointF(*self._lens.to_pixels(self.points.xs[point], self.points.ys[point]))

    # What is seen

    def fit(self) -> None:
        """Show all points."""
        self._fitted = True
        self._measure()
        self._lens = self._size().fitted(self.points.bounds, Size.MAP_MARGIN)
        self.update()

    def fit_on(self, points: Sequence[int]) -> None:
        """Show some points as large as they fit."""
        if not points:
            return
        xs, ys = [self.points.xs[at] for at in points], [self.points.ys[at] for at in points]
        bounds = Bounds(min(xs), min(ys), max(xs), max(ys))
        self._fitted = False
        self._lens = self._size().fitted(bounds, 2 * Size.MAP_MARGIN)
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Come nearer by `factor`, toward a pixel or the middle."""
        place = at or QPointF(self.rect().center())
        self._go(self._lens.zoomed(factor, place.x(), place.y(), self._whole))

    def pan(self, dx: float, dy: float) -> None:
        """Move what is seen by so many pixels."""
        self._go(self._lens.moved(dx, dy))

    def reveal(self, point: int) -> None:
        """Move just so far that a point is seen."""
        at, room = self.pixel_of(point), QRectF(self.rect()).adjusted(24, 24, -24, -24)
        dx = min(room.right() - at.x(), 0) + max(room.left() - at.x(), 0)
        dy = min(room.bottom() - at.y(), 0) + max(room.top() - at.y(), 0)
        if dx or dy:
            self.pan(dx, dy)

    def picture(self, size: QSize, ratio: float) -> QImage:
        """The map as it is seen, at `ratio` pixels a point, for a file."""
        image = QImage(size * ratio, QImage.Format.Format_RGB32)
        image.fill(self._look.colour("surface"))
        lens = self._lens.resized(size.width(), size.height())
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = Lens(lens.x, lens.y, lens.scale * ratio, image.width(), image.height())
        self._draw_points(painter, whole, ratio)
        painter.scale(ratio, ratio)
        for label, room in self._place_labels(lens, Chosen()):
            self._paint_label(painter, label, room)
        painter.end()
        return image

    def redraw(self) -> None:
        """Draw the points anew at the next painting."""
        self._layer.forget()
        self.update()

    def _go(self, lens: Lens) -> None:
        self._lens, self._fitted = lens, False
        self._rest.start()
        self.update()

    def _size(self) -> Lens:
        return Lens(width=max(self.width(), 1), height=max(self.height(), 1))

    def _measure(self) -> None:
        self._whole = self._size().fitted(self.points.bounds, Size.MAP_MARGIN).scale

    @property
    def _zoom(self) -> float:
        return self._lens.scale / self._whole

    @property
    def _radius(self) -> float:
        base = radius_for(len(self.points))
        # By halves, so that the pictures of marks are made anew only now and then.
        return round(2 * base * min(max(self._zoom, 0.6), 8.0) ** 0.35) / 2

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint points, names, and what is chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        moving = self._rest.isActive() and len(self._cloud) > _FEW
        margin = 3 * self._radius / self._lens.scale
        b = self.points.bounds
        bounds = Bounds(b.left - margin, b.bottom - margin, b.right + margin, b.top + margin)
        paper, ratio = self._look.colour("surface"), self.devicePixelRatioF()
        self._layer.paint(painter, self._lens, ratio, bounds, paper, moving=moving)
        self._label_at = self._place_labels(self._lens, self._chosen)
        for label, room in self._label_at:
            self._paint_label(painter, label, room)
        self._paint_over(painter)
        if self._framed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._look.colour("accent"))
            frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            painter.drawRoundedRect(frame, Size.RADIUS_SMALL, Size.RADIUS_SMALL)
        painter.end()

    def _paint_over(self, painter: QPainter) -> None:
        chosen = self._chosen
        if chosen.point >= 0:
            near = [self.pixel_of(at) for at in chosen.nearest if self._shown(at)]
            paint_chosen(painter, self._look, self.pixel_of(chosen.point), near, self._radius)
        if self._lasso is not None:
            paint_lasso(painter, self._look, self._lasso)
        if self._hovered >= 0:
            at = self.pixel_of(self._hovered)
            paint_ring(painter, self._look, at, self._radius + 3)
            paint_bubble(painter, self._look, self.say(self._hovered), at, QRectF(self.rect()))

    def _paint_label(self, painter: QPainter, label: Label, room: QRectF) -> None:
        chosen = label.cluster == self._chosen_cluster
        ink = self._look.colour("link" if chosen else "text")
        self._letters.paint(painter, label, room, ink, self._look.colour("surface"))

    def _place_labels(self, lens: Lens, chosen: Chosen) -> list[tuple[Label, QRectF]]:
        """Where names go: clear of what is ringed, as `chosen` says."""
        wanted = lettering.wanted(self._labels, self._zoom, self._chosen_cluster)
        ringed = (chosen.point, *chosen.nearest) if chosen.point >= 0 else ()
        return lettering.placed(
            wanted,
            lens,
            self._letters.size_of,
            lettering.around(self.points, lettering.lone_points(self.points), lens, self._radius),
            lettering.around(self.points, ringed, lens, Size.MAP_RING),
            lettering.crowd_of(self.points),
        )

    def _draw_points(self, painter: QPainter, lens: Lens, ratio: float) -> None:
        key = (self._marks, self._radius, ratio, self._look.dark)
        if self._sheet is None or self._sheet[0] != key:
            sheet = Sheet(self._marks, self._radius * ratio, self._look.tokens)
            self._sheet = (key, sheet)
        self._cloud.draw(painter, lens, self._sheet[1])

    def _shown(self, point: int) -> bool:
        return self._styles.state_of[point] != HIDDEN

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all in sight if it was, else what is at the upper left."""
        super().resizeEvent(event)
        self._layer.forget()
        self._measure()
        if self._fitted:
            self.fit()
        else:
            self._lens = self._lens.resized(self.width(), self.height())

    def hideEvent(self, event: QHideEvent) -> None:
        """Give back the memory of the picture."""
        super().hideEvent(event)
        self._layer.forget()
