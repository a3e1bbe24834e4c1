"""One process of a language model, its two pipes, and a thread for each of them."""

import contextlib
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from notesai.answers.llm import wire

_END_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Gone:
    """The process is there no more: its exit status, or why it could not be started."""

    code: int = 0
    failure: str = ""


class Running:
    """Starts a process and carries lines to and from it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._replies: queue.SimpleQueue[wire.AnyReply | Gone] = queue.SimpleQueue()
        self._requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._gone: Gone | None = None
        started = threading.Event()
        # The thread that starts the process lasts as long as it does: on Linux the process dies
        # with the thread, and those that ask come and go.
        self._thread = threading.Thread(
            target=self._attend, args=(command, started), name="llm", daemon=True
        )
        self._thread.start()
        started.wait()

    @property
    def pid(self) -> int:
        """The process's number; 0 if it could not be started."""
        return self._process.pid if self._process is not None else 0

    def send(self, request: wire.ToModel) -> None:
        """Write a request, without waiting. To a process that is gone it is lost; `reply` tells."""
        self._requests.put(wire.encode(request))

    def reply(self, seconds: float) -> wire.AnyReply | Gone | None:
        """The next reply; None if none comes in time. Once the process is gone, always `Gone`."""
        if self._gone is not None:
            return self._gone
        try:
            reply = self._replies.get(timeout=seconds)
        except queue.Empty:
            return None
        if isinstance(reply, Gone):
            self._gone = reply
        return reply

    def end(self, seconds: float = _END_SECONDS) -> None:
        """Kill the process, if it is there still, and wait so long for it to be gone."""
        if self._process is not None:
            self._process.kill()
        self._thread.join(seconds)

    def _attend(self, command: Sequence[str], started: threading.Event) -> None:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                creationflags=subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0,
            )
        except OSError as error:
            self._replies.put(Gone(failure=str(error)))
            started.set()
            return
        self._process = process
        assert process.stdout is not None
        writer = threading.Thread(target=self._write, args=(process,), name="llm pen", daemon=True)
        writer.start()
        started.set()
        for line in process.stdout:
            # What cannot be read was cut off by the end of the process.
            with contextlib.suppress(msgspec.MsgspecError):
                self._replies.put(wire.reply(line))
        process.stdout.close()
        code = process.wait()
        self._requests.put(b"")
        writer.join()
        self._replies.put(Gone(code=code))

    def _write(self, process: subprocess.Popen[bytes]) -> None:
        """Apart, because a process that does not read lets the pipe fill up."""
        assert process.stdin is not None
        with contextlib.suppress(OSError, ValueError), process.stdin as pipe:
            while line := self._requests.get():
                pipe.write(line)
                pipe.flush()
