"""What the window and the engine say to each other: one JSON object a line, each way.

The window writes requests; each carries an `id`. The engine answers it with any number of
`progress` and `partial` lines and exactly one `ok` or `error`. Lines without an `id` are events.
"""

from typing import Any

import msgspec

from notesai.model import (
    Answer,
    KnownModel,
    NoteContent,
    NoteStatus,
    SavedNote,
    SearchMode,
    SearchResult,
    SimilarResult,
    SwitchEstimate,
    VaultStatus,
)

VERSION = 1


class Request(msgspec.Struct, frozen=True, kw_only=True, tag_field="method"):
    """Base of all requests."""

    id: int


class Search(Request, frozen=True, kw_only=True, tag="search"):
    """Find notes. `partial` carries the hits by word, `ok` all of them. Cancels older searches.

    Where results are reranked, another `partial` carries all of them in the order before. While
    `typing`, the last word may be the beginning of another one, unless white space follows it.
    """

    query: str
    k: int = 20
    mode: SearchMode = SearchMode.HYBRID
    typing: bool = False


class Similar(Request, frozen=True, kw_only=True, tag="similar"):
    """Find the notes most similar to the one at `path`."""

    path: str
    k: int = 10


class Ask(Request, frozen=True, kw_only=True, tag="ask"):
    """Answer a question from the notes."""

    question: str


class Read(Request, frozen=True, kw_only=True, tag="read"):
    """Fetch one note's decoded text."""

    path: str


class Save(Request, frozen=True, kw_only=True, tag="save"):
    """Write a note's text, its lines ending in line feeds, over the content that was `seen`.

    It fails with `save.conflict` if the file has another content. An empty `seen` is for a file
    that is not there. With `beside` the text goes to a new file named after this one and the time.
    """

    path: str
    text: str
    seen: str
    beside: bool = False


class Create(Request, frozen=True, kw_only=True, tag="create"):
    """Make a note of this title in a folder, which is empty for the vault itself."""

    title: str
    folder: str = ""


class ListNotes(Request, frozen=True, kw_only=True, tag="list_notes"):
    """Fetch path and title of all notes."""


class Status(Request, frozen=True, kw_only=True, tag="status"):
    """Fetch the state of the index."""


class Pause(Request, frozen=True, kw_only=True, tag="pause"):
    """Hold indexing."""


class Resume(Request, frozen=True, kw_only=True, tag="resume"):
    """Let indexing go on."""


class Reindex(Request, frozen=True, kw_only=True, tag="reindex"):
    """Compare the folder with the index now; with `rebuild`, from nothing."""

    rebuild: bool = False


class EstimateSwitch(Request, frozen=True, kw_only=True, tag="estimate_switch"):
    """Say what a switch to another model would take; it is tried for about two seconds."""

    model: str


class UseModel(Request, frozen=True, kw_only=True, tag="use_model"):
    """Begin to switch to another model, or go back to the one before; answers with the new state.

    The present index answers until the other one is whole. An empty `model` means the bundled one.
    """

    model: str = ""


class CancelSwitch(Request, frozen=True, kw_only=True, tag="cancel_switch"):
    """Give up the switch under way; answers with the new state."""


class GoBack(Request, frozen=True, kw_only=True, tag="go_back"):
    """Let the index of the model before answer again; answers with the new state."""


class DropPrevious(Request, frozen=True, kw_only=True, tag="drop_previous"):
    """Free the space of the index that could be gone back to; answers with the new state."""


class Retry(Request, frozen=True, kw_only=True, tag="retry"):
    """Look at these notes again, whatever became of them before."""

    paths: tuple[str, ...]


class ListStates(Request, frozen=True, kw_only=True, tag="list_states"):
    """Fetch where each note stands in the index."""


class ListModels(Request, frozen=True, kw_only=True, tag="list_models"):
    """Fetch the embedding models that there are to choose from."""


class ReadSettings(Request, frozen=True, kw_only=True, tag="read_settings"):
    """Take over the settings, which have changed."""


class Cancel(Request, frozen=True, kw_only=True, tag="cancel"):
    """Stop the request `target`; it answers `error` with code `cancelled`."""

    target: int


ModelRequest = UseModel | CancelSwitch | GoBack | DropPrevious
"""What changes the model; each is done between two steps of the writer lane."""

