"""The points as one picture, larger than the window: while one pans or zooms, it is only copied."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from notesai.gui.map.lens import Lens
from notesai.gui.map.points import Bounds

_AROUND = 0.15
"""So much of the window's width and height is drawn beyond each of its sides."""

_STRETCH = 2.0
"""A picture is shown smaller or larger than it was drawn up to this factor, never for long."""

Draw = Callable[[QPainter, Lens, float], None]
"""Draws the points as a lens, in pixels of the screen, shows them; the last is their ratio."""


class Layer:
    """Keeps the picture and says what of it is shown where."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._image: QImage | None = None
        self._lens = Lens()
        self._ratio = 1.0
        self.drawn = 0
        """How often the points themselves were drawn."""

    def forget(self) -> None:
        """Give the picture up: the points have changed, or nobody looks."""
        self._image = None

    def paint(
        self,
        painter: QPainter,
        lens: Lens,
        ratio: float,
        bounds: Bounds,
        background: QColor,
        *,
        moving: bool,
    ) -> None:
        """Paint what `lens` shows. While `moving`, a picture that is not quite right will do."""
        if not self._usable(lens, ratio, bounds, moving=moving):
            self._make(lens, ratio, background)
        image = self._image
        if image is None:
            return
        stretch = lens.scale / self._lens.scale
        left, top = self._lens.to_pixels(*lens.to_map(0, 0))
        if stretch == 1.0:
            # On whole pixels of the screen, so that it stays as sharp as it was drawn.
            at = QPointF(-round(left * ratio) / ratio, -round(top * ratio) / ratio)
            painter.drawImage(at, image)
            return
        painter.save()
        painter.fillRect(QRectF(0, 0, lens.width, lens.height), background)
        painter.setTransform(
            QTransform(stretch, 0, 0, stretch, -left * stretch, -top * stretch), combine=True
        )
        painter.drawImage(QPointF(0, 0), image)
        painter.restore()

    def _usable(self, lens: Lens, ratio: float, bounds: Bounds, *, moving: bool) -> bool:
        if self._image is None or ratio != self._ratio:
            return False
        stretch = lens.scale / self._lens.scale
        if stretch != 1.0 and not (moving and 1 / _STRETCH <= stretch <= _STRETCH):
            return False
        return _holds(self._lens.seen, _common(lens.seen, bounds))

    def _make(self, lens: Lens, ratio: float, background: QColor) -> None:
        wide, high = (round(side * (1 + 2 * _AROUND)) for side in (lens.width, lens.height))
        self._lens, self._ratio = replace(lens, width=wide, height=high), ratio
        image = QImage(round(wide * ratio), round(high * ratio), QImage.Format.Format_RGB32)
        image.fill(background)
        painter = QPainter(image)
        self._draw(painter, _of_screen(self._lens, ratio), ratio)
        painter.end()
        image.setDevicePixelRatio(ratio)
        self._image = image
        self.drawn += 1


def _of_screen(lens: Lens, ratio: float) -> Lens:
    """The same lens in pixels of the screen."""
    wide, high = lens.width * ratio, lens.height * ratio
    return replace(lens, scale=lens.scale * ratio, width=wide, height=high)


def _common(a: Bounds, b: Bounds) -> Bounds:
    return Bounds(
        max(a.left, b.left), max(a.bottom, b.bottom), min(a.right, b.right), min(a.top, b.top)
    )


def _holds(whole: Bounds, part: Bounds) -> bool:
    """True if nothing of `part` is outside of `whole`; an empty part never is."""
    if part.left > part.right or part.bottom > part.top:
        return True
    return (
        whole.left <= part.left
        and whole.right >= part.right
        and whole.bottom <= part.bottom
        and whole.top >= part.top
    )
