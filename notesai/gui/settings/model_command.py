"""Running one command of `notesai models` in a process of its own, with its progress."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from notesai.engine.protocol import Failure
from notesai.gui import explain

_SAID_LINES = 3
_STOP_MS = 1000


class Progress(msgspec.Struct, frozen=True):
    """A line of progress as the commands write it when `NOTESAI_PROGRESS` is "json"."""

    done: int
    total: int


class Failed(msgspec.Struct, frozen=True):
    """A line with the error that ended a command."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended: `failure` is what it said if it failed, and `code` that of the error, if
    it has one; `output` is what it printed."""

    arguments: tuple[str, ...]
    failure: str = ""
    code: str = ""
    output: str = ""

    def value(self, kind: type[msgspec.Struct]) -> msgspec.Struct | None:
        """The JSON object that it printed; None if it is not one of this kind."""
        try:
            return msgspec.json.decode(self.output.encode(), type=kind)
        except msgspec.MsgspecError:
            return None


def program() -> list[str]:
    """How notesai is started, from source or from a frozen build."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "notesai"]


class ModelCommand(QObject):
    """Runs one command at a time. `progressed` brings bytes done and all of them, `ended` the
    `Outcome`."""

    progressed = Signal(float, float)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None, *, under: str = "models") -> None:
        super().__init__(parent)
        self._under = under
        self._process: QProcess | None = None
        self._arguments: tuple[str, ...] = ()
        self._said: list[str] = []
        self._code = ""
        self._rest = b""
        self.program = program

    @property
    def running(self) -> tuple[str, ...]:
        """The arguments of what runs; empty if nothing does."""
        return self._arguments if self._process is not None else ()

    def start(self, arguments: Sequence[str]) -> bool:
        """Run `notesai models ARGUMENTS`, or what is `under` another word. False if one runs."""
        if self._process is not None:
            return False
        first, *rest = self.program()
        process = QProcess(self)
        process.setProgram(first)
        process.setArguments([*rest, self._under, *arguments])
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("NOTESAI_PROGRESS", "json")
        process.setProcessEnvironment(environment)
        process.readyReadStandardError.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._ended)
        self._process, self._arguments = process, tuple(arguments)
        self._said, self._code, self._rest = [], "", b""
        process.start()
        return True

    def stop(self) -> None:
        """Give up; what has arrived is kept for the next time. Nothing is told."""
        process, self._process = self._process, None
        if process is not None:
            process.readyReadStandardError.disconnect(self._read)
            process.finished.disconnect(self._ended)
            process.errorOccurred.disconnect(self._ended)
            process.terminate()
            if not process.waitForFinished(_STOP_MS):
                process.kill()
                process.waitForFinished(_STOP_MS)
            process.deleteLater()

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (
            self._rest + bytes(self._process.readAllStandardError().data())
        ).split(b"\n")
        for line in lines:
            self._take(line)

    def _take(self, line: bytes) -> None:
        match _decoded(line):
            case Progress() as step:
                self.progressed.emit(float(step.done), float(step.total))
            case Failed() as error:
                failure = Failure(id=0, code=error.code, message=error.message, hint=error.hint)
                meaning = explain.failure(failure)
                self._code = error.code
                self._said = [f"{meaning.what} {meaning.hint}".strip()]
            case _:
                text = line.decode("utf-8", "replace").strip()
                self._said = [*self._said, text][-_SAID_LINES:] if text else self._said

    def _ended(self) -> None:
        self._read()
        process, self._process = self._process, None
        if process is None:
            return
        self._take(self._rest)
        process.deleteLater()
        output = bytes(process.readAllStandardOutput().data()).decode("utf-8", "replace")
        failure = ""
        if process.error() is QProcess.ProcessError.FailedToStart:
            failure = process.errorString()
        elif process.exitStatus() is not QProcess.ExitStatus.NormalExit or process.exitCode():
            failure = " ".join(self._said) or str(process.exitCode())
        self.ended.emit(Outcome(self._arguments, failure, self._code, output.strip()))


def _decoded(line: bytes) -> Progress | Failed | None:
    for kind in (Progress, Failed):
        try:
            return msgspec.json.decode(line, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue
    return None