WriteRequest = Save | Create
"""What writes into the folder; done one after the other, never waiting for the index."""

AnyRequest = (
    Search
    | Similar
    | Ask
    | Read
    | Save
    | Create
    | ListNotes
    | Status
    | Pause
    | Resume
    | Reindex
    | EstimateSwitch
    | UseModel
    | CancelSwitch
    | GoBack
    | DropPrevious
    | Retry
    | ListStates
    | ListModels
    | ReadSettings
    | Cancel
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


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a request that has nothing to tell."""


Result = (
    SearchResult
    | SimilarResult
    | Answer
    | NoteContent
    | SavedNote
    | NoteTitles
    | NoteStates
    | ModelChoices
    | VaultStatus
    | SwitchEstimate
    | Done
)

RESULTS: dict[type[Request], type[Any]] = {
    Search: SearchResult,
    Similar: SimilarResult,
    Ask: Answer,
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
    Cancel: Done,
}
"""The type of the `value` in the `ok` (and `partial`) of each request."""


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Base of all that the engine writes."""


class ProgressMessage(Message, frozen=True, kw_only=True, tag="progress"):
    """How far a request is."""

    id: int
    phase: str
    done: int
    total: int


class Partial(Message, frozen=True, kw_only=True, tag="partial"):
    """A first part of the result, to be replaced by the next or by `ok`."""

    id: int
    value: msgspec.Raw


class Ok(Message, frozen=True, kw_only=True, tag="ok"):
    """The result of a request."""

    id: int
    value: msgspec.Raw


class Failure(Message, frozen=True, kw_only=True, tag="error"):
    """The request failed; `code`, `message` and `hint` are those of `NotesaiError`."""

    id: int
    code: str
    message: str
    hint: str = ""


class IndexProgress(Message, frozen=True, kw_only=True, tag="index_progress"):
    """How far indexing is. `phase`: "scan" (files), "words" (notes), "meaning" (chunks),
    "waiting" (for the mains, with `total` chunks to go) or "done".

    `seconds_left` is negative while unknown.
    """

    phase: str
    done: int
    total: int
    seconds_left: float = -1.0
    paused: bool = False


class IndexChanged(Message, frozen=True, kw_only=True, tag="index_changed"):
    """Notes that were added, changed, moved or removed (new and old paths).

    Views refresh themselves. An empty tuple means: too many to name.
    """

    paths: tuple[str, ...]


class EngineState(Message, frozen=True, kw_only=True, tag="engine_state"):
    """What the engine is doing; `notes` counts those in the index.

    "starting"; "ready", it answers requests; "trouble", it does but keeping the index up to date
    failed for now; "failed", the index cannot be opened. The last two say why. `sends_to` is
    where the notes' texts go from this machine: a bucket, or the host of a service; "" if nowhere.
    """

    state: str
    notes: int = 0
    model: str = ""
    sends_to: str = ""
    writer: bool = True
    code: str = ""
    message: str = ""
    hint: str = ""


AnyMessage = ProgressMessage | Partial | Ok | Failure | IndexProgress | IndexChanged | EngineState

_encoder = msgspec.json.Encoder()
_requests: msgspec.json.Decoder[AnyRequest] = msgspec.json.Decoder(AnyRequest)
_messages: msgspec.json.Decoder[AnyMessage] = msgspec.json.Decoder(AnyMessage)


def encode(message: Request | Message) -> bytes:
    """One line, newline included."""
    return _encoder.encode(message) + b"\n"


def raw(value: Result) -> msgspec.Raw:
    """A result, packed for `Ok` or `Partial`."""
    return msgspec.Raw(_encoder.encode(value))


def decode_request(line: bytes) -> AnyRequest:
    """The request in one line. Raises `msgspec.MsgspecError` if it is none."""
    return _requests.decode(line)


def decode_message(line: bytes) -> AnyMessage:
    """The engine's message in one line. Raises `msgspec.MsgspecError` if it is none."""
    return _messages.decode(line)


def decode_result(request: type[Request], value: msgspec.Raw) -> Result:
    """The typed result of `request` in an `Ok` or `Partial`."""
    return msgspec.json.decode(value, type=RESULTS[request])
