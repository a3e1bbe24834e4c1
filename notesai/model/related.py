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
    first.
    """

    path: str
    title: str
    score: float
    pairs: tuple[PassagePair, ...]
    linked: bool
    shared: tuple[str, ...] = ()
    pinned: bool = False


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
class DuplicatePair:
    """Two notes that say nearly the same; `same` if not a word differs. `score` is a cosine."""

    a: str
    b: str
    a_title: str
    b_title: str
    score: float
    same: bool = False


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Pairs of notes that say nearly the same, most alike first."""

    pairs: tuple[DuplicatePair, ...]
