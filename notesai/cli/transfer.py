"""Progress of downloads, drawn in bytes with the time that is left, or told line by line."""

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

import msgspec
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from notesai.cli.session import err, for_window
from notesai.progress import Step, Task

_LINE_SECONDS = 0.2


@contextmanager
def progress_bar() -> Generator[Task, None, None]:
    """Progress drawn on standard error; lines of JSON there if `NOTESAI_PROGRESS` is "json"."""
    if for_window():
        yield Task(_Lines().tell)
        return
    columns = (TextColumn("Downloading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err) as bar:
        # A file of this machine is taken over without any step.
        task = bar.add_task("", total=None, visible=False)

        def draw(step: Step) -> None:
            if bar.tasks[0].total is None and step.total:
                # What was there before says nothing of how quick the rest will be.
                bar.reset(task, completed=step.done, total=step.total, visible=True)
            else:
                bar.update(task, completed=step.done, total=step.total or None, visible=True)

        yield Task(draw)


class _Lines:
    """Tells a program how far a download is, a few times a second."""

    def __init__(self) -> None:
        self._last = 0.0

    def tell(self, step: Step) -> None:
        now = time.monotonic()
        if now - self._last < _LINE_SECONDS and step.done < step.total:
            return
        self._last = now
        line = msgspec.json.encode({"done": step.done, "total": step.total})
        sys.stderr.write(line.decode() + "\n")
        sys.stderr.flush()
