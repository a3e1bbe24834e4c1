from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from notesai.gui.appearance import Appearance
from notesai.gui.application import Application
from notesai.gui.client import EngineClient
from notesai.gui.desktop import attention, start_at_login
from notesai.gui.desktop import presence as presence_module
from notesai.gui.desktop.hotkey.binding import Binding
from notesai.gui.desktop.hotkey.hotkey import Hotkey
from notesai.gui.desktop.hotkey.keys import Keys, Refusal
from notesai.gui.desktop.presence import Presence
from notesai.gui.desktop.single_instance import Summons
from notesai.gui.i18n import Language
from notesai.gui.main_window import MainWindow
from notesai.gui.reading.links import NoteLink, TagLink
from notesai.gui.rows import Row
from notesai.gui.views.ask_view import AskView

VAULT = Path(__file__).with_name("vault")


class Keyboard(Binding):
    """Gives all keys but Ctrl+Alt+T."""

    def bind(self, keys: Keys) -> Refusal | None:
        return Refusal.TAKEN if keys.text == "Ctrl+Alt+T" else None

    def release(self) -> None:
        return None


@pytest.fixture
def tray_messages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A desktop with a tray, and what was said at it."""
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _, title, *rest: said.append(title))
    return said


Begin = Callable[..., Presence]


@pytest.fixture
def begin(
    look: Appearance,
    start: Callable[..., EngineClient],
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Begin]:
    """Starts an app on the scripted engine, but for its event loop."""
    made: list[tuple[Presence, MainWindow]] = []
    monkeypatch.setattr(presence_module, "_SETTLE_MS", 0)
    monkeypatch.setattr(presence_module, "_STEP_MS", 0)

    def run(*acts: str, show: str = "main", vault: Path | None = VAULT) -> Presence:
        client = start(*acts, ready=False)
        window = MainWindow(look, client, vault)
        presence = Presence(look, client, window, Hotkey(Keyboard()), qapp)
        made.append((presence, window))
        presence.start(show)  # type: ignore[arg-type]
        if vault is not None:
            qtbot.waitUntil(lambda: presence.quick is not None and window.titles.loaded)
        return presence

    yield run
    for presence, window in made:
        presence.close()
        presence.deleteLater()
        window.close()
        window.deleteLater()
    qapp.setQuitOnLastWindowClosed(True)


def window_of(presence: Presence) -> MainWindow:
    window = presence._window
    assert isinstance(window, MainWindow)
    return window


def close(window: MainWindow) -> bool:
    """Close as the window manager does; False if the window stayed open."""
    event = QCloseEvent()
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def test_closing_hides_to_the_tray_and_says_so_once(begin: Begin, tray_messages: list[str]) -> None:
    presence = begin()
    window = window_of(presence)
    for _ in range(2):
        assert not close(window)
        assert not window.isVisible()
        presence.show_main()
        assert window.isVisible()
    assert tray_messages == ["notesai stays here and keeps your notes findable."]
    assert window.preferences.now.told_of_tray
    assert not QApplication.quitOnLastWindowClosed()


def test_without_a_tray_closing_closes(begin: Begin) -> None:
    presence = begin()
    assert presence.tray is None
    assert close(window_of(presence))
    assert QApplication.quitOnLastWindowClosed()


def test_quitting_closes_even_with_a_tray(
    begin: Begin, tray_messages: list[str], qapp: QApplication
) -> None:
    presence = begin()
    QApplication.sendEvent(qapp, QEvent(QEvent.Type.User))
    assert not close(window_of(presence))
    assert isinstance(qapp, Application)
    qapp.quitting.emit()
    assert close(window_of(presence))


def test_the_tray_shows_what_is_going_on(
    begin: Begin, tray_messages: list[str], qtbot: QtBot, language: Language
) -> None:
    presence = begin("indexing")
    tray = presence.tray
    assert tray is not None
    qtbot.waitUntil(lambda: "%" in tray.icon.toolTip())
    assert "embedding" in tray.icon.toolTip()
    assert tray.state.text().startswith("Embedding")
    qtbot.waitUntil(lambda: "Ctrl+Shift+Space" in tray.quick.text())
    tray.pause.trigger()
    qtbot.waitUntil(lambda: tray.pause.text() == "Resume indexing")
    tray.pause.trigger()
    qtbot.waitUntil(lambda: tray.pause.text() == "Pause indexing")
    language.choose("ko")
    qtbot.waitUntil(lambda: tray.open.text() == "notesai 열기")
    assert tray.quit.text() == "종료"


def test_a_reader_cannot_pause(begin: Begin, tray_messages: list[str]) -> None:
    tray = begin("reader").tray
    assert tray is not None
    assert not tray.pause.isEnabled()


def test_the_entries_of_the_tray_do_what_they_say(
    begin: Begin, tray_messages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    presence = begin(show="nothing")
    tray, quick = presence.tray, presence.quick
    assert tray is not None
    assert quick is not None
    assert not window_of(presence).isVisible()
    tray.quick.trigger()
    assert quick.isVisible()
    tray.open.trigger()
    assert window_of(presence).isVisible()
    window_of(presence).hide()
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert window_of(presence).isVisible()
    ended: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda *_: ended.append(True))
    tray.quit.trigger()
    assert ended


def test_a_hidden_start_without_a_tray_shows_the_window_in_the_end(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notesai.gui.desktop.presence._TRAY_PATIENCE_MS", 5)
    presence = begin(show="nothing")
    qtbot.waitUntil(window_of(presence).isVisible)


def test_the_hotkey_shows_and_hides_quick_search(begin: Begin, qtbot: QtBot) -> None:
    presence = begin()
    quick = presence.quick
    assert quick is not None
    qtbot.waitUntil(lambda: presence.hotkey.keys == "Ctrl+Shift+Space")
    presence.hotkey.pressed.emit("")
    assert quick.isVisible()
    qtbot.waitUntil(quick.isActiveWindow)
    presence.hotkey.pressed.emit("")
    assert not quick.isVisible()


def test_a_hotkey_that_is_taken_is_said_and_the_app_goes_on(begin: Begin) -> None:
    presence = begin()
    window = window_of(presence)
    window.preferences.change("hotkey", "Ctrl+Alt+T")
    assert window.notice.what == "Another program already uses “Ctrl+Alt+T”."
    presence.show_quick()
    assert presence.quick is not None
    assert presence.quick.isVisible()


def test_what_is_chosen_opens_in_the_window(begin: Begin, qtbot: QtBot) -> None:
    presence = begin(show="nothing")
    window = window_of(presence)
    assert presence.quick is not None
    presence.quick.open_wanted.emit(Row("reading/ddia-notes.md", "Cache"))
    assert window.isVisible()
    assert window.view == "notes"
    qtbot.waitUntil(lambda: window.notes.reading.path == "reading/ddia-notes.md")


def test_control_enter_opens_the_editor_of_the_settings(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, Path, int]] = []
    answers = ["", "The editor did not start."]

    def open_note(template: str, file: Path, line: int) -> str:
        opened.append((template, file, line))
        return answers[len(opened) - 1]

    monkeypatch.setattr("notesai.gui.desktop.presence.open_note", open_note)
    presence = begin()
    window = window_of(presence)
    window.preferences.change("editor", "edit {path}")
    assert presence.quick is not None
    row = Row("reading/ddia-notes.md", "Cache")
    presence.quick.edit_wanted.emit(row)
    assert opened == [("edit {path}", VAULT / "reading/ddia-notes.md", 1)]
    presence.quick.edit_wanted.emit(row)
    assert window.notice.what == "The editor did not start."


def test_tab_asks_in_the_window(begin: Begin, qtbot: QtBot) -> None:
    presence = begin()
    window = window_of(presence)
    window.show_view("status")
    assert presence.quick is not None
    presence.quick.ask_wanted.emit("why caches?")
    assert window.view == "ask"
    view = cast(AskView, window.pages.page("ask"))
    qtbot.waitUntil(lambda: not view.conversation.busy, timeout=15_000)
    assert [one.question for one in view.conversation.exchanges] == ["why caches?"]
    presence.quick.ask_wanted.emit("")
    assert (view.conversation.exchanges, view.box.edit.question) == ((), "")


def test_links_of_the_preview_lead_into_the_window(begin: Begin, qtbot: QtBot) -> None:
    presence = begin()
    window = window_of(presence)
    quick = presence.quick
    assert quick is not None
    quick.link_wanted.emit(NoteLink("reading/ddia-notes.md", ""), "ml/sbert.md")
    qtbot.waitUntil(lambda: window.notes.reading.path == "reading/ddia-notes.md")
    quick.link_wanted.emit(NoteLink("nowhere", ""), "ml/sbert.md")
    qtbot.waitUntil(lambda: window.notes.reading.path == "ml/sbert.md")
    quick.link_wanted.emit(TagLink("caching"), "ml/sbert.md")
    assert window.field.edit.text() == "tag:caching"


def test_another_start_is_answered(begin: Begin, tmp_path: Path, qtbot: QtBot) -> None:
    presence = begin(show="nothing")
    window = window_of(presence)
    presence.answer(Summons(show="nothing"))
    assert not window.isVisible()
    presence.answer(Summons(show="quick"))
    assert presence.quick is not None
    assert presence.quick.isVisible()
    presence.answer(Summons())
    assert window.isVisible()


def test_another_vault_gets_a_quick_search_of_its_own(
    begin: Begin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    presence = begin()
    before = presence.quick
    monkeypatch.setattr(EngineClient, "run", lambda *_: None)
    presence.answer(Summons(vault=str(tmp_path)))
    assert window_of(presence).vault == tmp_path
    assert presence.quick is not None
    assert presence.quick is not before


def test_without_a_vault_the_window_asks_for_one(begin: Begin) -> None:
    presence = begin(show="nothing", vault=None)
    presence.toggle_quick()
    assert presence.quick is None
    assert window_of(presence).isVisible()


def test_starting_at_login_follows_the_settings(
    begin: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    presence = begin()
    change = window_of(presence).preferences.change
    change("start_at_login", True)
    assert start_at_login.enabled()
    change("start_at_login", False)
    assert not start_at_login.enabled()


def test_a_token_reaches_the_desktop_on_wayland(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "mine")
    assert attention.own_token() == "mine"
    monkeypatch.setattr(attention.QGuiApplication, "platformName", lambda: "wayland")
    attention.call_up(window_of(begin()), "theirs")
    assert attention.own_token() == "theirs"


def test_whoever_comes_back_wakes_the_engine(
    begin: Begin, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    presence = begin()
    woken: list[bool] = []
    monkeypatch.setattr(presence._client, "wake", lambda: woken.append(True))
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert woken == []
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert woken == [True]
    presence.show_quick()
    assert len(woken) >= 2
