"""The window: rail, search field, views, status line, and the signals between them."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from notesai.engine.protocol import EngineState, Failure
from notesai.gui import explain
from notesai.gui.activity import Activity
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.engine_process import EngineExit
from notesai.gui.reading_pane import ReadingPane
from notesai.gui.theme import Size, Space
from notesai.gui.titles import Titles
from notesai.gui.views.notes_view import NotesView
from notesai.gui.views.search_view import SearchView
from notesai.gui.views.status_view import StatusView
from notesai.gui.widgets.error_banner import ErrorBanner
from notesai.gui.widgets.rail import VIEWS, Rail
from notesai.gui.widgets.search_field import SearchField
from notesai.gui.widgets.status_line import StatusLine


class MainWindow(QMainWindow):
    """Shows one vault. `painted` is emitted once, after the window has first been drawn."""

    painted = Signal()

    def __init__(self, look: Appearance, client: EngineClient, vault: Path) -> None:
        super().__init__()
        self._client, self._vault = client, vault
        self._drawn = False
        self.titles = Titles(client, self)
        self.activity = Activity(client, self)
        self.rail = Rail(look)
        self.field = SearchField(look)
        self.banner = ErrorBanner(look)
        reading = [ReadingPane(look, client, self.titles, vault, self) for _ in range(2)]
        self.search = SearchView(look, client, self.titles, reading[0])
        self.notes = NotesView(look, self.titles, reading[1])
        self.status = StatusView(look, client, self.activity)
        self.line = StatusLine(look, self.activity, self.titles)
        self._views: dict[str, QWidget] = dict(
            zip(VIEWS, (self.search, self.notes, self.status), strict=True)
        )
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
        self._lay_out()
        self._connect()
        self._add_shortcuts()
        self.show_view("search")

    def _lay_out(self) -> None:
        self.resize(*Size.WINDOW)
        self.setMinimumSize(*Size.WINDOW_LEAST)
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        page = QVBoxLayout()
        page.setContentsMargins(Space.EDGE, Space.L, Space.EDGE, 0)
        page.setSpacing(Space.GAP)
        page.addWidget(self.field)
        page.addWidget(self.banner)
        page.addWidget(self._stack, 1)
        foot = QVBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(rule)
        foot.addWidget(self.line)
        page.addLayout(foot)
        window = QWidget()
        window.setObjectName("window")
        row = QHBoxLayout(window)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(page, 1)
        self.setCentralWidget(window)
        self.field.setFocus()

    def _connect(self) -> None:
        self.rail.switched.connect(self.show_view)
        self.field.query_changed.connect(self._search)
        self.field.stepped.connect(self._step)
        self.field.entered.connect(self._enter)
        self.search.query_wanted.connect(self._want_query)
        self.notes.query_wanted.connect(self._want_query)
        for pane in (self.search.reading, self.notes.reading):
            pane.note_shown.connect(self._show_title)
        self.line.pause_wanted.connect(self.activity.toggle_pause)
        self.activity.failed.connect(self._say_failure)
        self._client.given_up.connect(self._engine_gone)
        self._client.state_changed.connect(self._state_changed)
        self._client.troubled.connect(self._say_trouble)

    def _add_shortcuts(self) -> None:
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)
        for keys in ("Ctrl+K", "Ctrl+F"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.field.focus_all)
        for number, name in enumerate(VIEWS, start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda name=name: self.show_view(name))

    @property
    def view(self) -> str:
        """The name of the current view."""
        current = self._stack.currentWidget()
        return next(name for name, view in self._views.items() if view is current)

    def show_view(self, name: str) -> None:
        """Show the view `name`, one of `VIEWS`."""
        self.rail.show_view(name)
        self._stack.setCurrentWidget(self._views[name])
        self._show_title()
        if name == "search":
            self.field.focus_all()
        elif name == "notes":
            self.notes.focus_list()

    def _search(self, query: str) -> None:
        self.search.search(query)
        if query and self.view != "search":
            self.rail.show_view("search")
            self._stack.setCurrentWidget(self.search)
            self._show_title()

    def _step(self, by: int) -> None:
        if self.view == "search":
            self.search.step(by)

    def _enter(self) -> None:
        if self.view == "search":
            self.search.open_result()

    def _want_query(self, query: str) -> None:
        self.show_view("search")
        self.field.set_query(query)

    def _state_changed(self, state: EngineState) -> None:
        if state.state == "ready":
            self.banner.clear()
            self.search.engine_ready()
            self.notes.reading.engine_ready()
        elif state.state == "failed":
            self.banner.say(lambda: explain.failure(state), self._client.restart)

    def _engine_gone(self, end: EngineExit) -> None:
        self.banner.say(lambda: explain.engine_gone(end), self._client.restart)

    def _say_trouble(self, state: EngineState) -> None:
        self.banner.say(lambda: explain.failure(state))

    def _say_failure(self, error: Failure) -> None:
        self.banner.say(lambda: explain.failure(error))

    def _show_title(self) -> None:
        """Name the note being read first: it is what tells windows apart in a task list."""
        parts = [self._vault.name, "notesai"]
        if self.view in {"search", "notes"}:
            pane = self.search.reading if self.view == "search" else self.notes.reading
            parts.insert(0, pane.title)
        self.setWindowTitle(" – ".join(part for part in parts if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window has been drawn."""
        super().paintEvent(event)
        if not self._drawn:
            self._drawn = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop all work before the window goes."""
        self.search.reading.close_pane()
        self.notes.reading.close_pane()
        super().closeEvent(event)
