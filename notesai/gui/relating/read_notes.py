"""Which notes were read lately. Kept on this machine, in the data folder, for "For you" alone."""

import logging
import os
from pathlib import Path

import msgspec

from notesai.paths import home

log = logging.getLogger(__name__)

KEPT = 30


class ReadNotes:
    """The paths of the notes of one vault that were read last, the latest first."""

    def __init__(self, vault: Path) -> None:
        self._file = home().data / "read" / f"{home().index(vault).name}.json"

    def all(self) -> tuple[str, ...]:
        """The paths; none if they cannot be read."""
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=tuple[str, ...])[:KEPT]
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            log.warning("what was read lately is lost: %s", error)
            return ()

    def add(self, path: str) -> None:
        """The note at `path` has been read."""
        known = self.all()
        if known[:1] == (path,):
            return
        paths = (path, *(other for other in known if other != path))[:KEPT]
        made = self._file.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            made.write_bytes(msgspec.json.encode(paths))
            made.replace(self._file)
        except OSError as error:
            made.unlink(missing_ok=True)
            log.warning("what was read lately cannot be kept: %s", error)
