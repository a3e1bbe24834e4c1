"""The line at the bottom: how the index is, at a glance."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from notesai.gui.activity import Activity, sentence
from notesai.gui.appearance import Appearance
from notesai.gui.theme import Size, Space
from notesai.gui.titles import Titles
from notesai.gui.widgets.elided_label import ElidedLabel
from notesai.gui.widgets.icon_button import IconButton

_STEPS = 1000


class Dot(QWidget):
    """A small disc in one of the look's colours."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._colour = "faint"
        self.setFixedSize(Size.DOT, Size.DOT)
        look.changed.connect(self.update)

    def show_colour(self, name: str) -> None:
        """Take the colour of the token `name`."""
        if name != self._colour:
            self._colour = name
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(self._colour))
        painter.drawEllipse(QRectF(self.rect()))
        painter.end()


class StatusLine(QWidget):
    """Dot, notes, what indexing does, model, and a button that holds indexing."""

    pause_wanted = Signal()

    def __init__(
        self, look: Appearance, activity: Activity, titles: Titles, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._activity, self._titles = activity, titles
        self.setFixedHeight(Size.STATUS)
        self._dot = Dot(look, self)
        self._text = QLabel(self)
        self._text.setObjectName("soft")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(Size.BAR_WIDTH, Size.BAR)
        self._bar.setRange(0, _STEPS)
        self._place = ElidedLabel("soft", self)
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.pause = IconButton(look, "pause", self)
        self.pause.clicked.connect(self.pause_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._dot)
        row.addWidget(self._text)
        row.addSpacing(Space.XS)
        row.addWidget(self._bar)
        row.addWidget(self._place, 1)
        row.addWidget(self.pause)
        activity.changed.connect(self._show)
        titles.changed.connect(self._show)
        self._show()

    @property
    def text(self) -> str:
        """What the line says."""
        return self._text.text()

    def _show(self) -> None:
        activity = self._activity
        count = len(self._titles.notes) if self._titles.loaded else activity.state.notes
        words = activity.words()
        notes = self.tr("%Ln note(s)", None, count)
        self._text.setText(f"{notes} · {words}" if count else sentence(words))
        self._dot.show_colour(self._colour())
        self._show_bar()
        model = activity.state.model
        host = activity.state.sends_to
        sends = self.tr("sends to %1").replace("%1", host)
        where = sends if host else self.tr("on this device only")
        self._place.setText(f"{model} · {where}" if model else sentence(where))
        self.pause.setVisible(activity.can_pause)
        self.pause.show_icon("play" if activity.paused else "pause")
        self.pause.name_it(
            self.tr("Resume indexing") if activity.paused else self.tr("Pause indexing")
        )
        self._bar.setAccessibleName(self.tr("Indexing"))

    def _show_bar(self) -> None:
        progress = self._activity.progress
        self._bar.setVisible(progress is not None and progress.total > 0)
        if progress is not None and progress.total > 0:
            self._bar.setValue(_STEPS * min(progress.done, progress.total) // progress.total)

    def _colour(self) -> str:
        state = self._activity.state.state
        if state in {"failed", "stopped"} or self._activity.folder_gone:
            return "warn"
        keeps = self._activity.state.writer and not self._activity.settled
        if state != "ready" or keeps:
            return "faint" if self._activity.paused else "accent"
        return "faint" if self._activity.paused else "good"

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)
