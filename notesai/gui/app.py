"""The application: one window on one vault, with its engine beside it."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from notesai import settings
from notesai.gui import icons
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.engine_process import engine_command
from notesai.gui.i18n import Language
from notesai.gui.main_window import MainWindow
from notesai.gui.signals import QuitOnSignals
from notesai.gui.stalls import Measurement, measurement
from notesai.paths import home

log = logging.getLogger(__name__)


def run(vault: Path, argv: Sequence[str], *, engine: Sequence[str] | None = None) -> int:
    """Show the window on `vault` until it is closed; the exit code.

    `argv`, the program's name first, goes to Qt. `engine` is another command line for the engine,
    for tests and benchmarks.
    """
    app = QApplication(list(argv) or sys.argv[:1])
    app.setApplicationName("notesai")
    app.setDesktopFileName("notesai")
    app.setWindowIcon(icons.application_icon())
    chosen = settings.load(home().settings_file)
    Language(app, chosen.language)
    look = Appearance(app, chosen.theme)
    client = EngineClient(engine or engine_command(vault), app)
    window = MainWindow(look, client, vault)
    measured = measurement(app)
    if measured is not None:
        window.painted.connect(lambda: _measure(measured))
    _restore(window)
    window.show()
    QTimer.singleShot(0, client.start)
    signals = QuitOnSignals(app)
    code = app.exec()
    if measured is not None:
        measured.write()
    signals.close()
    _remember(window)
    client.stop()
    return code


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
