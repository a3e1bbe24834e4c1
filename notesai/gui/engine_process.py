"""One run of the engine process: its lines in and out, and how it ended."""

import logging
import signal
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

log = logging.getLogger(__name__)

_SLICE_SECONDS = 0.008
_LONGEST_LINE = 256 << 20
_STOP_MS = 2000
_LEAVE_MS = 10_000
_ERROR_LINES = 20

_POOLS = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 20),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}


class ExitKind(StrEnum):
    """How the engine ended."""

    STOPPED = "stopped"
    KILLED = "killed"
    CRASHED = "crashed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class EngineExit:
    """The end of one run: asked for, killed from outside, crashed, or never started.

    `code` is the exit code or, after a signal, its number; `detail` the last lines it printed.
    """

    kind: ExitKind
    code: int
    detail: str = ""


def _environment() -> QProcessEnvironment:
    """Ours, with few memory pools of which an idle engine can give all back; else as it says.

    Of glibc's two instead of eight for each core: LanceDB's many threads each take one and fill it
    once, 70 MB in all. And Arrow's own is left out: it keeps 45 MB of huge pages. Blocks of a
    megabyte never come from a pool: glibc moves that line up to 32 MB, and 50 MB were kept or not
    as it happened.
    """
    environment = QProcessEnvironment.systemEnvironment()
    if sys.platform == "linux":
        for name, value in _POOLS.items():
            if not environment.contains(name):
                environment.insert(name, value)
    return environment


class LineSplitter:
    """Cuts a stream of bytes into lines in time linear in their length."""

    def __init__(self, longest: int = _LONGEST_LINE) -> None:
        self._longest = longest
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that `data` completes, without their newlines. Overlong ones are dropped."""
        *ended, rest = data.split(b"\n")
        lines: list[bytes] = []
        for piece in ended:
            self._add(piece)
            lines.extend(self._take())
        self._add(rest)
        return lines

    def _add(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._longest:
            self._parts.clear()
        elif piece:
            self._parts.append(piece)

    def _take(self) -> list[bytes]:
        line, size = b"".join(self._parts), self._size
        self._parts, self._size = [], 0
        if size > self._longest:
            log.warning("a line of %d bytes from the engine was dropped", size)
            return []
        return [line] if line.strip() else []


def engine_command(vault: Path) -> list[str]:
    """The command line that runs the engine on `vault`, from source or from a frozen build."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "engine", "--vault", str(vault)]
    return [sys.executable, "-m", "notesai", "engine", "--vault", str(vault)]


class EngineProcess(QObject):
    """One engine process. `line` brings what it says, a slice at a time; `exited` comes once."""

    line = Signal(bytes)
    exited = Signal(object)

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._splitter = LineSplitter()
        self._lines: deque[bytes] = deque()
        self._errors: deque[str] = deque(maxlen=_ERROR_LINES)
        self._stopping = False
        self._over = False
        self._process = QProcess(self)
        self._process.setProgram(command[0])
        self._process.setArguments(list(command[1:]))
        self._process.setProcessEnvironment(_environment())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)

    @property
    def pid(self) -> int:
        """The process id, 0 when it does not run."""
        return self._process.processId()

    def start(self) -> None:
        """Start the process; returns at once."""
        self._process.start()

    def write(self, line: bytes) -> None:
        """Send one line; returns at once, the operating system takes it when it can."""
        if not self._over:
            self._process.write(line)

    def stop(self) -> None:
        """Close the engine's input, which ends it, and kill it if it stays."""
        self._stopping = True
        if self._process.state() is QProcess.ProcessState.NotRunning:
            return
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(_STOP_MS):
            self._process.kill()
            self._process.waitForFinished(_STOP_MS)

    def leave(self) -> None:
        """Have the engine end without waiting for it; it is killed if it stays too long."""
        self._stopping = True
        if self._process.state() is QProcess.ProcessState.Starting:
            self._process.started.connect(self._process.closeWriteChannel)
        self._process.closeWriteChannel()
        QTimer.singleShot(_LEAVE_MS, self._process, self._process.kill)

    def kill(self) -> None:
        """End the process without asking it; its index survives that."""
        self._stopping = True
        self._process.kill()

    def _read(self) -> None:
        data = self._process.readAllStandardOutput().data()
        self._lines.extend(self._splitter.feed(bytes(data)))
        self._deliver()

    def _deliver(self) -> None:
        """Pass lines on for a few milliseconds, then let the window breathe."""
        until = time.perf_counter() + _SLICE_SECONDS
        while self._lines:
            self.line.emit(self._lines.popleft())
            if self._lines and time.perf_counter() > until:
                QTimer.singleShot(0, self._deliver)
                return

    def _read_errors(self) -> None:
        text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        for line in text.splitlines()[-_ERROR_LINES:]:
            if line.strip():
                self._errors.append(line)
                log.info("engine: %s", line)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(ExitKind.MISSING, -1, self._process.errorString())

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._read_errors()
        while self._lines:
            self.line.emit(self._lines.popleft())
        self._end(_kind(code, status, self._stopping), code, "\n".join(self._errors))

    def _end(self, kind: ExitKind, code: int, detail: str) -> None:
        if not self._over:
            self._over = True
            self.exited.emit(EngineExit(kind, code, detail))


def _kind(code: int, status: QProcess.ExitStatus, stopping: bool) -> ExitKind:
    if stopping:
        return ExitKind.STOPPED
    outside = {signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGKILL", signal.SIGTERM)}
    if status is QProcess.ExitStatus.CrashExit and code in outside:
        return ExitKind.KILLED
    return ExitKind.CRASHED
