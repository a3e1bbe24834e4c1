"""`notesai ask`: the answer as it is written, then its sources."""

import re
import sys

from rich.progress import BarColumn, Progress, TaskID, TextColumn

from notesai.cli import session, show
from notesai.engine.workspace import Workspace
from notesai.model import Answer, Scope

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PHASES = {"load": "Loading the model", "read": "Reading the passages"}


def answered(
    workspace: Workspace, question: str, scope: Scope, *, model: str, quotes: bool, as_json: bool
) -> None:
    """Ask, and print: with `as_json` one object in the end, else the text while it comes."""
    with _Screen(silent=as_json) as screen:
        answer = workspace.ask(
            question,
            scope=scope,
            extractive=quotes,
            model=model,
            report=screen.report,
            partial=screen.partial,
        )
        screen.finish(answer)
    if as_json:
        session.print_json(answer)
    else:
        show.sources(answer)
    if answer.trouble is not None:
        session.err.print(answer.trouble.message, markup=False, style="bold")
        session.err.print(answer.trouble.hint, markup=False)


class _Screen:
    """Progress on standard error, then the text of the answer on standard output."""

    def __init__(self, *, silent: bool) -> None:
        self._silent = silent
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:.0f}%"),
            console=session.err,
            transient=True,
            disable=not session.err.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}
        self._shown = ""

    def __enter__(self) -> "_Screen":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def report(self, phase: str, done: int, total: int) -> None:
        """Draw how far the model is."""
        if self._shown:
            return
        if not self._tasks:
            self._bar.start()
        if phase not in self._tasks:
            self._tasks[phase] = self._bar.add_task(_PHASES.get(phase, phase))
        self._bar.update(self._tasks[phase], completed=done, total=max(1, total))

    def partial(self, answer: Answer) -> None:
        """Print what has come since the last time."""
        if not self._silent and answer.answer.startswith(self._shown):
            self._print(answer.answer[len(self._shown) :])

    def finish(self, answer: Answer) -> None:
        """Print the rest, or another answer than the one that was begun."""
        self._bar.stop()
        if self._silent:
            return
        if answer.answer.startswith(self._shown):
            rest = answer.answer[len(self._shown) :]
        else:
            # What went round in circles at the end is cut off; anything else is another answer.
            same = self._shown.strip().startswith(answer.answer)
            rest = "" if same else f"\n\n{answer.answer}"
        self._print(rest + "\n")

    def _print(self, text: str) -> None:
        if not text:
            return
        self._bar.stop()
        self._shown += text
        # What a model or a note writes is text: it does not move the cursor or set the title.
        sys.stdout.write(_CONTROL.sub("", text))
        sys.stdout.flush()
