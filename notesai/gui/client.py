"""The window's side of the engine: typed requests, their replies, events, and restarts."""

import functools
import itertools
import logging
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from notesai.engine import protocol
from notesai.engine.protocol import (
    EngineState,
    Failure,
    IndexChanged,
    IndexProgress,
    Ok,
    Partial,
    ProgressMessage,
    Request,
)
from notesai.gui.engine_process import EngineExit, EngineProcess, ExitKind
from notesai.gui.requests import Replies, Requests

log = logging.getLogger(__name__)

CANCELLED = "cancelled"
"""The code of a request that the engine gave up because it starts afresh: it is asked again."""

RESTARTS = 3
RESTART_WINDOW_SECONDS = 300.0
_STATES = {"starting", "ready", "failed"}
_RESTART_DELAYS_MS = (200, 1000, 3000)


@dataclass(frozen=True, slots=True)
class _Call:
    request: Request
    replies: Replies[Any]


class EngineClient(QObject, Requests):
    """Runs the engine and talks to it. Every method returns at once.

    Requests made before the engine is ready wait for it. When it ends unasked, what was under
    way fails with code `engine.gone` and it is started again, three times in five minutes at
    most; then `given_up` is emitted and `restart` is the way on. `troubled` brings an
    `EngineState` with what goes wrong while the engine otherwise works.
    """

    state_changed = Signal(object)
    troubled = Signal(object)
    index_progress = Signal(object)
    index_changed = Signal(object)
    exited = Signal(object)
    given_up = Signal(object)

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = itertools.count(1)
        self._command = tuple(command)
        self._calls: dict[int, _Call] = {}
        self._waiting: list[Request] = []
        self._state = EngineState(state="stopped")
        self._looked_through = False
        self._process: EngineProcess | None = None
        self._leaving: list[EngineProcess] = []
        self._down = False
        self._restarts: deque[float] = deque(maxlen=RESTARTS)
        self._restart = QTimer(self)
        self._restart.setSingleShot(True)
        self._restart.timeout.connect(self.start)

    @property
    def state(self) -> EngineState:
        """The engine's last word on itself; state "stopped" while it does not run."""
        return self._state

    @property
    def ready(self) -> bool:
        """True while the engine answers requests."""
        return self._state.state == "ready"

    @property
    def looked_through(self) -> bool:
        """True once this engine has compared the whole folder with the index."""
        return self._looked_through

    @property
    def pid(self) -> int:
        """The engine's process id, 0 while it does not run."""
        return self._process.pid if self._process is not None else 0

    def start(self) -> None:
        """Start the engine unless it runs."""
        if self._process is not None:
            return
        process = EngineProcess(self._command, self)
        process.line.connect(self._receive)
        process.exited.connect(self._ended)
        self._process = process
        self._become(EngineState(state="starting"))
        process.start()

    def run(self, command: Sequence[str]) -> None:
        """Leave the engine that runs to its end and start this one in its place.

        What was asked of the old one is dropped without calling anyone back.
        """
        self._restart.stop()
        self._restarts.clear()
        self._calls.clear()
        self._waiting.clear()
        self._command, self._down = tuple(command), False
        process, self._process = self._process, None
        if process is not None:
            process.line.disconnect(self._receive)
            process.exited.disconnect(self._ended)
            self._leaving.append(process)
            process.exited.connect(functools.partial(self._left, process))
            process.leave()
        self.start()

    def _left(self, process: EngineProcess, _: EngineExit | None = None) -> None:
        if process in self._leaving:
            self._leaving.remove(process)
            process.deleteLater()

    def restart(self) -> None:
        """Start the engine again at the person's wish, forgetting earlier crashes."""
        self._restarts.clear()
        if self._process is not None:
            self._process.kill()
        self.stop()
        self.start()

    def stop(self) -> None:
        """End the engine and drop all requests, without calling anyone back. Waits for its end."""
        self._restart.stop()
        self._calls.clear()
        self._waiting.clear()
        process, self._process = self._process, None
        if process is not None:
            process.line.disconnect(self._receive)
            process.exited.disconnect(self._ended)
            process.stop()
            process.deleteLater()
        for process in list(self._leaving):
            process.stop()
            self._left(process)
        self._state = EngineState(state="stopped")
        self._looked_through = False

    def read_settings(self) -> None:
        """Have the engine take over the settings, if one runs: the next one reads them itself."""
        self._tell(protocol.ReadSettings(id=next(self._ids)))

    def wake(self) -> None:
        """Have the engine ready for the next search, if one runs: a person has come back."""
        self._tell(protocol.Wake(id=next(self._ids)))

    def cancel(self, call: int) -> None:
        """Stop the call with this id: nobody is called back. An unknown id does nothing."""
        if self._calls.pop(call, None) is None:
            return
        held = [request for request in self._waiting if request.id != call]
        if len(held) != len(self._waiting):
            self._waiting = held
        elif self._process is not None:
            cancel = protocol.Cancel(id=next(self._ids), target=call)
            self._process.write(protocol.encode(cancel))

    def _send(self, request: Request, replies: Replies[Any]) -> int:
        self._calls[request.id] = _Call(request, replies)
        if self.ready and self._process is not None:
            self._process.write(protocol.encode(request))
        elif self._down:
            QTimer.singleShot(0, self._fail_calls)
        else:
            self._waiting.append(request)
        return request.id

    def _tell(self, request: Request) -> None:
        """Send what nobody waits for the result of."""
        if self.ready and self._process is not None:
            self._process.write(protocol.encode(request))

    def _receive(self, line: bytes) -> None:
        try:
            message = protocol.decode_message(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            log.warning("not a message from the engine (%s): %.200r", error, line)
            return
        match message:
            case ProgressMessage():
                if (call := self._calls.get(message.id)) is not None:
                    call.replies.progress(message)
            case Partial():
                self._partial(message)
            case Ok():
                self._succeed(message)
            case Failure():
                if (call := self._calls.pop(message.id, None)) is not None:
                    call.replies.failed(message)
            case IndexProgress():
                self._looked_through = self._looked_through or message.phase == "done"
                self.index_progress.emit(message)
            case IndexChanged():
                self.index_changed.emit(message)
            case EngineState():
                if message.state in _STATES:
                    self._become(message)
                else:
                    self.troubled.emit(message)

    def _partial(self, message: Partial) -> None:
        call = self._calls.get(message.id)
        if call is not None and (value := _decode(call, message.value)) is not None:
            call.replies.partial(value)

    def _succeed(self, message: Ok) -> None:
        call = self._calls.pop(message.id, None)
        if call is None:
            return
        value = _decode(call, message.value)
        if value is None:
            call.replies.failed(_failure(message.id, "engine.garbled"))
        else:
            call.replies.ok(value)

    def _become(self, state: EngineState) -> None:
        self._state = state
        self._looked_through = self._looked_through and self.ready
        self._down = state.state == "failed"
        if self.ready and self._process is not None:
            for request in self._waiting:
                self._process.write(protocol.encode(request))
            self._waiting.clear()
        self.state_changed.emit(state)
        if state.state == "failed":
            self._fail_calls()

    def _fail_calls(self) -> None:
        """Tell all who wait that there is nobody to answer, and why if the engine has said so."""
        calls, self._calls = self._calls, {}
        self._waiting.clear()
        state = self._state
        for number, call in calls.items():
            failure = _failure(number, "engine.gone")
            if state.state == "failed":
                failure = Failure(
                    id=number, code=state.code, message=state.message, hint=state.hint
                )
            call.replies.failed(failure)

    def _ended(self, end: EngineExit) -> None:
        log.warning("the engine %s (%d): %s", end.kind, end.code, end.detail)
        explained = self._state.state == "failed"
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
        if not explained:
            self._become(EngineState(state="stopped"))
        self.exited.emit(end)
        self._fail_calls()
        if not explained:
            self._start_again(end)

    def _start_again(self, end: EngineExit) -> None:
        now = time.monotonic()
        while self._restarts and now - self._restarts[0] > RESTART_WINDOW_SECONDS:
            self._restarts.popleft()
        if len(self._restarts) >= RESTARTS or end.kind is ExitKind.MISSING:
            self._down = True
            self.given_up.emit(end)
            return
        self._restart.start(_RESTART_DELAYS_MS[len(self._restarts)])
        self._restarts.append(now)


def _decode(call: _Call, value: msgspec.Raw) -> Any:
    try:
        return protocol.decode_result(type(call.request), value)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        log.warning("a reply to %s is not its result: %s", type(call.request).__name__, error)
        return None


def _failure(call: int, code: str) -> Failure:
    return Failure(id=call, code=code, message="The engine did not answer.", hint="Try again.")
