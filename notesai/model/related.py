"""Notes that belong together."""

from dataclasses import dataclass
from enum import StrEnum

from notesai.model.search import Passage


@dataclass(frozen=True, slots=True)
class PassagePair:
    """Two passages, one in each of two notes, that are about the same thing."""

    here: Passage
    there: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A note similar to another one. `score` is in 0..1; `linked` if either links to the other.

    `shared` are words that both hold and few others do. `pinned` if a person wants it to stand
    first, `hidden` if not at all.
    """

    path: str
    title: str
    score: float
    pairs: tuple[PassagePair, ...]
    linked: bool
    shared: tuple[str, ...] = ()
    pinned: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SimilarResult:
    """The notes most similar to `note`, best first. `hidden` counts those put away by a person."""

    note: str
    neighbours: tuple[Neighbour, ...]
    hidden: int = 0


class Mark(StrEnum):
    """What a person said of a note beside another one."""

    NONE = "none"
    PIN = "pin"
    HIDE = "hide"


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A note by its path, and what it is called."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two notes that say nearly the same; `same` if they differ in no more than markup and order.

    `score` is the cosine of their vectors, `overlap` the share of their words that both hold.
    """

    a: str
    b: str
    a_title: str
    b_title: str
    score: float
    same: bool = False
    overlap: float = 0.0


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Pairs of notes that say nearly the same, most alike first, and groups of equal notes.

    Of each group one note stands for all in `pairs`. `more` counts pairs that are not listed.
    """

    pairs: tuple[DuplicatePair, ...]
    groups: tuple[tuple[NoteRef, ...], ...] = ()
    more: int = 0
