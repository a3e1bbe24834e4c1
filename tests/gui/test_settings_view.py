import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from notesai import settings
from notesai.gui.activity import Activity
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.i18n import Language
from notesai.gui.preferences import Preferences, follow
from notesai.gui.settings.desktop import Desktop
from notesai.gui.views.settings_view import SettingsView
from notesai.paths import home
from notesai.settings import Settings

Make = Callable[..., SettingsView]


class Outcome:
    def __init__(self, reason: str) -> None:
        self.ok, self.reason = not reason, reason


class Hotkey:
    supported = True

    def __init__(self) -> None:
        self.trouble, self.keys = "", "Ctrl+Shift+Space"

    def try_set(self, keys: str) -> Outcome:
        if keys == "Ctrl+Alt+T":
            return Outcome("Another program has it.")
        self.keys = keys
        return Outcome("")


class Login:
    def __init__(self, *, broken: bool = False) -> None:
        self.on, self.broken = False, broken

    def enabled(self) -> bool:
        return self.on

    def enable(self) -> None:
        if self.broken:
            raise PermissionError(13, "Permission denied")
        self.on = True

    def disable(self) -> None:
        self.on = False


@pytest.fixture
def preferences(qapp: QApplication) -> Preferences:
    return Preferences(home().settings_file, qapp)


@pytest.fixture
def make(
    look: Appearance, preferences: Preferences, start: Callable[..., EngineClient], qtbot: QtBot
) -> Make:
    """A view on the scripted engine, or without one."""
    kept: list[SettingsView] = []

    def view(*acts: str, running: bool = False, desktop: Desktop | None = None) -> SettingsView:
        client = start(*acts) if running else EngineClient(())
        made = SettingsView(look, client, Activity(client, client), preferences, desktop)
        qtbot.addWidget(made)
        kept.append(made)
        made.show()
        return made

    return view


def saved() -> Settings:
    return settings.load(home().settings_file)


def test_language_and_theme_change_at_once(
    make: Make, preferences: Preferences, look: Appearance, language: Language, qtbot: QtBot
) -> None:
    follow(preferences, look, language)
    view = make()
    view.look.theme.buttons["dark"].click()
    assert look.dark
    view.look.language.buttons["ko"].click()
    qtbot.waitUntil(lambda: view.look.heading.text() == "화면과 언어")
    assert view.names.item(3).text() == "화면과 언어"
    assert (saved().theme, saved().language) == ("dark", "ko")


@pytest.mark.parametrize("text", ["0", "5000", "much", "", "٢٠", "9" * 30])
def test_a_size_that_cannot_be_says_why_and_changes_nothing(make: Make, text: str) -> None:
    view = make()
    view.vaults.largest.setText(text)
    view.vaults.largest.editingFinished.emit()
    assert view.vaults._largest.why == "Not a number from 1 to 1,024."
    assert saved().max_note_mib == 20
    view.vaults.largest.setText("35")
    view.vaults.largest.editingFinished.emit()
    assert view.vaults._largest.why == ""
    assert saved().max_note_mib == 35


def test_what_is_left_out_is_saved_and_told_to_the_engine(make: Make, qtbot: QtBot) -> None:
    view = make(running=True)
    told: list[object] = []
    view._client.index_changed.connect(told.append)
    view.vaults.ignore.setPlainText("drafts/\n\n*.tmp.md\n")
    qtbot.waitUntil(lambda: bool(told))
    assert saved().ignore == ["drafts/", "*.tmp.md"]


def test_vaults_are_opened_and_forgotten(make: Make, preferences: Preferences) -> None:
    for name in ("/a", "/b"):
        preferences.remember(Path(name))
    view = make()
    wanted: list[Path] = []
    view.vault_wanted.connect(wanted.append)
    page = view.vaults
    assert [page.vaults.item(at).text() for at in range(page.vaults.count())] == ["/b", "/a"]
    page.vaults.setCurrentRow(0)
    assert not page.open.isEnabled() and not page.forget.isEnabled()
    page.vaults.setCurrentRow(1)
    page.open.click()
    assert wanted == [Path("/a")]
    page.forget.click()
    assert saved().vaults == ["/b"]


