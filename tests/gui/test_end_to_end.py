"""The real app and the real engine under a window manager, used as a person does: keys and eyes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from fakes import Folder

TOOLS = ("Xvfb", "openbox", "xdotool")
PATIENCE = 40.0

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}"
)


@pytest.fixture
def display() -> Iterator[dict[str, str]]:
    """An empty X display with a window manager."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        with subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL) as manager:
            yield environment
            manager.terminate()
        server.terminate()


class App:
    """The running app, seen from outside."""

    def __init__(self, vault: Path, environment: dict[str, str]) -> None:
        self.environment = environment
        command = [sys.executable, "-m", "notesai", "--vault", str(vault)]
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)

    def xdotool(self, *arguments: str) -> str:
        command = ["xdotool", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        return done.stdout.strip()

    def title(self) -> str:
        found = self.xdotool("search", "--onlyvisible", "--name", "notesai").split()
        return self.xdotool("getwindowname", found[0]) if found else ""

    def search_and_open(self, words: str) -> None:
        self.xdotool("key", "--clearmodifiers", "ctrl+k")
        self.xdotool("key", "--clearmodifiers", "ctrl+a")
        self.xdotool("type", "--delay", "15", words)
        time.sleep(0.5)
        self.xdotool("key", "Return")

    def opens(self, words: str, title: str) -> None:
        """Search for words until the note of that title is what the window shows."""

        def found() -> bool:
            self.search_and_open(words)
            return self.title().startswith(title)

        wait_until(found, f"{title!r} never opened for {words!r}; last title {self.title()!r}")

    def engine(self) -> psutil.Process | None:
        """The engine process, if one runs."""
        for child in psutil.Process(self.process.pid).children():
            try:
                if "engine" in child.cmdline():
                    return child
            except psutil.Error:
                continue  # it is ending at this moment
        return None


def wait_until(condition: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


@pytest.fixture
def app(folder: Folder, display: dict[str, str], tmp_path: Path) -> Iterator[App]:
    folder.write("tomatoes.md", "# Tomatoes\n\nWater tomatoes in the morning. See [[compost]].")
    folder.write("compost.md", "# Compost\n\nLayer green and brown matter for tomatoes.")
    folder.write("서울 산책.md", "# 서울 산책\n\n북촌에서 삼청동까지 걸었다.")
    figures = {"NOTESAI_MEASURE": str(tmp_path / "figures.json")}
    running = App(folder.path, {**display, **figures})
    try:
        wait_until(lambda: "notesai" in running.title(), "no window appeared")
        yield running
    finally:
        running.process.kill()
        running.process.wait()
        if running.process.stderr is not None:
            running.process.stderr.close()


def test_a_day_with_the_window(app: App, folder: Folder, tmp_path: Path) -> None:
    app.opens("watering tomatoes", "Tomatoes")
    app.opens("layer brown matter", "Compost")

    folder.write("plums.md", "# Plums\n\nPlums ripen in August, zanzibar.")
    app.opens("zanzibar", "Plums")

    engine = app.engine()
    assert engine is not None
    engine.send_signal(signal.SIGKILL)
    wait_until(lambda: app.engine() not in (None, engine), "the engine was not started again")
    app.opens("watering tomatoes", "Tomatoes")

    app.process.send_signal(signal.SIGTERM)
    _, errors = app.process.communicate(timeout=20)
    assert app.process.returncode == 0, errors.decode()
    assert "Traceback" not in errors.decode()
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert figures["start_to_usable_seconds"] > 0


def test_closing_the_window_ends_everything(app: App) -> None:
    wait_until(lambda: app.engine() is not None, "no engine was started")
    engine = app.engine()
    assert engine is not None
    app.xdotool("key", "--clearmodifiers", "ctrl+q")
    assert app.process.wait(20) == 0
    psutil.wait_procs([engine], timeout=10)
    assert not engine.is_running()
