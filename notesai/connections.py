"""The network: whether it may be used at all, and a log of every connection ever made.

notesai goes online only for what a person asked for. Whoever opens a connection asks
`require_network` first and says in the log, by `visit`, which host it spoke to, what for, and how
much was moved. The log is a file of JSON lines that nothing reads but a person.
"""

import json
import logging
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from notesai import paths, settings
from notesai.errors import RequestError

log = logging.getLogger(__name__)


def require_network(purpose: str) -> None:
    """Raise `RequestError` (`network.off`) if the settings say that notesai stays offline."""
    file = paths.home().settings_file
    if not settings.load(file).network:
        raise RequestError(
            "network.off",
            f"The network is switched off in the settings; this would need it: {purpose}.",
            f"Nothing was sent or changed. Remove `network = false` from {file} to allow it.",
        )


def log_file() -> Path:
    """The log: one JSON object a line with `time` (ISO 8601), `host`, `purpose` and `bytes`."""
    return paths.home().connections


class Visit:
    """What one visit to a host has moved so far, in bytes."""

    def __init__(self) -> None:
        self.bytes = 0

    def count(self, moved: int) -> None:
        """Add what was sent or received."""
        self.bytes += moved


@contextmanager
def visit(host: str, purpose: str) -> Generator[Visit, None, None]:
    """Log that `host` is spoken to.

    There is a line with 0 bytes before the first one is sent, so that a visit cut short by a kill
    is seen too, and one with what was moved when it ends. The sum over all lines is what was moved.
    """
    record(host, purpose, 0)
    counter = Visit()
    try:
        yield counter
    finally:
        if counter.bytes:
            record(host, purpose, counter.bytes)


def record(host: str, purpose: str, moved: int) -> None:
    """Append one line to the log. A log that cannot be written stops nothing."""
    time = datetime.now().astimezone().isoformat(timespec="seconds")
    line = {"time": time, "host": host, "purpose": purpose, "bytes": moved}
    text = json.dumps(line, ensure_ascii=False) + "\n"
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        # One write of one line, at the end: processes that log at once do not mix their lines.
        with log_file().open("ab", buffering=0) as file:
            file.write(text.encode("utf-8", "replace"))
    except OSError as error:
        log.warning("a connection to %s is not in the log: %s", host, error)
