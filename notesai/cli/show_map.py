"""Clusters and the map's figures as a person reads them in a terminal."""

from collections.abc import Collection
from pathlib import Path

from rich.markup import escape

from notesai.cli.session import out
from notesai.model import Cluster, Clusters, NoteMap, SpaceFigures

_NOTES = 3


def clusters(result: Clusters) -> None:
    """Each theme with its topics below it."""
    themes = [one for one in result.clusters if not one.parent]
    for theme in themes:
        out.print(
            f"[bold]{escape(theme.label)}[/bold]  [dim]{theme.size:,} notes  {theme.id}[/dim]"
        )
        for topic in result.clusters:
            if topic.parent == theme.id:
                _topic(topic)
    if not themes:
        out.print("No clusters: there are too few notes, or none are near each other.")
    out.print(f"[dim]{len(result.noise):,} notes belong to none.[/dim]")
    if result.without_vector:
        out.print(f"[dim]{len(result.without_vector):,} notes have nothing to compare yet.[/dim]")


def _topic(topic: Cluster) -> None:
    out.print(f"   {escape(topic.label)}  [dim]{topic.size:,}  {topic.id}[/dim]")
    more = ", ".join(topic.terms)
    out.print(f"      [dim]{escape(more)}[/dim]")
    for path in topic.representative[:_NOTES]:
        out.print(f"      [cyan]{escape(path)}[/cyan]")


def summary(result: NoteMap, written: Collection[Path] = ()) -> None:
    """What the space is like, overall and for each theme; and which files there are now."""
    out.print(f"[bold]{len(result.points):,} notes on the map[/bold], by {result.method}")
    _figures("all notes", result.figures)
    figures = {one.id: one.figures for one in result.by_cluster}
    for cluster in result.clusters.clusters:
        if not cluster.parent:
            _figures(cluster.label, figures[cluster.id])
    for file in written:
        out.print(f"Written: [cyan]{escape(str(file))}[/cyan]")
    if not written:
        out.print("[dim]--png FILE draws it, --json prints where each note stands.[/dim]")


def _figures(name: str, figures: SpaceFigures) -> None:
    out.print(
        f"{escape(name)}: {figures.notes:,} notes, spread {figures.spread:.2f}, "
        f"mean similarity {figures.mean_similarity:.2f}, "
        f"near-duplicates {figures.near_duplicates:,}, orphans {figures.orphans:,}"
    )
