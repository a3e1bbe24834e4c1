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


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one query; `pending` counts chunks that cannot be found by meaning yet."""

    query: str
    milliseconds: float
    hits: tuple[Hit, ...]
    pending: int = 0
