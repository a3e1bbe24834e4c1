"""Texts of documents that were read before: a cache, so that a long PDF opens at once.

One file each in the cache folder, named after the content and the version of what reads it. It can
be deleted at any time. What was not used for longest goes first.
"""

import contextlib
import logging
import os
import secrets
import zlib
from pathlib import Path

from notesai.notes.documents.converting import VERSION
from notesai.paths import home

log = logging.getLogger(__name__)

LARGEST = 256 << 20
"""Bytes that all kept texts may take."""

_LEVEL = 1


class KeptTexts:
    """The cache in `folder`, or in the usual place. Nothing that goes wrong here is an error."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or home().cache / "documents"
        self._grown = False

    def find(self, digest: str, suffix: str) -> str | None:
        """The text of a document with this content hash, if it is kept."""
        file = self._file(digest, suffix)
        try:
            text = zlib.decompress(file.read_bytes()).decode()
            os.utime(file)
        except FileNotFoundError:
            return None
        except (OSError, zlib.error, ValueError) as error:
            log.warning("a kept text is of no use: %s", error)
            with contextlib.suppress(OSError):
                file.unlink()
            return None
        return text

    def keep(self, digest: str, suffix: str, text: str) -> None:
        """Keep a text."""
        file = self._file(digest, suffix)
        made = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.write_bytes(zlib.compress(text.encode(), _LEVEL))
            made.replace(file)
            self._grown = True
        except OSError as error:
            log.debug("a text is not kept: %s", error)
            with contextlib.suppress(OSError):
                made.unlink()

    def tidy(self, largest: int = LARGEST) -> None:
        """Drop what was not used for longest, until the rest is no more than `largest` bytes."""
        if not self._grown:
            return
        self._grown = False
        found = [(info.st_mtime, info.st_size, file) for file, info in self._all()]
        left = sum(size for _, size, _ in found)
        for _, size, file in sorted(found, key=lambda entry: entry[0]):
            if left <= largest:
                return
            with contextlib.suppress(OSError):
                file.unlink()
            left -= size

    def _all(self) -> list[tuple[Path, os.stat_result]]:
        found: list[tuple[Path, os.stat_result]] = []
        for file in self._folder.glob("*/*"):
            with contextlib.suppress(OSError):
                found.append((file, file.stat()))
        return found

    def _file(self, digest: str, suffix: str) -> Path:
        return self._folder / digest[:2] / f"{digest}{suffix}.{VERSION}"
