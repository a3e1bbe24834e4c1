"""Results as a person reads them in a terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from notesai.cli.session import err, out
from notesai.model import (
    Answer,
    Duplicates,
    ExportReport,
    HealthReport,
    IndexReport,
    Passage,
    SearchResult,
    SimilarResult,
    SwitchEstimate,
    Trap,
    VaultStatus,
)

if TYPE_CHECKING:
    from notesai.cli.chat_models import Trial
    from notesai.embedding.optimise import Optimised
    from notesai.model import KnownModel

_SNIPPET = 240
_LANGUAGES = 4
_ALONE = ("rerank", "chat")
"""Tasks whose models are listed whether installed or not."""

_TRAPS = {
    Trap.NO_FILTER: "there is no such filter, so it was looked for as words",
    Trap.NO_DAY: "no day, so it was looked for as words; write 2026-01-31, 2026-01, 2026 or today",
    Trap.NO_LANGUAGE: "no language, so it was looked for as words; there are ko, en, ja and zh",
    Trap.NO_TAG: "no note has this tag",
    Trap.NO_PATH: "no note lies there",
    Trap.CONTRADICTION: "no note can be both",
}


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


def exported(result: ExportReport) -> None:
    """What was exported."""
    out.print(
        f"{result.notes:,} notes and {result.passages:,} passages with their vectors,"
        f" {result.bytes / 1e6:,.1f} MB in {escape(result.folder)}"
    )
    if result.pending:
        out.print(f"{result.pending:,} passages have no vector yet.")


def status(result: VaultStatus) -> None:
    """The state of an index."""
    table = Table.grid(padding=(0, 2))
    rows = {
        "vault": result.vault,
        "notes": f"{result.notes:,}",
        "passages": f"{result.chunks:,} ({result.pending:,} wait to be embedded)",
        "model": _model(result),
        "index": f"{result.index_bytes / 1e6:,.1f} MB at {result.index_path}",
    }
    for name, value in rows.items():
        table.add_row(f"[dim]{name}[/dim]", escape(value))
    out.print(table)
    if result.model_trouble:
        out.print(f"[yellow]model[/yellow] {escape(result.model_trouble)}")
    for title, problems in (("failed", result.failed), ("skipped", result.skipped)):
        for problem in problems:
            out.print(f"[yellow]{title}[/yellow] {escape(problem.path)}: {escape(problem.reason)}")


def _model(result: VaultStatus) -> str:
    text, switching = result.model, result.switching
    if switching is not None:
        text += f", until {switching.model} is ready: {switching.done:,} of {switching.total:,}"
    if result.previous_model:
        text += f" (the index of {result.previous_model} is kept for going back)"
    return text


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


def misread(result: SearchResult) -> None:
    """What of a query does other than it seems, on standard error."""
    for part in result.misread:
        asked = f" Did you mean {part.meant}?" if part.meant else ""
        # As text, for the signs of a query may be markup, or the names of emoji.
        err.print(Text(f"{part.part}: {_TRAPS[part.trap]}.{asked}", style="yellow"))


def neighbours(result: SimilarResult) -> None:
    """Similar notes with the passages that met."""
    if not result.neighbours:
        out.print(f"No note is similar to {escape(result.note)}.")
    for neighbour in result.neighbours:
        linked = "  [green]linked[/green]" if neighbour.linked else ""
        shared = f"  [dim]{escape(', '.join(neighbour.shared))}[/dim]" if neighbour.shared else ""
        title = escape(neighbour.title)
        path = escape(neighbour.path)
        out.print(
            f"[bold]{neighbour.score:.2f} {title}[/bold]  [cyan]{path}[/cyan]{linked}{shared}"
        )
        if neighbour.pairs:
            out.print(Text("   ").append_text(_snippet(neighbour.pairs[0].there)))


def duplicates(found: Duplicates) -> None:
    """Groups of equal notes, and pairs that nearly are, with the share of their words in common."""
    if not found.groups and not found.pairs:
        out.print("No two notes say the same.")
    for group in found.groups:
        out.print(f"[bold]{len(group)} equal notes[/bold]")
        for note in group:
            out.print(f"   [cyan]{escape(note.path)}[/cyan]")
    for pair in found.pairs:
        out.print(f"[bold]{pair.overlap:.0%} the same[/bold]")
        for path in (pair.a, pair.b):
            out.print(f"   [cyan]{escape(path)}[/cyan]")
    if found.more:
        out.print(f"{found.more} more pairs are not listed.")


def sources(result: Answer) -> None:
    """The sources of an answer."""
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


def models(known: "Iterable[KnownModel]") -> None:
    """The models that are installed, then those that could be, each with what matters of it."""
    known = list(known)
    for title, installed in (("Installed", True), ("To be added by `notesai models add`", False)):
        group = [model for model in known if model.installed is installed]
        if group:
            out.print(f"[dim]{title}[/dim]")
        for model in group:
            _one_model(model)


def rerankers(known: "Iterable[KnownModel]") -> None:
    """The models that put the best results of a search in order."""
    out.print("[dim]Rerankers, to put the best results of every search in order[/dim]")
    for model in known:
        _one_model(model)


def chat_models(known: "Iterable[KnownModel]") -> None:
    """The models that write answers."""
    out.print("[dim]Chat models, to write answers instead of quoting[/dim]")
    for model in known:
        _one_model(model)


def trial(result: "Trial") -> None:
    """What a chat model wrote, and how quickly."""
    out.print(escape(result.text))
    out.print(
        f"[bold]{result.tokens_per_second:,.1f} tokens/s[/bold]  "
        f"[dim]ready after {result.ready_seconds:.1f} s, first word {result.first_seconds:.1f} s "
        f"later, {result.tokens} tokens[/dim]"
    )


def _one_model(model: "KnownModel") -> None:
    used = "  [green]in use[/green]" if model.in_use else ""
    there = "  [dim]installed[/dim]" if model.installed and model.task in _ALONE else ""
    out.print(f"[bold]{escape(model.name)}[/bold]  {escape(model.title)}{used or there}")
    out.print(f"   {escape(' · '.join(_facts(model)))}")


def model_added(model: "KnownModel") -> None:
    """A model that is there now."""
    out.print(f"Added [bold]{escape(model.name)}[/bold]: {escape(' · '.join(_facts(model)))}")


def optimised(name: str, result: "Optimised") -> None:
    """What became of a model, beside what it was."""
    out.print(
        f"Made [bold]{escape(result.name)}[/bold] from {escape(name)}: "
        f"{result.speed_ratio:.1f} times as quick ({result.speed:,.0f} tokens/s), "
        f"{result.size / 1e6:,.0f} MB instead of {result.size_before / 1e6:,.0f} MB, "
        f"cosine to the original {result.cosine:.3f} (the least {result.least_cosine:.3f})."
    )
    out.print(f"[dim]`notesai models use {escape(result.name)}` lets it answer.[/dim]")


def switch(estimate: SwitchEstimate) -> None:
    """What a switch to another model will take, on standard error."""
    if estimate.ready:
        err.print(f"The index of {estimate.model} is there already.", markup=False)
        return
    err.print(
        f"{estimate.chunks:,} passages of {estimate.notes:,} notes for {estimate.model}: "
        f"{_duration(estimate.seconds)}. The present index answers until then.",
        markup=False,
    )


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"about {minutes} min" if minutes < 90 else f"about {minutes / 60:.1f} h"


def _facts(model: "KnownModel") -> list[str]:
    more = len(model.languages) - _LANGUAGES
    languages = ", ".join(model.languages[:_LANGUAGES]) + (f" and {more} more" if more > 0 else "")
    fits = {True: "fits this machine", False: "needs a larger machine", None: ""}
    facts = [
        model.task,
        languages,
        f"{model.size:,} MB" if model.size else "",
        f"{model.memory:,} MB of memory" if model.memory else "",
        fits[model.fits],
        model.licence,
        "its licence has to be accepted on the hub" if model.gated and not model.installed else "",
        f"sends {_sent(model)} to {model.sends_to}" if model.sends_to else "",
    ]
    return [fact for fact in facts if fact]


def _sent(model: "KnownModel") -> str:
    return "your questions and passages" if model.task == "chat" else "your notes"


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
