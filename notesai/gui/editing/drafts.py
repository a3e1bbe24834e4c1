"""Unsaved text, kept in the data folder until it is saved or thrown away."""

import hashlib
import logging
import os
import time
from pathlib import Path

import msgspec

from notesai.paths import home

log = logging.getLogger(__name__)


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The unsaved text of the note at `path`, begun from the content that was `seen`.

    `kept_at` is in seconds since 1970.
    """

    path: str
    text: str
    seen: str
    kept_at: float


class Drafts:
    """The drafts of one vault, a file each. A crash leaves the last one that was kept."""

    def __init__(self, vault: Path) -> None:
        self._folder = home().data / "drafts" / home().index(vault).name

    def keep(self, path: str, text: str, seen: str) -> None:
        """Keep `text` as the draft of the note at `path`. Raises `OSError`."""
        draft = Draft(path=path, text=text, seen=seen, kept_at=time.time())
        file = self._file(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        made = file.with_suffix(f".{os.getpid()}.tmp")
        try:
            # Not flushed to the disk, which would hold up typing: this is for crashes of programs.
            made.write_bytes(msgspec.json.encode(draft))
            made.replace(file)
        finally:
            made.unlink(missing_ok=True)

    def find(self, path: str) -> Draft | None:
        """The draft of the note at `path`."""
        return _read(self._file(path))

    def drop(self, path: str) -> None:
        """The note is saved, or its draft is not wanted any more."""
        try:
            self._file(path).unlink(missing_ok=True)
        except OSError as error:
            log.warning("a draft could not be removed: %s", error)

    def all(self) -> list[Draft]:
        """All drafts, the latest first."""
        try:
            files = list(self._folder.glob("*.json"))
        except OSError:
            return []
        drafts = [draft for draft in map(_read, files) if draft is not None]
        return sorted(drafts, key=lambda draft: -draft.kept_at)

    def _file(self, path: str) -> Path:
        digest = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return self._folder / f"{digest}.json"


def _read(file: Path) -> Draft | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Draft)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        log.warning("a draft could not be read: %s", error)
        return None
