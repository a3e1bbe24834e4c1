"""Conversations kept in the data folder: a file of JSON lines each, written in one step.

The first line is the head, each other line one exchange. What cannot be read is set aside under
another name, never written over; what can be read of it is kept.
"""

import logging
import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from notesai.gui.asking.exchange import Exchange, Stage
from notesai.paths import home

log = logging.getLogger(__name__)

VERSION = 1
_TITLE = 120
_BROKEN = ".broken"

T = TypeVar("T")


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line of a file. A `title` that is empty is that of the first question.

    `changed_at` is when the last question was asked, in seconds since 1970.
    """

    version: int = VERSION
    title: str = ""
    asked: str = ""
    changed_at: float = 0.0

    @property
    def shown(self) -> str:
        """What the conversation is called."""
        return self.title or self.asked


@dataclass(frozen=True, slots=True)
class Kept:
    """One conversation of the list."""

    name: str
    head: Head


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation read from its file; `damaged` where not all of it could be read."""

    head: Head
    exchanges: tuple[Exchange, ...]
    damaged: bool = False


class Archive:
    """The conversations about one vault. `damaged` counts the files that were set aside."""

    def __init__(self, vault: Path) -> None:
        self._folder = home().data / "conversations" / home().index(vault).name
        self.damaged = 0

    @property
    def folder(self) -> Path:
        """Where they are."""
        return self._folder

    def new_name(self) -> str:
        """A name for a conversation that no other one has."""
        return uuid.uuid4().hex

    def all(self) -> list[Kept]:
        """All conversations, the latest first. Those of a newer notesai are left alone."""
        kept: list[Kept] = []
        for file in self._files():
            head = _head(file)
            if head is None:
                opened = self.open(file.stem)
                head = opened.head if opened is not None else None
            if head is not None and head.version <= VERSION:
                kept.append(Kept(file.stem, head))
        return sorted(kept, key=lambda one: -one.head.changed_at)

    def open(self, name: str) -> Opened | None:
        """A conversation; None if it is gone, or nothing of it can be read."""
        file = self._file(name)
        try:
            lines = file.read_bytes().splitlines()
        except OSError as error:
            log.warning("a conversation could not be read: %s", error)
            return None
        head = _decoded(lines[0], Head) if lines else None
        found = [_decoded(line, Exchange) for line in lines[1:]]
        whole = tuple(_settled(one) for one in found if one is not None)
        damaged = head is None or len(whole) < len(found)
        if not damaged and head is not None:
            return Opened(head, whole)
        aside = self._set_aside(file)
        if not whole:
            return None
        head = head or Head(asked=whole[0].question[:_TITLE], changed_at=whole[-1].asked_at)
        if aside:
            self._write(name, head, whole)
        return Opened(head, whole, damaged=True)

    def save(self, name: str, exchanges: tuple[Exchange, ...]) -> None:
        """Write a conversation under `name`, keeping the title it was given. Raises `OSError`."""
        before = _head(self._file(name)) or Head()
        asked = " ".join(exchanges[0].question.split())[:_TITLE]
        asked_last = max(one.asked_at for one in exchanges)
        head = Head(title=before.title, asked=asked, changed_at=asked_last)
        self._write(name, head, exchanges)

    def rename(self, name: str, title: str) -> None:
        """Give a conversation a title; an empty one takes it back. Raises `OSError`."""
        opened = self.open(name)
        if opened is not None:
            short = " ".join(title.split())[:_TITLE]
            self._write(name, msgspec.structs.replace(opened.head, title=short), opened.exchanges)

    def delete(self, name: str) -> None:
        """Delete a conversation. Raises `OSError`."""
        self._file(name).unlink(missing_ok=True)

    def delete_all(self) -> None:
        """Delete all conversations, also what was set aside. Raises `OSError`."""
        for file in [*self._files(), *self._folder.glob(f"*{_BROKEN}")]:
            file.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        try:
            return list(self._folder.glob("*.jsonl"))
        except OSError:
            return []

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.jsonl"

    def _write(self, name: str, head: Head, exchanges: tuple[Exchange, ...]) -> None:
        file = self._file(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        made = file.with_suffix(f".{os.getpid()}.tmp")
        try:
            with made.open("wb") as target:
                target.write(msgspec.json.Encoder().encode_lines([head, *exchanges]))
                target.flush()
                os.fsync(target.fileno())
            made.replace(file)
        finally:
            made.unlink(missing_ok=True)

    def _set_aside(self, file: Path) -> bool:
        """Put a damaged file under another name. False if it has to stay where it is."""
        self.damaged += 1
        aside = file.with_suffix(f".{time.time_ns()}{_BROKEN}")
        try:
            file.replace(aside)
        except OSError as error:
            log.warning("a damaged conversation could not be set aside: %s", error)
            return False
        log.warning("a damaged conversation is set aside as %s", aside)
        return True


def _head(file: Path) -> Head | None:
    try:
        with file.open("rb") as source:
            return _decoded(source.readline(), Head)
    except OSError:
        return None


def _decoded(line: bytes, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _settled(exchange: Exchange) -> Exchange:
    """An exchange as it is when nothing is under way any more."""
    return exchange.ended(Stage.STOPPED) if exchange.busy else exchange
