"""Making the index follow the folder."""

import logging
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from notesai.embedding.base import Embedder, Vectors
from notesai.errors import StoreError, VaultError
from notesai.index.embedding import UNINDEXED
from notesai.index.flight import Flight
from notesai.index.parallel import read_batches
from notesai.index.plan import Plan, compare, could_be_moved, match_moves
from notesai.index.reading import ReadBatch, Reading, left_out
from notesai.index.rows import text_hashes
from notesai.index.schema import NoteRow
from notesai.index.store import Store, Version
from notesai.model import Note, is_document
from notesai.notes.ignore import IgnoreRules
from notesai.notes.scanner import FileState, Scan, scan, scan_notes
from notesai.progress import Progress

log = logging.getLogger(__name__)

BATCH_NOTES = 128
BATCH_BYTES = 1 << 20
BATCH_DOCUMENTS = 4
"""Notes are read in batches of at most so many and so large, documents in smaller ones."""

DOCUMENT_BYTES = 1 << 16
"""What the smallest document weighs where it is decided if several processes are to read."""

WRITTEN_CHUNKS = 6_000
"""Batches are joined for writing up to so many chunks: each write has a price of its own."""

WRITTEN_SECONDS = 2.0
"""Documents are slow to read: what was read of them for so long is written."""

Meanwhile = Callable[[], None]


@dataclass(slots=True)
class Tally:
    """What a run did to the index; `paths` are all whose notes changed, old and new."""

    added: int = 0
    changed: int = 0
    moved: int = 0
    removed: int = 0
    reused: int = 0
    paths: set[str] = field(default_factory=set[str])


@dataclass(frozen=True, slots=True)
class Kin:
    """Another index of the same folder: a note has the same id in both.

    `answers` if it is the one that searches are made in. With `same_model` the two differ in how
    notes are cut alone, and vectors are taken over.
    """

    store: Store
    answers: bool = False
    same_model: bool = False


