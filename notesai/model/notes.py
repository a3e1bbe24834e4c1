"""Notes and what they are cut into."""

from dataclasses import dataclass
from enum import StrEnum


class NoteStatus(StrEnum):
    """Where a note stands in the index."""

    INDEXED = "indexed"
    PENDING = "pending"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to another note as written: `[[target#heading|alias]]` or `[alias](target)`."""

    target: str
    heading: str = ""
    alias: str = ""
    embed: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """One passage of a note; `text` is exactly the decoded file's `[start:end]`."""

    ordinal: int
    headings: tuple[str, ...]
    start: int
    end: int
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """One note as the index knows it. `path` is relative to the vault, POSIX, NFC."""

    note_id: str
    path: str
    title: str
    content_hash: str
    mtime_ns: int
    size: int
    language: str = ""
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    created: str = ""
    n_chunks: int = 0
    status: NoteStatus = NoteStatus.INDEXED
    reason: str = ""
    indexed_at: int = 0


@dataclass(frozen=True, slots=True)
class NoteContent:
    """A note to be read: its decoded text and what the index knows of it.

    `seen` is what to save a change of it against; empty if it cannot be saved without loss.
    The text of a `document` (PDF, Word, a web page …) is Markdown made from it, to be read only.
    """

    path: str
    title: str
    text: str
    tags: tuple[str, ...]
    status: NoteStatus
    reason: str
    seen: str = ""
    document: bool = False


@dataclass(frozen=True, slots=True)
class SavedNote:
    """A note that was written; `seen` is what to save the next change of it against.

    `recoded` tells that it had to become UTF-8. `rescued` is the file, if any, that keeps what
    another program wrote at the very moment of saving.
    """

    path: str
    seen: str
    recoded: bool = False
    rescued: str = ""


@dataclass(frozen=True, slots=True)
class NoteProblem:
    """Why one note is not in the index."""

    path: str
    reason: str
