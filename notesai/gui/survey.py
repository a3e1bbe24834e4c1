"""A first look at a folder of notes, made by a process of its own."""

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, Signal

from notesai.engine.protocol import Failure

log = logging.getLogger(__name__)

Command = Callable[[Path], Sequence[str]]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Notes, their size in bytes, the seconds that embedding them takes; or why not."""

    notes: int = 0
    size: int = 0
    seconds: float = 0.0
    code: str = ""
    message: str = ""
    hint: str = ""


def survey_command(vault: Path) -> list[str]:
    """The command line that looks at `vault`, from source or from a frozen build."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "survey", "--vault", str(vault)]
    return [sys.executable, "-m", "notesai", "survey", "--vault", str(vault)]


class FolderSurvey(QObject):
    """Looks at one folder at a time. `found` brings a `Found`, `failed` a `Failure`."""

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, command: Command = survey_command, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = command
        self._process: QProcess | None = None

    def start(self, vault: Path) -> None:
        """Look at `vault`; a look that is under way is given up."""
        self.stop()
        program, *arguments = self._command(vault)
        process = QProcess(self)
        process.setProgram(program)
        process.setArguments(arguments)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._ended)
        self._process = process
        process.start()

    def stop(self) -> None:
        """Give up; nothing is told any more."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._ended)
            process.errorOccurred.disconnect(self._ended)
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def _ended(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.deleteLater()
        try:
            found = msgspec.json.decode(process.readAllStandardOutput().data(), type=Found)
        except msgspec.DecodeError as error:
            errors = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
            log.warning("a folder could not be looked at (%s): %s", error, errors[-2000:])
            self.failed.emit(Failure(id=0, code="engine.gone", message=str(error)))
            return
        if found.code:
            self.failed.emit(Failure(id=0, code=found.code, message=found.message, hint=found.hint))
        else:
            self.found.emit(found)
