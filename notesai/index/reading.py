"""From one file to the rows of its note, or to the reason why there are none."""

import logging
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from notesai.errors import NoteError
from notesai.index.flight import READ, REASON, Flight
from notesai.index.rows import ChunkTable, chunk_table, joined
from notesai.index.schema import ChunkRow, NoteRow
from notesai.model import Chunk, Note, NoteStatus
from notesai.notes.documents.texts import Texts
from notesai.notes.hashing import content_hash
from notesai.notes.markdown import parse
from notesai.notes.reader import (
    ReadNote,
    chunk_terms,
    embedded_text,
    note_terms,
    read_text,
    text_hash,
)
from notesai.notes.scanner import FileState

log = logging.getLogger(__name__)

CountTokens = Callable[[str], int]
Check = Callable[[], None]


def nothing() -> None:
    """Stop nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading a file led to.

    `note` is None when the file is gone. Without `chunks_changed` the chunks in the index are still
    right and only the note row is written; with it they are replaced by `chunks`.
    """

    path: str
    note: NoteRow | None
    chunks: tuple[ChunkRow, ...] = ()
    chunks_changed: bool = False


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """The outcomes of some files, and all their chunks as one table.

    A table goes from process to process, and into the store, far quicker than rows do.
    """

    outcomes: list[Outcome]
    chunks: ChunkTable

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Self:
        """The outcomes with their chunks moved into the table."""
        rows = [chunk for outcome in outcomes for chunk in outcome.chunks]
        return cls([replace(outcome, chunks=()) for outcome in outcomes], chunk_table(rows))

    @classmethod
    def joined(cls, batches: Sequence[Self]) -> Self:
        """Several batches as one."""
        outcomes = [outcome for batch in batches for outcome in batch.outcomes]
        return cls(outcomes, joined([batch.chunks for batch in batches]))


class _Watched:
    """Remembers what `check` raised: it is meant for the caller, whatever it is."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self.stopped: Exception | None = None

    def __call__(self) -> None:
        try:
            self._check()
        except Exception as error:
            self.stopped = error
            raise


class Reading:
    """Reads files of one vault for one embedder's window."""

    def __init__(
        self, vault: Path, count_tokens: CountTokens, window: int, flight: Flight | None = None
    ) -> None:
        self._vault = vault
        self._flight = flight or Flight()
        self._count_tokens = count_tokens
        self._window = window
        self._texts = Texts()

    def close(self) -> None:
        """End what was started to read documents; it is started again when it is needed."""
        self._texts.close()

    def hash(self, file: FileState) -> str:
        """The content hash of a file; empty if it cannot be read."""
        try:
            return content_hash((self._vault / file.disk_path).read_bytes())
        except OSError:
            return ""

    def read(
        self,
        file: FileState,
        known: Note | None,
        *,
        force: bool = False,
        note_id: str = "",
        check: Check = nothing,
    ) -> Outcome:
        """Read one file; `known` is its note in the index. Never raises for a single bad note.

        `note_id` is what a new note is to be called, if it has been given an id elsewhere. While a
        document is read, `check` is called and may raise `Cancelled`.
        """
        try:
            data = (self._vault / file.disk_path).read_bytes()
        except FileNotFoundError:
            return Outcome(file.path, None)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return unreadable(file, known, reason, note_id=note_id)
        digest = content_hash(data)
        if self._flight.quarantined(digest):
            return self._left_alone(file, known, digest, note_id)
        if known is not None and not force and _same(known, digest):
            return Outcome(file.path, _row(_seen(known, file)))
        note = _new_note(file, known, digest, note_id)
        watched = _Watched(check)
        try:
            with self._flight.of(READ, [digest]):
                return self._parsed(self._texts.of(data, file.path, watched), file, note)
        except NoteError as error:
            status = NoteStatus.SKIPPED if error.skipped else NoteStatus.FAILED
            return _without_chunks(replace(note, status=status, reason=error.message))
        except Exception as error:
            if error is watched.stopped:
                raise
            # A bug of ours must not keep all other notes out of the index.
            log.exception("reading %s failed", file.path)
            reason = f"notesai could not read this note ({type(error).__name__}: {error})"
            return _without_chunks(replace(note, status=NoteStatus.FAILED, reason=reason[:300]))

    def _left_alone(
        self, file: FileState, known: Note | None, digest: str, note_id: str
    ) -> Outcome:
        """The outcome of a note that is not to be touched: `notesai.index.flight` says why."""
        if known is not None and (known.content_hash, known.reason) == (digest, REASON):
            return Outcome(file.path, _row(_seen(known, file)))
        note = _new_note(file, known, digest, note_id)
        return _without_chunks(replace(note, status=NoteStatus.FAILED, reason=REASON))

    def moved(self, note: Note, file: FileState) -> NoteRow:
        """The row of a note that was found at another path; its chunks stay as they are."""
        note = replace(_seen(note, file), path=file.path)
        try:
            data = (self._vault / file.disk_path).read_bytes()
            found = parse(self._texts.of(data, file.path), file.path)
        except NoteError:
            # What cannot be read is called as its file is.
            return _row(replace(note, title=Path(file.path).stem))
        except OSError:
            return _row(note)
        links = tuple(dict.fromkeys(link.target for link in found.links))
        return _row(
            replace(note, title=found.title, tags=found.tags, links=links, created=found.created)
        )

    def _parsed(self, text: str, file: FileState, note: Note) -> Outcome:
        read = read_text(text, file.path, self._count_tokens, window=self._window)
        chunks = tuple(_chunk_row(note, read, chunk) for chunk in read.chunks)
        note = replace(
            note,
            title=read.title,
            language=read.language,
            tags=read.tags,
            links=read.links,
            created=read.created,
            n_chunks=len(chunks),
        )
        return Outcome(file.path, _row(note), chunks, chunks_changed=True)


