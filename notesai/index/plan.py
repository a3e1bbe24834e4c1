"""What has to be done so that the index follows the folder. Pure functions over plain values.

Times are compared for being different, never for being later: restored and synced files come
with old times. A file whose time and size are as known is taken as unchanged, unless it was
written so shortly before it was indexed that a later write could carry the same time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from notesai.model import Note, NoteStatus
from notesai.notes.scanner import FileState

RACY_NS = 2_000_000_000
"""The coarsest time stamp of a file system in use (FAT): two seconds."""

SKEW_NS = 60_000_000_000
"""How far the clock of a server may be ahead of ours. What is later comes from a clock that was
wrong: nobody will write at that time again, and reading it each time would never end.
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done. `read` holds new files and those that may have changed, newest first."""

    keep: tuple[Note, ...]
    read: tuple[FileState, ...]
    vanished: tuple[Note, ...]


def compare(
    files: Mapping[str, FileState],
    notes: Mapping[str, Note],
    *,
    gone: Callable[[str], bool] = lambda path: True,
    suspects: frozenset[str] = frozenset(),
) -> Plan:
    """Hold the files of the vault against the notes of the index.

    `gone` tells whether a path's absence from `files` means that the note is deleted. Notes whose
    id is in `suspects` are read again whatever their time says.
    """
    keep: list[Note] = []
    read: list[FileState] = []
    for path, file in files.items():
        note = notes.get(path)
        if note is not None and note.note_id not in suspects and _unchanged(file, note):
            keep.append(note)
        else:
            read.append(file)
    vanished = tuple(note for path, note in notes.items() if path not in files and gone(path))
    read.sort(key=lambda file: file.mtime_ns, reverse=True)
    return Plan(tuple(keep), tuple(read), vanished)


def _unchanged(file: FileState, note: Note) -> bool:
    if note.status is NoteStatus.FAILED:
        return False
    if file.mtime_ns != note.mtime_ns or file.size != note.size:
        return False
    return not -SKEW_NS < note.indexed_at - file.mtime_ns <= RACY_NS


def could_be_moved(plan: Plan, notes: Mapping[str, Note]) -> list[FileState]:
    """New files that have the size of a vanished note: only these need a look for moves."""
    sizes = {note.size for note in plan.vanished if note.content_hash}
    return [file for file in plan.read if file.path not in notes and file.size in sizes]


def match_moves(hashes: Mapping[str, str], vanished: Iterable[Note]) -> dict[str, Note]:
    """Which new path is which vanished note: same content, same name before any other."""
    by_hash: dict[str, list[Note]] = defaultdict(list)
    for note in vanished:
        if note.content_hash:
            by_hash[note.content_hash].append(note)
    moves: dict[str, Note] = {}
    for same_name in (True, False):
        for path, content in hashes.items():
            if path not in moves:
                note = _take(by_hash[content], path, same_name=same_name)
                if note is not None:
                    moves[path] = note
    return moves


def _take(candidates: list[Note], path: str, *, same_name: bool) -> Note | None:
    """One of the notes, if it is of the same kind: another suffix is read in another way."""
    wanted = PurePosixPath(path)
    for index, note in enumerate(candidates):
        found = PurePosixPath(note.path)
        if found.suffix == wanted.suffix and (not same_name or found.name == wanted.name):
            return candidates.pop(index)
    return None
