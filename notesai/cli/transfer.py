"""Progress of downloads, drawn in bytes with the time that is left."""

from collections.abc import Generator
from contextlib import contextmanager

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from notesai.cli.session import err
from notesai.progress import Step, Task


@contextmanager
def progress_bar() -> Generator[Task, None, None]:
    """Progress drawn on standard error."""
    columns = (TextColumn("Downloading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err) as bar:
        task = bar.add_task("", total=None)

        def draw(step: Step) -> None:
            if bar.tasks[0].total is None and step.total:
                # What was there before says nothing of how quick the rest will be.
                bar.reset(task, completed=step.done, total=step.total)
            else:
                bar.update(task, completed=step.done, total=step.total or None)

        yield Task(draw)
