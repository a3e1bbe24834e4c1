"""Clusters, and the map of all notes."""

from dataclasses import dataclass
from enum import StrEnum


class MapMethod(StrEnum):
    """How the map's two dimensions are found."""

    TSNE = "tsne"
    PCA = "pca"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Notes about one thing: a theme, or a topic below one.

    `id` stays the same from run to run. `label` is the name a person gave (then `renamed`), else
    it is made of `terms`, real words in the order of their weight. `parent` is the id of a topic's
    theme, empty for themes. `notes` are paths, those of a theme all below it; `representative` are
    the few that stand nearest to its middle.
    """

    id: str
    label: str
    terms: tuple[str, ...]
    size: int
    parent: str
    notes: tuple[str, ...]
    representative: tuple[str, ...] = ()
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class SpaceFigures:
    """What the space of the notes' vectors is like, or the part of it that one cluster is.

    `spread` is the mean distance (1 - cosine) from the middle, `mean_similarity` the mean cosine
    of two notes, `near_duplicates` the number of pairs above 0.97, `orphans` the number of notes
    that no other one is near to.
    """

    notes: int
    spread: float
    mean_similarity: float
    near_duplicates: int
    orphans: int


@dataclass(frozen=True, slots=True)
class ClusterFigures:
    """The figures of one cluster."""

    id: str
    figures: SpaceFigures


@dataclass(frozen=True, slots=True)
class Clusters:
    """All clusters, themes before their topics, and the notes that belong to none.

    `without_vector` are notes that cannot be placed: empty, or waiting for their vectors.
    """

    clusters: tuple[Cluster, ...]
    noise: tuple[str, ...]
    without_vector: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One note on the map. `cluster` is its topic's id, empty for noise.

    `modified`, in seconds since 1970, is the day that the note names, else its file's last change.
    """

    path: str
    title: str
    x: float
    y: float
    cluster: str
    tags: tuple[str, ...] = ()
    modified: float = 0.0


@dataclass(frozen=True, slots=True)
class NoteMap:
    """All notes on a plane, x and y within -1..1.

    `changed` is the share of notes that were placed or removed since the layout was made.
    """

    method: MapMethod
    points: tuple[MapPoint, ...]
    clusters: Clusters
    figures: SpaceFigures
    by_cluster: tuple[ClusterFigures, ...] = ()
    changed: float = 0.0


@dataclass(frozen=True, slots=True)
class TokenSpan:
    """One token of the model, as offsets into its piece's text; `start == end` for marks."""

    start: int
    end: int
    token: str


@dataclass(frozen=True, slots=True)
class TokenPiece:
    """One passage of a note as the model reads it.

    `context` is the title and headings put in front; `tokens` are those of `text`, with the marks
    that the model puts around. `start` and `end` are the passage's place in the file; `overlap` is
    how much of it the one before held. `context_tokens` are taken by the context, and `unread`
    ones lay beyond the window.
    """

    start: int
    end: int
    context: str
    text: str
    tokens: tuple[TokenSpan, ...]
    overlap: int = 0
    context_tokens: int = 0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class NoteTokens:
    """A note as the model sees it; `window` is the most tokens of one passage."""

    path: str
    model: str
    window: int
    pieces: tuple[TokenPiece, ...]
