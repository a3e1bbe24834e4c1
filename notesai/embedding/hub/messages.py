"""What the process that speaks to the hub is asked, and what it says.

A request is answered once, by `Found`, `Got`, `Crashed` or an error. Before that come any number of
`Contact` and `Arrived`; after each the process waits until it is told to go on.
"""

from dataclasses import dataclass
from pathlib import Path

from notesai.embedding.hub.selection import HubFile
from notesai.errors import NotesaiError


@dataclass(frozen=True, slots=True)
class Find:
    """Asks what is in a repository at a branch, tag or commit; its default branch for ""."""

    hub_id: str
    revision: str


@dataclass(frozen=True, slots=True)
class Get:
    """Asks for the rest of a file: what `part` holds already is not fetched again."""

    hub_id: str
    commit: str
    file: HubFile
    part: Path


@dataclass(frozen=True, slots=True)
class Found:
    """The commit that a revision stands for, and all its files."""

    commit: str
    files: tuple[HubFile, ...]


@dataclass(frozen=True, slots=True)
class Got:
    """The part holds the whole file. Nobody has compared its hash yet."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A host is about to be spoken to for the first time."""

    host: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """`moved` bytes came from `host`; the part now holds `held` bytes."""

    host: str
    moved: int
    held: int


@dataclass(frozen=True, slots=True)
class Crashed:
    """An exception that is a bug, as text."""

    traceback: str


Request = Find | Get
Message = Found | Got | Contact | Arrived | Crashed | NotesaiError
