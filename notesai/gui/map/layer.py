"""The points as one picture, larger than the window: while one pans or zooms, it is only copied."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from notesai.gui.map.lens import Lens
from notesai.gui.map.points import Bounds

_AROUND = 0.15
"""So much of the window's width and height is drawn beyond each of its sides."""

_STRETCH = 2.5
"""A picture is shown smaller or larger than it was drawn up to this factor, never for long."""

Draw = Callable[[QPainter, Lens, float], None]
"""Draws the points as a lens, in pixels of the screen, shows them; the last is their ratio."""


@dataclass(frozen=True, slots=True)
class _Shot:
    """A picture of the points, and the lens that it was drawn through."""

    image: QImage
    lens: Lens
    ratio: float

    def stretch(self, lens: Lens) -> float:
        """How much larger it has to be shown for another lens."""
        return lens.scale / self.lens.scale

    def bears(self, lens: Lens) -> bool:
        """Whether it may be shown so much smaller or larger."""
        return 1 / _STRETCH <= self.stretch(lens) <= _STRETCH


class Layer:
    """Keeps the picture and says what of it is shown where.

    The last picture that held all points is kept as well: it fills the edges while one zooms out.
    """

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._near: _Shot | None = None
        self._far: _Shot | None = None
        self.drawn = 0
        """How often the points themselves were drawn."""

    def forget(self) -> None:
        """Give the pictures up: the points have changed, or nobody looks."""
        self._near = self._far = None

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
        near, far = self._near, self._far
        seen = _common(lens.seen, bounds)
        if near is None or near.ratio != ratio:
            near = None
        elif near.stretch(lens) == 1.0 and _holds(near.lens.seen, seen):
            _copy(painter, near, lens)
            return
        kept = near if near is not None and near.bears(lens) else None
        behind = far if far is not None and far.ratio == ratio and far.bears(lens) else None
        whole = kept is not None and _holds(kept.lens.seen, seen)
        if moving and (whole or behind is not None):
            painter.fillRect(QRectF(0, 0, lens.width, lens.height), background)
            for shot in (None if whole else behind, kept):
                if shot is not None:
                    _stretch(painter, shot, lens)
            return
        made = self._make(lens, ratio, background)
        self._near = made
        if _holds(made.lens.seen, bounds):
            self._far = made
        _copy(painter, made, lens)

    def _make(self, lens: Lens, ratio: float, background: QColor) -> _Shot:
        wide, high = (round(side * (1 + 2 * _AROUND)) for side in (lens.width, lens.height))
        own = replace(lens, width=wide, height=high)
        image = QImage(round(wide * ratio), round(high * ratio), QImage.Format.Format_RGB32)
        image.fill(background)
        painter = QPainter(image)
        self._draw(painter, _of_screen(own, ratio), ratio)
        painter.end()
        image.setDevicePixelRatio(ratio)
        self.drawn += 1
        return _Shot(image, own, ratio)


def _copy(painter: QPainter, shot: _Shot, lens: Lens) -> None:
    """Paint a picture as it was drawn: on whole pixels of the screen, so that it stays sharp."""
    left, top = shot.lens.to_pixels(*lens.to_map(0, 0))
    ratio = shot.ratio
    at = QPointF(-round(left * ratio) / ratio, -round(top * ratio) / ratio)
    painter.drawImage(at, shot.image)


def _stretch(painter: QPainter, shot: _Shot, lens: Lens) -> None:
    """Paint a picture larger or smaller than it was drawn."""
    left, top = shot.lens.to_pixels(*lens.to_map(0, 0))
    by = shot.stretch(lens)
    painter.save()
    painter.setTransform(QTransform(by, 0, 0, by, -left * by, -top * by), combine=True)
    painter.drawImage(QPointF(0, 0), shot.image)
    painter.restore()


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
