"""The view of the index: its figures, what it is made of, and which notes are not in it and why."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from notesai.engine.protocol import EngineState, Failure
from notesai.gui import states
from notesai.gui.activity import Activity
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient, Replies
from notesai.gui.i18n import number
from notesai.gui.rows import problem_row
from notesai.gui.states import State
from notesai.gui.theme import Space
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.figure_tile import FigureTile
from notesai.gui.widgets.index_card import IndexCard
from notesai.gui.widgets.row_list import RowList
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import VaultStatus

_REFRESH_MS = 1000
_FIGURES = ("notes", "chunks", "pending", "skipped", "failed")


class StatusView(QWidget):
    """Shows the state of the index, kept fresh while it is looked at."""

    def __init__(self, look: Appearance, client: EngineClient, activity: Activity) -> None:
        super().__init__()
        self._client = client
        self._status: VaultStatus | None = None
        self._call = 0
        self.state = StatePane(look, self)
        self.tiles = {name: FigureTile(self) for name in _FIGURES}
        self.index = IndexCard(look, activity, self)
        self.problems = RowList(look, 2, self)
        self._heading = QLabel(self)
        self._heading.setObjectName("caps")
        self._all_well = StatePane(look, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self._stack = QStackedWidget(self)
        self._lists = QStackedWidget(self)
        self._lay_out()
        activity.changed.connect(self._refresh_soon)
        client.index_changed.connect(self._refresh_soon)
        client.state_changed.connect(self._state_changed)
        self._retranslate()

    def _lay_out(self) -> None:
        page = QWidget(self)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.GAP)
        figures = QHBoxLayout()
        figures.setSpacing(Space.GAP)
        for tile in self.tiles.values():
            figures.addWidget(tile, 1)
        grid.addLayout(figures, 0, 0, 1, 2)
        grid.addWidget(self.index, 1, 0)
        grid.addWidget(self._problem_card(), 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)
        waiting = Card(self)
        waiting.column.addWidget(self.state)
        self._stack.addWidget(waiting)
        self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _problem_card(self) -> Card:
        card = Card(self)
        self._lists.addWidget(self._all_well)
        self._lists.addWidget(self.problems)
        card.add_head(self._heading)
        card.add_list(self._lists)
        return card

    def refresh(self) -> None:
        """Fetch the state of the index now."""
        self._client.cancel(self._call)
        self._call = self._client.status(Replies(ok=self._arrived, failed=self._failed))

    def _refresh_soon(self) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _state_changed(self, state: EngineState) -> None:
        if state.state == "ready" and self.isVisible():
            self.refresh()

    def _arrived(self, status: VaultStatus) -> None:
        self._status = status
        self._show()

    def _failed(self, error: Failure) -> None:
        if self._status is None:
            self.state.say(states.failed(error), self.refresh)
            self._stack.setCurrentIndex(0)

    def _show(self) -> None:
        status = self._status
        if status is None:
            self.state.say(lambda: State("status", self.tr("Looking at the index…")))
            self._stack.setCurrentIndex(0)
            return
        counts = (
            status.notes,
            status.chunks,
            status.pending,
            len(status.skipped),
            len(status.failed),
        )
        for tile, count in zip(self.tiles.values(), counts, strict=True):
            tile.show_figure(count)
        self.index.show_status(status)
        self._show_problems(status)
        self._stack.setCurrentIndex(1)

    def _show_problems(self, status: VaultStatus) -> None:
        rows = [problem_row(problem, failed=True) for problem in status.failed]
        rows += [problem_row(problem, failed=False) for problem in status.skipped]
        heading = self.tr("Notes not in the index")
        self._heading.setText(f"{heading} · {number(len(rows))}" if rows else heading)
        self.problems.show_rows(rows, same_subject=True)
        if rows:
            self._lists.setCurrentWidget(self.problems)
        else:
            self._all_well.say(lambda: State("check", self.tr("Every note is in the index.")))
            self._lists.setCurrentWidget(self._all_well)

    def _retranslate(self) -> None:
        names = (
            self.tr("Notes"),
            self.tr("Passages"),
            self.tr("Waiting for embedding"),
            self.tr("Skipped"),
            self.tr("Failed"),
        )
        for tile, name in zip(self.tiles.values(), names, strict=True):
            tile.name_it(name)
        self.problems.setAccessibleName(self.tr("Notes not in the index"))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date when looked at."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing while not looked at."""
        super().hideEvent(event)
        self._soon.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
