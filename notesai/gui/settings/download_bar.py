"""How far a download is: a bar, the megabytes, and the time that is left."""

import time

from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from notesai.gui.settings.chat_table import megabytes
from notesai.gui.theme import Space

_STEPS = 1000
_MEGABYTE = 1_000_000
_SETTLED_SECONDS = 3.0


class DownloadBar(QWidget):
    """Hidden while there is nothing to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._began: tuple[float, float] | None = None
        self._done = self._total = 0.0
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.words = QLabel(self)
        self.words.setObjectName("soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        self.hide()

    def begin(self) -> None:
        """Something has begun; nothing is known of how long it takes."""
        self._began, self._done, self._total = None, 0.0, 0.0
        self.bar.setRange(0, 0)
        self.words.clear()
        self.show()

    def advance(self, done: float, total: float) -> None:
        """So many bytes of so many have come."""
        if self._began is None:
            # What was there before says nothing of how quick the rest will be.
            self._began = (time.monotonic(), done)
        self._done, self._total = done, total
        self.bar.setRange(0, _STEPS if total > 0 else 0)
        if total > 0:
            self.bar.setValue(round(_STEPS * done / total))
        self.retranslate()

    def retranslate(self) -> None:
        """Speak the window's language."""
        self.bar.setAccessibleName(self.tr("Download"))
        if self._total <= 0:
            return
        done = megabytes(round(self._done / _MEGABYTE)) or "0 MB"
        words = self.tr("%1 of %2").replace("%1", done)
        words = words.replace("%2", megabytes(round(self._total / _MEGABYTE)))
        left = self._seconds_left()
        if left > 0:
            rest = self.tr("about %Ln minute(s) left", None, max(1, round(left / 60)))
            words = f"{words} · {rest}"
        self.words.setText(words)

    def _seconds_left(self) -> float:
        """How long the rest takes; 0 while that cannot be said."""
        if self._began is None:
            return 0.0
        since, before = self._began
        seconds, came = time.monotonic() - since, self._done - before
        if seconds < _SETTLED_SECONDS or came <= 0:
            return 0.0
        return (self._total - self._done) * seconds / came
