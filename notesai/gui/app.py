"""The application: one window on one vault at a time, its engine, and its place on the desktop."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer

from notesai.gui import icons
from notesai.gui.appearance import Appearance
from notesai.gui.application import Application
from notesai.gui.client import EngineClient
from notesai.gui.desktop import start_at_login
from notesai.gui.desktop.hotkey.hotkey import Hotkey
from notesai.gui.desktop.presence import Presence
from notesai.gui.desktop.single_instance import Show, SingleInstance, Summons, summon
from notesai.gui.engine_process import engine_command
from notesai.gui.i18n import Language
from notesai.gui.main_window import Command, MainWindow
from notesai.gui.preferences import Preferences, follow
from notesai.gui.settings.desktop import Desktop
from notesai.gui.signals import QuitOnSignals
from notesai.gui.stalls import Measurement, measurement
from notesai.paths import home

log = logging.getLogger(__name__)

_ENGINE_AT_LAST_MS = 500
"""So long the engine's start waits for a window that is not drawn, such as one begun as an icon."""


def run(
    vault: Path | None,
    argv: Sequence[str],
    *,
    show: Show = "main",
    engine: Sequence[str] | None = None,
) -> int:
    """Run the app on `vault`, or with the choice of one, until it is quit; the exit code.

    `argv`, the program's name first, goes to Qt. `show` is what to begin with: the window, quick
    search, or "nothing" but the tray. `engine` is another command line for the engine, for
    tests and benchmarks. If the app already runs, it is handed over to.
    """
    app = Application(list(argv) or sys.argv[:1])
    app.setApplicationName("notesai")
    app.setDesktopFileName("notesai")
    instance = SingleInstance(app)
    wanted = Summons(show=show, vault=str(vault or ""))
    if not instance.claim() and summon(wanted):
        return 0
    app.setWindowIcon(icons.application_icon())
    try:
        return _run(app, instance, vault, show, _command(engine))
    finally:
        instance.close()


def _run(
    app: Application,
    instance: SingleInstance,
    vault: Path | None,
    show: Show,
    engine: Command,
) -> int:
    preferences = Preferences(home().settings_file, app)
    language = Language(app, preferences.now.language)
    look = Appearance(app, preferences.now.theme)
    follow(preferences, look, language)
    hotkey = Hotkey(parent=app)
    client = EngineClient(engine(vault) if vault is not None else (), app)
    desktop = Desktop(hotkey=hotkey, login=start_at_login)
    window = MainWindow(look, client, vault, preferences, desktop, engine=engine)
    measured = measurement(app)
    if measured is not None:
        window.painted.connect(lambda: _measure(measured))
    _restore(window)
    presence = Presence(look, client, window, hotkey, app)
    instance.summoned.connect(presence.answer)
    if vault is not None:
        start_engine(client, window, awaited=show == "main")
    presence.start(show)
    signals = QuitOnSignals(app)
    code = app.exec()
    if measured is not None:
        measured.write()
    signals.close()
    _remember(window)
    presence.close()
    client.stop()
    return code


def start_engine(client: EngineClient, window: MainWindow, *, awaited: bool) -> None:
    """Start the engine: once the window is drawn if a person waits for that, else at once.

    Both compute as they start, and it is the window that is waited for.
    """
    window.painted.connect(client.start)
    QTimer.singleShot(_ENGINE_AT_LAST_MS if awaited else 0, client, client.start)


def _command(engine: Sequence[str] | None) -> Command:
    return engine_command if engine is None else lambda _: engine


def _measure(measured: Measurement) -> None:
    """The window is shown; it is usable once what waits in the event loop has been done."""
    measured.mark("shown")
    QTimer.singleShot(0, lambda: measured.mark("usable"))


def _window_file() -> QSettings:
    return QSettings(str(home().config / "window.ini"), QSettings.Format.IniFormat)


def _restore(window: MainWindow) -> None:
    """Put the window where it was when it was last closed."""
    geometry: object = _window_file().value("geometry")
    if geometry is not None and not window.restoreGeometry(geometry):  # type: ignore[arg-type]
        log.info("the window's place was not understood")


def _remember(window: MainWindow) -> None:
    file = _window_file()
    file.setValue("geometry", window.saveGeometry())
    file.sync()
