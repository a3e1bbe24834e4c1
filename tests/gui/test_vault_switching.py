"""The welcome page, and going from one folder of notes to another."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from notesai import settings
from notesai.gui import folders, main_window, sample, shortcuts
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.i18n import Language
from notesai.gui.main_window import MainWindow
from notesai.gui.settings.desktop import Desktop
from notesai.gui.survey import FolderSurvey, Found
from notesai.gui.views import welcome_view
from notesai.gui.views.welcome_view import WelcomeView
from notesai.gui.widgets.shortcut_sheet import ShortcutSheet
from notesai.paths import home, sample_vault
from notesai.settings import Settings

HERE = Path(__file__).resolve().parent
Show = Callable[..., MainWindow]


@pytest.fixture
def show(look: Appearance, engine: Callable[..., list[str]], qtbot: QtBot) -> Iterator[Show]:
    """A window without an engine at first; `empty` in a folder's name makes one of no notes."""
    made: list[tuple[MainWindow, EngineClient]] = []

    def command(vault: Path) -> list[str]:
        acts = ("empty",) if "empty" in vault.name else ()
        return [*engine(*acts), "--vault", str(vault)]

    def window(vault: Path | None, desktop: Desktop | None = None) -> MainWindow:
        client = EngineClient(command(vault) if vault is not None else ())
        opened = MainWindow(look, client, vault, desktop=desktop, engine=command)
        made.append((opened, client))
        opened.show()
        if vault is not None:
            client.start()
        return opened

    yield window
    for opened, client in made:
        opened.close()
        client.stop()
        opened.deleteLater()


def saved() -> Settings:
    return settings.load(home().settings_file)


def test_without_a_vault_the_window_welcomes_and_opens_what_is_chosen(
    show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show(None)
    assert window.welcome.isVisible() and not window.field.isVisible()
    monkeypatch.setattr(welcome_view, "choose_folder", lambda parent: tmp_path)
    monkeypatch.setattr(window.welcome._survey, "start", lambda folder: None)
    window.welcome.choose.click()
    assert window.welcome.folder.text() == str(tmp_path)
    assert window.welcome.found.text() == "Looking at the folder…"
    window.welcome._survey.found.emit(Found(notes=1204, size=12_345_678, seconds=190.0))
    assert window.welcome.found.text() == (
        "1,204 notes, 11.8 MB. Words are found within seconds; meaning follows in about 3 minutes, "
        "while you work."
    )
    window.welcome.start.click()
    assert window.field.isVisible() and window.vault == tmp_path
    qtbot.waitUntil(lambda: len(window.titles.notes) == 12, timeout=15_000)
    assert (saved().last_vault, saved().vaults) == (str(tmp_path), [str(tmp_path)])


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "within a minute"), (60, "in about 1 minute,"), (7200, "in about 2 hours")],
)
def test_the_time_is_told_roughly(
    look: Appearance, qtbot: QtBot, seconds: float, words: str
) -> None:
    view = WelcomeView(look)
    qtbot.addWidget(view)
    view._found(Found(notes=3, size=2000, seconds=seconds))
    assert words in view.found.text()
    view._found(Found())
    assert view.found.text().startswith("There are no notes in it yet.")


def test_a_survey_is_made_by_another_process(qtbot: QtBot, tmp_path: Path) -> None:
    def command(text: str) -> Callable[[Path], list[str]]:
        return lambda vault: [sys.executable, "-c", f"print({text!r})"]

    found = FolderSurvey(command('{"notes": 7, "size": 9, "seconds": 1.5}'))
    with qtbot.waitSignal(found.found) as told:
        found.start(tmp_path)
    assert told.args == [Found(notes=7, size=9, seconds=1.5)]
    missing = FolderSurvey(command('{"code": "vault.missing", "message": "gone"}'))
    with qtbot.waitSignal(missing.failed) as failed:
        missing.start(tmp_path)
    assert failed.args is not None and failed.args[0].code == "vault.missing"
    for broken in (FolderSurvey(command("no json")), FolderSurvey(lambda _: ["/no/such/program"])):
        with qtbot.waitSignal(broken.failed) as failed:
            broken.start(tmp_path)
        assert failed.args is not None and failed.args[0].code == "engine.gone"


def test_a_survey_that_is_given_up_tells_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    slow = FolderSurvey(lambda _: [sys.executable, "-c", "import time; time.sleep(60)"])
    told: list[object] = []
    slow.found.connect(told.append)
    slow.failed.connect(told.append)
    slow.start(tmp_path)
    slow.start(tmp_path)
    slow.stop()
    qtbot.wait(100)
    assert told == []


