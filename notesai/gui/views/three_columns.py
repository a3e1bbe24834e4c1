"""A list, a note and its neighbours side by side, in widths that the person can change."""

from typing import cast

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from notesai.gui.theme import Size, Space
from notesai.paths import home

_USUAL = Size.WINDOW[0] - Size.RAIL - 2 * Space.EDGE
"""The width of all three in a window of the usual size; in less, all become narrower."""

_KEEP_MS = 500


class ThreeColumns(QSplitter):
    """Three cards; the middle one takes what room there is to gain.

    `left` and `right` are the widths of the outer ones in a window of the usual size, unless a
    person once chose others, which are kept by `name`. Cards are best made as its children, and it
    as one of the page: whatever is put into another widget later is styled again with all in it.
    """

    def __init__(
        self, parent: QWidget, name: str, left: int = Size.LIST, right: int = Size.RELATED
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._name = name
        self._wished = _kept(name) or (left, right)
        self.setHandleWidth(Space.GAP)
        self.setChildrenCollapsible(False)
        self._soon = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._soon.timeout.connect(self._keep)
        self.splitterMoved.connect(self._moved)

    def fill(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        """Put the three cards in, from left to right."""
        for at, card in enumerate((left, middle, right)):
            self.addWidget(card)
            self.setStretchFactor(at, at % 2)
        self._share()

    @property
    def _scale(self) -> float:
        return min(1.0, max(self.width(), 1) / _USUAL)

    def _share(self) -> None:
        left, right = (max(Size.CARD_LEAST, round(one * self._scale)) for one in self._wished)
        middle = self.width() - left - right - 2 * self.handleWidth()
        self.setSizes([left, max(middle, Size.READER_LEAST), right])

    def _moved(self) -> None:
        left, _, right = self.sizes()
        self._wished = round(left / self._scale), round(right / self._scale)
        self._soon.start()

    def _keep(self) -> None:
        _file().setValue(f"columns/{self._name}", list(self._wished))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        if self.count():
            self._share()


def _file() -> QSettings:
    return QSettings(str(home().config / "window.ini"), QSettings.Format.IniFormat)


def _kept(name: str) -> tuple[int, int] | None:
    """The widths that a person chose; None if there are none, or none that can be read."""
    value = _file().value(f"columns/{name}")
    parts = cast("list[object]", value) if isinstance(value, list) else []
    widths = [int(part) for part in parts if isinstance(part, str | int) and str(part).isdecimal()]
    return (widths[0], widths[1]) if len(widths) == 2 else None
