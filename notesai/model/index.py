"""The state of an index, and what was done to it."""

from dataclasses import dataclass, field

from notesai.model.notes import NoteProblem


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
class ExportReport:
    """What was exported, and where; `pending` of the passages have no vector, `bytes` is all."""

    folder: str
    notes: int
    passages: int
    pending: int
    bytes: int


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
