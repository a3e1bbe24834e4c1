"""What the engine writes: answers to requests, and events, which carry no id."""

import msgspec


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
