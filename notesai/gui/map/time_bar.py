"""The map at an earlier time: notes appear in the order in which they were written."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.theme import Space
from notesai.gui.widgets.icon_button import IconButton

_STEPS = 200
_STEP_MS = 60
_JUMP = 20


class TimeBar(QWidget):
    """A slider over the notes by time, and a button that plays them.

    Its way is in notes, not in days: where nobody wrote for a year, nothing has to be waited for.
    `moved` brings the time (seconds) up to which notes are shown, None for all.
    """

    moved = Signal(object)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._times: list[float] = []
        self.play = IconButton(look, "play", self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(_JUMP)
        self.slider.setValue(_STEPS)
        self._date = QLabel(self)
        self._date.setObjectName("soft")
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._advance)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, 0, Space.L, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.play)
        row.addWidget(self.slider, 1)
        row.addWidget(self._date)
        self.play.clicked.connect(self.toggle)
        self.slider.valueChanged.connect(self._tell)
        self._retranslate()

    @property
    def until(self) -> float | None:
        """The time up to which notes are shown, None for all."""
        at = self.slider.value()
        if at >= _STEPS or not self._times:
            return None
        return self._times[min(at * len(self._times) // _STEPS, len(self._times) - 1)]

    @property
    def playing(self) -> bool:
        """True while the slider moves by itself."""
        return self._timer.isActive()

    def show_times(self, times: Sequence[float]) -> None:
        """Take over when the notes were written."""
        self._times = sorted(times)
        self._show_date()

    def toggle(self) -> None:
        """Play from here, or from the beginning if all is shown; or stop."""
        if self._timer.isActive():
            self.stop()
            return
        if self.slider.value() >= _STEPS:
            self.slider.setValue(0)
        self._timer.start()
        self._show_play()

    def stop(self) -> None:
        """Stay where it is."""
        self._timer.stop()
        self._show_play()

    def reset(self) -> None:
        """Show all notes."""
        self.stop()
        self.slider.setValue(_STEPS)

    def _advance(self) -> None:
        self.slider.setValue(self.slider.value() + 1)
        if self.slider.value() >= _STEPS:
            self.stop()

    def _tell(self) -> None:
        self._show_date()
        self.moved.emit(self.until)

    def _show_date(self) -> None:
        until = self.until
        if until is None:
            self._date.setText(self.tr("all notes"))
        else:
            day = QDateTime.fromSecsSinceEpoch(round(until)).date()
            text = QLocale().toString(day, QLocale.FormatType.ShortFormat)
            self._date.setText(self.tr("until %1").replace("%1", text))
        self.slider.setAccessibleDescription(self._date.text())

    def _show_play(self) -> None:
        self.play.show_icon("pause" if self.playing else "play")
        self.play.name_it(self.tr("Stop") if self.playing else self.tr("Play through time"))

    def _retranslate(self) -> None:
        self.slider.setAccessibleName(self.tr("Time"))
        self._show_date()
        self._show_play()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
