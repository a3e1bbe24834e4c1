"""A reading pane that is made while nobody waits: half of what a view with one takes to appear."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from notesai.gui.reading_pane import ReadingPane

_SOON_MS = 1000


class SparePane(QObject):
    """Gives reading panes. From `make_ahead` on, the next one is there a second after each."""

    def __init__(self, make: "Callable[[], ReadingPane]", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._pane: ReadingPane | None = None
        self._ahead = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.make_ahead)

    def take(self) -> "ReadingPane":
        """A pane of one's own."""
        pane, self._pane = self._pane, None
        if self._ahead:
            self._soon.start()
        return pane or self._make()

    def make_ahead(self) -> None:
        """Have a pane ready from now on."""
        self._ahead = True
        if self._pane is None:
            self._pane = self._make()

    def drop(self) -> None:
        """Let go of the pane that is ready, which belongs to the folder that was open."""
        self._soon.stop()
        pane, self._pane = self._pane, None
        if pane is not None:
            pane.close_pane()
            for part in (pane.reader, pane.related, pane):
                part.deleteLater()

    def close(self) -> None:
        """Have no pane ready any more."""
        self._ahead = False
        self.drop()