def test_a_hotkey_that_is_taken_says_so_and_the_old_one_stays(make: Make) -> None:
    hotkey = Hotkey()
    keys = make(desktop=Desktop(hotkey=hotkey)).keys
    keys.hotkey.setText("Ctrl+Alt+T")
    keys.use.click()
    assert keys.hotkey_field.why == "Another program has it."
    assert (saved().hotkey, hotkey.keys) == ("Ctrl+Shift+Space", "Ctrl+Shift+Space")
    keys.hotkey.setText("Ctrl+Alt+N")
    keys.use.click()
    assert keys.hotkey_field.why == ""
    assert (saved().hotkey, hotkey.keys) == ("Ctrl+Alt+N", "Ctrl+Alt+N")


def test_a_hotkey_is_recorded_by_pressing_it(make: Make, qtbot: QtBot) -> None:
    hotkey = Hotkey()
    view = make(desktop=Desktop(hotkey=hotkey))
    keys = view.keys
    view.show_section(keys)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    keys.record.click()
    assert keys.hotkey.recording and keys.record.text() == "Cancel"
    qtbot.keyClick(keys.hotkey, Qt.Key.Key_Control, control)
    assert keys.hotkey.recording, "a modifier alone is no hotkey"
    qtbot.keyClick(keys.hotkey, Qt.Key.Key_N, control)
    assert not keys.hotkey.recording and keys.record.text() == "Press keys…"
    assert (saved().hotkey, hotkey.keys, keys.hotkey.text()) == ("Ctrl+Alt+N",) * 3
    keys.record.click()
    qtbot.keyClick(keys.hotkey, Qt.Key.Key_T, control)
    assert keys.hotkey_field.why == "Another program has it."
    assert (saved().hotkey, hotkey.keys) == ("Ctrl+Alt+N", "Ctrl+Alt+N")
    keys.hotkey.setText("Ctrl+Alt+N")
    for leave in (
        lambda: qtbot.keyClick(keys.hotkey, Qt.Key.Key_Escape),
        keys.record.click,
        lambda: keys.editor.setFocus(),
    ):
        keys.record.click()
        leave()
        assert not keys.hotkey.recording
        assert (keys.hotkey.text(), saved().hotkey) == ("Ctrl+Alt+N", "Ctrl+Alt+N")


def test_without_hotkeys_and_login_their_fields_are_not_there(make: Make) -> None:
    view = make()
    view.show_section(view.keys)
    assert not view.keys.hotkey_field.isVisible()
    view.show_section(view.start)
    assert not view.start.login_field.isVisible()


def test_an_editor_that_cannot_be_says_why(make: Make) -> None:
    keys = make().keys
    for template in ("no-such-program-here {path}", 'code "{path}', "https://example.org/{path}"):
        keys.editor.setText(template)
        keys.editor.editingFinished.emit()
        assert keys.editor_field.why, template
        assert saved().editor == ""
    keys.editor.setText("true {path}")
    keys.editor.editingFinished.emit()
    assert (keys.editor_field.why, saved().editor) == ("", "true {path}")


def test_an_example_is_tried_with_a_file_that_is_there(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: not opened.append(url.toString()))
    )
    keys = make().keys
    keys._examples.buttons["obsidian://open?path={path}"].click()
    assert saved().editor == "obsidian://open?path={path}"
    keys.try_it.click()
    assert opened and opened[0].startswith("obsidian://open?path=")
    assert keys.editor_field.why == ""


@pytest.mark.parametrize("broken", [False, True])
def test_starting_at_login_is_the_systems_word(make: Make, broken: bool) -> None:
    login = Login(broken=broken)
    start = make(desktop=Desktop(login=login)).start
    start.login.buttons["on"].click()
    assert login.on is not broken
    assert start.login.buttons["on"].isChecked() is not broken
    assert bool(start.login_field.why) is broken
    assert saved().start_at_login is not broken
    start.login.buttons["off"].click()
    assert not login.on


def test_power_is_chosen(make: Make) -> None:
    make().start.power.buttons["wait"].click()
    assert saved().power == "wait"


