"""What the requests are answered with."""

import msgspec

from notesai.engine.protocol.requests import (
    Ask,
    Cancel,
    CancelSwitch,
    Create,
    DropPrevious,
    EstimateSwitch,
    FetchMap,
    FindClusters,
    FindDuplicates,
    ForYou,
    GoBack,
    ListModels,
    ListNotes,
    ListStates,
    MarkNeighbour,
    Pause,
    Read,
    ReadSettings,
    Reindex,
    RenameCluster,
    Request,
    Resume,
    Retry,
    Save,
    Search,
    SeeTokens,
    Similar,
    Status,
    SuggestName,
    UseModel,
    Wake,
)
from notesai.model import (
    Answer,
    Clusters,
    Duplicates,
    KnownModel,
    NoteContent,
    NoteMap,
    NoteStatus,
    NoteTokens,
    SavedNote,
    SearchResult,
    SimilarResult,
    SwitchEstimate,
    VaultStatus,
)


class NoteTitle(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list of notes. `mtime_ns` orders recent ones."""

    path: str
    title: str
    mtime_ns: int
    tags: tuple[str, ...] = ()


class NoteTitles(msgspec.Struct, frozen=True, kw_only=True):
    """All notes, by path."""

    notes: tuple[NoteTitle, ...]


class NoteState(msgspec.Struct, frozen=True, kw_only=True):
    """Where one note stands. `reason` says why it is skipped or failed."""

    path: str
    title: str
    status: NoteStatus
    reason: str = ""
    passages: int = 0


class NoteStates(msgspec.Struct, frozen=True, kw_only=True):
    """All notes, by path."""

    notes: tuple[NoteState, ...]


class ModelChoices(msgspec.Struct, frozen=True, kw_only=True):
    """The catalogue in its order, then what was added besides."""

    models: tuple[KnownModel, ...]


class SuggestedName(msgspec.Struct, frozen=True, kw_only=True):
    """What a cluster could be called; empty if nothing came to the model's mind."""

    name: str


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a request that has nothing to tell."""


Result = (
    SearchResult
    | SimilarResult
    | Answer
    | Duplicates
    | Clusters
    | NoteMap
    | NoteTokens
    | NoteContent
    | SavedNote
    | NoteTitles
    | NoteStates
    | ModelChoices
    | VaultStatus
    | SwitchEstimate
    | SuggestedName
    | Done
)


RESULTS: dict[type[Request], type[Result]] = {
    Search: SearchResult,
    Similar: SimilarResult,
    Ask: Answer,
    MarkNeighbour: SimilarResult,
    ForYou: SimilarResult,
    FindDuplicates: Duplicates,
    FindClusters: Clusters,
    RenameCluster: Clusters,
    SuggestName: SuggestedName,
    FetchMap: NoteMap,
    SeeTokens: NoteTokens,
    Read: NoteContent,
    Save: SavedNote,
    Create: SavedNote,
    ListNotes: NoteTitles,
    Status: VaultStatus,
    Pause: Done,
    Resume: Done,
    Reindex: Done,
    EstimateSwitch: SwitchEstimate,
    UseModel: VaultStatus,
    CancelSwitch: VaultStatus,
    GoBack: VaultStatus,
    DropPrevious: VaultStatus,
    Retry: Done,
    ListStates: NoteStates,
    ListModels: ModelChoices,
    ReadSettings: Done,
    Wake: Done,
    Cancel: Done,
}
"""The type of the `value` in the `ok` (and `partial`) of each request."""
