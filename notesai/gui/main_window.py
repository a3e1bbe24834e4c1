"""The window: rail, search field, views, status line, and the signals between them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from notesai.engine.protocol import EngineState, Failure
from notesai.gui import explain, shortcuts
from notesai.gui.activity import Activity
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.engine_process import EngineExit, engine_command
from notesai.gui.folders import choose_folder, shown_name
from notesai.gui.preferences import Preferences
from notesai.gui.reading.history import Place
from notesai.gui.settings.desktop import Desktop
from notesai.gui.tab_order import neighbour, tab_order
from notesai.gui.theme import Size, Space
from notesai.gui.titles import Titles
from notesai.gui.views.page import Page, Parts
from notesai.gui.views.pages import Pages
from notesai.gui.views.registry import VIEWS
from notesai.gui.views.spare_pane import SparePane
from notesai.gui.views.welcome_view import WelcomeView
from notesai.gui.widgets.error_banner import ErrorBanner
from notesai.gui.widgets.rail import Rail
from notesai.gui.widgets.search_field import SearchField
from notesai.gui.widgets.shortcut_sheet import ShortcutSheet
from notesai.gui.widgets.status_line import StatusLine
from notesai.paths import home

if TYPE_CHECKING:
    from notesai.gui.asking.exchange import Reach
    from notesai.gui.reading_pane import ReadingPane
    from notesai.gui.views.ask_view import AskView
    from notesai.gui.views.notes_view import NotesView
    from notesai.gui.views.search_view import SearchView
    from notesai.gui.views.settings_view import SettingsView
    from notesai.gui.views.status_view import StatusView

Command = Callable[[Path], Sequence[str]]


def first_size(screen: QSize) -> QSize:
    """The size of a new window, frame and all within what `screen` has room for."""
    return QSize(*Size.WINDOW).boundedTo(screen - QSize(*Size.FRAME))


class MainWindow(QMainWindow):
    """Shows one vault at a time, or the welcome page while there is none.

    `painted` is emitted once, after the window has first been drawn; `vault_opened` brings each
    vault that is opened in place of another. `engine` answers the command line for a vault.
    """

    painted = Signal()
    vault_opened = Signal(object)

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        vault: Path | None,
        preferences: Preferences | None = None,
        desktop: Desktop | None = None,
        *,
        engine: Command = engine_command,
    ) -> None:
        super().__init__()
        self._look, self._client, self._vault = look, client, vault
        self._desktop = desktop
        self._engine = engine
        self._drawn = False
        self.preferences = preferences or Preferences(home().settings_file, self)
        self.titles = Titles(client, self)
        self.activity = Activity(client, self)
        self.rail = Rail(look, self._known_vaults)
        self.field = SearchField(look)
        self.banner = ErrorBanner(look)
        self.notice = ErrorBanner(look)
        self.welcome = WelcomeView(look)
        self.line = StatusLine(look, self.activity, self.titles)
        self.spare = SparePane(self._make_reading, self)
        self.pages = Pages(self._parts)
        self._faces = QStackedWidget()
        self._lay_out()
        self._connect()
        self._add_shortcuts()
        if vault is not None:
            self.show_view("search")
        self._show_title()
        self._say_settings()

    def _parts(self) -> Parts:
        return Parts(
            look=self._look,
            client=self._client,
            titles=self.titles,
            activity=self.activity,
            preferences=self.preferences,
            desktop=self._desktop,
            vault=self._vault or home().sample,
            reading=self.spare.take,
            into=self.pages,
        )

    def _make_reading(self) -> "ReadingPane":
        from notesai.gui.reading_pane import ReadingPane

        return ReadingPane(self._look, self._client, self.titles, self._vault or home().sample)

    def _lay_out(self) -> None:
        self.resize(first_size(self.screen().availableSize()))
        self.setMinimumSize(*Size.WINDOW_LEAST)
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        page = QVBoxLayout()
        page.setContentsMargins(Space.EDGE, Space.L, Space.EDGE, 0)
        page.setSpacing(Space.GAP)
        for widget in (self.field, self.notice, self.banner):
            page.addWidget(widget)
        page.addWidget(self.pages, 1)
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
        self.welcome.setObjectName("page")
        self._faces.addWidget(window)
        self._faces.addWidget(self.welcome)
        self._faces.setCurrentIndex(0 if self._vault is not None else 1)
        self.setCentralWidget(self._faces)
        self.field.setFocus()

    def _connect(self) -> None:
        self.rail.switched.connect(self.show_view)
        self.rail.vaults.picked.connect(self.open_vault)
        self.rail.vaults.folder_wanted.connect(self.choose_vault)
        self.welcome.chosen.connect(self.open_vault)
        self.pages.made.connect(self._connect_page)
        self.field.query_changed.connect(self._search)
        self.field.stepped.connect(self._step)
        self.field.entered.connect(self._enter)
        self.line.pause_wanted.connect(self.activity.toggle_pause)
        self.activity.failed.connect(self._say_failure)
        self._client.given_up.connect(self._engine_gone)
        self._client.state_changed.connect(self._state_changed)
        self._client.troubled.connect(self._say_trouble)
        self.preferences.failed.connect(self._say_unsaved)

    def _connect_page(self, page: Page) -> None:
        page.query_wanted.connect(self._want_query)
        page.place_wanted.connect(self.open_place)
        page.view_wanted.connect(self.show_view)
        page.vault_wanted.connect(self.open_vault)
        page.folder_wanted.connect(self.choose_vault)
        page.heading_changed.connect(self._show_title)
        page.part_wanted.connect(self._show_part)
        page.ask_wanted.connect(self.ask)

    def _add_shortcuts(self) -> None:
        views = {name: lambda name=name: self.show_view(name) for name in VIEWS}
        actions: dict[str, Callable[[], object]] = {
            **views,
            "vault": self.choose_vault,
            "field": self.field.focus_all,
            "sheet": self.show_sheet,
            "quit": QApplication.quit,
        }
        shortcuts.bind(self, actions)

    # What is shown

    @property
    def vault(self) -> Path | None:
        """The folder that is open; None while there is none."""
        return self._vault

    @property
    def view(self) -> str:
        """The name of the current view."""
        return self.pages.name

    @property
    def search(self) -> "SearchView":
        """The page of the search."""
        return cast("SearchView", self.pages.page("search"))

    @property
    def notes(self) -> "NotesView":
        """The page of all notes."""
        return cast("NotesView", self.pages.page("notes"))

    @property
    def status(self) -> "StatusView":
        """The page of the index."""
        return cast("StatusView", self.pages.page("status"))

    @property
    def settings(self) -> "SettingsView":
        """The page of the settings."""
        return cast("SettingsView", self.pages.page("settings"))

    def show_view(self, name: str) -> Page:
        """Show the view `name` of the registry and give it the keyboard; its page."""
        page = self._turn_to(name)
        if name == "search":
            self.field.focus_all()
        page.arrive()
        return page

    def _turn_to(self, name: str) -> Page:
        self.rail.show_view(name)
        page = self.pages.show_page(name)
        page.take_query(self.field.edit.query)
        self._show_title()
        return page

    def show_sheet(self) -> None:
        """Show all keys."""
        sheet = ShortcutSheet(self)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def open_place(self, place: Place) -> None:
        """Show the note at `place` among all notes."""
        self.show_view("notes")
        self.notes.reading.open(place)

    def ask(self, question: str, reach: "Reach | None" = None) -> None:
        """Ask the notes of `reach`, or all, in the Ask view; an empty question waits there."""
        cast("AskView", self.show_view("ask")).ask(question, reach)

    def _show_part(self, name: str, part: str) -> None:
        self.show_view(name).go_to(part)

    # Which vault

    def choose_vault(self) -> None:
        """Ask for a folder of notes and open it."""
        vault = choose_folder(self)
        if vault is not None:
            self.open_vault(vault)

    def open_vault(self, vault: Path) -> None:
        """Show the notes of `vault`; the engine of the one before is ended."""
        if vault == self._vault:
            return
        self.field.set_query("")
        self.pages.drop_notes()
        self.spare.drop()
        self.welcome.stop()
        self._vault = vault
        self.banner.clear()
        self.titles.clear()
        self._faces.setCurrentIndex(0)
        self.preferences.remember(vault)
        self._client.run(self._engine(vault))
        self.show_view("search")
        self.vault_opened.emit(vault)

    def _known_vaults(self) -> tuple[Path, list[Path]]:
        now = self.preferences.now
        return self._vault or Path(now.last_vault), [Path(name) for name in now.vaults]

    # What is said and done

    def _search(self, query: str) -> None:
        page = self.pages.current
        if page is not None and page.take_query(query):
            return
        self.search.take_query(query)
        if query:
            self._turn_to("search")

    def _step(self, by: int) -> None:
        if self.view == "search":
            self.search.step(by)

    def _enter(self) -> None:
        if self.view == "search":
            self.search.open_result()
        elif self.field.edit.query:
            self._turn_to("search")

    def _want_query(self, query: str) -> None:
        self.show_view("search")
        self.field.set_query(query)

    def _state_changed(self, state: EngineState) -> None:
        if state.state == "ready":
            self.banner.clear()
            if self._vault is not None:
                self.preferences.remember(self._vault)
            for page in self.pages.all:
                page.engine_ready()
        elif state.state == "failed":
            self.banner.say(lambda: explain.failure(state), self._client.restart)

    def _engine_gone(self, end: EngineExit) -> None:
        self.banner.say(lambda: explain.engine_gone(end), self._client.restart)

    def _say_trouble(self, state: EngineState) -> None:
        self.banner.say(lambda: explain.failure(state))

    def _say_failure(self, error: Failure) -> None:
        self.banner.say(lambda: explain.failure(error))

    def _say_settings(self) -> None:
        """Say so if the settings could not be read as they are."""
        loaded = self.preferences.loaded
        if loaded.broken:
            self.notice.say(lambda: explain.broken_settings(loaded.unusable))

    def _say_unsaved(self, why: str) -> None:
        self.notice.say(lambda: explain.unsaved_settings(why))

    def _show_title(self) -> None:
        page = self.pages.current
        parts = [
            page.heading if page is not None else "",
            shown_name(self._vault) if self._vault is not None else "",
            "notesai",
        ]
        self.setWindowTitle(" – ".join(part for part in parts if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window has been drawn."""
        super().paintEvent(event)
        if not self._drawn:
            self._drawn = True
            self.painted.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go on to what is read next."""
        order = tab_order(self)
        following = neighbour(order, QApplication.focusWidget(), forward=forward)
        if following is None:
            return False
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        following.setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the keyboard, as it does in dialogs."""
        button = QApplication.focusWidget()
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and isinstance(button, QAbstractButton) and not event.isAutoRepeat():
            button.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show_title()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop all work before the window goes."""
        for page in self.pages.all:
            page.leave()
        self.spare.close()
        self.welcome.stop()
        super().closeEvent(event)
