"""The values that every room speaks: notes, chunks, hits, neighbours, answers, reports.

All are frozen dataclasses of plain types, so that they travel as JSON unchanged.
Character offsets (`start`, `end`) count code points in the decoded file; lines count from 1.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class NoteStatus(StrEnum):
    """Where a note stands in the index."""

    INDEXED = "indexed"
    PENDING = "pending"
    SKIPPED = "skipped"
    FAILED = "failed"


class SearchMode(StrEnum):
    """Which halves of the search take part."""

    HYBRID = "hybrid"
    SEMANTIC = "semantic"
    LEXICAL = "lexical"


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


@dataclass(frozen=True, slots=True)
class PassagePair:
    """Two passages, one in each of two notes, that are about the same thing."""

    here: Passage
    there: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A note similar to another one. `score` is in 0..1; `linked` if either links to the other."""

    path: str
    title: str
    score: float
    pairs: tuple[PassagePair, ...]
    linked: bool


@dataclass(frozen=True, slots=True)
class SimilarResult:
    """The notes most similar to `note`, best first."""

    note: str
    neighbours: tuple[Neighbour, ...]


class AnswerKind(StrEnum):
    """How an answer came about."""

    GENERATED = "generated"
    EXTRACTIVE = "extractive"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class Citation:
    """The source behind `[n]` in an answer; `text` is exactly the decoded file's `[start:end]`."""

    n: int
    path: str
    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its sources. `unsupported`: sentences that their citation does not bear."""

    answer: str
    kind: AnswerKind
    citations: tuple[Citation, ...]
    unsupported: tuple[str, ...]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class NoteContent:
    """A note to be read: its decoded text and what the index knows of it.

    `seen` is what to save a change of it against; empty if it cannot be saved without loss.
    """

    path: str
    title: str
    text: str
    tags: tuple[str, ...]
    status: NoteStatus
    reason: str
    seen: str = ""


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


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run did. `lexical_ready_seconds`: from start until searchable by word."""

    notes: int
    chunks: int
    embedded: int
    reused: int
    skipped: int
    failed: int
    removed: int
    seconds: float
    lexical_ready_seconds: float


@dataclass(frozen=True, slots=True)
class Switching:
    """A change to another embedding model, under way while the one before goes on answering.

    `done` and `total` count chunks with their vector and all; the second is a guess until all
    notes are cut. `seconds_left` is None while unknown, as it is to all who only look on.
    """

    model: str
    done: int
    total: int
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class SwitchEstimate:
    """What a change to `model` would take; all zero and `ready` if only a going back is needed."""

    model: str
    notes: int
    chunks: int
    tokens: int
    seconds: float
    ready: bool = False


@dataclass(frozen=True, slots=True)
class VaultStatus:
    """The state of one vault's index. `pending` counts chunks that wait for their vector.

    `previous_model` can be gone back to; empty if there is none. `model_trouble` says which
    model cannot be used, why, and what is done instead; empty if all is well.
    """

    vault: str
    notes: int
    chunks: int
    pending: int
    failed: tuple[NoteProblem, ...]
    skipped: tuple[NoteProblem, ...]
    model: str
    index_bytes: int
    index_path: str = ""
    switching: Switching | None = None
    previous_model: str = ""
    model_trouble: str = ""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """One model of the catalogue, or one that was added.

    `size` and `memory` are in megabytes, 0 where not known.

    `fits`: whether this machine has the memory for it, None where not known. `source` is a hub id,
    a folder or an address. `sends_to` is the host that an endpoint gets the texts on, else "".
    """

    name: str
    title: str
    task: str
    languages: tuple[str, ...]
    size: int
    memory: int
    dimension: int
    licence: str
    source: str
    installed: bool
    in_use: bool = False
    bundled: bool = False
    gated: bool = False
    fits: bool | None = None
    sends_to: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing `doctor` looked at. `repair` names what `--repair` would do, or is empty."""

    check: str
    ok: bool
    detail: str
    repair: str = ""


@dataclass(frozen=True, slots=True)
class HealthReport:
    """All findings of `doctor`; `repaired` lists what was done about them."""

    findings: tuple[Finding, ...]
    repaired: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """True when nothing needs attention."""
        return all(finding.ok for finding in self.findings)
