"""The Qt application, which tells that it is being quit before its windows are closed."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """`quitting` comes before the windows are asked to close, and whether they then do or not.

    Here, not in an event filter of the application: that would be asked about every event of
    every widget, thousands for each view that is built.
    """

    quitting = Signal()

    def event(self, event: QEvent) -> bool:
        """Tell of the wish to quit, then do what it takes."""
        if event.type() is QEvent.Type.Quit:
            self.quitting.emit()
        return super().event(event)
