"""Notes whose text is being worked on, written down so that a crash tells which they were.

Parsing, tokenising and embedding run code that can take the whole process down. A note that was in
flight at two crashes is quarantined: it is left out, with a reason, until it changes or a person
has it tried again. Notes are known by the hash of their content, so a rename changes nothing.
"""

import contextlib
import json
import logging
import secrets
import threading
from collections import Counter
from collections.abc import Collection, Generator, Iterable, Mapping
from io import FileIO
from pathlib import Path
from typing import cast

log = logging.getLogger(__name__)

READ, EMBED = "read", "embed"
"""What is done with a note; each can go wrong by itself, so each is counted by itself."""

CRASHES = 2
"""At so many crashes with it in flight a note is left out."""

REASON = "notesai stopped twice while it was reading this note, so it is left out for now"

_WORKS = (READ, EMBED)
_FOLDER = "in-flight"
_COUNTS = "crashes.json"


class Flight:
    """What is in flight in this process, and what was when others crashed.

    Without a folder nothing is written and nothing known. May be pickled: another process then
    writes a file of its own, which `land_all` finds.
    """

    def __init__(self, folder: Path | None = None, counts: Mapping[str, int] | None = None) -> None:
        self._folder = folder
        self._counts = dict(counts or {})
        self._file: FileIO | None = None
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[type["Flight"], tuple[Path | None, dict[str, int]]]:
        return type(self), (self._folder, self._counts)

    @property
    def suspects(self) -> bool:
        """True while notes are to be worked on one by one: one of them was there at a crash."""
        return any(count < CRASHES for count in self._counts.values())

    def suspected(self, content_hash: str, work: str) -> bool:
        """True if this `work` on this content was in flight at a crash."""
        return _name(work, content_hash) in self._counts

    def quarantined(self, content_hash: str) -> bool:
        """True if this content was in flight at two crashes."""
        return any(self._counts.get(_name(work, content_hash), 0) >= CRASHES for work in _WORKS)

    @contextlib.contextmanager
    def of(self, work: str, hashes: Iterable[str]) -> Generator[None]:
        """Contents that are in flight while the block runs; when it ends, they have landed."""
        if self._folder is None:
            yield
            return
        names = {_name(work, one) for one in hashes}
        self._write(" ".join(names))
        try:
            yield
        finally:
            self._write("")
            self._clear(names)

    def take_stock(self) -> None:
        """Count what was in flight where processes have crashed. Nothing may be in flight now."""
        if self._folder is None:
            return
        self._counts = _read_counts(self._folder / _COUNTS)
        crashed: Counter[str] = Counter()
        for file in sorted((self._folder / _FOLDER).glob("*")):
            with contextlib.suppress(OSError):
                if self._file is None or file != Path(cast(str, self._file.name)):
                    crashed.update(set(file.read_text("utf-8").split()))
                    file.unlink()
        if crashed:
            log.warning("%d notes were in flight at a crash", len(crashed))
            with self._lock:
                self._save({**self._counts, **(crashed + Counter(self._counts))})

    def pardon(self, hashes: Iterable[str]) -> None:
        """Forget that these contents were ever in flight at a crash."""
        self._clear({_name(work, one) for one in hashes for work in _WORKS})

    def settle(self, work: str, there: Collection[str]) -> None:
        """All of this `work` that there was is done, and `there` are the contents of all notes.

        Who is still suspected of it was edited or deleted since. Without this one such content
        would have notes worked on one by one for ever.
        """
        settled = {
            name
            for name, count in self._counts.items()
            if name.startswith(_name(work, ""))
            and (count < CRASHES or name.removeprefix(_name(work, "")) not in there)
        }
        self._clear(settled)

    def forget(self) -> None:
        """Forget all crashes: everything is made anew."""
        self.take_stock()
        self._clear(set(self._counts))

    def _clear(self, names: set[str]) -> None:
        if self._counts.keys() & names:
            with self._lock:
                self._save({name: n for name, n in self._counts.items() if name not in names})

    def close(self) -> None:
        """Remove what says that this process is at work."""
        file, self._file = self._file, None
        if file is not None:
            file.close()
            with contextlib.suppress(OSError):
                Path(cast(str, file.name)).unlink()

    def _write(self, text: str) -> None:
        """A few microseconds: the system keeps what is written when a process dies."""
        try:
            file = self._file or self._open()
            data = text.encode()
            file.seek(0)
            file.write(data)
            file.truncate(len(data))
        except OSError as error:
            # A full disk must not keep notes from being read; only a crash would go unexplained.
            log.debug("not written down what is in flight: %s", error)

    def _open(self) -> FileIO:
        assert self._folder is not None
        place = self._folder / _FOLDER
        place.mkdir(parents=True, exist_ok=True)
        self._file = FileIO(place / secrets.token_hex(6), "w")
        return self._file

    def _save(self, counts: dict[str, int]) -> None:
        assert self._folder is not None
        self._counts = counts
        made = self._folder / f"{_COUNTS}.new"
        try:
            made.write_text(json.dumps(counts), encoding="utf-8")
            made.replace(self._folder / _COUNTS)
        except OSError as error:
            log.warning("crashes not counted: %s", error)


def _name(work: str, content_hash: str) -> str:
    return f"{work}:{content_hash}"


def _read_counts(file: Path) -> dict[str, int]:
    try:
        found: object = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    counts = cast("dict[str, object]", found)
    return {name: count for name, count in counts.items() if isinstance(count, int)}
