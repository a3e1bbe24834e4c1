"""Keeping an index: the generation that answers, and beside it the one that is to follow it.

Each is written by an `Indexer` of its own and is its own journal; what is known here beyond that
is forgotten at the end and found out again at the next start.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from notesai.embedding.base import Embedder
from notesai.engine.estimate import Estimate
from notesai.engine.models import Models, full_id, short_id
from notesai.engine.power import use_share
from notesai.engine.sides import Side, Sides
from notesai.errors import ModelError, RequestError, StoreError
from notesai.index.embedding import Embedded, embed_pending
from notesai.index.flight import EMBED, READ, Flight
from notesai.index.generations import Generation, Generations
from notesai.index.indexer import Indexer, Kin, Tally
from notesai.index.tables import Tables
from notesai.notes.ignore import IgnoreRules
from notesai.progress import Progress, Step

log = logging.getLogger(__name__)

Urgent = Callable[[], bool]

_TICK = 0.2
"""Seconds between two looks at whether a vector index is made."""


class _Interrupted(Exception):
    """The shadow gives way to something more urgent; what it has written so far stays."""


@dataclass(slots=True)
class _Follower:
    """One generation and what makes it follow the folder.

    `caught_up` once it was compared with the whole folder and given every change since.
    """

    side: Side
    indexer: Indexer
    caught_up: bool = False


class _ShadowProgress:
    """Passes progress on, keeps the pace, and gives way between batches of notes."""

    def __init__(self, progress: Progress, estimate: Estimate, urgent: Urgent) -> None:
        self._progress = progress
        self._estimate = estimate
        self._urgent = urgent

    def report(self, phase: str, done: int, total: int) -> None:
        """Raises `_Interrupted` if something urgent waits, but never before the first batch."""
        self._estimate.is_news(Step(phase, done, total))
        self._progress.report(phase, done, total)
        if phase == "words" and 0 < done < total and self._urgent():
            raise _Interrupted


class Writing:
    """What only the one writer of an index does. To be used by one thread at a time."""

    def __init__(
        self,
        vault: Path,
        tables: Tables,
        sides: Sides,
        models: Models,
        rules: IgnoreRules,
        *,
        max_bytes: int,
        flight: Flight,
    ) -> None:
        self._vault = vault
        self._flight = flight
        self._tables = tables
        self._sides = sides
        self._models = models
        self._rules = rules
        self._max_bytes = max_bytes
        self._estimate = Estimate()
        self._active: _Follower | None = None
        self._shadow: _Follower | None = None

    def start(self) -> None:
        """Go on where the last writer stopped, with the models that can be used now.

        Another bundled model, another version of the chosen one or of the chunker begins a shadow
        build; so does a model that is gone, of the next best one.
        """
        self._flight.take_stock()
        known = self._tables.generations()
        choice = self._models.best(known.wanted, known.active)
        target = known.made_by(choice.embedder.card, choice.model)
        settled = known.only(self._tables.names()).settled(target, stalled=not choice.as_wanted)
        self._become(settled)
        self._tables.drop_unused()

    # Following the folder

    def reconcile(self, progress: Progress, meanwhile: Callable[[], None] | None = None) -> Tally:
        """Make the rows follow the whole folder; see `Indexer.reconcile`.

        The shadow follows while embedding; but where the model that answered is gone, the new
        words come first, and answer at once.
        """
        if self._active is not None:
            if self._shadow is not None:
                self._shadow.caught_up = False
            tally = self._active.indexer.reconcile(progress, meanwhile)
            self._settle(READ)
            return tally
        assert self._shadow is not None
        tally = self._shadow.indexer.reconcile(progress)
        self._swap()
        return tally

    def update(self, changed: Iterable[str], progress: Progress) -> Tally:
        """Make the rows follow these paths, in the shadow too if it has all others."""
        if self._active is None:
            return self.reconcile(progress)
        paths = frozenset(changed)
        shadow = self._shadow
        follow = shadow is not None and shadow.caught_up
        if shadow is not None:
            # Unless all goes well it has to be compared with everything again.
            shadow.caught_up = False
        tally = self._active.indexer.update(paths, progress)
        if shadow is not None and follow:
            shadow.indexer.update(paths, progress)
            shadow.caught_up = True
        return tally

    def embed(self, progress: Progress, urgent: Urgent) -> Embedded:
        """Give vectors to the chunks that wait, then build the shadow, until done or `urgent`."""
        done, failed = Embedded(), None
        if self._active is not None:
            try:
                done = self._embed(self._active, progress, urgent)
            except (ModelError, RequestError) as error:
                # A model that fails, or may not use the network, must not hold up its successor.
                if self._shadow is None:
                    raise
                failed = error
        if self._shadow is not None and done.complete:
            built = self._build(self._shadow, progress, urgent)
            done.embedded += built.embedded
            done.reused += built.reused
            done.complete = built.complete
        if failed is not None and self._shadow is not None:
            raise failed
        if done.complete:
            self._settle(EMBED)
        return done

    def pardon(self, paths: Iterable[str]) -> None:
        """Have these notes tried again that were left out because the engine crashed over them."""
        wanted = frozenset(paths)
        for follower in self._followers():
            book = follower.side.store.notebook()
            self._flight.pardon(n.content_hash for path in wanted if (n := book.at(path)))

    def waiting(self) -> int:
        """Chunks that wait for their vector."""
        return sum(follower.side.pending() for follower in self._followers())

    def use_share(self, share: float) -> None:
        """Let the models use so much of the threads that they would take by themselves."""
        for follower in self._followers():
            use_share(follower.side.embedder, share)

    def is_untidy(self) -> bool:
        """Whether `optimise` pays."""
        return any(follower.side.store.is_untidy() for follower in self._followers())

    def optimise(self) -> None:
        """Tidy the tables."""
        for follower in self._followers():
            follower.side.store.optimise()

    def index_vectors(self) -> bool:
        """Have the vector index of what answers made where it pays; True while it is being made.

        Returns at once.
        """
        if self._active is None:
            return False
        store = self._active.side.store
        embedded = store.count_chunks() - store.count_pending()
        return store.vector_care.look_after(self._tables.location, embedded)

    def finish_vectors(self, progress: Progress) -> None:
        """As `index_vectors`, but wait for it."""
        if self._active is None or not self.index_vectors():
            return
        while not self._active.side.store.vector_care.wait(_TICK):
            progress.report("vectors", 0, 0)

    def close(self) -> None:
        """Give up what is being made beside everything else."""
        for follower in self._followers():
            follower.side.store.vector_care.stop()
        self._flight.close()

    def drop_unused(self) -> None:
        """Remove the tables of no generation any more."""
        self._tables.drop_unused()

    def seconds_left(self) -> float | None:
        """Until the shadow is whole, at its pace of late; None while unknown."""
        last = self._estimate.last
        left = self._estimate.seconds_left(last)
        known = self._shadow is not None and last.phase == "meaning" and left >= 0
        return left if known else None

    # Another model

    def use(self, model: str) -> None:
        """Begin to switch to a model; go back to it if the index before was of this one.

        Raises `ModelError` if it cannot be opened; then nothing has changed.
        """
        embedder = self._models.open(model)
        known = self._tables.generations()
        target = known.made_by(embedder.card, full_id(model))
        self._become(known.chosen(target, short_id(model)))
        self._tables.drop_unused()

    def cancel(self) -> None:
        """Give up the switch under way. Raises `switch.needed` where nothing else is left."""
        known = self._tables.generations()
        if known.shadow is None or known.active is None:
            return
        if self._active is None:
            raise RequestError(
                "switch.needed",
                "The model that made the present index cannot be used any more.",
                "Choose another one instead, or put that model back.",
            )
        self._become(known.cancelled(short_id(known.active.model)))
        self._tables.drop_unused()

    def go_back(self) -> None:
        """Let the index before the last switch answer again. The folder is to be compared next.

        Raises `switch.no_previous`, or `ModelError` if its model cannot be used.
        """
        known = self._tables.generations()
        if known.previous is None:
            raise RequestError("switch.no_previous", "There is no index of another model any more.")
        embedder = self._models.open(known.previous.model)
        if not known.previous.fits(embedder.card):
            raise ModelError(
                "model.changed",
                f"The model {known.previous.model} is another one than when the index was made.",
                "The present index goes on. Delete the one before to free its space.",
            )
        self._become(known.gone_back(short_id(known.previous.model)))

    def drop_previous(self) -> None:
        """Remove the index that could be gone back to."""
        self._become(self._tables.generations().without_previous())
        self._tables.drop_unused()

    # Within

    def _followers(self) -> list[_Follower]:
        return [one for one in (self._active, self._shadow) if one is not None]

    def _become(self, generations: Generations) -> None:
        if generations != self._tables.generations():
            self._tables.record(generations)
        known = {one.side.generation.chunks: one for one in self._followers()}
        active, shadow = generations.active, generations.shadow
        if self._shadow is None or self._shadow.side.generation != shadow:
            self._estimate = Estimate()
        self._active = self._follower(active, generations.previous, known)
        self._shadow = self._follower(shadow, active, known)
        self._sides.forget_unused()

    def _follower(
        self,
        generation: Generation | None,
        other: Generation | None,
        known: dict[str, _Follower],
    ) -> _Follower | None:
        """What writes `generation`, with `other` for its kin; None without its model."""
        embedder = self._models.of(generation) if generation is not None else None
        if generation is None or embedder is None:
            return None
        follower = known.get(generation.chunks) or self._opened(generation, embedder)
        answers = self._tables.generations().active == other
        follower.indexer.kin = self._kin(generation, other, answers=answers)
        return follower

    def _opened(self, generation: Generation, embedder: Embedder) -> _Follower:
        try:
            return self._recovered(self._sides.make(generation, embedder))
        except StoreError as error:
            if error.code != "index.corrupt" or generation != self._tables.generations().shadow:
                raise
            # Nobody searches there yet: it is begun anew, and what answers goes on.
            log.warning("the index of %s is begun anew: %s", generation.model, error.message)
            self._sides.discard(generation)
            return self._recovered(self._sides.make(generation, embedder))

    def _recovered(self, side: Side) -> _Follower:
        indexer = Indexer(
            self._vault,
            side.store,
            side.embedder,
            self._rules,
            max_bytes=self._max_bytes,
            flight=self._flight,
        )
        indexer.recover()
        return _Follower(side, indexer)

    def _kin(
        self, generation: Generation, other: Generation | None, *, answers: bool
    ) -> Kin | None:
        if other is None:
            return None
        try:
            store = self._sides.store(other)
        except StoreError as error:
            log.warning("the index of the other model is left alone: %s", error.message)
            return None
        same = bool(other.fingerprint) and other.fingerprint == generation.fingerprint
        return Kin(store, answers=answers, same_model=same)

    def _build(self, shadow: _Follower, progress: Progress, urgent: Urgent) -> Embedded:
        watched = _ShadowProgress(progress, self._estimate, urgent)
        done = Embedded()
        for _ in range(2):
            try:
                self._catch_up(shadow, watched)
            except _Interrupted:
                return Embedded(complete=False)
            done = self._embed(shadow, watched, urgent)
            if not done.complete:
                return done
            if self._whole(shadow):
                self._swap()
                return done
            # A write that failed has left something; nothing but reading those notes again helps.
            shadow.indexer.recover()
            shadow.caught_up = False
        return done

    def _settle(self, work: str) -> None:
        """Nothing is left to be done of this work, unless a shadow has some of its own."""
        if self._active is not None and self._shadow is None:
            notes = self._active.side.store.notebook()
            self._flight.settle(work, {note.content_hash for note in notes})

    def _embed(self, follower: _Follower, progress: Progress, urgent: Urgent) -> Embedded:
        side = follower.side
        if side.lexical:
            return Embedded()
        try:
            done = embed_pending(
                side.store, side.embedder, progress, urgent=urgent, flight=self._flight
            )
        except (ModelError, RequestError) as error:
            self._models.failed(side.generation.model, error)
            raise
        if done.embedded:
            self._models.works(side.generation.model)
        return done

    def _catch_up(self, shadow: _Follower, progress: Progress) -> None:
        if not shadow.caught_up:
            shadow.indexer.reconcile(progress)
            shadow.caught_up = True

    def _whole(self, shadow: _Follower) -> bool:
        return shadow.side.store.is_whole(vectors=not shadow.side.lexical)

    def _swap(self) -> None:
        known = self._tables.generations()
        # It is kept while its model may be used, now or, as a person chose it, once it is back.
        # If not, its tables are removed when all is quiet: a search may be reading them.
        gone = known.active is not None and self._models.trouble(known.active.model) is not None
        keep = self._active is not None or (gone and bool(known.wanted))
        swapped = known.swapped(keep=keep)
        self._become(swapped)
        log.info("the index of %s answers from now on", swapped.active and swapped.active.model)
