"""The page of the chat models, and what it runs."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from notesai import settings
from notesai.gui.activity import Activity
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.i18n import Language
from notesai.gui.preferences import Preferences
from notesai.gui.settings.chat_section import ChatSection
from notesai.gui.settings.download_bar import DownloadBar
from notesai.gui.settings.service_form import host_of, is_here
from notesai.gui.views.settings_view import SettingsView
from notesai.paths import home


@pytest.fixture
def page(
    look: Appearance, start: Callable[..., EngineClient], qapp: QApplication, qtbot: QtBot
) -> ChatSection:
    client = start()
    preferences = Preferences(home().settings_file, qapp)
    view = SettingsView(look, client, Activity(client, client), preferences)
    qtbot.addWidget(view)
    view.show()
    view.go_to("chat")
    qtbot.waitUntil(lambda: view.chat.models.rowCount() == 3)
    view.chat._view = view
    return view.chat


def commands(page: ChatSection, code: str) -> list[list[str]]:
    """Have commands run as `code`, with their arguments in `sys.argv[1:]`."""
    said: list[list[str]] = []
    start = page.command.start
    page.command.program = lambda: [sys.executable, "-c", code]

    def spy(arguments):
        said.append(list(arguments))
        return start(arguments)

    page.command.start = spy
    return said


def shown(page: ChatSection) -> set[str]:
    return {name for name, button in page.buttons.items() if button.isVisible()}


def saved() -> settings.Settings:
    return settings.load(home().settings_file)


def test_the_list_says_what_one_needs_to_know(page: ChatSection) -> None:
    rows = [[page.models.index(row, column).data() for column in range(6)] for row in range(3)]
    assert rows == [
        ["Tiny 1B", "good", "800 MB", "1.5 GB", "yes", "in use"],
        ["Qwen3 4B", "good", "2.5 GB", "3.2 GB", "yes", "to be fetched"],
        ["Large 70B", "good", "40.0 GB", "40.7 GB", "no: too little memory", "to be fetched"],
    ]
    assert page.table.currentIndex().row() == 0
    assert shown(page) == {"quote", "try", "remove", "file", "service"}
    page.table.selectRow(2)
    assert page.text.text() == (
        "Licence: Apache-2.0. It comes from org/large: 40.0 GB. "
        "This machine has too little memory for it."
    )
    assert shown(page) == {"fetch", "file", "service"}


def test_embedding_models_have_a_page_of_their_own(page: ChatSection, qtbot: QtBot) -> None:
    page._view.show_section(page._view.model)
    qtbot.waitUntil(lambda: page._view.model.models.rowCount() == 4)
    assert all(model.task != "chat" for model in page._view.model.models.models)


def test_a_model_is_fetched_with_progress_and_can_be_stopped(
    page: ChatSection, qtbot: QtBot
) -> None:
    said = commands(
        page,
        "import sys, time, os; assert os.environ['NOTESAI_PROGRESS'] == 'json'\n"
        'for at in range(6): sys.stderr.write(\'{"done": %d, "total": 2500000000}\\n\''
        " % (at * 100000000)); sys.stderr.flush()\n"
        "time.sleep(60)",
    )
    page.table.selectRow(1)
    page.buttons["fetch"].click()
    assert said == [["add", "qwen3-4b", "--yes", "--json"]]
    assert page.text.text() == "Fetching qwen3-4b…"
    qtbot.waitUntil(lambda: page.bar.words.text() == "500 MB of 2.5 GB")
    assert page.bar.bar.value() == 200 and shown(page) == {"stop"}
    page.buttons["stop"].click()
    assert page.text.text() == "Stopped. What has come is kept."
    assert not page.command.running and not page.bar.isVisible()


def test_a_fetch_that_fails_says_why_and_without_network_is_not_tried(
    page: ChatSection, qtbot: QtBot
) -> None:
    said = commands(page, "import sys; print('{\"done\": 1}'); sys.exit('The disk is full.')")
    page.table.selectRow(1)
    page.buttons["fetch"].click()
    qtbot.waitUntil(lambda: page.text.text() == "qwen3-4b: The disk is full.")
    refusal = json.dumps({"code": "hub.disk_full", "message": "raw", "hint": "raw"})
    page.command.program = lambda: [
        sys.executable,
        "-c",
        f"import sys; print({refusal!r}, file=sys.stderr); sys.exit('The disk is full.')",
    ]
    page.buttons["fetch"].click()
    qtbot.waitUntil(lambda: "The disk is too full for this model." in page.text.text())
    assert len(said) == 2
    page._preferences.change("network", False)
    page.buttons["fetch"].click()
    assert "switched off" in page.text.text() and len(said) == 2


def test_an_error_of_a_command_is_told_in_the_windows_language(
    page: ChatSection, qtbot: QtBot, language: Language
) -> None:
    language.choose("ko")
    told = '{"code": "hub.unreachable", "message": "hub is away", "hint": "Later."}'
    commands(page, f"import sys; sys.stderr.write({told!r}); sys.exit(1)")
    page.table.selectRow(1)
    page.buttons["fetch"].click()
    qtbot.waitUntil(lambda: "허브에 연결할 수 없어요." in page.text.text())
    assert "away" not in page.text.text()


def test_a_file_is_added_and_a_model_is_chosen(
    page: ChatSection, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = commands(page, "print('{}')")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/models/my own.gguf", ""))
    page.buttons["file"].click()
    assert said == [["add", "/models/my own.gguf", "--yes", "--json"]]
    qtbot.waitUntil(lambda: page.text.text() == "my own.gguf is on this computer now.")
    page.table.selectRow(0)
    page.buttons["quote"].click()
    page._use()
    assert saved().chat_model == "tiny"
    page.buttons["quote"].click()
    assert saved().chat_model == ""


def test_trying_says_how_quick_it_is(page: ChatSection, qtbot: QtBot) -> None:
    outcome = {"tokens_per_second": 12.34, "text": "Hello\nthere.", "ready_seconds": 0.52}
    said = commands(page, f"print({json.dumps(json.dumps(outcome))})")
    page.buttons["try"].click()
    assert said == [["try", "tiny", "--json"]]
    wanted = "tiny was ready after 0.5 s and writes 12.3 tokens a second. “Hello there.”"
    qtbot.waitUntil(lambda: page.text.text() == wanted)
    assert page.text.textFormat() is Qt.TextFormat.PlainText
    commands(page, "print('no json')")
    page.buttons["try"].click()
    qtbot.waitUntil(lambda: page.text.text() == "tiny works.")


def test_a_model_is_deleted_only_after_asking(page: ChatSection, qtbot: QtBot) -> None:
    said = commands(page, "print('{}')")
    page._preferences.change("chat_model", "tiny")
    for words in ("Cancel", "Delete"):
        page.buttons["remove"].click()
        box = [box for box in page.window().findChildren(QMessageBox) if box.isVisible()][-1]
        next(button for button in box.buttons() if button.text() == words).click()
    assert said == [["remove", "tiny", "--json"]]
    qtbot.waitUntil(lambda: page.text.text() == "tiny is deleted.")
    assert saved().chat_model == ""


def test_a_service_elsewhere_is_warned_of(page: ChatSection, qtbot: QtBot) -> None:
    said = commands(page, "print('{}')")
    page.buttons["service"].click()
    form = page.form
    assert form.isVisible() and not form.add_button.isEnabled()
    form.address.setText("http://127.0.0.1:8080/v1")
    form.model.setText("llama3.2")
    assert (form.warning, form.add_button.text()) == ("", "Add it")
    form.address.setText("https://ai.example.org/v1")
    assert "ai.example.org is another machine" in form.warning
    assert form.add_button.text() == "Add it, and send to ai.example.org"
    form.key.setText("MY_KEY")
    form.add_button.click()
    assert said[0][:6] == [
        "add",
        "llama3.2",
        "--endpoint",
        "https://ai.example.org/v1",
        "--model",
        "llama3.2",
    ]
    assert said[0][6:8] == ["--key-variable", "MY_KEY"]
    qtbot.waitUntil(lambda: not form.isVisible())


@pytest.mark.parametrize(
    ("address", "host", "here"),
    [
        ("http://localhost:11434/v1", "localhost", True),
        ("http://[::1]:80", "::1", True),
        ("https://127.1.2.3", "127.1.2.3", True),
        ("http://localhost.example.org", "localhost.example.org", False),
        ("http://192.168.0.9:1234", "192.168.0.9", False),
        ("ftp://localhost", "", False),
        ("localhost:11434", "", False),
        ("http://[broken", "", False),
        ("", "", False),
    ],
)
def test_what_is_here_and_what_is_elsewhere(address: str, host: str, here: bool) -> None:
    assert (host_of(address), is_here(host)) == (host, here)


def test_keeping_conversations_is_switched_here_too(page: ChatSection) -> None:
    page.keep.buttons["off"].click()
    assert saved().keep_conversations is False


def test_the_time_left_is_of_this_download_alone(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = DownloadBar()
    qtbot.addWidget(bar)
    now = [0.0]
    monkeypatch.setattr("notesai.gui.settings.download_bar.time.monotonic", lambda: now[0])
    bar.begin()
    bar.advance(2e9, 3e9)
    now[0] = 10.0
    bar.advance(2.1e9, 3e9)
    assert bar.words.text() == "2.1 GB of 3.0 GB · about 2 minutes left"


def test_the_real_command_tells_its_progress(tmp_path: Path) -> None:
    """What the page reads is what `notesai models add` writes."""
    import subprocess

    code = (
        "from notesai.cli import transfer\n"
        "from notesai.progress import Step\n"
        "with transfer.progress_bar() as task: task.report('download', 3, 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"NOTESAI_PROGRESS": "json", "PYTHONPATH": str(Path(settings.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stderr) == {"done": 3, "total": 9}


def test_the_real_command_tells_its_code(tmp_path: Path) -> None:
    import os
    import subprocess

    file = tmp_path / "no.gguf"
    file.write_bytes(b"not a model")
    done = subprocess.run(
        [sys.executable, "-m", "notesai", "models", "add", str(file), "--yes", "--json"],
        env={**os.environ, "NOTESAI_PROGRESS": "json"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    said = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert said[-1]["code"] == "llm.not_gguf"
