"""The line icons: small SVG files of `resources/icons`, tinted with the colours of the look."""

import functools
import logging
from math import ceil
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from notesai.gui.theme import Tokens
from notesai.paths import resources

log = logging.getLogger(__name__)

_SIZES = (16, 24, 32, 48, 64, 128, 256)
"""Those of the program's own icon."""


def icon(name: str, tokens: Tokens, pixels: int) -> QIcon:
    """The icon `name`: soft when idle, in the accent when checked, faint when disabled."""
    result, ratios = QIcon(), _ratios()
    for mode, state, colour in (
        (QIcon.Mode.Normal, QIcon.State.Off, tokens.soft),
        (QIcon.Mode.Active, QIcon.State.Off, tokens.text),
        (QIcon.Mode.Disabled, QIcon.State.Off, tokens.line),
        (QIcon.Mode.Normal, QIcon.State.On, tokens.accent),
        (QIcon.Mode.Active, QIcon.State.On, tokens.accent),
    ):
        for ratio in ratios:
            result.addPixmap(pixmap(name, colour, pixels, ratio), mode, state)
    return result


def _ratios() -> list[int]:
    """The pixel ratios of the screens that there are; who shows icons hears of another one."""
    return sorted({1, *(ceil(one.devicePixelRatio()) for one in QGuiApplication.screens())})


@functools.lru_cache(maxsize=1024)
def pixmap(name: str, colour: str, pixels: int, ratio: float = 1.0) -> QPixmap:
    """The icon `name` in one colour, `pixels` wide and high at a device pixel ratio."""
    image = QPixmap(_shape(name, round(pixels * ratio)))
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(image.rect(), QColor(colour))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


@functools.lru_cache(maxsize=512)
def _shape(name: str, side: int) -> QPixmap:
    """The icon in black, once for all of its colours: to read and draw an SVG takes longest."""
    image = QPixmap(side, side)
    image.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", b"#000")))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


def application_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    result = QIcon()
    for pixels in _SIZES:
        result.addPixmap(own_picture(pixels))
    return result


def own_picture(pixels: int, ratio: float = 1.0) -> QPixmap:
    """The picture of the program's own icon, in its own colours."""
    image = QPixmap(_shape("notesai", round(pixels * ratio)))
    image.setDevicePixelRatio(ratio)
    return image


@functools.cache
def _source(name: str) -> bytes:
    """The SVG of `name`; an empty picture if its file is missing, for an icon must not stop us."""
    try:
        return (_folder() / f"{name}.svg").read_bytes()
    except OSError as error:
        log.warning("icon %s is missing: %s", name, error)
        return b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>'


@functools.cache
def _folder() -> Path:
    return resources() / "icons"
