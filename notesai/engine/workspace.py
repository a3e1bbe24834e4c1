"""The facade over one vault and its index: what the command line and the engine process call."""

import logging
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from notesai import paths, settings
from notesai.answers.answerer import ask
from notesai.embedding.base import Embedder
from notesai.embedding.catalog import open_embedder
from notesai.errors import RequestError, StoreError
from notesai.index import failures, health
from notesai.index.embedding import Embedded, embed_pending
from notesai.index.indexer import Indexer, Tally
from notesai.index.lock import WriterLock
from notesai.index.store import Store
from notesai.model import (
    Answer,
    HealthReport,
    IndexReport,
    Note,
    NoteContent,
    NoteProblem,
    NoteStatus,
    SearchMode,
    SearchResult,
    SimilarResult,
    VaultStatus,
)
from notesai.notes.formats import decode
from notesai.notes.ignore import IgnoreRules
from notesai.notes.scanner import check_vault, stat_note
from notesai.progress import Progress, Silent
from notesai.search.hybrid import search
from notesai.search.naming import find_note
from notesai.search.similar import similar

log = logging.getLogger(__name__)

_ANY_SIZE = 1 << 62


@dataclass(frozen=True, slots=True)
class _Writing:
    """What only the one writer of an index has."""

    lock: WriterLock
    indexer: Indexer


