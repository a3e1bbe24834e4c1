"""`notesai eval`: how well models and modes serve, on labelled sets or on one's own notes."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from notesai.cli import scores, session
from notesai.progress import Progress

if TYPE_CHECKING:
    from notesai.evaluation.own_notes import OwnNotes

_PHASES = {"sets": "Measuring", "asking": "Asking", "speed": "Timing the model"}

Files = Annotated[
    list[Path] | None,
    typer.Option("--sts", metavar="FILE", help="Lines of score, sentence, sentence; repeatable."),
]
Translations = Annotated[
    tuple[Path, Path] | None,
    typer.Option(
        "--parallel",
        metavar="A B",
        help="Two such files; line n of one is the translation of line n of the other.",
    ),
]
Folders = Annotated[
    list[Path] | None,
    typer.Option(
        "--retrieval",
        metavar="DIR",
        help="Folder of corpus.jsonl, queries.jsonl and qrels.tsv; repeatable.",
    ),
]
Groups = Annotated[
    list[Path] | None,
    typer.Option("--clusters", metavar="FILE", help='Lines of {"label", "text"}; repeatable.'),
]
Models = Annotated[
    list[str] | None,
    typer.Option(
        "--model", metavar="NAME", help="Compare these models; `random` is the floor; repeatable."
    ),
]


def evaluate(
    context: typer.Context,
    sts: Files = None,
    parallel: Translations = None,
    retrieval: Folders = None,
    clusters: Groups = None,
    models: Models = None,
    vault: Annotated[
        Path | None,
        typer.Option(
            "--vault",
            metavar="PATH",
            help="Measure on the notes of this folder; so it does when no file is given.",
        ),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(min=2, metavar="N", help="At most so many queries of each set."),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Choose others at random.")] = 0,
    speed: Annotated[bool, typer.Option(help="Measure the models' speed and memory.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure how well models and search modes serve, on labelled sets or your own notes."""
    from notesai.evaluation.evaluate import Plan
    from notesai.evaluation.evaluate import evaluate as measure

    labelled = any((sts, parallel, retrieval, clusters))
    folder = vault or context.obj
    with ExitStack() as stack:
        own = _own_notes(stack, session.chosen_vault(folder)) if folder or not labelled else None
        plan = Plan(
            models=tuple(dict.fromkeys(models or ())),
            sts=tuple(sts or ()),
            parallel=parallel or (),
            retrieval=tuple(retrieval or ()),
            clusters=tuple(clusters or ()),
            own=own,
            sample=sample,
            seed=seed,
            speed=speed,
        )
        with session.progress_bar() as progress:
            result = measure(plan, _Named(progress))
    session.print_json(result) if as_json else scores.show(result)


def _own_notes(stack: ExitStack, vault: Path) -> "OwnNotes":
    from notesai.engine.workspace import Workspace
    from notesai.evaluation.own_notes import OwnNotes

    workspace = stack.enter_context(Workspace.open(vault, write=False))
    return OwnNotes(workspace.notes(), lambda path: workspace.read(path).text)


class _Named:
    """Progress whose phases have names that a person reads."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def report(self, phase: str, done: int, total: int) -> None:
        """Pass on under the phase's name."""
        self._progress.report(_PHASES.get(phase, phase), done, total)
