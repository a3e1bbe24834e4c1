"""A list, a note and its neighbours side by side, in widths that the person can change."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from notesai.gui.theme import Size, Space


class ThreeColumns(QSplitter):
    """Three cards; the middle one takes what room there is to gain.

    Cards are best made as its children, and it as one of the page: whatever is put into another
    widget later is styled again with all that is in it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(Space.GAP)
        self.setChildrenCollapsible(False)

    def fill(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        """Put the three cards in, from left to right."""
        for card in (left, middle, right):
            self.addWidget(card)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setStretchFactor(2, 0)
        middle_width = Size.WINDOW[0] - Size.RAIL - 2 * Space.EDGE - 2 * Space.GAP
        self.setSizes([Size.LIST, middle_width - Size.LIST - Size.RELATED, Size.RELATED])
