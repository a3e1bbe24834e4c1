"""What a person said of two notes beside each other: pinned or hidden. Kept in the data folder.

Not in the index, which may be thrown away, and never in the vault. A mark is of two notes,
whichever of them is being read.
"""

import logging
import os
import threading
from collections.abc import Iterable
from pathlib import Path

import msgspec

from notesai import paths
from notesai.errors import StoreError
from notesai.index.notebook import Notebook
from notesai.model import Mark, Note
from notesai.search.similar import Marks

log = logging.getLogger(__name__)


class MarkedPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two notes by id and path: ids outlive a rename, paths an index that is made anew."""

    ids: tuple[str, str]
    paths: tuple[str, str]
    mark: Mark


class MarkedNotes:
    """The marks of one vault. May be used by many threads; one process at a time changes them."""

    def __init__(self, vault: Path) -> None:
        home = paths.home()
        self._file = home.data / "marks" / f"{home.index(vault).name}.json"
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] = (0, 0)
        self._pairs: tuple[MarkedPair, ...] = ()

    def beside(self, book: Notebook, note: Note, *, with_hidden: bool = False) -> Marks:
        """The ids of the notes that are marked beside this one."""
        found: dict[Mark, list[str]] = {Mark.PIN: [], Mark.HIDE: []}
        for pair in self._read():
            ids = [_resolved(book, *side) for side in zip(pair.ids, pair.paths, strict=True)]
            if note.note_id in ids:
                other = ids[1 - ids.index(note.note_id)]
                if other and other != note.note_id:
                    found.setdefault(pair.mark, []).append(other)
        return Marks(tuple(found[Mark.PIN]), tuple(found[Mark.HIDE]), with_hidden)

    def put(self, book: Notebook, note: Note, other: Note, mark: Mark) -> None:
        """Say this of the two notes; `Mark.NONE` takes back what was said before.

        Raises `StoreError` (`marks.cannot_write`).
        """
        both = {note.note_id, other.note_id}
        with self._lock:
            pairs = [
                pair
                for pair in self._loaded()
                if {_resolved(book, *s) for s in zip(pair.ids, pair.paths, strict=True)} != both
            ]
            if mark is not Mark.NONE:
                ids, named = (note.note_id, other.note_id), (note.path, other.path)
                pairs.append(MarkedPair(ids=ids, paths=named, mark=mark))
            self._write(pairs)

    def _read(self) -> tuple[MarkedPair, ...]:
        with self._lock:
            return self._loaded()

    def _loaded(self) -> tuple[MarkedPair, ...]:
        """The pairs as the file has them now; none if it cannot be read."""
        try:
            state = self._file.stat()
            if (state.st_mtime_ns, state.st_size) != self._stamp:
                data = self._file.read_bytes()
                self._pairs = msgspec.json.decode(data, type=tuple[MarkedPair, ...])
                self._stamp = (state.st_mtime_ns, state.st_size)
        except FileNotFoundError:
            self._pairs, self._stamp = (), (0, 0)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            log.warning("the marks of related notes cannot be read: %s", error)
        return self._pairs

    def _write(self, pairs: Iterable[MarkedPair]) -> None:
        made = self._file.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            made.write_bytes(msgspec.json.encode(list(pairs)))
            made.replace(self._file)
        except OSError as error:
            made.unlink(missing_ok=True)
            raise StoreError(
                "marks.cannot_write",
                f"What you pinned or hid cannot be kept: {error.strerror or error}.",
                "Your notes are safe. Free some disk space and try again.",
            ) from error


def _resolved(book: Notebook, note_id: str, path: str) -> str:
    """The id of the note meant, "" if it is gone."""
    if book.get(note_id) is not None:
        return note_id
    note = book.at(path)
    return note.note_id if note is not None else ""
