"""The Ask view on the real engine: quotes, and a chat model of random weights in its process."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import psutil
import pytest
from fakes import Folder
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from notesai.gui.appearance import Appearance
from notesai.gui.asking.exchange import Stage
from notesai.gui.client import EngineClient
from notesai.gui.engine_process import engine_command
from notesai.gui.main_window import MainWindow
from notesai.gui.views.ask_view import AskView
from notesai.model import AnswerKind

pytestmark = pytest.mark.timeout(240)

Begin = Callable[[], tuple[MainWindow, AskView]]


@pytest.fixture
def begin(look: Appearance, folder: Folder, qtbot: QtBot) -> Iterator[Begin]:
    folder.write("garden/tomatoes.md", "# Tomatoes\n\nWater tomatoes in the early morning.\n")
    folder.write("compost.md", "# Compost\n\nLayer green and brown matter in the heap.\n")
    client = EngineClient(engine_command(folder.path))
    windows: list[MainWindow] = []

    def opened() -> tuple[MainWindow, AskView]:
        window = MainWindow(look, client, folder.path)
        windows.append(window)
        client.start()
        window.show()
        qtbot.waitUntil(lambda: len(window.titles.notes) == 2, timeout=60_000)
        window.show_view("ask")
        return window, cast(AskView, window.pages.page("ask"))

    yield opened
    for window in windows:
        window.close()
        window.deleteLater()
    client.stop()


def ask(view: AskView, question: str, qtbot: QtBot) -> None:
    view.box.edit.put(question)
    qtbot.keyClick(view.box.edit, Qt.Key.Key_Return)


def answered(view: AskView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not view.conversation.busy, timeout=60_000)


def test_notes_are_quoted_saved_and_read_at_the_passage(
    begin: Begin, folder: Folder, qtbot: QtBot
) -> None:
    window, view = begin()
    ask(view, "When should I water tomatoes?", qtbot)
    answered(view, qtbot)
    last = view.conversation.exchanges[-1]
    assert last.answer is not None and last.answer.kind is AnswerKind.EXTRACTIVE
    assert "Water tomatoes in the early morning." in view.pane.panes[0].page.toPlainText()
    body = "Water them early [^1]."
    before = (folder.path / "compost.md").read_bytes()
    for _ in range(2):
        with qtbot.waitSignal(view.saver.saved, timeout=30_000) as saved:
            view.saver.save("", "compost", body)
        assert (folder.path / saved.args[0]).read_text("utf-8") == f"# compost\n\n{body}"
    assert (folder.path / "compost.md").read_bytes() == before
    view.pane.panes[0].page.cited.emit(1)
    page = window.notes.reading.reader.page
    qtbot.waitUntil(lambda: page.passages == 1, timeout=30_000)
    assert window.notes.reading.path == "garden/tomatoes.md"


def test_a_chat_model_streams_stops_and_may_crash(
    begin: Begin, tmp_path: Path, qtbot: QtBot
) -> None:
    pytest.importorskip("llama_cpp")
    tiny_llm = pytest.importorskip("tiny_llm")
    model = tiny_llm.tiny_model(tmp_path / "tiny.gguf")
    window, view = begin()
    window.preferences.change("chat_model", str(model))
    qtbot.waitUntil(lambda: view.card.chip.text() == "tiny.gguf")
    ask(view, "When should I water tomatoes?", qtbot)
    written = view.conversation
    qtbot.waitUntil(lambda: written.exchanges[-1].stage is Stage.WRITING, timeout=60_000)
    qtbot.waitUntil(lambda: bool(view.pane.panes[0].page.toPlainText()), timeout=30_000)
    qtbot.keyClick(view.box.edit, Qt.Key.Key_Escape)
    assert written.exchanges[-1].stage is Stage.STOPPED and written.exchanges[-1].answer
    view.pane.panes[0].buttons["again"].click()
    qtbot.waitUntil(lambda: written.exchanges[-1].stage is not Stage.WAITING, timeout=60_000)
    if written.busy:
        engine = psutil.Process(window._client.pid)
        for child in engine.children(recursive=True):
            if "llm" in " ".join(child.cmdline()):
                os.kill(child.pid, signal.SIGKILL)
    answered(view, qtbot)
    last = written.exchanges[-1]
    assert last.stage in {Stage.DONE, Stage.FAILED}
    if last.stage is Stage.FAILED:
        assert "crashed" in view.pane.panes[-1].stage.text()
    assert window._client.ready
