"""Which part of the plane is seen, and how large: from places of the map to pixels and back."""

from dataclasses import dataclass, replace

from notesai.gui.map.points import Bounds, Place

_LEAST_SPAN = 0.05
"""A few notes close together do not fill the window; so much of the plane is always seen."""

CLOSEST = 400.0
FARTHEST = 0.5
"""How far one can zoom, as shares of the size at which all fits."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A window of `width` by `height` pixels on the plane, its middle at `x`, `y`.

    `scale` is in pixels a unit; it is the same both ways, so that distances stay comparable.
    """

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    width: float = 1.0
    height: float = 1.0

    def to_pixels(self, x: float, y: float) -> Place:
        """Where a place of the map is in the window."""
        return (
            (x - self.x) * self.scale + self.width / 2,
            (self.y - y) * self.scale + self.height / 2,
        )

    def to_map(self, px: float, py: float) -> Place:
        """Which place of the map is at a pixel."""
        return (
            (px - self.width / 2) / self.scale + self.x,
            self.y - (py - self.height / 2) / self.scale,
        )

    @property
    def seen(self) -> Bounds:
        """The part of the plane that is seen."""
        left, top = self.to_map(0, 0)
        right, bottom = self.to_map(self.width, self.height)
        return Bounds(left, bottom, right, top)

    def moved(self, dx: float, dy: float) -> "Lens":
        """Moved so that what is seen goes by so many pixels to the right and down."""
        return replace(self, x=self.x - dx / self.scale, y=self.y + dy / self.scale)

    def zoomed(self, factor: float, px: float, py: float, whole: float) -> "Lens":
        """Nearer by `factor`, the place under a pixel staying there; `whole` is the fitting scale.

        Never nearer than `CLOSEST` nor farther than `FARTHEST`.
        """
        scale = min(max(self.scale * factor, whole * FARTHEST), whole * CLOSEST)
        x, y = self.to_map(px, py)
        moved = replace(self, scale=scale)
        now_x, now_y = moved.to_map(px, py)
        return replace(moved, x=moved.x + x - now_x, y=moved.y + y - now_y)

    def resized(self, width: float, height: float) -> "Lens":
        """Of another size, what is at the upper left corner staying there."""
        left, top = self.to_map(0, 0)
        size = replace(self, width=max(width, 1.0), height=max(height, 1.0))
        now_left, now_top = size.to_map(0, 0)
        return replace(size, x=size.x + left - now_left, y=size.y + top - now_top)

    def fitted(self, bounds: Bounds, margin: float) -> "Lens":
        """On all of `bounds`, with so many pixels around it."""
        x, y = bounds.middle
        wide = max(bounds.right - bounds.left, _LEAST_SPAN)
        high = max(bounds.top - bounds.bottom, _LEAST_SPAN)
        room = (max(self.width - 2 * margin, 1.0), max(self.height - 2 * margin, 1.0))
        return replace(self, x=x, y=y, scale=min(room[0] / wide, room[1] / high))
