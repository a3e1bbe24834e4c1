"""`notesai clusters` and `notesai map`: how the notes fall into groups, and where each stands."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from notesai.cli import session, show_map
from notesai.errors import RequestError
from notesai.model import MapMethod, NoteMap
from notesai.progress import Progress

_PHASES = {
    "comparing": "Comparing notes",
    "grouping": "Finding clusters",
    "placing": "Laying out",
    "naming": "Reading words",
    "load": "Loading the model",
}

Vault = Annotated[
    Path | None,
    typer.Option("--vault", metavar="PATH", help="Folder of notes; default: the last one opened."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

Draw = Callable[[NoteMap, str], bytes]
"""Makes a file of a map: "png", "svg" or "csv"."""

DRAW = "notesai.draw"


def clusters(
    context: typer.Context,
    rename: Annotated[
        tuple[str, str] | None,
        typer.Option("--rename", metavar="ID NAME", help='Name a cluster; "" takes it back.'),
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Let the chat model name those without a name.")
    ] = False,
    model: Annotated[
        str, typer.Option(metavar="GGUF", help="Another chat model: its file, or its name.")
    ] = "",
    vault: Vault = None,
    as_json: AsJson = False,
) -> None:
    """Show the themes and topics that the notes fall into."""
    from notesai.engine.workspace import Workspace

    folder = session.chosen_vault(vault or context.obj)
    with Workspace.open(folder, write=False) as workspace, session.progress_bar() as bar:
        if rename is not None:
            result = workspace.mapping.rename(*rename, _Named(bar))
        elif suggest:
            result = workspace.suggest_cluster_names(_Named(bar), model=model)
            if result is None:
                raise RequestError(
                    "clusters.no_model",
                    "No chat model was chosen.",
                    "Add one (notesai models add), or name a file with --model.",
                )
        else:
            result = workspace.mapping.clusters(_Named(bar))
    session.print_json(result) if as_json else show_map.clusters(result)


def note_map(
    context: typer.Context,
    method: Annotated[MapMethod, typer.Option(help="How notes are placed.")] = MapMethod.TSNE,
    png: Annotated[Path | None, typer.Option(metavar="F", help="Write a picture.")] = None,
    svg: Annotated[Path | None, typer.Option(metavar="F", help="Write a drawing.")] = None,
    csv: Annotated[Path | None, typer.Option(metavar="F", help="Write a table.")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Lay all notes out again.")] = False,
    vault: Vault = None,
    as_json: AsJson = False,
) -> None:
    """Lay all notes out on a plane, near ones together; no display is needed."""
    from notesai.engine.workspace import Workspace

    folder = session.chosen_vault(vault or context.obj)
    with Workspace.open(folder, write=False) as workspace, session.progress_bar() as bar:
        result = workspace.mapping.map(method, anew=anew, progress=_Named(bar))
    files = {"png": png, "svg": svg, "csv": csv}
    written = {kind: file for kind, file in files.items() if file is not None}
    for kind, file in written.items():
        _write(context.meta[DRAW], result, kind, file)
    session.print_json(result) if as_json else show_map.summary(result, tuple(written.values()))


def _write(draw: Draw | None, found: NoteMap, kind: str, file: Path) -> None:
    if draw is None:
        raise RequestError(
            "app.none", "There is nothing here that draws.", "Start notesai instead."
        )
    try:
        file.write_bytes(draw(found, kind))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RequestError("file.cannot_write", f"Cannot write {file}: {reason}.") from error


class _Named:
    """Progress whose phases have names that a person reads."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def report(self, phase: str, done: int, total: int) -> None:
        """Pass on under the phase's name."""
        self._progress.report(_PHASES.get(phase, phase), done, total)
