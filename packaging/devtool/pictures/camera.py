"""From widgets to picture files."""

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMargins, QPoint, QRect, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 60_000
"""What the engine may take for one answer, on a machine that does other things too."""

_LOOK_MS = 120
_STILL = 3
_COLOURS = 128
_SHADE = 70
_SHORT_MS = 20
_AROUND = 24


class Camera:
    """Saves pictures of widgets as `NAME-THEME-LANGUAGE[@2x].png` below `folder`.

    `variant` is THEME-LANGUAGE; `idle` answers whether nothing is waited for.
    """

    def __init__(self, folder: Path, ratio: int) -> None:
        self._folder, self.ratio = folder, ratio
        self.variant = ""
        self.idle: Callable[[], bool] = lambda: True

    def take(
        self, name: str, widget: QWidget, over: QWidget | None = None, *, exact: bool = False
    ) -> None:
        """Save `widget` when it has come to rest, and `over`, a window of its own, in front.

        With `exact` no colour is given up, as where colours mean something.
        """
        self._save(name, lambda: _picture(widget, over), exact=exact)

    def take_alone(self, name: str, widget: QWidget, behind: QColor) -> None:
        """Save a window that has no frame, with something of the colour `behind` around it."""
        self._save(name, lambda: _framed(widget, behind))

    def _save(self, name: str, take: Callable[[], QPixmap], *, exact: bool = False) -> None:
        picture = _at_rest(take, self.idle)
        suffix = "" if self.ratio == 1 else f"@{self.ratio}x"
        save(picture, self._folder / f"{name}-{self.variant}{suffix}.png", exact=exact)


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Let the window work until `condition` holds. Raises `TimeoutError` naming `what`."""
    waited = 0
    while not condition():
        if waited > PATIENCE_MS:
            raise TimeoutError(f"waited in vain for {what}")
        work(_SHORT_MS)
        waited += _SHORT_MS


def work(milliseconds: int) -> None:
    """Let the window work for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def save(picture: QPixmap, file: Path, *, exact: bool = False) -> None:
    """Write a PNG. Unless `exact`, with a palette: a fifth of the size, and one sees no difference
    as long as no few dots have a colour of their own."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    image = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    if not exact:
        image = image.quantize(
            _COLOURS, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file, optimize=True)


def _at_rest(take: Callable[[], QPixmap], idle: Callable[[], bool]) -> QPixmap:
    """What `take` brings once it brings the same several times running, with nothing under way."""
    same, waited, last = 0, 0, QImage()
    while same < _STILL:
        if waited > PATIENCE_MS:
            raise TimeoutError("waited in vain for the window to come to rest")
        work(_LOOK_MS)
        waited += _LOOK_MS
        image = take().toImage()
        same = same + 1 if image == last and idle() else 0
        last = image
    return take()


def _framed(widget: QWidget, behind: QColor) -> QPixmap:
    front = widget.grab()
    size = widget.size().grownBy(QMargins(_AROUND, _AROUND, _AROUND, _AROUND))
    picture = QPixmap(size * front.devicePixelRatio())
    picture.setDevicePixelRatio(front.devicePixelRatio())
    picture.fill(behind)
    painter = QPainter(picture)
    painter.drawPixmap(QPoint(_AROUND, _AROUND), front)
    painter.end()
    return picture


def _picture(widget: QWidget, over: QWidget | None) -> QPixmap:
    picture = widget.grab()
    if over is not None:
        front = over.grab()
        room = (widget.size() - over.size()) / 2
        place = QPoint(room.width(), room.height())
        if not over.isModal():
            place = widget.mapFromGlobal(over.pos())
        painter = QPainter(picture)
        if over.isModal():
            painter.fillRect(widget.rect(), QColor(0, 0, 0, _SHADE))
        painter.drawPixmap(place, front)
        if over.isModal():
            # Where there is a desktop, its window manager draws the frame.
            painter.setPen(over.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(QRect(place, over.size()).adjusted(-1, -1, 0, 0))
        painter.end()
    return picture
