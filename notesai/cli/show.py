"""Results as a person reads them in a terminal."""

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from notesai.cli.session import out
from notesai.model import (
    Answer,
    HealthReport,
    IndexReport,
    Passage,
    SearchResult,
    SimilarResult,
    VaultStatus,
)

_SNIPPET = 240


def report(result: IndexReport) -> None:
    """What an indexing run did."""
    out.print(
        f"[bold]{result.notes:,} notes, {result.chunks:,} passages[/bold] in {result.seconds:.1f} s"
        f" (searchable by word after {result.lexical_ready_seconds:.1f} s)"
    )
    out.print(
        f"embedded {result.embedded:,}, reused {result.reused:,}, removed {result.removed:,} notes,"
        f" skipped {result.skipped:,}, failed {result.failed:,}"
    )
    if result.skipped or result.failed:
        out.print("[dim]`notesai status` says which notes and why.[/dim]")


def status(result: VaultStatus) -> None:
    """The state of an index."""
    table = Table.grid(padding=(0, 2))
    rows = {
        "vault": result.vault,
        "notes": f"{result.notes:,}",
        "passages": f"{result.chunks:,} ({result.pending:,} wait to be embedded)",
        "model": result.model,
        "index": f"{result.index_bytes / 1e6:,.1f} MB at {result.index_path}",
    }
    for name, value in rows.items():
        table.add_row(f"[dim]{name}[/dim]", escape(value))
    out.print(table)
    for title, problems in (("failed", result.failed), ("skipped", result.skipped)):
        for problem in problems:
            out.print(f"[yellow]{title}[/yellow] {escape(problem.path)}: {escape(problem.reason)}")


def hits(result: SearchResult) -> None:
    """Search results: title, why, path and line, best passage."""
    if not result.hits:
        out.print(f"Nothing found for {result.query!r}.")
        return
    for number, hit in enumerate(result.hits, start=1):
        why = ", ".join(hit.why)
        out.print(f"[bold]{number}. {escape(hit.title)}[/bold]  [dim]{hit.score:.2f} {why}[/dim]")
        if hit.passages:
            best = hit.passages[0]
            out.print(f"   [cyan]{escape(hit.path)}:{best.line}[/cyan]")
            out.print(Text("   ").append_text(_snippet(best)))
        else:
            out.print(f"   [cyan]{escape(hit.path)}[/cyan]")
    out.print(f"[dim]{result.milliseconds:.0f} ms[/dim]")


def neighbours(result: SimilarResult) -> None:
    """Similar notes with the passages that met."""
    if not result.neighbours:
        out.print(f"No note is similar to {escape(result.note)}.")
    for neighbour in result.neighbours:
        linked = "  [green]linked[/green]" if neighbour.linked else ""
        title = escape(neighbour.title)
        path = escape(neighbour.path)
        out.print(f"[bold]{neighbour.score:.2f} {title}[/bold]  [cyan]{path}[/cyan]{linked}")
        if neighbour.pairs:
            out.print(Text("   ").append_text(_snippet(neighbour.pairs[0].there)))


def answer(result: Answer) -> None:
    """An answer and its sources."""
    out.print(escape(result.answer))
    if result.citations:
        out.print()
    for citation in result.citations:
        out.print(
            f"[dim]\\[{citation.n}][/dim] [cyan]{escape(citation.path)}:{citation.line}[/cyan]"
        )


def health(result: HealthReport) -> None:
    """What the doctor found."""
    for finding in result.findings:
        mark = "[green]ok[/green]  " if finding.ok else "[red]look[/red]"
        out.print(f"{mark} [bold]{finding.check}[/bold]  {escape(finding.detail)}")
    for done in result.repaired:
        out.print(f"[green]mended[/green] {escape(done)}")
    if any(finding.repair for finding in result.findings if not finding.ok):
        out.print("[dim]`notesai doctor --repair` mends this.[/dim]")


def _snippet(passage: Passage) -> Text:
    """The passage around its first highlight, on one line, highlights bold."""
    begin = max(0, passage.highlights[0][0] - _SNIPPET // 3) if passage.highlights else 0
    text = Text(passage.text)
    for start, end in passage.highlights:
        text.stylize("bold yellow", start, end)
    piece = text[begin : begin + _SNIPPET]
    before = "…" if begin else ""
    after = "…" if begin + _SNIPPET < len(passage.text) else ""
    lines = piece.split("\n")
    return Text(before).append_text(Text(" ").join(lines)).append(after)