def test_the_sample_notes_are_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    copy = sample.sample_notes()
    names = {file.relative_to(copy) for file in copy.rglob("*.md")}
    assert names == {file.relative_to(sample_vault()) for file in sample_vault().rglob("*.md")}
    (copy / "Welcome.md").write_text("changed")
    assert sample.sample_notes() == copy
    assert (copy / "Welcome.md").read_text() == "changed"
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_another_vault_is_opened_with_an_engine_of_its_own(
    show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "empty"
    window = show(first)
    qtbot.waitUntil(lambda: len(window.titles.notes) == 12, timeout=15_000)
    before, client = window._client.pid, window._client
    window.field.set_query("cache")
    opened: list[Path] = []
    window.vault_opened.connect(opened.append)
    monkeypatch.setattr(main_window, "choose_folder", lambda parent: second)
    window.choose_vault()
    assert opened == [second]
    assert window.windowTitle() == "empty – notesai"
    assert window.field.edit.text() == ""
    qtbot.waitUntil(lambda: client.ready, timeout=15_000)
    qtbot.waitUntil(lambda: window.titles.loaded, timeout=15_000)
    assert client.pid not in (0, before)
    assert window.titles.notes == ()
    qtbot.waitUntil(lambda: not client._leaving, timeout=15_000)
    assert saved().vaults == [str(second), str(first)]
    menu = window.rail.vaults.make_menu()
    shown = [(action.text(), action.isChecked()) for action in menu.actions() if action.text()]
    assert shown == [("empty", True), ("first", False), ("Open a folder…", False)]
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: len(window.titles.notes) == 12, timeout=15_000)
    assert saved().last_vault == str(first)
    window.open_vault(first)
    assert opened == [second, first]


def test_nothing_chosen_changes_nothing(
    show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show(None)
    monkeypatch.setattr(folders.QFileDialog, "getExistingDirectory", staticmethod(lambda *_: ""))
    window.choose_vault()
    window.welcome.choose.click()
    assert window.vault is None and window.welcome.isVisible()


def test_broken_settings_are_told_and_kept(show: Show, own_home: Path) -> None:
    file = home().settings_file
    file.parent.mkdir(parents=True)
    file.write_text('theme = "pink"\nlanguage = "ko"\n')
    window = show(None)
    window._faces.setCurrentIndex(0)
    assert window.notice.isVisible()
    assert window.notice.what == "Some settings could not be used: theme."
    assert file.with_suffix(".broken.toml").read_text() == 'theme = "pink"\nlanguage = "ko"\n'
    assert window.preferences.now.language == "ko"


def test_every_key_of_the_window_is_on_the_sheet(show: Show, language: Language) -> None:
    window = show(None)
    known = {keys for group in shortcuts.groups() for one in group.keys for keys in one.keys}
    bound = {found.key().toString() for found in window.findChildren(QShortcut)}
    bound |= {
        button.shortcut().toString()
        for button in window.findChildren(QAbstractButton)
        if not button.shortcut().isEmpty() and "&" not in button.text()
    }
    assert len(bound) > 8
    assert bound - {_portable(keys) for keys in known} == set()
    for code in ("en", "ko"):
        language.choose(code)
        sheet = ShortcutSheet(window)
        texts = [label.text() for label, _, at in sheet._labels if at >= 0]
        assert all(texts) and len(texts) == len(set(texts))
        sheet.deleteLater()


def _portable(keys: str) -> str:
    from PySide6.QtGui import QKeySequence

    return QKeySequence(keys).toString()


class _Hotkey:
    supported, trouble = True, ""

    def try_set(self, keys: str) -> object:
        raise AssertionError("nobody asked")


class _Login:
    def enabled(self) -> bool:
        return False

    def enable(self) -> None: ...

    def disable(self) -> None: ...


_CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)


@pytest.mark.parametrize("code", ["en", "ko"])
def test_every_control_of_the_settings_and_the_welcome_has_a_name(
    show: Show, language: Language, code: str
) -> None:
    language.choose(code)
    desktop = Desktop(_Hotkey(), _Login())  # type: ignore[arg-type]
    window = show(None, desktop)
    named = set[QWidget]()
    pages: list[QWidget] = [window.welcome, window.settings.names, window.status.notes]
    for page in (*pages, *window.settings.sections):
        found = [w for kind in _CONTROLS for w in page.findChildren(kind)]
        for widget in [w for w in (page, *found) if isinstance(w, _CONTROLS)]:
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if widget.isVisibleTo(page):
                assert widget.accessibleName() or text, f"{page} {widget}"
                named.add(widget)
    assert len(named) > 35