class _Counted:
    """Progress of reading that counts along."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._done, self._total = progress, 0, total

    def add(self, count: int) -> None:
        """So many more have been read."""
        self._done += count
        self.check()

    def check(self) -> None:
        """Say how far it is; raises `Cancelled` once cancelled."""
        self._progress.report("words", self._done, self._total)


class Indexer:
    """The one writer of an index: reads the vault, writes note and chunk rows.

    Chunks are written without vectors, searchable by word at once; `embed_pending` fills them in.
    """

    def __init__(
        self,
        vault: Path,
        store: Store,
        embedder: Embedder,
        rules: IgnoreRules,
        *,
        max_bytes: int,
        kin: Kin | None = None,
        flight: Flight | None = None,
    ) -> None:
        self.kin = kin
        self._flight = flight or Flight()
        self._vault = vault
        self._store = store
        self._rules = rules
        self._max_bytes = max_bytes
        self._reading = Reading(vault, embedder.counter, embedder.card.window, self._flight)
        self._suspects: frozenset[str] = frozenset()
        self._torn = False
        self._interposed = False

    def recover(self) -> None:
        """Remove what an interrupted run left behind. To be called before anything else."""
        book = self._store.notebook()
        left_alone = (note.note_id for note in book if self._flight.quarantined(note.content_hash))
        self._suspects = frozenset((*self._store.drop_stale(), *left_alone))
        # Two rows for one path can only come from an older version or a damaged index.
        self._store.drop_notes([n.note_id for n in book if book.at(n.path) is not n])
        self._torn = False

    def reconcile(self, progress: Progress, meanwhile: Meanwhile | None = None) -> Tally:
        """Compare the whole folder with the index and mend all differences.

        Notes come first. While documents are read, which may take minutes, `meanwhile` is called
        whenever nothing is being written; it may `update` notes, but no documents.
        """
        found = scan(self._vault, self._rules, max_bytes=self._max_bytes, progress=progress)
        notes = self._store.notebook().by_path()
        self._refuse_emptied(found, notes)
        tally = self._follow(found, notes, progress, meanwhile)
        self._suspects = frozenset()
        self._store.build_lexical_index()
        if self._store.unindexed() > UNINDEXED:
            self._store.optimise()
        return tally

    def update(self, changed: Iterable[str], progress: Progress) -> Tally:
        """Mend only what is known of these paths."""
        wanted = frozenset(changed)
        found = scan_notes(self._vault, self._rules, wanted, max_bytes=self._max_bytes)
        book = self._store.notebook()
        paths = wanted | found.skipped.keys()
        notes = {path: note for path in paths if (note := book.at(path)) is not None}
        return self._follow(found, notes, progress, told=True)

    def _follow(
        self,
        found: Scan,
        notes: dict[str, Note],
        progress: Progress,
        meanwhile: Meanwhile | None = None,
        *,
        told: bool = False,
    ) -> Tally:
        """Mend all differences between these files and notes; `told` if something named them."""

        def gone(path: str) -> bool:
            return path not in found.skipped and found.covers(path)

        if self._torn:
            self.recover()
        plan = compare(found.files, notes, gone=gone, suspects=self._suspects)
        plan = self._looked_into(plan, found) if told else plan
        tally = Tally()
        try:
            plan = self._move(plan, notes, tally, progress)
            self._remove(plan.vanished, tally)
            texts = [file for file in plan.read if not is_document(file.path)]
            documents = [file for file in plan.read if is_document(file.path)]
            watched = _Counted(progress, len(plan.read))
            self._read_all(texts, notes, tally, watched)
            self._leave_out(found, notes, tally)
            if texts and documents:
                # Notes are found by word before the first document is opened.
                self._store.build_lexical_index()
            self._read_all(documents, notes, tally, watched, meanwhile)
        finally:
            if not self._interposed:
                self._reading.close()
        return tally

    def _looked_into(self, plan: Plan, found: Scan) -> Plan:
        """The plan with what would be kept by time and size read where its content is another.

        Copying, unpacking and swapping names bring new content with an old time; of what was named
        there is little, so its content decides.
        """
        kept = [(note, found.files[note.path]) for note in plan.keep]
        read = tuple(f for n, f in kept if self._reading.hash(f) not in ("", n.content_hash))
        return replace(plan, read=(*plan.read, *read))

    def _move(self, plan: Plan, notes: dict[str, Note], tally: Tally, progress: Progress) -> Plan:
        files = {file.path: file for file in could_be_moved(plan, notes)}
        hashes: dict[str, str] = {}
        for path, file in files.items():
            # Thousands take seconds; of a part of them nothing is told, for nothing is written yet.
            progress.report("words", 0, len(files))
            hashes[path] = self._reading.hash(file)
        moves = match_moves({path: h for path, h in hashes.items() if h}, plan.vanished)
        if not moves:
            return plan
        rows: list[NoteRow] = []
        for path, note in moves.items():
            progress.report("words", 0, len(files))
            rows.append(self._reading.moved(note, files[path]))
        self._store.put_notes(rows)
        ids = {note.note_id for note in moves.values()}
        tally.moved += len(moves)
        tally.paths.update(moves, (note.path for note in moves.values()))
        return Plan(
            plan.keep,
            tuple(file for file in plan.read if file.path not in moves),
            tuple(note for note in plan.vanished if note.note_id not in ids),
        )

    def _remove(self, vanished: Sequence[Note], tally: Tally) -> None:
        with self._whole_or_torn():
            self._store.drop_notes([note.note_id for note in vanished])
        tally.removed += len(vanished)
        tally.paths.update(note.path for note in vanished)

    def _read_all(
        self,
        files: Sequence[FileState],
        notes: dict[str, Note],
        tally: Tally,
        progress: "_Counted",
        meanwhile: Meanwhile | None = None,
    ) -> None:
        """Read in this thread while the batch before is being written in another."""
        if not files:
            return
        if not self._interposed:
            # A process that read for this one may have crashed since the last time.
            self._flight.take_stock()
        reuse = self._store.count_chunks() > self._store.count_chunks(pending=True)
        size = sum(map(_weight, files))
        batches = _batches(files)
        ids = self._known_ids(file.path for file in files if file.path not in notes)
        writing: Future[None] | None = None

        def check() -> None:
            progress.check()
            if meanwhile is not None and not self._interposed and (not writing or writing.done()):
                self._interpose(meanwhile)

        outcomes = read_batches(
            self._reading, batches, notes, self._suspects, size, ids,
            alone=self._flight.suspects, check=check,
        )  # fmt: skip
        with (
            closing(outcomes),
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="index-write") as writer,
        ):
            progress.check()
            for batch in _for_writing(outcomes):
                if writing is not None:
                    writing.result()
                writing = writer.submit(self._write, batch, notes, tally, reuse)
                progress.add(len(batch.outcomes))
            if writing is not None:
                writing.result()

    def _interpose(self, meanwhile: Meanwhile) -> None:
        """Let notes be updated while documents are in flight, which is not to end their reading."""
        self._interposed = True
        try:
            meanwhile()
        finally:
            self._interposed = False

    def _write(self, batch: ReadBatch, notes: dict[str, Note], tally: Tally, reuse: bool) -> None:
        """Chunks first, then the note rows that make them count, then what they replace."""
        rows = [outcome.note for outcome in batch.outcomes if outcome.note is not None]
        fresh = [outcome for outcome in batch.outcomes if outcome.note and outcome.chunks_changed]
        hashes = text_hashes(batch.chunks)
        vectors = self._vectors(hashes, reuse)
        replaced = [_version(o.note.note) for o in fresh if o.note and o.path in notes]
        # Of a run that failed, or of a content that comes back, some may be there already; also of
        # a new note if its id was known.
        known = [_version(o.note.note) for o in fresh if o.note] if self.kin else replaced
        with self._whole_or_torn():
            self._store.drop_versions(known)
            self._store.add_chunk_table(batch.chunks, vectors)
            self._store.put_notes(rows)
            self._suspects -= {row.note.note_id for row in rows}
            self._store.drop_other_versions(replaced)
        gone = [o.path for o in batch.outcomes if o.note is None and o.path in notes]
        self._remove([notes[path] for path in gone], tally)
        tally.reused += sum(text_hash in vectors for text_hash in hashes)
        tally.added += sum(outcome.path not in notes for outcome in fresh)
        tally.changed += len(replaced)
        tally.paths.update(outcome.path for outcome in fresh)

    @contextmanager
    def _whole_or_torn(self) -> Generator[None]:
        """What fails in here may leave chunks of nobody, of which the next run rids itself."""
        try:
            yield
        except StoreError:
            self._torn = True
            raise

    def _vectors(self, hashes: Sequence[str], reuse: bool) -> dict[str, Vectors]:
        wanted = sorted(set(hashes))
        vectors = self._store.vectors_of(wanted) if reuse else {}
        if self.kin is not None and self.kin.same_model:
            vectors |= self.kin.store.vectors_of([h for h in wanted if h not in vectors])
        return vectors

    def _known_ids(self, paths: Iterable[str]) -> dict[str, str]:
        """The ids that new notes have elsewhere already, unless another note here has them."""
        new = list(paths)
        if self.kin is None or not new:
            return {}
        book, other = self._store.notebook(), self.kin.store.notebook()
        known = ((path, note.note_id) for path in new if (note := other.at(path)) is not None)
        return {path: note_id for path, note_id in known if book.get(note_id) is None}

    def _leave_out(self, found: Scan, notes: dict[str, Note], tally: Tally) -> None:
        """Give files that were skipped a row that says why.

        What is known of a note that is in the cloud only for now stays searchable.
        """
        ids = self._known_ids(path for path in found.skipped if path not in notes)
        outcomes = [
            left_out(path, notes.get(path), reason, note_id=ids.get(path, ""))
            for path, reason in found.skipped.items()
            if not _says(notes.get(path), reason)
            and not (path in notes and path in found.unreadable)
        ]
        self._write(ReadBatch.of(outcomes), notes, tally, False)

    def _refuse_emptied(self, found: Scan, notes: dict[str, Note]) -> None:
        """An unmounted disk leaves an empty folder: better keep the index than follow it."""
        if found.files or found.skipped:
            return
        known = len(notes)
        if self.kin is not None and self.kin.answers:
            known = max(known, len(self.kin.store.notebook()))
        if known < 10:
            return
        raise VaultError(
            "vault.emptied",
            f"The folder {self._vault} is empty now, but {known} notes were indexed from it.",
            "If a disk is not connected, connect it: the index is kept. If you emptied the folder "
            "yourself, run `notesai index --rebuild`.",
        )


def _version(note: Note) -> Version:
    return note.note_id, note.content_hash


def _says(note: Note | None, reason: str) -> bool:
    return note is not None and note.reason == reason


def _weight(file: FileState) -> int:
    """The size of a file; a small document takes as long as a larger note."""
    return max(file.size, DOCUMENT_BYTES) if is_document(file.path) else file.size


def _batches(files: Sequence[FileState]) -> Iterable[list[FileState]]:
    batch: list[FileState] = []
    size = 0
    for file in files:
        batch.append(file)
        size += file.size
        most = BATCH_DOCUMENTS if is_document(file.path) else BATCH_NOTES
        if len(batch) >= most or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _for_writing(batches: Iterable[ReadBatch]) -> Iterable[ReadBatch]:
    """Batches joined; the first one alone, so that something can be found at once."""
    waiting: list[ReadBatch] = []
    wanted, since = 0, time.monotonic()
    for batch in batches:
        waiting.append(batch)
        slow = time.monotonic() - since > WRITTEN_SECONDS and is_document(batch.outcomes[0].path)
        if slow or sum(one.chunks.num_rows for one in waiting) >= wanted:
            yield ReadBatch.joined(waiting)
            waiting, wanted, since = [], WRITTEN_CHUNKS, time.monotonic()
    if waiting:
        yield ReadBatch.joined(waiting)
