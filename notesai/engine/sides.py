"""The generations of an index as this process has them open."""

import contextlib
import threading
from dataclasses import dataclass

from notesai.embedding.base import Embedder
from notesai.engine.models import Models
from notesai.engine.words_alone import WordsAlone
from notesai.errors import StoreError
from notesai.index import failures
from notesai.index.generations import Generation
from notesai.index.store import Store
from notesai.index.tables import Tables


@dataclass(frozen=True, slots=True)
class Side:
    """One generation, opened with the model that made it or, `mute`, without."""

    generation: Generation
    store: Store
    embedder: Embedder

    @property
    def mute(self) -> bool:
        """True if its vectors cannot be compared with anything, and nothing can be added."""
        return not self.generation.fits(self.embedder.card)

    @property
    def lexical(self) -> bool:
        """True if it is searched by word alone: no chunk waits for a vector."""
        return isinstance(self.embedder, WordsAlone)

    def pending(self) -> int:
        """Number of chunks that wait for their vector."""
        return 0 if self.lexical else self.store.count_chunks(pending=True)


class Sides:
    """Opens each generation once, so that all lanes share what is kept of it in memory."""

    def __init__(self, tables: Tables, models: Models) -> None:
        self._tables = tables
        self._models = models
        self._lock = threading.RLock()
        self._stores: dict[str, Store] = {}
        self._sides: dict[str, Side] = {}

    def active(self) -> Side:
        """The one that answers now, whoever made it so. Raises `index.missing` if none does."""
        generation = self._tables.generations().active
        if generation is None:
            raise failures.missing(self._tables.location)
        known = self._sides.get(generation.chunks)
        if known is not None:
            return known
        with self._lock:
            if generation.chunks not in self._sides:
                self._forget()
                embedder = self._models.of(generation) or WordsAlone()
                self._sides[generation.chunks] = Side(generation, self.store(generation), embedder)
            return self._sides[generation.chunks]

    def store(self, generation: Generation) -> Store:
        """Its tables alone, without a model. Raises `index.missing`."""
        with self._lock:
            if generation.chunks not in self._stores:
                self._stores[generation.chunks] = Store.of(*self._tables.pair(generation))
            return self._stores[generation.chunks]

    def make(self, generation: Generation, embedder: Embedder) -> Side:
        """As it is to be written; tables that are missing are made."""
        with self._lock:
            if generation.chunks not in self._stores:
                pair = self._tables.made_pair(generation, embedder.card.dimension)
                self._stores[generation.chunks] = Store.of(*pair)
            side = Side(generation, self._stores[generation.chunks], embedder)
            self._sides[generation.chunks] = side
            return side

    def discard(self, generation: Generation) -> None:
        """Remove its tables, whatever state they are in."""
        with self._lock:
            self._stores.pop(generation.chunks, None)
            self._sides.pop(generation.chunks, None)
            self._tables.drop((generation.notes, generation.chunks))

    def rest(self) -> None:
        """Let go of what the stores can read anew in a moment, and of models only tried out."""
        with self._lock:
            # Of an index that is gone whoever asks next is told.
            with contextlib.suppress(StoreError):
                self._forget()
            stores = list(self._stores.values())
        for store in stores:
            store.rest()

    def forget_unused(self) -> None:
        """Let go of what belongs to no generation any more."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        known = self._tables.generations()
        kept = {generation.chunks for generation in known.all}
        for opened in (self._stores, self._sides):
            for chunks in opened.keys() - kept:
                del opened[chunks]
        speaking = (known.active, known.shadow)
        self._sides = {
            g.chunks: self._sides[g.chunks]
            for g in speaking
            if g is not None and g.chunks in self._sides
        }
        self._models.keep({g.model for g in speaking if g is not None})
