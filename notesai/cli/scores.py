"""The result of an evaluation as tables; where it is narrow they lose columns, never lines."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.markup import escape
from rich.measure import Measurement
from rich.table import Table

from notesai.cli.session import out
from notesai.evaluation.report import (
    ClusterRow,
    ModelFacts,
    Report,
    RetrievalRow,
    SimilarityRow,
    SpeedRow,
    TranslationRow,
)

Row = TypeVar("Row")

_NOTHING = "–"
_ANY_WIDTH = 10_000


@dataclass(frozen=True)
class _Column(Generic[Row]):
    """A column: how it fills a cell, and how early it goes where there is no room (0: never)."""

    name: str
    cell: Callable[[Row], str]
    dropped: int = 0
    left: bool = False


def show(report: Report) -> None:
    """All that was measured, a table for each kind, and for each set that was searched."""
    several = len(report.models) > 1
    _print("Models", _MODELS, report.models, several=True)
    if report.speed:
        _print("Speed", _SPEED, report.speed, several)
    if report.sts:
        _print("Sentence similarity", _SIMILARITY, report.sts, several)
    if report.parallel:
        _print("Nearest is the translation", _TRANSLATION, report.parallel, several)
    if report.clusters:
        _print("Clusters", _CLUSTERS, report.clusters, several)
    by_set: dict[str, list[RetrievalRow]] = defaultdict(list)
    for row in report.retrieval:
        by_set[row.set].append(row)
    for rows in by_set.values():
        _retrieval(rows, several)
    if any(row.answered == 0.0 for row in report.retrieval):
        out.print(f"[dim]{_NOTHING} The model is not asked in languages it does not know.[/dim]")
    out.print(f"[dim]{report.seconds:,.0f} s[/dim]")


def _retrieval(rows: Sequence[RetrievalRow], several: bool) -> None:
    whole = next(row for row in rows if not row.language)
    title = f"{whole.set}: {whole.documents:,} documents, {whole.queries:,} queries"
    best: dict[str, float] = defaultdict(float)
    for row in rows:
        best[row.language] = max(best[row.language], row.ndcg_10)

    def ndcg(row: RetrievalRow) -> str:
        text = _share(row.ndcg_10, row.answered)
        return f"[bold]{text}[/bold]" if row.ndcg_10 == best[row.language] else text

    columns = (
        _Column[RetrievalRow]("model", lambda row: escape(row.model), left=True),
        _Column[RetrievalRow]("mode", _mode, left=True),
        _Column[RetrievalRow]("nDCG@10", ndcg),
        _Column[RetrievalRow]("R@1", lambda row: _share(row.recall_1, row.answered), 3),
        _Column[RetrievalRow]("R@10", lambda row: _share(row.recall_10, row.answered), 2),
        _Column[RetrievalRow]("R@100", lambda row: _share(row.recall_100, row.answered), 6),
        _Column[RetrievalRow]("MRR", lambda row: _share(row.mrr, row.answered), 5),
        _Column[RetrievalRow]("ms", lambda row: _milliseconds(row.median_ms), 4),
        _Column[RetrievalRow]("p95", lambda row: _milliseconds(row.p95_ms), 7),
    )
    _print(title, columns, rows, several)


def _print(title: str, columns: Sequence[_Column[Row]], rows: Sequence[Row], several: bool) -> None:
    """A table of as many columns as fit; the model's only if there are several models."""
    kept = [column for column in columns if several or column.name != "model"]
    table = _table(kept, rows)
    while _too_wide(table) and any(column.dropped for column in kept):
        kept.remove(max(kept, key=lambda column: column.dropped))
        table = _table(kept, rows)
    out.print(f"\n[bold]{escape(title)}[/bold]")
    out.print(table, soft_wrap=False)


def _table(columns: Sequence[_Column[Row]], rows: Sequence[Row]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    for column in columns:
        table.add_column(
            column.name, justify="left" if column.left else "right", no_wrap=not column.left
        )
    for row in rows:
        table.add_row(*(column.cell(row) for column in columns))
    return table


def _too_wide(table: Table) -> bool:
    options = out.options.update(max_width=_ANY_WIDTH)
    return Measurement.get(out, options, table).maximum > out.width


def _mode(row: RetrievalRow) -> str:
    """The mode, or below it one of the languages of the queries."""
    return f"  [dim]{row.language} ({row.queries:,})[/dim]" if row.language else row.mode


def _share(value: float, answered: float) -> str:
    return f"{value:.3f}" if answered else _NOTHING


def _milliseconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _optional(value: float | None, form: str) -> str:
    return _NOTHING if value is None else format(value, form)


_MODELS = (
    _Column[ModelFacts]("model", lambda row: escape(row.model), left=True),
    _Column[ModelFacts]("languages", lambda row: " ".join(row.languages), 2, left=True),
    _Column[ModelFacts]("dimension", lambda row: str(row.dimension), 3),
    _Column[ModelFacts]("ready s", lambda row: _optional(row.load_seconds, ".2f"), 1),
    _Column[ModelFacts]("memory MB", lambda row: _optional(row.resident_mb, ",.0f")),
)
_SPEED = (
    _Column[SpeedRow]("model", lambda row: escape(row.model), left=True),
    _Column[SpeedRow]("language", lambda row: row.language, left=True),
    _Column[SpeedRow]("tokens/s", lambda row: f"{row.tokens_per_second:,.0f}"),
    _Column[SpeedRow]("query ms", lambda row: _milliseconds(row.query_median_ms)),
    _Column[SpeedRow]("p95", lambda row: _milliseconds(row.query_p95_ms), 1),
)
_SIMILARITY = (
    _Column[SimilarityRow]("model", lambda row: escape(row.model), left=True),
    _Column[SimilarityRow]("set", lambda row: escape(row.set), left=True),
    _Column[SimilarityRow]("pairs", lambda row: f"{row.pairs:,}", 1),
    _Column[SimilarityRow]("Spearman", lambda row: _optional(row.spearman, ".3f")),
)
_TRANSLATION = (
    _Column[TranslationRow]("model", lambda row: escape(row.model), left=True),
    _Column[TranslationRow]("from", lambda row: escape(row.source), left=True),
    _Column[TranslationRow]("to", lambda row: escape(row.target), left=True),
    _Column[TranslationRow]("among", lambda row: f"{row.candidates:,}", 1),
    _Column[TranslationRow]("R@1", lambda row: f"{row.recall_1:.3f}"),
)
_CLUSTERS = (
    _Column[ClusterRow]("model", lambda row: escape(row.model), left=True),
    _Column[ClusterRow]("set", lambda row: escape(row.set), left=True),
    _Column[ClusterRow]("texts", lambda row: f"{row.texts:,}", 2),
    _Column[ClusterRow]("labels", lambda row: f"{row.labels:,}", 1),
    _Column[ClusterRow]("k-means V", lambda row: f"{row.v_measure:.3f}"),
    _Column[ClusterRow]("topics", lambda row: f"{row.topics:,}", 4),
    _Column[ClusterRow]("topics V", lambda row: f"{row.topics_v_measure:.3f}"),
    _Column[ClusterRow]("themes", lambda row: f"{row.themes:,}", 5),
    _Column[ClusterRow]("themes V", lambda row: f"{row.themes_v_measure:.3f}", 3),
    _Column[ClusterRow]("in none", lambda row: f"{row.noise:.0%}"),
)
