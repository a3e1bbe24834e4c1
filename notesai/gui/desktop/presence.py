"""How notesai is there on the desktop: quick search, hotkey, tray, and calls of other starts."""

import contextlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from notesai.gui import garbage
from notesai.gui.appearance import Appearance
from notesai.gui.application import Application
from notesai.gui.client import EngineClient
from notesai.gui.desktop import attention, start_at_login
from notesai.gui.desktop.hotkey.hotkey import PARTS, Hotkey, system_binding
from notesai.gui.desktop.single_instance import Show, Summons
from notesai.gui.desktop.tray import Tray
from notesai.gui.editor_command import open_note
from notesai.gui.explain import Explanation
from notesai.gui.main_window import MainWindow
from notesai.gui.reading.history import Place
from notesai.gui.reading.links import Link, NoteLink, TagLink, WebLink
from notesai.gui.rows import Row, tag_query
from notesai.gui.views.registry import MODULES

if TYPE_CHECKING:
    from notesai.gui.quick.window import QuickWindow

log = logging.getLogger(__name__)

_SETTLE_MS = 250
"""So long after the first window is shown, and then between the steps, what can wait is done."""

_STEP_MS = 30
_TRAY_PATIENCE_MS = 500
_TRAY_TRIES = 20


_LOADS = (
    "notesai.gui.reading.syntax",
    "notesai.gui.widgets.note_page",
    "notesai.gui.quick.preview",
    "notesai.gui.quick.window",
    "pygments.lexers",
)
"""What quick search and the first note need, bottom up; both are wanted within a second."""


def _loading(names: Iterable[str]) -> Iterator[Callable[[], None]]:
    return (partial(_load, name) for name in names)


def _load(name: str) -> None:
    """Import a module ahead of whoever needs it; one that is missing is missed there, if at all."""
    with contextlib.suppress(ImportError):
        import_module(name)


