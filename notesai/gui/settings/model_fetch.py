"""Fetching a model, by the command that does so, in a process of its own."""

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QProcess, Signal

Command = Callable[[str], Sequence[str]]

_SAID_LINES = 3


def fetch_command(name: str) -> list[str]:
    """The command line that adds the model `name`, from source or from a frozen build."""
    program = (
        [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "notesai"]
    )
    return [*program, "models", "add", name, "--yes", "--json"]


class ModelFetch(QObject):
    """Fetches one model at a time. `ended` brings what the command said if it failed, else ""."""

    ended = Signal(str)

    def __init__(self, command: Command = fetch_command, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = command
        self._process: QProcess | None = None
        self.name = ""

    @property
    def running(self) -> bool:
        """True while a model is being fetched."""
        return self._process is not None

    def start(self, name: str) -> None:
        """Fetch the model `name`, unless one is being fetched."""
        if self._process is not None:
            return
        program, *arguments = self._command(name)
        process = QProcess(self)
        process.setProgram(program)
        process.setArguments(arguments)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._ended)
        self._process, self.name = process, name
        process.start()

    def stop(self) -> None:
        """Give up; what has arrived is kept for the next time. Nothing is told."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._ended)
            process.errorOccurred.disconnect(self._ended)
            process.terminate()
            if not process.waitForFinished(1000):
                process.kill()
                process.waitForFinished(1000)
            process.deleteLater()

    def _ended(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.deleteLater()
        failed = process.exitStatus() is not QProcess.ExitStatus.NormalExit or process.exitCode()
        if process.error() is QProcess.ProcessError.FailedToStart:
            self.ended.emit(process.errorString())
        elif failed:
            text = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            self.ended.emit(" ".join(lines[-_SAID_LINES:]) or str(process.exitCode()))
        else:
            self.ended.emit("")
