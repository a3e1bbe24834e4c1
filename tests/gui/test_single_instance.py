import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from notesai.gui.desktop.single_instance import SingleInstance, Summons, socket_name, summon

FIRST = """
import sys
from PySide6.QtCore import QCoreApplication
from notesai.gui.desktop.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance()
print(instance.claim(), instance.first, flush=True)
instance.summoned.connect(lambda summons: print(summons.show, summons.vault, flush=True))
app.exec()
"""


@pytest.fixture(autouse=True)
def runtime_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    # Short: the path of a socket has a hundred bytes at most.
    folder = tmp_path_factory.mktemp("run")
    folder.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))


@pytest.fixture
def instance(qtbot: QtBot) -> Iterator[SingleInstance]:
    made = SingleInstance()
    assert made.claim()
    assert made.first
    yield made
    made.close()


@pytest.fixture
def other() -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts another process that claims to be the first."""
    running: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", FIRST]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_summons_reaches_the_first(
    other: Callable[[], subprocess.Popen[str]], qtbot: QtBot
) -> None:
    process = other()
    assert line_of(process) == "True True"
    assert summon(Summons(show="quick", vault="/노트/폴더"))
    assert line_of(process) == "quick /노트/폴더"
    second = SingleInstance()
    assert not second.claim()
    assert not second.first


def test_a_path_that_is_no_text_costs_only_itself(
    other: Callable[[], subprocess.Popen[str]], qtbot: QtBot
) -> None:
    process = other()
    line_of(process)
    assert summon(Summons(show="main", vault="/notes/\udcff"))
    assert line_of(process) == "main"


def test_nobody_there_is_told_at_once(qtbot: QtBot) -> None:
    assert not summon(Summons())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_killed_app_does_not_keep_others_from_being_the_first(
    other: Callable[[], subprocess.Popen[str]], qtbot: QtBot
) -> None:
    process = other()
    line_of(process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert Path(socket_name()).exists()
    assert not summon(Summons())
    assert line_of(other()) == "True True"
    assert summon(Summons())


def test_a_socket_left_behind_is_replaced(qtbot: QtBot) -> None:
    if sys.platform != "win32":
        Path(socket_name()).touch()
    made = SingleInstance()
    assert made.claim()
    assert made.first
    made.close()
    again = SingleInstance()
    assert again.claim()
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe has no mode")
def test_only_the_user_reaches_the_socket(instance: SingleInstance) -> None:
    assert Path(socket_name()).stat().st_mode & 0o077 == 0


def test_each_home_has_its_own(instance: SingleInstance, monkeypatch: pytest.MonkeyPatch) -> None:
    before = socket_name()
    monkeypatch.setenv("NOTESAI_HOME", f"{os.environ['NOTESAI_HOME']}-2")
    assert socket_name() != before
    beside = SingleInstance()
    assert beside.claim()
    beside.close()


def say(data: bytes, qtbot: QtBot) -> bytes:
    """What the app answers to `data` before it hangs up."""
    socket = QLocalSocket()
    socket.connectToServer(socket_name())
    assert socket.waitForConnected(1000)
    socket.write(data)
    socket.flush()
    unconnected = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: socket.state() is unconnected)
    answer = socket.readAll().data()
    socket.deleteLater()
    return answer


@pytest.mark.parametrize(
    "data",
    [
        b"\n",
        b"hello\n",
        b"\xff\xfe\x00\n",
        b'{"show":"everything"}\n',
        b'{"show":"quick","vault":7}\n',
        b'["quick"]\n',
        b'{"vault":"not/absolute"}\n',
        b'{"vault":"/a\\u0000b"}\n',
        b'{"vault":"/\\ud800"}\n',
        b"[" * 5000 + b"\n",
        b'{"more":' + b"[" * 60_000 + b"\n",
        b'{"vault":"' + b"a" * 200_000,
    ],
)
def test_what_makes_no_sense_is_hung_up_on(
    instance: SingleInstance, qtbot: QtBot, data: bytes
) -> None:
    heard: list[Summons] = []
    instance.summoned.connect(heard.append)
    assert say(data, qtbot) == b""
    assert heard == []
    assert say(b'{"show":"quick"}\n', qtbot) == b"ok\n"
    assert heard == [Summons(show="quick")]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300).filter(lambda data: b"{" not in data))
def test_no_bytes_do_any_harm(instance: SingleInstance, qtbot: QtBot, data: bytes) -> None:
    assert say(data.replace(b"\n", b"") + b"\n", qtbot) == b""
    assert instance.first


def test_one_that_says_nothing_is_hung_up_on_and_others_are_heard(
    instance: SingleInstance, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notesai.gui.desktop.single_instance._READ_MS", 50)
    assert say(b'{"show":', qtbot) == b""


def test_a_home_that_cannot_be_written_goes_on_alone(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("NOTESAI_HOME", str(file / "home"))
    made = SingleInstance()
    assert made.claim()
    assert not made.first


def test_a_name_that_is_taken_goes_on_alone(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QLocalServer, "listen", lambda *_: False)
    made = SingleInstance()
    assert made.claim()
    assert not made.first
    made.close()
