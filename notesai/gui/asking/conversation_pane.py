"""The conversation: its questions and answers one below the other.

While an answer grows the end stays in sight, but only for those who are at the end.
"""

import functools
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from notesai.engine.protocol import ProgressMessage
from notesai.gui.appearance import Appearance
from notesai.gui.asking.conversation import Conversation
from notesai.gui.asking.exchange_pane import ExchangePane
from notesai.gui.theme import Size, Space

_AT_END = 2 * Space.XL


class ConversationPane(QScrollArea):
    """`attended` brings the index of the exchange that the person looks at, `pointed` also the
    numbers of the sources pointed at, `cited` the one opened, `action` what a button asks for."""

    attended = Signal(int)
    pointed = Signal(int, tuple)
    cited = Signal(int, int)
    action = Signal(int, str)

    def __init__(
        self,
        look: Appearance,
        conversation: Conversation,
        titles: Callable[[], Mapping[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._conversation, self._titles = look, conversation, titles
        self.has_model = False
        self._follows = True
        self._attended = -1
        self.panes: list[ExchangePane] = []
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setSpacing(Space.XL + Space.S)
        self._column.addStretch(1)
        self.setWidget(self._page)
        self._page.setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = self.verticalScrollBar()
        bar.setSingleStep(Space.XL)
        bar.valueChanged.connect(self._scrolled)
        bar.rangeChanged.connect(self._follow)
        conversation.reset.connect(self.show_all)
        conversation.added.connect(self._add)
        conversation.changed.connect(self._update)
        conversation.progressed.connect(self._progress)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def attends(self) -> int:
        """The index of the exchange that the person looks at; -1 if there is none."""
        return self._attended

    @property
    def follows(self) -> bool:
        """True while the end is kept in sight."""
        return self._follows

    def show_all(self) -> None:
        """Show the conversation from nothing, at its end."""
        for pane in self.panes:
            pane.hide()
            pane.deleteLater()
        self.panes.clear()
        self._follows, self._attended = True, -1
        for at in range(len(self._conversation.exchanges)):
            self._add(at)

    def refresh(self) -> None:
        """Show again what depends on more than the conversation."""
        for at in range(len(self.panes)):
            self._show(at)

    def point_at(self, at: int, numbers: tuple[int, ...]) -> None:
        """Highlight in exchange `at` the sentences that name these sources."""
        if 0 <= at < len(self.panes):
            self.panes[at].point_at(numbers)

    def retranslate(self) -> None:
        """Speak the window's language."""
        self._page.setAccessibleName(self.tr("Conversation"))
        for pane in self.panes:
            pane.retranslate()

    def _add(self, at: int) -> None:
        pane = ExchangePane(self._look, self._titles, self._page)
        pane.pointed.connect(functools.partial(self._point, at))
        pane.cited.connect(functools.partial(self.cited.emit, at))
        pane.attended.connect(functools.partial(self.attend, at))
        pane.action.connect(functools.partial(self.action.emit, at))
        self.panes.append(pane)
        self._column.insertWidget(len(self.panes) - 1, pane)
        self._follows = True
        pane.retranslate()
        for shown in range(max(0, at - 1), at + 1):
            self._show(shown)
        self.attend(at)

    def _update(self, at: int) -> None:
        if at < len(self.panes):
            self._show(at)

    def _show(self, at: int) -> None:
        exchanges = self._conversation.exchanges
        last = at == len(exchanges) - 1
        self.panes[at].show_exchange(exchanges[at], last=last, has_model=self.has_model)

    def _progress(self, progress: ProgressMessage) -> None:
        if self.panes:
            self.panes[-1].show_progress(progress)

    def attend(self, at: int) -> None:
        """The person looks at exchange `at`."""
        if at != self._attended:
            self._attended = at
            self.attended.emit(at)

    def _point(self, at: int, numbers: tuple[int, ...]) -> None:
        self.attend(at)
        page = self.panes[at].page
        if page.hasFocus() and not page.underMouse():
            # The keyboard has come to a citation, which may be out of sight.
            place = page.mapTo(self._page, page.cursorRect().center())
            self.ensureVisible(place.x(), place.y(), 0, 2 * Space.XL)
        self.pointed.emit(at, numbers)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """Bring what has the keyboard into sight, and attend to it."""
        if now is None or not self._page.isAncestorOf(now):
            return
        if QApplication.mouseButtons() is Qt.MouseButton.NoButton and now.height() < self.height():
            self.ensureWidgetVisible(now, 0, Space.L)
        for at, pane in enumerate(self.panes):
            if pane.isAncestorOf(now):
                self.attend(at)

    # Where it is scrolled to

    def _scrolled(self, value: int) -> None:
        self._follows = value >= self.verticalScrollBar().maximum() - _AT_END

    def _follow(self) -> None:
        if self._follows:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the text in a column that is easy to read."""
        super().resizeEvent(event)
        widest = Size.CONVERSATION
        side = max(Space.XL, (self.viewport().width() - widest) // 2)
        self._column.setContentsMargins(side, Space.M, side, Space.XL)
