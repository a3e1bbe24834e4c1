"""What every command shares: which vault, how to print, how to fail."""

import logging
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from notesai import paths, settings
from notesai.errors import VaultError
from notesai.progress import Step, Task

log = logging.getLogger(__name__)

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def for_window() -> bool:
    """Whether the window runs this command: progress and errors are then lines of JSON."""
    return os.environ.get("NOTESAI_PROGRESS") == "json"


_PHASES = {
    "scan": "Looking at the folder",
    "words": "Reading notes",
    "meaning": "Embedding passages",
    "exporting": "Exporting notes",
}


def chosen_vault(option: Path | None) -> Path:
    """The vault of `--vault`, of NOTESAI_VAULT, or the last one opened."""
    if option is not None:
        return paths.expanded(option).absolute()
    name = os.environ.get("NOTESAI_VAULT")
    name = name or settings.load(paths.home().settings_file).last_vault
    if not name:
        raise VaultError(
            "vault.none",
            "No folder of notes was given, and none was opened before.",
            "Say which one: notesai --vault PATH …",
        )
    return paths.expanded(name).absolute()


def remember(vault: Path) -> None:
    """Make `vault` the default of later commands."""
    file = paths.home().settings_file
    known = settings.load(file)
    if known.last_vault != str(vault):
        known.remember(vault)
        try:
            settings.save(known, file)
        except OSError as error:
            log.warning("the vault is not remembered: %s", error)


def print_json(value: Any) -> None:
    """One JSON object, one line, on standard output."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


@contextmanager
def progress_bar() -> Generator[Task, None, None]:
    """Progress drawn on standard error."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err) as bar:
        bars: dict[str, TaskID] = {}

        def draw(step: Step) -> None:
            if step.total == 0:
                return
            if step.phase not in bars:
                bars[step.phase] = bar.add_task(_PHASES.get(step.phase, step.phase))
            bar.update(bars[step.phase], completed=step.done, total=step.total)

        yield Task(draw)
