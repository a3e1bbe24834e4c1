"""The facade over one vault and its index: what the command line and the engine process call."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from notesai import paths, settings
from notesai.answers.answerer import EVERYTHING
from notesai.embedding import library
from notesai.embedding.base import Embedder
from notesai.engine import memory
from notesai.engine.answering import Answering, quoted_if_unfounded
from notesai.engine.asking import Asking
from notesai.engine.exporting import export
from notesai.engine.mapping import Mapping
from notesai.engine.models import Models, full_id
from notesai.engine.places import emptied, made
from notesai.engine.relating import Relating
from notesai.engine.report import by_path, index_report, name_of, vault_status
from notesai.engine.reranking import Reranking
from notesai.engine.sides import Side, Sides
from notesai.engine.suggesting import suggest_name, suggest_names
from notesai.engine.writing import Writing
from notesai.errors import NotesaiError, StoreError
from notesai.index.embedding import Embedded
from notesai.index.flight import Flight
from notesai.index.forecast import forecast
from notesai.index.indexer import Tally
from notesai.index.lock import WriterLock
from notesai.index.opening import open_index
from notesai.index.place import Place
from notesai.index.tables import Tables
from notesai.model import (
    Answer,
    Clusters,
    ExportReport,
    IndexReport,
    Note,
    NoteContent,
    NoteTokens,
    Scope,
    SearchMode,
    SearchResult,
    SimilarResult,
    SwitchEstimate,
    Turn,
    VaultStatus,
)
from notesai.notes.ignore import IgnoreRules
from notesai.notes.scanner import check_vault
from notesai.progress import Progress, Silent
from notesai.search.warming import warm


@dataclass(frozen=True, slots=True)
class _Writer:
    """What only the one writer of an index has."""

    lock: WriterLock
    writing: Writing


class Workspace:
    """One vault, opened for reading or, with the writer's lock, for writing too."""

    def __init__(
        self,
        vault: Path,
        place: Place,
        tables: Tables,
        sides: Sides,
        models: Models,
        rules: IgnoreRules,
        writer: _Writer | None,
    ) -> None:
        self.vault = vault
        self.rules = rules
        self.place = place
        self._tables = tables
        self._sides = sides
        self._models = models
        self._writer = writer
        self._stamp = place.stamp()
        reranking = Reranking(paths.home().settings_file)
        self.mapping = Mapping(place, sides)
        self._asking = Asking(vault, rules, sides, models, reranking)
        self._answering = Answering(paths.home().settings_file)
        self.relating = Relating(vault, self._asking)

    @classmethod
    def open(cls, vault: Path, *, write: bool, rebuild: bool = False) -> Self:
        """Open the index of `vault`; with `write` it is made if missing, with `rebuild` made anew.

        Raises `VaultError` or `StoreError`, `index.locked` if another process is the writer.
        """
        vault = check_vault(vault)
        place = Place.of(vault)
        options = settings.load(paths.home().settings_file)
        rules = IgnoreRules(tuple(options.ignore))
        models = Models()
        if not write:
            tables = open_index(place.uri, create=False)
            sides = Sides(tables, models)
            sides.active()
            return cls(vault, place, tables, sides, models, rules, None)
        lock = WriterLock(place.folder)
        lock.acquire()
        try:
            flight = Flight(place.folder)
            if rebuild:
                flight.forget()
            tables = emptied(place, vault) if rebuild else made(place, vault)
            sides = Sides(tables, models)
            size = options.max_note_mib << 20
            writing = Writing(vault, tables, sides, models, rules, max_bytes=size, flight=flight)
            writing.start()
        except BaseException:
            lock.release()
            raise
        return cls(vault, place, tables, sides, models, rules, _Writer(lock, writing))

    def close(self) -> None:
        """Give the writer's lock back, and free the chat model."""
        self._answering.close()
        if self._writer is not None:
            self._writer.writing.close()
            self._writer.lock.release()

    @property
    def outdated(self) -> bool:
        """True if another process has made or removed tables: open it again to see the new ones.

        Only an index that is open for reading can be, and none in a bucket.
        """
        return self._writer is None and self.place.stamp() != self._stamp

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
        self._writing.finish_vectors(progress)
        seconds = time.perf_counter() - started
        return index_report(self.status(), tally, done, seconds, lexical_ready)

    def reconcile(self, progress: Progress, meanwhile: Callable[[], None] | None = None) -> Tally:
        """Make the rows follow the whole folder; new chunks are searchable by word.

        `meanwhile` is called while documents are read, and may update notes.
        """
        return self._writing.reconcile(progress, meanwhile)

    def update(self, changed: Iterable[str], progress: Progress) -> Tally:
        """Make the rows follow these paths."""
        return self._writing.update(changed, progress)

    def pardon(self, paths: Iterable[str]) -> None:
        """Have these notes tried again, also those that the engine has crashed over."""
        self._writing.pardon(paths)

    def embed(self, progress: Progress, urgent: Callable[[], bool] = lambda: False) -> Embedded:
        """Give vectors to the chunks that wait, until done or `urgent`.

        While another model is switched to, its index grows here, and answers once it is whole.
        """
        return self._writing.embed(progress, urgent)

    def waiting(self) -> int:
        """Chunks that wait for their vector, those of a model that is switched to included."""
        return self._writing.waiting()

    def use_share(self, share: float) -> None:
        """Let the models use so much of the threads that they would take by themselves."""
        self._writing.use_share(share)

    def optimise(self) -> None:
        """Tidy the index; for idle moments."""
        self._writing.optimise()

    def index_vectors(self) -> bool:
        """Have the vector index made where it pays; True while it is. For idle moments."""
        return self._writing.index_vectors()

    def drop_unused(self) -> None:
        """Remove the tables that no search is made in, now or after going back."""
        self._writing.drop_unused()

    def warm(self, check: Callable[[], None] = lambda: None) -> None:
        """Have in memory what searches of the index that answers need. For idle moments.

        Not of a bucket: that would be read whole over the network. `check` may raise `Cancelled`.
        """
        if not self.place.remote:
            warm(self._sides.active().store, check)

    def rest(self) -> None:
        """Let go of the memory that the next question takes anew by itself; nobody asks now."""
        self._models.rest()
        self._sides.rest()
        self.mapping.rest()
        memory.give_back()
        memory.let_go_of_files()

    def wake(self) -> None:
        """Have ready what the next question needs, in a tenth of a second. Raises `ModelError`."""
        self._models.wake()

    def is_untidy(self) -> bool:
        """Whether `optimise` pays."""
        return self._writing.is_untidy()

    # Another model

    def estimate_switch(
        self, model: str, check: Callable[[], None] = lambda: None
    ) -> SwitchEstimate:
        """What a switch to the model of this id would take, by trying it for two seconds.

        `check` may raise `Cancelled`. Raises `ModelError` if the model cannot be used.
        """
        embedder = self._models.open(model)
        known = self._tables.generations()
        target = known.made_by(embedder.card, full_id(model))
        notes = self.notes()
        if target in (known.active, known.previous):
            return SwitchEstimate(target.model, len(notes), 0, 0, 0.0, ready=True)
        found = forecast(self.vault, notes, embedder, check=check)
        return SwitchEstimate(target.model, found.notes, found.chunks, found.tokens, found.seconds)

    def use_model(self, model: str) -> None:
        """Switch to the model of this id; an empty one means the one that comes with notesai.

        Its index grows in `embed` (or `index`) beside the present one, which goes on answering; to
        the model before the present one it is a `go_back`. Raises `ModelError` if it cannot be
        used; then nothing has changed.
        """
        self._writing.use(model)

    def cancel_switch(self) -> None:
        """Give up the switch under way, if there is one. Raises `switch.needed`."""
        self._writing.cancel()

    def go_back(self) -> None:
        """Let the index of the model before answer again, at once; `reconcile` is to follow.

        Raises `switch.no_previous`, or `ModelError` if that model cannot be used.
        """
        self._writing.go_back()

    def drop_previous(self) -> None:
        """Free the space of the index that could be gone back to."""
        self._writing.drop_previous()

    # Asking

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        mode: SearchMode = SearchMode.HYBRID,
        typing: bool = False,
        scope: Scope = EVERYTHING,
        first: Callable[[SearchResult], None] | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> SearchResult:
        """The `k` best notes of `scope`; see `notesai.search.hybrid.search`.

        In hybrid mode the reranker of the settings, if one is chosen, puts the best in order.
        """
        return self._asking.search(
            query, k=k, mode=mode, typing=typing, scope=scope, first=first, check=check
        )

    def reranker_trouble(self) -> NotesaiError | None:
        """Why the chosen reranker cannot be used, told once; None if there is no news."""
        return self._asking.reranker_trouble()

    def similar(self, name: str, *, k: int = 10) -> SimilarResult:
        """The `k` notes most similar to the one named by path, title or file name."""
        return self.relating.similar(name, k=k)

    def ask(
        self,
        question: str,
        *,
        scope: Scope = EVERYTHING,
        history: Sequence[Turn] = (),
        extractive: bool = False,
        model: str = "",
        report: Callable[[str, int, int], None] = lambda phase, done, total: None,
        check: Callable[[], None] = lambda: None,
        partial: Callable[[Answer], None] = lambda answer: None,
    ) -> Answer:
        """An answer from the notes of `scope`, written by a chat model, or with quotes alone.

        The model is that of the settings, unless `model` names another or a GGUF file; with neither
        or with `extractive` the answer is quoted. One answer is generated at a time. `report` is
        told of the phases "load" and "read", `partial` takes the answer so far; `check` may raise
        `Cancelled`. Raises `RequestError`, and `ModelError` as `Answering.answer` does.
        """
        found = self._asking.look_up(question, scope, history, check)
        if extractive:
            return found.quoted
        answer = self._answering.answer(
            found,
            history,
            model=model,
            report=report,
            check=check,
            partial=partial,
            bearing=self._asking.bearing,
        )
        return quoted_if_unfounded(self._asking.verified(answer), found)

    def suggest_cluster_names(self, progress: Progress, *, model: str = "") -> Clusters | None:
        """Let a chat model name the clusters that have no name; see `engine.suggesting`."""
        return suggest_names(self.mapping, self._answering, model, progress)

    def suggest_cluster_name(self, cluster: str, progress: Progress) -> str:
        """What the chat model would call a cluster; see `engine.suggesting`."""
        return suggest_name(self.mapping, self._answering, cluster, progress)

    def export(self, folder: Path, progress: Progress) -> ExportReport:
        """Write what the index holds into `folder`; see `engine.exporting.export`."""
        return self._asking.answered(
            lambda side: export(side.store, self.vault, side.generation.model, folder, progress)
        )

    def see_tokens(self, name: str) -> NoteTokens:
        """The note named by path, title or file name, as the embedding model sees it."""
        return self._asking.see_tokens(name)

    def read(self, name: str, check: Callable[[], None] = lambda: None) -> NoteContent:
        """A note's decoded text as it is on disk now; `check` may raise `Cancelled`."""
        return self._asking.read(name, check)

    def notes(self) -> list[Note]:
        """All notes of the index, by path."""
        return self._asking.answered(by_path)

    def unembedded(self) -> set[str]:
        """Ids of the notes of which some chunk waits for its vector."""
        return self._asking.answered(
            lambda side: set() if side.lexical else {row.note_id for row in side.store.pending()}
        )

    def status(self) -> VaultStatus:
        """Counts, problems and places."""
        return self._asking.answered(self._status)

    def embedder(self) -> Embedder:
        """The embedding model in use."""
        return self._sides.active().embedder

    @property
    def model(self) -> str:
        """The id of the model whose index answers."""
        return name_of(self._sides.active().generation)

    @property
    def sends_to(self) -> str:
        """Where the notes' texts go from this machine: a bucket, or a service's host; else ""."""
        if self.place.remote:
            return self.place.uri
        return next((one.sends_to for one in library.installed() if one.name == self.model), "")

    @property
    def _writing(self) -> Writing:
        if self._writer is None:
            raise StoreError("index.read_only", "This index is open for reading only.")
        return self._writer.writing

    def _status(self, side: Side) -> VaultStatus:
        known = self._tables.generations()
        status = vault_status(self.vault, self.place, side, known, self._sides, self._models)
        if status.switching is None or self._writer is None:
            return status
        left = self._writer.writing.seconds_left()
        return replace(status, switching=replace(status.switching, seconds_left=left))
