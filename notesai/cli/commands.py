"""The commands. Heavy libraries are imported inside them: `notesai --help` stays quick."""

import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from notesai import __version__, log, paths
from notesai.cli import evaluate, maps, models, session, show
from notesai.errors import Cancelled, NotesaiError, RequestError
from notesai.model import SearchMode

# Typer carries its own copy of click in newer versions and does not export this class of it.
_UsageError: Any = typer.BadParameter.__mro__[1]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="A desktop assistant for your own notes. Without a command it opens the app.",
)

Vault = Annotated[
    Path | None,
    typer.Option("--vault", metavar="PATH", help="Folder of notes; default: the last one opened."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Count = Annotated[int, typer.Option("-k", min=1, max=1000, help="How many.")]


INTERRUPTED = 130
"""Exit status after Ctrl+C, as in a shell. Newer versions of Typer return it, older ones raise."""


class Query(msgspec.Struct, frozen=True):
    """One line of a file of queries."""

    id: str
    text: str


Quick = Callable[[str], int]
"""Shows the quick search of the app for a vault, given by its path or empty; the exit status."""

_QUICK = "notesai.quick"


def run(arguments: list[str], quick: Quick | None = None, draw: maps.Draw | None = None) -> int:
    """Run one command; the exit status: 0 ok, 1 failed, 2 wrong usage, 130 interrupted.

    `quick` is what the command of that name does, `draw` makes pictures of maps: commands
    themselves know no window.
    """
    log.start(paths.home().logs, "commands")
    try:
        status = app(arguments, prog_name="notesai", standalone_mode=False, obj=(quick, draw))
        return _interrupted() if status == INTERRUPTED else int(status or 0)
    except NotesaiError as error:
        return _failed(error)
    except _UsageError as error:
        error.show()
        return 2
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except BrokenPipeError:
        # The reader of our output has seen enough; what Python would still flush has no place.
        sys.stdout = None
        return 0
    except Exception as error:
        logging.getLogger(__name__).exception("unexpected error")
        session.err.print(
            f"This is a bug in notesai: {type(error).__name__}: {error}", markup=False
        )
        session.err.print(f"Your notes are safe. Details: {paths.home().logs}", markup=False)
        return 1


def _interrupted() -> int:
    session.err.print("Stopped. What was done so far is kept.")
    return INTERRUPTED


def _failed(error: NotesaiError) -> int:
    if session.for_window():
        # The window has words of its own for it.
        told = {"code": error.code, "message": error.message, "hint": error.hint}
        sys.stderr.write(msgspec.json.encode(told).decode() + "\n")
        return INTERRUPTED if isinstance(error, Cancelled) else 1
    session.err.print(error.message, markup=False, style="bold")
    if error.hint:
        session.err.print(error.hint, markup=False)
    return INTERRUPTED if isinstance(error, Cancelled) else 1


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    vault: Vault = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Options that stand before the command."""
    context.meta[_QUICK], context.meta[maps.DRAW] = context.obj or (None, None)
    context.obj = vault
    if version:
        session.out.print(f"notesai {__version__}")
    elif context.invoked_subcommand is None:
        session.out.print(context.get_help())


@app.command("about")
def about_notesai(
    licences: Annotated[bool, typer.Option("--licences", help="List what is shipped.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Look for a new version, online.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say the version, the licences of what is shipped, and whether there is a newer version."""
    from notesai.cli.about import tell

    tell(licences=licences, check=check, as_json=as_json)


@app.command("quick")
def quick_search(context: typer.Context, vault: Vault = None) -> int:
    """Show the quick search of the running app, or start the app for that."""
    show: Quick | None = context.meta[_QUICK]
    if show is None:
        raise RequestError("app.none", "There is no app here.", "Start notesai instead.")
    return show(str(vault or context.obj or ""))


@app.command()
def index(
    context: typer.Context,
    vault: Vault = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build the index anew.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on and follow all changes.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index up to date with the folder."""
    from notesai.cli.watch import follow
    from notesai.engine.workspace import Workspace

    with Workspace.open(_vault(context, vault), write=True, rebuild=rebuild) as workspace:
        session.remember(workspace.vault)
        with session.progress_bar() as progress:
            result = workspace.index(progress)
        session.print_json(result) if as_json else show.report(result)
        if watch:
            follow(workspace)


@app.command()
def status(context: typer.Context, vault: Vault = None, as_json: AsJson = False) -> None:
    """Say what is indexed, what waits, what failed and why."""
    from notesai.engine.workspace import Workspace

    with Workspace.open(_vault(context, vault), write=False) as workspace:
        result = workspace.status()
    session.print_json(result) if as_json else show.status(result)


@app.command()
def search(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    k: Count = 10,
    mode: Annotated[SearchMode, typer.Option(help="Which halves take part.")] = SearchMode.HYBRID,
    queries: Annotated[
        Path | None, typer.Option(metavar="FILE", help='JSON lines of {"id", "text"}.')
    ] = None,
    vault: Vault = None,
    as_json: AsJson = False,
) -> None:
    """Find notes by word and by meaning.

    The query may hold "an exact phrase", -without, tag:x, path:folder/, file:name, lang:ko.

    Also after:2026-01-31, before:2026, like:"Note title", unlike:"Note title". Filters alone list
    what passes them.

    A query that begins with a minus comes after --, as in: notesai search -- -draft
    """
    from notesai.engine.workspace import Workspace

    if (query is None) == (queries is None):
        raise typer.BadParameter("Give a query or --queries FILE.")
    with Workspace.open(_vault(context, vault), write=False) as workspace:
        if queries is not None:
            for wanted in _queries(queries):
                result = workspace.search(wanted.text, k=k, mode=mode)
                session.print_json({"id": wanted.id, **msgspec.to_builtins(result)})
        elif query is not None:
            result = workspace.search(_readable(query), k=k, mode=mode)
            session.print_json(result) if as_json else show.hits(result)
            show.misread(result)
        if trouble := workspace.reranker_trouble():
            _failed(trouble)


@app.command()
def similar(
    context: typer.Context,
    note: Annotated[str | None, typer.Argument(help="Path, title or file name of a note.")] = None,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="All notes that say the same or nearly.")
    ] = False,
    k: Count = 10,
    vault: Vault = None,
    as_json: AsJson = False,
) -> None:
    """Show the notes most similar to a note, or all duplicates."""
    from notesai.engine.workspace import Workspace

    if (note is None) != duplicates:
        raise typer.BadParameter("Give a note or --duplicates.")
    with Workspace.open(_vault(context, vault), write=False) as workspace:
        if note is None:
            found = workspace.relating.duplicates()
            session.print_json(found) if as_json else show.duplicates(found)
        else:
            result = workspace.similar(_readable(note), k=k)
            session.print_json(result) if as_json else show.neighbours(result)


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question.")],
    model: Annotated[
        str, typer.Option(metavar="GGUF", help="A chat model: its file, or its name if added.")
    ] = "",
    quotes: Annotated[bool, typer.Option("--quotes", help="Quote only, generate nothing.")] = False,
    folder: Annotated[str, typer.Option(metavar="FOLDER", help="Only notes in it.")] = "",
    tag: Annotated[str, typer.Option(metavar="TAG", help="Only notes with it.")] = "",
    note: Annotated[
        list[str] | None, typer.Option(metavar="NOTE", help="Only this note; may be repeated.")
    ] = None,
    vault: Vault = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from the notes, with sources.

    A chat model, of --model or of the settings, writes the answer; else it is quoted.
    """
    from notesai.cli.asking import answered
    from notesai.engine.workspace import Workspace
    from notesai.model import Scope

    with Workspace.open(_vault(context, vault), write=False) as workspace:
        notes = tuple(workspace.read(_readable(name)).path for name in note or ())
        scope = Scope(_readable(folder), _readable(tag), notes)
        question = _readable(question)
        answered(workspace, question, scope, model=model, quotes=quotes, as_json=as_json)


@app.command()
def embed(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One text a line, UTF-8.")],
    target: Annotated[Path, typer.Option("--out", metavar="X.npy", help="Where to write.")],
    kind: Annotated[str, typer.Option(help="document or query.")] = "document",
    vault: Vault = None,
    as_json: AsJson = False,
) -> None:
    """Write the vectors of texts as a float32 array of shape (n, dimension)."""
    import numpy as np

    from notesai.embedding.catalog import open_embedder

    if kind not in ("document", "query"):
        raise typer.BadParameter("document or query", param_hint="--kind")
    lines = _lines(file)
    embedder = open_embedder()
    if kind == "document":
        vectors = embedder.embed_documents(lines)
    else:
        empty = np.zeros((0, embedder.card.dimension), np.float32)
        vectors = np.stack([embedder.embed_query(line) for line in lines]) if lines else empty
    try:
        with target.open("wb") as sink:
            np.save(sink, vectors)
    except OSError as error:
        raise _cannot("write", target, error) from error
    result = {"texts": len(lines), "dimension": embedder.card.dimension, "out": str(target)}
    if as_json:
        session.print_json(result)
    else:
        session.out.print(f"{len(lines)} vectors of {embedder.card.dimension} in {target}")


@app.command("export")
def export_index(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    vault: Vault = None,
    as_json: AsJson = False,
) -> None:
    """Write what the index holds as files that any program reads: notes, passages, vectors."""
    from notesai.engine.workspace import Workspace

    chosen = _vault(context, vault)
    with Workspace.open(chosen, write=False) as workspace, session.progress_bar() as progress:
        result = workspace.export(folder, progress)
    session.print_json(result) if as_json else show.exported(result)


@app.command()
def doctor(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended.")] = False,
    vault: Vault = None,
    as_json: AsJson = False,
) -> int:
    """Look at everything that can be wrong; exit status 1 if something is."""
    from notesai.engine.places import doctor as examine

    result = examine(_vault(context, vault), repair=repair)
    session.print_json(result) if as_json else show.health(result)
    return 0 if result.ok else 1


@app.command("mcp")
def serve_mcp(context: typer.Context, vault: Vault = None) -> None:
    """Let other programs ask the notes, read-only, through the Model Context Protocol (stdio)."""
    from notesai.cli.mcp_server import serve
    from notesai.notes.scanner import check_vault

    serve(check_vault(_vault(context, vault)))


app.command("clusters")(maps.clusters)
app.command("map")(maps.note_map)
app.command("eval")(evaluate.evaluate)
app.add_typer(models.app, name="models")


def _vault(context: typer.Context, option: Path | None) -> Path:
    return session.chosen_vault(option or context.obj)


def _readable(text: str) -> str:
    """An argument that is not UTF-8 arrives with surrogates in it, which nothing can print."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RequestError("file.not_utf8", f"{file} is not UTF-8.", "Convert it first.") from error
    except OSError as error:
        raise _cannot("read", file, error) from error
    return text.removesuffix("\n").split("\n") if text else []


def _queries(file: Path) -> Iterator[Query]:
    for number, line in enumerate(_lines(file), start=1):
        if line.strip():
            try:
                yield msgspec.json.decode(line, type=Query)
            except msgspec.MsgspecError as error:
                raise RequestError(
                    "file.not_queries",
                    f"Line {number} of {file} is not a query: {error}.",
                    'Each line is a JSON object such as {"id": "1", "text": "tomatoes"}.',
                ) from error


def _cannot(verb: str, file: Path, error: OSError) -> RequestError:
    reason = error.strerror or type(error).__name__
    return RequestError(f"file.cannot_{verb}", f"Cannot {verb} {file}: {reason}.", "")
