"""The card of the map: the map or what is said instead of it, its legend, and the time bar."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from notesai.gui.appearance import Appearance
from notesai.gui.i18n import number
from notesai.gui.map.canvas import MapCanvas
from notesai.gui.map.head import MapHead
from notesai.gui.map.legend import Legend
from notesai.gui.map.time_bar import TimeBar
from notesai.gui.states import Describe, State
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.state_pane import StatePane

CHANGED_MUCH = 0.1
"""From this share on, a line says that the map is not what it would be if it were made now."""

_STEPS = 1000
_SOON_MS = 400
_SPOKEN_MS = 6000


class MapCard(Card):
    """Holds the parts of the map. `cancel_wanted` gives up what is under way."""

    cancel_wanted = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changed = 0.0
        self._progress = (0, 0)
        self._has_map = False
        self.setMinimumWidth(Size.MAP_LEAST)
        self.head = MapHead(look, self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.cancel = QPushButton(self)
        self.cancel.setObjectName("quiet")
        self._hint = QLabel(self)
        self._hint.setObjectName("soft")
        self.again = QPushButton(self)
        self.again.setObjectName("quiet")
        self.notice = QLabel(self)
        self.notice.setObjectName("soft")
        self.notice.setContentsMargins(Space.L, 0, Space.M, Space.XS)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.notice.hide()
        self._spoken = QTimer(self)
        self._spoken.setSingleShot(True)
        self._spoken.setInterval(_SPOKEN_MS)
        self._spoken.timeout.connect(self.notice.hide)
        self._stack = QStackedWidget(self)
        self.canvas = MapCanvas(look, self._stack)
        self.state = StatePane(look, self._stack)
        self._foot = QFrame(self)
        self.legend = Legend(look, self._foot)
        self.time = TimeBar(look, self._foot)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.canvas)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._lay_out()
        self._connect()
        self._retranslate()
        self.show_waiting(False)
        self.time.hide()

    def _lay_out(self) -> None:
        self.column.addWidget(self.head)
        line = QHBoxLayout()
        line.setContentsMargins(Space.L, 0, Space.M, Space.XS)
        line.setSpacing(Space.S)
        line.addWidget(self.bar, 1)
        line.addWidget(self.cancel)
        self.column.addLayout(line)
        self._said = QWidget(self)
        said = QHBoxLayout(self._said)
        said.setContentsMargins(Space.L, 0, Space.M, Space.XS)
        said.addWidget(self._hint, 1)
        said.addWidget(self.again)
        self.column.addWidget(self._said)
        self.column.addWidget(self.notice)
        self.column.addWidget(self._stack, 1)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        foot.setSpacing(Space.XS)
        foot.addWidget(self.time)
        foot.addWidget(self.legend)
        self.column.addWidget(self._foot)

    def _connect(self) -> None:
        head = self.head
        head.lasso.toggled.connect(self.canvas.set_lasso_mode)
        head.fit.clicked.connect(self.canvas.fit)
        head.time.toggled.connect(self._show_time)
        self.again.clicked.connect(head.again_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self._soon.timeout.connect(self._show_bar)

    @property
    def shows_map(self) -> bool:
        """True while the map is shown, not a state."""
        return self._stack.currentWidget() is self.canvas

    def take_keyboard(self) -> None:
        """Give the keyboard to the map or, until it is there, to its place.

        Left to a button of the head, an arrow key pressed early would walk away from the map.
        """
        (self.canvas if self.shows_map else self._stack).setFocus()

    def show_map(self, count: int, changed: float) -> None:
        """Show the map of so many notes."""
        awaited = self._stack.hasFocus()
        self._has_map, self._changed = True, changed
        self.head.show_count(count, changed)
        self._stack.setCurrentWidget(self.canvas)
        if awaited:
            self.canvas.setFocus()
        self._foot.show()
        self.head.enable(True)
        self._retranslate()

    def show_state(self, describe: Describe, action: Callable[[], None] | None = None) -> None:
        """Say why there is no map, and what to do."""
        walked = self.canvas.hasFocus()
        self._has_map, self._changed = False, 0.0
        self.head.show_count(0, 0.0)
        self.state.say(describe, action)
        self._stack.setCurrentWidget(self.state)
        if walked:
            self._stack.setFocus()
        self._foot.hide()
        self.head.enable(False)
        self._retranslate()

    def show_waiting(self, waiting: bool) -> None:
        """Whether a map is waited for. One that comes soon is not worth a bar."""
        self._progress = (0, 0)
        if not waiting:
            self._soon.stop()
            self.bar.hide()
            self.cancel.hide()
        elif not self._soon.isActive():
            self._soon.start()
        if waiting and not self._has_map:
            self.show_state(self._making)

    def show_progress(self, done: int, total: int) -> None:
        """How far the map is that is waited for."""
        self._progress = (done, total)
        self.bar.setRange(0, _STEPS if total else 0)
        if total:
            self.bar.setValue(_STEPS * min(done, total) // total)
        if not self._has_map:
            self.state.say(self._making)

    def say(self, text: str) -> None:
        """Say a line above the map for a while."""
        self.notice.setText(text)
        self.notice.show()
        self._spoken.start()

    def _show_bar(self) -> None:
        self.bar.setRange(0, _STEPS if self._progress[1] else 0)
        self.bar.show()
        self.cancel.show()

    def _making(self) -> State:
        done, total = self._progress
        more = f"{number(100 * min(done, total) // total)}%" if total else ""
        return State("map", self.tr("Laying out your notes…"), more)

    def _show_time(self, shown: bool) -> None:
        self.time.setVisible(shown)
        if not shown:
            self.time.reset()

    def _retranslate(self) -> None:
        share = f"{number(round(100 * self._changed))}%"
        words = self.tr("%1 of the notes are new or gone since the map was laid out.")
        self._hint.setText(words.replace("%1", share))
        self._said.setVisible(self._has_map and self._changed >= CHANGED_MUCH)
        self.again.setText(self.tr("Lay out again"))
        self.cancel.setText(self.tr("Cancel"))
        self.bar.setAccessibleName(self.tr("Laying out the map"))
        for place in (self.canvas, self._stack):
            place.setAccessibleName(self.tr("Map of your notes"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
