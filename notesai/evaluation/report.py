"""What an evaluation says: rows that name their model and set, so that any two can be compared."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """A model that took part. Loading and memory are None where they were not measured.

    `resident_mb`: all memory of a process with this model in it and nothing else, in megabytes.
    """

    model: str
    dimension: int
    languages: tuple[str, ...]
    load_seconds: float | None = None
    resident_mb: float | None = None


@dataclass(frozen=True, slots=True)
class SpeedRow:
    """How quick a model is on texts of one language; latency is that of embedding a query."""

    model: str
    language: str
    texts: int
    tokens_per_second: float
    query_median_ms: float
    query_p95_ms: float


@dataclass(frozen=True, slots=True)
class SimilarityRow:
    """Spearman's correlation of cosines and people's scores; None where either is constant."""

    model: str
    set: str
    pairs: int
    spearman: float | None


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """How often the nearest of `candidates` is the translation, over `sentences`."""

    model: str
    source: str
    target: str
    sentences: int
    candidates: int
    recall_1: float


@dataclass(frozen=True, slots=True)
class RetrievalRow:
    """How well queries find their documents in one mode.

    `language` is "" for all queries, else the one of those that the row is about. `answered` is
    the share of queries that got any result. Times are those of a search for ten notes.
    """

    model: str
    set: str
    mode: str
    language: str
    documents: int
    queries: int
    answered: float
    ndcg_10: float
    recall_1: float
    recall_10: float
    recall_100: float
    mrr: float
    median_ms: float | None = None
    p95_ms: float | None = None


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """How well k-means over the vectors finds the labels, as V-measure; and the map's clusters.

    k-means is told how many labels there are. `topics` and `themes` are the two levels that notes
    fall into without being told anything, `noise` the share that belongs to none, which counts as
    one more group of its own.
    """

    model: str
    set: str
    texts: int
    labels: int
    v_measure: float
    topics: int = 0
    topics_v_measure: float = 0.0
    themes: int = 0
    themes_v_measure: float = 0.0
    noise: float = 0.0


@dataclass(slots=True)
class Report:
    """All that was measured, in the order of models and sets."""

    models: list[ModelFacts] = field(default_factory=list[ModelFacts])
    speed: list[SpeedRow] = field(default_factory=list[SpeedRow])
    sts: list[SimilarityRow] = field(default_factory=list[SimilarityRow])
    parallel: list[TranslationRow] = field(default_factory=list[TranslationRow])
    retrieval: list[RetrievalRow] = field(default_factory=list[RetrievalRow])
    clusters: list[ClusterRow] = field(default_factory=list[ClusterRow])
    seconds: float = 0.0
