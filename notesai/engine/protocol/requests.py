"""What the window asks the engine for; each request carries an `id`."""

import msgspec

from notesai.model import MapMethod, Mark, Scope, SearchMode, Turn

VERSION = 1


class Request(msgspec.Struct, frozen=True, kw_only=True, tag_field="method"):
    """Base of all requests."""

    id: int


class Search(Request, frozen=True, kw_only=True, tag="search"):
    """Find notes of `scope`. `partial` carries the hits by word, `ok` all of them.

    It cancels older searches. Where results are reranked, another `partial` carries all of them in
    the order before. While `typing`, the last word may be the beginning of another one, unless
    white space follows it.
    """

    query: str
    k: int = 20
    mode: SearchMode = SearchMode.HYBRID
    typing: bool = False
    scope: Scope = Scope()


class Similar(Request, frozen=True, kw_only=True, tag="similar"):
    """Find the notes most similar to the one at `path`.

    With `text`, to what that note would be with this text: it is being edited, or not saved yet.
    With `with_hidden` those that a person has put away are among them.
    """

    path: str
    k: int = 10
    text: str | None = None
    with_hidden: bool = False


class Ask(Request, frozen=True, kw_only=True, tag="ask"):
    """Answer a question from the notes of `scope`, as the next one after `history`.

    `progress` tells of the phases "load" (per cent of the model) and "read" (tokens of the prompt),
    `partial` carries the answer as far as it is written, some 20 times a second. Answered one
    after the other, beside searches. With `extractive` nothing is generated.
    """

    question: str
    scope: Scope = Scope()
    history: tuple[Turn, ...] = ()
    extractive: bool = False


class MarkNeighbour(Request, frozen=True, kw_only=True, tag="mark_neighbour"):
    """Pin or hide `other` beside the note at `path`, or take that back; answers as `Similar`."""

    path: str
    other: str
    mark: Mark


class ForYou(Request, frozen=True, kw_only=True, tag="for_you"):
    """Find notes near to those that were read lately: `recent` are their paths, newest first."""

    recent: tuple[str, ...]
    k: int = 10


class FindDuplicates(Request, frozen=True, kw_only=True, tag="find_duplicates"):
    """Find the pairs of notes that say nearly the same; reports progress."""


class FindClusters(Request, frozen=True, kw_only=True, tag="find_clusters"):
    """Fetch the clusters, which are made where there are none yet; reports progress."""


class RenameCluster(Request, frozen=True, kw_only=True, tag="rename_cluster"):
    """Give a cluster a name that is kept; an empty one takes it back."""

    cluster: str
    name: str


class SuggestName(Request, frozen=True, kw_only=True, tag="suggest_name"):
    """Let the chat model think of a name for a cluster; nothing is kept of it. Reports progress."""

    cluster: str


class FetchMap(Request, frozen=True, kw_only=True, tag="fetch_map"):
    """Fetch the map, which is laid out where there is none; reports progress.

    With `anew` it is laid out again, aligned to the one before.
    """

    projection: MapMethod = MapMethod.TSNE
    anew: bool = False


class SeeTokens(Request, frozen=True, kw_only=True, tag="see_tokens"):
    """Fetch a note as the embedding model sees it."""

    path: str


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
    """Fetch the models that there are to choose from: those that embed and those that chat."""


class ReadSettings(Request, frozen=True, kw_only=True, tag="read_settings"):
    """Take over the settings, which have changed."""


class Wake(Request, frozen=True, kw_only=True, tag="wake"):
    """Have ready what the next search needs: a person has come back to the window."""


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
    | MarkNeighbour
    | ForYou
    | FindDuplicates
    | FindClusters
    | RenameCluster
    | SuggestName
    | FetchMap
    | SeeTokens
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
    | Wake
    | Cancel
)
