"""In the engine's place on a computer that cannot run it: it says why, whatever is asked."""

import signal
import sys
from collections.abc import Callable
from typing import BinaryIO

import msgspec

from notesai.engine import protocol
from notesai.engine.channel import Channel
from notesai.errors import MachineError
from notesai.log import claim_stdout


def serve(error: MachineError, started: Callable[[], None]) -> None:
    """Refuse everything on standard input, until it ends."""
    sink = claim_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    started()
    refuse(error, sys.stdin.buffer, sink)


def refuse(error: MachineError, source: BinaryIO, sink: BinaryIO) -> None:
    """Say once that there is no engine, and answer every request from `source` with `error`."""
    channel = Channel(sink)
    channel.send(
        protocol.EngineState(
            state="failed", code=error.code, message=error.message, hint=error.hint
        )
    )
    for line in source:
        try:
            channel.fail(protocol.decode_request(line), error)
        except msgspec.MsgspecError:
            continue
