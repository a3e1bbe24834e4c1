"""The line back to the window: what is sent is whole lines, from whichever thread."""

import contextlib
import threading
from collections.abc import Callable
from typing import BinaryIO

from notesai.engine import protocol
from notesai.errors import Cancelled, NotesaiError
from notesai.progress import Step


class Channel:
    """Sends messages; may be used by many threads."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._lock = threading.Lock()

    def send(self, message: protocol.Message) -> None:
        """Send one message, at once."""
        line = protocol.encode(message)
        # The window may be gone already; then nobody is left to be told.
        with self._lock, contextlib.suppress(BrokenPipeError, ValueError):
            self._sink.write(line)
            self._sink.flush()

    def ok(self, request: protocol.AnyRequest, value: protocol.Result) -> None:
        """Answer `request` for good."""
        self.send(protocol.Ok(id=request.id, value=protocol.raw(value)))

    def progress_of(self, request: protocol.AnyRequest) -> Callable[[Step], None]:
        """Tells how far `request` is, whenever that has changed."""
        told: Step | None = None

        def tell(step: Step) -> None:
            nonlocal told
            if step != told:
                told = step
                self.send(
                    protocol.ProgressMessage(
                        id=request.id, phase=step.phase, done=step.done, total=step.total
                    )
                )

        return tell

    def fail(self, request: protocol.AnyRequest, error: NotesaiError) -> None:
        """Say that there is no answer to `request`, and why."""
        code = "cancelled" if isinstance(error, Cancelled) else error.code
        failure = protocol.Failure(id=request.id, code=code, message=error.message, hint=error.hint)
        self.send(failure)
