"""What stands beside the map: the note that was picked on it, and a list below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QWidget

from notesai.gui.theme import Space


class Side(QSplitter):
    """Hidden until there is something in it: what is hidden is not laid out. `left` says that
    Escape was pressed, and that nothing in it had a use for that.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setHandleWidth(Space.GAP)
        self.setChildrenCollapsible(False)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
