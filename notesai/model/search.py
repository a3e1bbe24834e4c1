"""What a search finds."""

from dataclasses import dataclass
from enum import StrEnum


class SearchMode(StrEnum):
    """Which halves of the search take part."""

    HYBRID = "hybrid"
    SEMANTIC = "semantic"
    LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a note that matched. `highlights` are offset pairs into `text`."""

    heading: str
    line: int
    start: int
    end: int
    text: str
    score: float
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A note found by a search, best passages first.

    `why` names what found it: "words", "meaning", "title", "filters".
    """

    path: str
    title: str
    score: float
    passages: tuple[Passage, ...]
    why: tuple[str, ...]


class Trap(StrEnum):
    """Why a part of a query does other than what it seems to ask for."""

    NO_FILTER = "no_filter"
    NO_DAY = "no_day"
    NO_LANGUAGE = "no_language"
    NO_TAG = "no_tag"
    NO_PATH = "no_path"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Misread:
    """A part of a query, as typed, that does other than it seems; `meant` may be what it was to be.

    What is no filter was looked for as words; a tag or path that no note has, or filters that
    exclude each other, let nothing be found.
    """

    part: str
    trap: Trap
    meant: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one query; `pending` counts chunks that cannot be found by meaning yet."""

    query: str
    milliseconds: float
    hits: tuple[Hit, ...]
    pending: int = 0
    misread: tuple[Misread, ...] = ()
