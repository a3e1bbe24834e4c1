"""A window, or parts of it, on the scripted engine."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from notesai.gui import client as client_module
from notesai.gui.appearance import Appearance
from notesai.gui.application import Application
from notesai.gui.client import EngineClient
from notesai.gui.i18n import Language
from notesai.gui.main_window import MainWindow

HERE = Path(__file__).resolve().parent
VAULT = HERE / "vault"


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The application as the app makes it."""
    return Application


@pytest.fixture(autouse=True)
def notesai_found_by_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HERE.parents[1]))


@pytest.fixture(autouse=True)
def quick_restarts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_RESTART_DELAYS_MS", (10, 10, 10))


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """What a test was to delete is gone: widgets left over would be styled anew in each test."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def language(qapp: QApplication) -> Iterator[Language]:
    """English, whatever the machine speaks; tests may choose otherwise."""
    spoken = Language(qapp, "en")
    yield spoken
    spoken.forget()


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Appearance]:
    appearance = Appearance(qapp, "light")
    yield appearance
    appearance.deleteLater()


@pytest.fixture
def engine() -> Callable[..., list[str]]:
    """The command line of the scripted engine with some acts."""

    def command(*acts: str) -> list[str]:
        script = str(HERE / "scripted_engine.py")
        return [sys.executable, script, *(part for act in acts for part in ("--act", act))]

    return command


@pytest.fixture
def start(
    qapp: QApplication, engine: Callable[..., list[str]], qtbot: QtBot
) -> Iterator[Callable[..., EngineClient]]:
    """Starts a client on the scripted engine; `ready=False` does not wait for it."""
    clients: list[EngineClient] = []

    def begin(*acts: str, ready: bool = True) -> EngineClient:
        client = EngineClient(engine(*acts))
        clients.append(client)
        client.start()
        if ready:
            qtbot.waitUntil(lambda: client.ready, timeout=15_000)
        return client

    yield begin
    for client in clients:
        client.stop()


@pytest.fixture
def open_window(
    look: Appearance, start: Callable[..., EngineClient], qtbot: QtBot
) -> Iterator[Callable[..., MainWindow]]:
    """Opens a window on the scripted engine, filled with the list of notes."""
    windows: list[MainWindow] = []

    def show(*acts: str, filled: bool = True) -> MainWindow:
        client = start(*acts, ready=False)
        window = MainWindow(look, client, VAULT)
        windows.append(window)
        window.show()
        if filled:
            qtbot.waitUntil(lambda: window.titles.loaded, timeout=15_000)
        return window

    yield show
    for window in windows:
        window.close()
        window.deleteLater()
