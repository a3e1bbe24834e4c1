"""An X display with a window manager and a tray, and programs on it, used by keys and by eye."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

TOOLS = ("Xvfb", "openbox", "xdotool")
PATIENCE = 40.0


def tools_there() -> bool:
    return all(map(shutil.which, TOOLS))


@contextmanager
def x_display(*, tray: bool) -> Iterator[dict[str, str]]:
    """The environment of programs on an empty display."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    # Else the server begins anew when the first program that looked at it goes.
    command.append("-noreset")
    with ExitStack() as running:
        server = running.enter_context(_process(command, pass_fds=[writer]))
        os.close(writer)
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        assert server.poll() is None
        environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        wait_until(lambda: _display_there(environment), "no display")
        running.enter_context(_process(["openbox"], env=environment))
        if tray:
            running.enter_context(_process(["trayer", "--edge", "top"], env=environment))
        yield environment


def _display_there(environment: dict[str, str]) -> bool:
    command = ["xdotool", "getdisplaygeometry"]
    return subprocess.run(command, env=environment, capture_output=True).returncode == 0


@contextmanager
def _process(command: list[str], **options: object) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, **options) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.terminate()


class Program:
    """One run of notesai, seen from outside."""

    def __init__(self, environment: dict[str, str], *arguments: str) -> None:
        self.environment = environment
        command = [sys.executable, "-m", "notesai", *arguments]
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)

    def run_also(self, *arguments: str) -> int:
        """Start notesai a second time and wait for it; its exit code."""
        command = [sys.executable, "-m", "notesai", *arguments]
        return subprocess.run(
            command, env=self.environment, timeout=PATIENCE, check=False
        ).returncode

    def xdotool(self, *arguments: str) -> str:
        command = ["xdotool", *arguments]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def key(self, *keys: str) -> None:
        self.xdotool("key", "--clearmodifiers", *keys)

    def write(self, text: str) -> None:
        self.xdotool("type", "--delay", "15", text)

    def titles(self) -> list[str]:
        """The titles of the visible windows of this program."""
        found = self.xdotool("search", "--onlyvisible", "--name", "notesai").split()
        return [self.xdotool("getwindowname", window) for window in found]

    def main_title(self) -> str:
        return next((title for title in self.titles() if not is_quick(title)), "")

    def quick_shown(self) -> bool:
        return any(map(is_quick, self.titles()))

    def focused(self) -> str:
        """The title of the window that has the keyboard."""
        return self.xdotool("getactivewindow", "getwindowname")

    def engine(self) -> psutil.Process | None:
        try:
            children = psutil.Process(self.process.pid).children()
            return next((child for child in children if "engine" in child.cmdline()), None)
        except psutil.Error:
            return None

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()


def is_quick(title: str) -> bool:
    return title.startswith(("Quick search", "빠른 검색"))


def wait_until(condition: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


@contextmanager
def other_window(environment: dict[str, str]) -> Iterator[None]:
    """A window of another program, which has the keyboard."""
    code = (
        "from PySide6.QtWidgets import QApplication, QLineEdit\n"
        "app = QApplication(['other'])\n"
        "line = QLineEdit()\n"
        "line.setWindowTitle('other program')\n"
        "line.show()\n"
        "app.exec()\n"
    )
    with _process([sys.executable, "-c", code], env=environment):
        here = Program.__new__(Program)
        here.environment = environment
        wait_until(lambda: here.focused() == "other program", "the other window has no keyboard")
        yield


def settings_file() -> Path:
    return Path(os.environ["NOTESAI_HOME"]) / "config" / "settings.toml"