def left_out(path: str, known: Note | None, reason: str, *, note_id: str = "") -> Outcome:
    """A file that is skipped by rule before it is read."""
    file = FileState(path, path, 0, 0)
    note = _new_note(file, known, "", note_id)
    return _without_chunks(replace(note, status=NoteStatus.SKIPPED, reason=reason))


def unreadable(file: FileState, known: Note | None, reason: str, *, note_id: str = "") -> Outcome:
    """A file that cannot be read now. What is known of it stays searchable."""
    if known is not None:
        return Outcome(file.path, _row(replace(known, status=NoteStatus.FAILED, reason=reason)))
    note = _new_note(file, None, "", note_id)
    return _without_chunks(replace(note, status=NoteStatus.FAILED, reason=reason))


def _same(known: Note, digest: str) -> bool:
    return known.content_hash == digest and known.status is not NoteStatus.FAILED


def _seen(note: Note, file: FileState) -> Note:
    return replace(note, mtime_ns=file.mtime_ns, size=file.size, indexed_at=time.time_ns())


def _new_note(file: FileState, known: Note | None, digest: str, note_id: str) -> Note:
    return Note(
        note_id=known.note_id if known is not None else note_id or uuid.uuid4().hex,
        path=file.path,
        title=Path(file.path).stem,
        content_hash=digest,
        mtime_ns=file.mtime_ns,
        size=file.size,
        indexed_at=time.time_ns(),
    )


def _row(note: Note) -> NoteRow:
    return NoteRow(note, note_terms(note.title, note.path, note.tags))


def _without_chunks(note: Note) -> Outcome:
    return Outcome(note.path, _row(note), (), chunks_changed=True)


def _chunk_row(note: Note, read: ReadNote, chunk: Chunk) -> ChunkRow:
    return ChunkRow(
        note_id=note.note_id,
        content_hash=note.content_hash,
        ordinal=chunk.ordinal,
        title=read.title,
        headings=chunk.headings,
        start=chunk.start,
        end=chunk.end,
        line=chunk.line,
        text=chunk.text,
        terms=chunk_terms(chunk, read.aliases),
        text_hash=text_hash(embedded_text(read.title, chunk)),
    )
