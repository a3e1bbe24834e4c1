"""An index as files that any program reads: nobody is tied to this one.

`notes.jsonl` and `passages.jsonl` hold an object a line; row i of `vectors.npy` belongs to line i
of the passages and is NaN where the passage waits for its vector. `about.json` says what made them,
and is written last: where it is, the export is whole.
"""

import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import msgspec
import numpy as np

from notesai import __version__, paths
from notesai.errors import RequestError
from notesai.index.store import Store
from notesai.model import ExportReport, Note
from notesai.progress import Progress

ABOUT = "about.json"
NOTES, PASSAGES, VECTORS = "notes.jsonl", "passages.jsonl", "vectors.npy"
FILES = {
    NOTES: "one note a line; modified in seconds since 1970",
    PASSAGES: "one passage a line; start and end count characters of the note's text",
    VECTORS: "float32, one row a passage in the order of passages.jsonl; NaN where it has none yet",
}

_BATCH = 100
"""Notes that are read from the index at once."""

_PART = ".part"


def export(store: Store, vault: Path, model: str, folder: Path, progress: Progress) -> ExportReport:
    """Write what `store` holds into `folder`, which is made where there is none.

    An earlier export there is replaced. Raises `RequestError`: `export.inside` for a folder of the
    vault or of the index, `export.not_empty` for one that holds anything else, `export.failed`.
    Raises `Cancelled` when `progress` does; an earlier export then stays as it was.
    """
    folder = paths.expanded(folder).resolve()
    _refuse_inside(folder, vault)
    notes = sorted(store.notebook(), key=lambda note: note.path)
    try:
        _refuse_other_things(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with _parts(folder) as files:
            for note in notes:
                _write_line(files[NOTES], _told(note))
            dimension = store.chunks_and_vectors([])[1].shape[1]
            passages, pending = _write_passages(store, notes, dimension, files, progress)
            about = {
                "program": f"notesai {__version__}",
                "exported": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
                "vault": str(vault),
                "model": model,
                "dimension": dimension,
                "notes": len(notes),
                "passages": passages,
                "pending": pending,
                "files": FILES,
            }
            files[ABOUT].write(msgspec.json.format(msgspec.json.encode(about), indent=2))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RequestError(
            "export.failed",
            f"Cannot export to {folder}: {reason}.",
            "Your notes and the index are safe. Choose another folder.",
        ) from error
    size = sum((folder / name).stat().st_size for name in (*FILES, ABOUT))
    return ExportReport(str(folder), len(notes), passages, pending, size)


def _refuse_inside(folder: Path, vault: Path) -> None:
    for place in (vault, paths.home().index(vault)):
        if folder.is_relative_to(place.resolve()):
            raise RequestError(
                "export.inside",
                f"{folder} is a place of your notes or of the index.",
                "Nothing was written. Choose a folder outside of them.",
            )


def _refuse_other_things(folder: Path) -> None:
    ours = {name + end for name in (*FILES, ABOUT) for end in ("", _PART)}
    if folder.is_dir() and any(entry.name not in ours for entry in folder.iterdir()):
        raise RequestError(
            "export.not_empty",
            f"{folder} holds other things.",
            "Nothing was written. Choose a new or an empty folder.",
        )


@contextmanager
def _parts(folder: Path) -> Generator[dict[str, IO[bytes]]]:
    """A file to write for each of the export's; they get their names once all are whole."""
    names = (*FILES, ABOUT)
    parts = {name: folder / (name + _PART) for name in names}
    try:
        with ExitStack() as opened:
            yield {name: opened.enter_context(part.open("w+b")) for name, part in parts.items()}
        # From here on the old export is gone, from its end on the new one is there.
        (folder / ABOUT).unlink(missing_ok=True)
        for name in names:
            parts[name].replace(folder / name)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _write_passages(
    store: Store,
    notes: list[Note],
    dimension: int,
    files: dict[str, IO[bytes]],
    progress: Progress,
) -> tuple[int, int]:
    """How many passages there are, and how many of them have no vector yet."""
    path_of = {note.note_id: note.path for note in notes}
    count = pending = 0
    _write_header(files[VECTORS], 0, dimension)
    for done in range(0, len(notes), _BATCH):
        progress.report("exporting", done, len(notes))
        ids = [note.note_id for note in notes[done : done + _BATCH]]
        rows, vectors = store.chunks_and_vectors(ids)
        order = sorted(
            range(len(rows)), key=lambda at: (path_of[rows[at].note_id], rows[at].ordinal)
        )
        for at in order:
            row = rows[at]
            told = {"path": path_of[row.note_id], "ordinal": row.ordinal, "title": row.title}
            place = {"headings": row.headings, "line": row.line, "start": row.start, "end": row.end}
            _write_line(files[PASSAGES], {**told, **place, "text": row.text})
        files[VECTORS].write(np.ascontiguousarray(vectors[order], "<f4").tobytes())
        count += len(rows)
        pending += int(np.isnan(vectors[:, :1]).sum())
    _write_header(files[VECTORS], count, dimension)
    progress.report("exporting", len(notes), len(notes))
    return count, pending


def _write_header(file: IO[bytes], rows: int, dimension: int) -> None:
    """The header of a .npy file, which has room for any number of rows."""
    file.seek(0)
    header = {"descr": "<f4", "fortran_order": False, "shape": (rows, dimension)}
    np.lib.format.write_array_header_1_0(file, header)
    if rows:
        file.seek(0, 2)


def _told(note: Note) -> dict[str, object]:
    return {
        "path": note.path,
        "title": note.title,
        "language": note.language,
        "tags": note.tags,
        "links": note.links,
        "created": note.created,
        "modified": note.mtime_ns / 1e9,
        "passages": note.n_chunks,
        "status": note.status,
        "reason": note.reason,
    }


def _write_line(file: IO[bytes], value: object) -> None:
    file.write(msgspec.json.encode(value) + b"\n")