def test_the_network_is_switched_off_and_its_log_is_shown(make: Make) -> None:
    log = home().connections
    log.parent.mkdir(parents=True)
    lines = [
        {"time": "2026-11-01T10:00:00+09:00", "host": "hub", "purpose": "a model", "bytes": 0},
        {"time": "2026-11-01T10:00:09+09:00", "host": "hub", "purpose": "a model", "bytes": 2048},
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    log.write_text('{"time": 1}\nnot json\n' + text + '[1]\n{"half', encoding="utf-8")
    network = make().network
    assert network.visits.rowCount() == 2
    first = [network.visits.index(0, column).data() for column in (1, 2, 3)]
    assert first == ["hub", "a model", "2 KB"]
    network.allow.buttons["off"].click()
    assert saved().network is False


def test_a_switch_of_models_is_estimated_first(make: Make, qtbot: QtBot) -> None:
    view = make(running=True)
    view.show_section(view.model)
    model = view.model
    qtbot.waitUntil(lambda: model.models.rowCount() == 4)
    model.table.selectRow(0)
    assert not model.use.isVisible() and "in use" in model.text.text()
    model.table.selectRow(1)
    model.use.click()
    qtbot.waitUntil(model.go.isVisible)
    assert model.text.text().startswith("12 notes are embedded anew. It takes about 2 minutes.")
    model.go.click()
    qtbot.waitUntil(model.switch.isVisible)
    assert "Switching to multilingual-e5-small" in model.switch.text.text()


def test_a_reranker_is_chosen_among_those_that_are_here(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = make(running=True)
    view.show_section(view.model)
    model, reranker = view.model, view.model.reranker
    qtbot.waitUntil(lambda: "ms-marco" in reranker.choice.buttons)
    assert list(reranker.choice.buttons) == ["", "ms-marco"]
    assert reranker.choice.buttons[""].isChecked()
    assert "ms-marco" not in [one.name for one in model.models.models]
    reranker.choice.buttons["ms-marco"].click()
    assert saved().reranker == "ms-marco"
    reranker.choice.buttons[""].click()
    assert saved().reranker == ""
    fetched: list[str] = []
    monkeypatch.setattr(model.fetching, "start", fetched.append)
    (offer,) = reranker.fetches.values()
    assert offer.text() == "Fetch BGE reranker (2,293 MB)"
    offer.click()
    assert fetched == ["bge-reranker"]


def test_a_model_that_fails_or_is_not_here_says_so(make: Make, qtbot: QtBot) -> None:
    view = make(running=True)
    view.show_section(view.model)
    model = view.model
    qtbot.waitUntil(lambda: model.models.rowCount() == 4)
    assert model.models.index(2, 3).data() == "no: too little memory"
    model.table.selectRow(2)
    assert "It comes from org/bge-m3, under the licence MIT." in model.text.text()
    assert model.fetch.isVisible() and not model.cancel.isVisible()
    model.table.selectRow(3)
    assert "ai.example.org" in model.text.text()
    model.use.click()
    qtbot.waitUntil(lambda: "cannot be used" in model.text.text())
    assert not model.go.isVisible()


def test_a_model_is_fetched_by_a_command_of_its_own(make: Make, qtbot: QtBot) -> None:
    view = make(running=True)
    view.show_section(view.model)
    model = view.model
    qtbot.waitUntil(lambda: model.models.rowCount() == 4)
    programs = iter(
        (
            "import sys; sys.exit('The network is switched off.')",
            "import time; time.sleep(60)",
            "print(1)",
        )
    )
    model.fetching.command.program = lambda: [sys.executable, "-c", next(programs)]
    model.table.selectRow(2)
    model.fetch.click()
    assert model.cancel.isVisible() and not model.fetch.isVisible() and model.bar.isVisible()
    failed = "bge-m3 could not be fetched: The network is switched off."
    qtbot.waitUntil(lambda: model.text.text() == failed)
    model.fetch.click()
    model.cancel.click()
    assert not model.fetching.running and model.fetch.isVisible() and not model.bar.isVisible()
    model.fetch.click()
    qtbot.waitUntil(lambda: model.text.text() == "bge-m3 is on this computer now.")


def test_changes_survive_those_of_another_program(make: Make, preferences: Preferences) -> None:
    view = make()
    settings.save(Settings(theme="dark", vaults=["/from-elsewhere"]), home().settings_file)
    view.start.power.buttons["full"].click()
    assert (saved().theme, saved().power, saved().vaults) == ("dark", "full", ["/from-elsewhere"])


def test_settings_that_cannot_be_written_count_until_the_end(
    make: Make, preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    failures: list[str] = []
    preferences.failed.connect(failures.append)
    view = make()
    monkeypatch.setattr(settings, "save", full)
    view.start.power.buttons["wait"].click()
    assert failures == ["No space left on device"]
    assert preferences.now.power == "wait"
