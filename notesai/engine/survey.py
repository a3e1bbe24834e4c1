"""A first look at a folder: how many notes it holds and how long their index would take."""

import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from notesai import paths, settings
from notesai.errors import NotesaiError
from notesai.model import Note
from notesai.notes.ignore import IgnoreRules
from notesai.notes.scanner import FileState, check_vault, scan
from notesai.progress import Silent


@dataclass(frozen=True, slots=True)
class Survey:
    """What a folder holds: notes, their `size` in bytes, and the seconds that embedding takes.

    `code`, `message` and `hint` are those of the `NotesaiError` if it could not be looked at.
    """

    notes: int = 0
    size: int = 0
    seconds: float = 0.0
    code: str = ""
    message: str = ""
    hint: str = ""


def survey(vault: Path) -> Survey:
    """Look at `vault` without writing anything; some of its notes are embedded for two seconds.

    Raises `VaultError`, or `ModelError` if the bundled model cannot be used.
    """
    # Not at the top: they load the model's runtime.
    from notesai.embedding.catalog import open_embedder
    from notesai.index.forecast import forecast

    vault = check_vault(vault)
    options = settings.load(paths.home().settings_file)
    rules, largest = IgnoreRules(tuple(options.ignore)), options.max_note_mib << 20
    found = scan(vault, rules, max_bytes=largest, progress=Silent())
    notes = [_unread(file) for file in found.files.values()]
    seconds = forecast(vault, notes, open_embedder()).seconds if notes else 0.0
    return Survey(len(notes), sum(note.size for note in notes), seconds)


def print_survey(vault: Path) -> None:
    """Print the survey as one JSON object on standard output."""
    try:
        found = survey(vault)
    except NotesaiError as error:
        found = Survey(code=error.code, message=error.message, hint=error.hint)
    sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    sys.stdout.buffer.flush()


def _unread(file: FileState) -> Note:
    """A note of which nothing is known but its file. Its hash only says in which order it comes."""
    order = f"{hash((file.path, file.size)) & 0xFFFFFFFF:08x}"
    return Note(order, file.disk_path, file.path, order, file.mtime_ns, file.size, n_chunks=1)