class Workspace:
    """One vault, opened for reading or, with the writer's lock, for writing too."""

    def __init__(
        self,
        vault: Path,
        folder: Path,
        store: Store,
        embedder: Embedder,
        rules: IgnoreRules,
        writing: _Writing | None,
    ) -> None:
        self.vault = vault
        self.rules = rules
        self.folder = folder
        self._store = store
        self._embedder = embedder
        self._writing = writing

    @classmethod
    def open(cls, vault: Path, *, write: bool, rebuild: bool = False) -> Self:
        """Open the index of `vault`; with `write` it is made if missing, with `rebuild` made anew.

        Raises `VaultError` or `StoreError`, `index.locked` if another process is the writer.
        """
        vault = check_vault(vault)
        home = paths.home()
        folder = home.index(vault)
        options = settings.load(home.settings_file)
        rules = IgnoreRules(tuple(options.ignore))
        embedder = open_embedder()
        if not write:
            store = Store.open(_location(folder), embedder.card, create=False)
            return cls(vault, folder, store, embedder, rules, None)
        lock = WriterLock(folder)
        lock.acquire()
        try:
            if rebuild:
                _discard(folder)
            store = Store.open(_location(folder), embedder.card, create=True, vault=str(vault))
            size = options.max_note_mib << 20
            indexer = Indexer(vault, store, embedder, rules, max_bytes=size)
            indexer.recover()
        except BaseException:
            lock.release()
            raise
        return cls(vault, folder, store, embedder, rules, _Writing(lock, indexer))

    def close(self) -> None:
        """Give the writer's lock back."""
        if self._writing is not None:
            self._writing.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # Keeping the index

    def index(self, progress: Progress | None = None) -> IndexReport:
        """Bring the index up to date with the folder, vectors included."""
        progress = progress or Silent()
        started = time.perf_counter()
        tally = self.reconcile(progress)
        lexical_ready = time.perf_counter() - started
        done = self.embed(progress)
        if done.embedded:
            self.optimise()
        return self._report(tally, done, time.perf_counter() - started, lexical_ready)

    def reconcile(self, progress: Progress) -> Tally:
        """Make the rows follow the whole folder; new chunks are searchable by word."""
        return self._indexer.reconcile(progress)

    def update(self, changed: Iterable[str], progress: Progress) -> Tally:
        """Make the rows follow these paths."""
        return self._indexer.update(changed, progress)

    def embed(self, progress: Progress, urgent: Callable[[], bool] = lambda: False) -> Embedded:
        """Give vectors to the chunks that wait, until done or `urgent`."""
        return embed_pending(self._store, self._embedder, progress, urgent=urgent)

    def optimise(self) -> None:
        """Tidy the index; for idle moments."""
        self._store.optimise()

    def unindexed(self) -> int:
        """Chunks that word search has to read one by one until `optimise`."""
        return self._store.unindexed()

    # Asking

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        mode: SearchMode = SearchMode.HYBRID,
        first: Callable[[SearchResult], None] | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> SearchResult:
        """The `k` best notes; see `notesai.search.hybrid.search`."""
        return search(self._store, self._embedder, query, k=k, mode=mode, first=first, check=check)

    def similar(self, name: str, *, k: int = 10) -> SimilarResult:
        """The `k` notes most similar to the one named by path, title or file name."""
        return similar(self._store, self._embedder, self._note(name), k=k)

    def ask(self, question: str) -> Answer:
        """An answer quoted from the notes."""
        return ask(self._store, self._embedder, question)

    def read(self, name: str) -> NoteContent:
        """A note's decoded text as it is on disk now."""
        note = self._note(name)
        file = stat_note(self.vault, note.path, self.rules, max_bytes=_ANY_SIZE)
        try:
            if file is None:
                raise FileNotFoundError(note.path)
            text = decode((self.vault / file.disk_path).read_bytes())
        except OSError as error:
            raise RequestError(
                "note.gone",
                f"{note.path} cannot be read any more ({error.strerror or 'it is gone'}).",
                "It may have been moved or deleted; the index follows in a moment.",
            ) from error
        return NoteContent(note.path, note.title, text, note.tags, note.status, note.reason)

    def notes(self) -> list[Note]:
        """All notes of the index, by path."""
        return sorted(self._store.notebook(), key=lambda note: note.path)

    def status(self) -> VaultStatus:
        """Counts, problems and places."""
        notes = self.notes()
        return VaultStatus(
            vault=str(self.vault),
            notes=sum(note.status is NoteStatus.INDEXED for note in notes),
            chunks=self._store.count_chunks(),
            pending=self._store.count_chunks(pending=True),
            failed=_problems(notes, NoteStatus.FAILED),
            skipped=_problems(notes, NoteStatus.SKIPPED),
            model=self._embedder.card.id,
            index_bytes=_size(self.folder),
            index_path=str(self.folder),
        )

    def embedder(self) -> Embedder:
        """The embedding model in use."""
        return self._embedder

    @property
    def _indexer(self) -> Indexer:
        if self._writing is None:
            raise StoreError("index.read_only", "This index is open for reading only.")
        return self._writing.indexer

    def _note(self, name: str) -> Note:
        note = find_note(self._store.notebook(), name)
        if note is None:
            raise RequestError(
                "note.unknown",
                f"There is no note called {name!r} in the index.",
                "Give its path in the vault, its title or its file name.",
            )
        return note

    def _report(
        self, tally: Tally, done: Embedded, seconds: float, lexical_ready: float
    ) -> IndexReport:
        status = self.status()
        return IndexReport(
            notes=status.notes,
            chunks=status.chunks,
            embedded=done.embedded,
            reused=done.reused + tally.reused,
            skipped=len(status.skipped),
            failed=len(status.failed),
            removed=tally.removed,
            seconds=round(seconds, 3),
            lexical_ready_seconds=round(lexical_ready, 3),
        )


def doctor(vault: Path, *, repair: bool) -> HealthReport:
    """Look at everything that can be wrong with `vault` and its index; mend it with `repair`."""
    folder = paths.home().index(vault.expanduser().resolve())
    return health.examine(vault, folder, open_embedder, repair=repair)


def _location(folder: Path) -> str:
    return str(folder / "lance")


def _discard(folder: Path) -> None:
    with failures.translated():
        index, aside = folder / "lance", folder / "discarded"
        shutil.rmtree(aside, ignore_errors=True)
        if index.exists():
            # Renamed first: a kill while it is being removed must not leave half of an index.
            index.rename(aside)
            shutil.rmtree(aside)


def _problems(notes: Iterable[Note], status: NoteStatus) -> tuple[NoteProblem, ...]:
    return tuple(NoteProblem(note.path, note.reason) for note in notes if note.status is status)


def _size(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size
        except OSError:
            # Files of old versions vanish while the writer tidies up.
            continue
    return total