class Presence(QObject):
    """Ties one main window to the desktop. `ask` is what Tab in quick search does with a query."""

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        window: MainWindow,
        hotkey: Hotkey,
        app: Application,
    ) -> None:
        super().__init__(app)
        self._look, self._client, self._window, self._app = look, client, window, app
        self.hotkey = hotkey
        self.ask: Callable[[str], None] = self.ask_in_window
        self.tray: Tray | None = None
        self._quick: QuickWindow | None = None
        self._quitting = False
        self._hidden = False
        self._tries = 0
        self._steps: deque[Callable[[], object]] = deque()
        window.installEventFilter(self)
        window.vault_opened.connect(self._build_quick)
        window.preferences.changed.connect(self._preference_changed)
        app.quitting.connect(self._leave)
        app.applicationStateChanged.connect(self._came_back)
        hotkey.pressed.connect(self.toggle_quick)
        hotkey.changed.connect(self._hotkey_changed)

    @property
    def quick(self) -> "QuickWindow | None":
        """The window of quick search; None before it is built, and while there is no vault."""
        return self._quick

    def start(self, show: Show) -> None:
        """Show what is wanted; for "nothing" there has to be a tray to bring the window later."""
        self._hidden = show == "nothing"
        self._look_for_tray()
        if show == "quick" and self._window.vault is not None:
            if self.tray is None:
                self._window.show()
            self.show_quick()
        elif show != "nothing":
            self._window.show()
        self._steps.extend(_loading(PARTS.get(QGuiApplication.platformName(), ())))
        self._steps.append(self._take_keys)
        self._steps.extend(_loading(_LOADS))
        self._steps.append(self._build_if_need_be)
        self._steps.extend(_loading(MODULES))
        if self._window.vault is not None:
            self._steps.append(self._window.spare.make_ahead)
        QTimer.singleShot(_SETTLE_MS, self, self._settle)

    def _settle(self) -> None:
        """Do a step of what can wait until the first window is there; each is short."""
        if self._steps:
            self._steps.popleft()()
            QTimer.singleShot(_STEP_MS, self, self._settle)
        else:
            garbage.go_on()

    def _take_keys(self) -> None:
        self.hotkey.use(system_binding())
        self.hotkey.try_set(self._window.preferences.now.hotkey)

    def _build_if_need_be(self) -> None:
        if self._quick is None:
            self._build_quick(ahead=False)
            self._steps.appendleft(self._warm_quick)

    def _warm_quick(self) -> None:
        if self._quick is not None:
            self._quick.build_ahead()

    def close(self) -> None:
        """Give everything back to the desktop."""
        self._window.removeEventFilter(self)
        self.hotkey.close()
        self._drop_quick()
        if self.tray is not None:
            self.tray.close()

    # Windows

    def _came_back(self, state: Qt.ApplicationState) -> None:
        """Whoever comes back to a window will search: the engine may have gone to rest."""
        if state is Qt.ApplicationState.ApplicationActive:
            self._client.wake()

    def answer(self, summons: Summons) -> None:
        """Do what another start asks for."""
        if summons.vault and Path(summons.vault) != self._window.vault:
            self._window.open_vault(Path(summons.vault))
        if summons.show == "quick":
            self.show_quick(summons.token)
        elif summons.show == "main":
            self.show_main(summons.token)

    def show_main(self, token: str = "") -> None:
        """Bring the main window to the front."""
        self._hidden = False
        attention.call_up(self._window, token)

    def show_quick(self, token: str = "") -> None:
        """Bring quick search to the front; without a vault the main window, which asks for one."""
        if self._quick is None:
            self._build_quick()
        if self._quick is None:
            self.show_main(token)
        else:
            self._quick.summon(token)

    def toggle_quick(self, token: str = "") -> None:
        """Show quick search, or hide it if it is in front."""
        if self._quick is None:
            self.show_quick(token)
        else:
            self._quick.toggle(token)

    def search_in_window(self, query: str) -> None:
        """Bring the main window to the front with the results for `query`."""
        self.show_main()
        self._window.show_view("search")
        if query:
            self._window.field.set_query(query)

    def ask_in_window(self, question: str) -> None:
        """Bring the main window to the front and ask there; an empty question is typed there."""
        self.show_main()
        self._window.ask(question)

    def quit(self) -> None:
        """End the app, as far as its windows let it."""
        self._app.quit()

    # Quick search

    def _build_quick(self, _: object = None, *, ahead: bool = True) -> None:
        """Have a hidden quick search for the vault that is open; `ahead`, ready to be shown."""
        from notesai.gui.quick.window import QuickWindow

        self._drop_quick()
        vault = self._window.vault
        if vault is None:
            return
        quick = QuickWindow(self._look, self._client, self._window.titles, vault)
        quick.open_wanted.connect(self._open_row)
        quick.edit_wanted.connect(self._edit_row)
        quick.ask_wanted.connect(self._ask)
        quick.link_wanted.connect(self._follow)
        if ahead:
            quick.build_ahead()
        self._quick = quick

    def _ask(self, query: str) -> None:
        self.ask(query)

    def _drop_quick(self) -> None:
        quick, self._quick = self._quick, None
        if quick is not None:
            quick.close_quick()
            quick.deleteLater()

    def _open_row(self, row: Row) -> None:
        self._open(Place(row.path, row.spans))

    def _open(self, place: Place) -> None:
        self.show_main()
        self._window.open_place(place)

    def _edit_row(self, row: Row) -> None:
        vault, quick = self._window.vault, self._quick
        if vault is None or quick is None:
            return
        line = quick.finder.line(row.path)
        trouble = open_note(self._window.preferences.now.editor, vault / row.path, line)
        if trouble:
            self._open_row(row)
            self._window.notice.say(lambda: Explanation(trouble))

    def _follow(self, link: Link, note: str) -> None:
        match link:
            case NoteLink():
                path = self._window.titles.resolve(link.target, note)
                self._open(Place(path or note, heading=link.heading if path else ""))
            case TagLink():
                self.search_in_window(tag_query(link.tag))
            case WebLink():
                QDesktopServices.openUrl(QUrl(link.address))
            case _:
                self._open(Place(note))

    # Tray

    def _look_for_tray(self) -> None:
        """Use the tray. Right after login it may come later than we do."""
        if self.tray is not None:
            return
        if not Tray.available():
            self._tries += 1
            if self._tries < _TRAY_TRIES:
                QTimer.singleShot(_TRAY_PATIENCE_MS, self, self._look_for_tray)
            elif self._hidden:
                self.show_main()
            return
        self.tray = Tray(self._window.activity, self.hotkey, self)
        self.tray.open_wanted.connect(self.show_main)
        self.tray.quick_wanted.connect(self.show_quick)
        self.tray.quit_wanted.connect(self.quit)
        self.tray.show()
        self._app.setQuitOnLastWindowClosed(False)

    def _say_where(self) -> None:
        """Say once that closing has not ended anything."""
        preferences = self._window.preferences
        if self.tray is None or preferences.now.told_of_tray:
            return
        preferences.change("told_of_tray", True)
        keys = self.hotkey.description
        text = self.tr("Click the icon to open the window; its menu has “Quit”.")
        if keys:
            text = self.tr("%1 opens quick search. The icon's menu has “Quit”.").replace("%1", keys)
        self.tray.say(self.tr("notesai stays here and keeps your notes findable."), text)

    # What the settings say

    def _preference_changed(self, name: str) -> None:
        now = self._window.preferences.now
        if name == "hotkey":
            self.hotkey.try_set(now.hotkey)
        elif name == "start_at_login":
            self._start_at_login(wanted=now.start_at_login)

    def _start_at_login(self, *, wanted: bool) -> None:
        try:
            if wanted != start_at_login.enabled():
                start_at_login.enable() if wanted else start_at_login.disable()
        except OSError as error:
            log.warning("start at login not changed: %s", error)

    def _hotkey_changed(self) -> None:
        """Say it if the keys cannot be had; a desktop that has none to give is left in peace."""
        if self.hotkey.trouble and self.hotkey.supported:
            self._window.notice.say(self._hotkey_failed)

    def _hotkey_failed(self) -> Explanation:
        hint = self.tr("Choose other keys for quick search in the settings.")
        return Explanation(self.hotkey.trouble, hint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing the window hides it while there is a tray; quitting closes it."""
        if event.type() is QEvent.Type.Close and watched is self._window:
            return self._hide_instead(event)
        return False

    def _leave(self) -> None:
        self._quitting = True
        # A window that refuses to close keeps the app; the next close is one like any other.
        QTimer.singleShot(0, self, self._stay)

    def _stay(self) -> None:
        self._quitting = False

    def _hide_instead(self, event: QEvent) -> bool:
        if self.tray is None or self._quitting:
            return False
        event.ignore()
        self._window.hide()
        self._say_where()
        return True
