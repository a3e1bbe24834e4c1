"""The embedding models that this process has open, and what to do without the wanted one."""

import logging
import threading
from dataclasses import dataclass

from notesai.embedding.base import Embedder, Resting
from notesai.embedding.catalog import bundled, open_embedder
from notesai.engine import words_alone
from notesai.engine.words_alone import WordsAlone
from notesai.errors import ModelError, NotesaiError
from notesai.index.generations import Generation

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """The model to go on with; `as_wanted` unless it only stands in for another one."""

    model: str
    embedder: Embedder
    as_wanted: bool


class Models:
    """Opens each model once. An empty id means the one that comes with notesai."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._open: dict[str, Embedder] = {}
        self._troubles: dict[str, NotesaiError] = {}

    def open(self, model: str) -> Embedder:
        """The model of that id. Raises `ModelError`."""
        model = full_id(model)
        with self._lock:
            if model not in self._open:
                try:
                    self._open[model] = _opened(model)
                except NotesaiError as error:
                    self._troubles[model] = error
                    raise
                self._troubles.pop(model, None)
            return self._open[model]

    def of(self, generation: Generation) -> Embedder | None:
        """The model that made `generation`; None if it is not to be had as it was then."""
        try:
            embedder = self.open(generation.model)
        except NotesaiError as error:
            log.warning("%s", error.message)
            return None
        return embedder if generation.fits(embedder.card) else None

    def best(self, wanted: str, active: Generation | None) -> Choice:
        """The wanted model, else the one that answers now, else the bundled one, else none."""
        try:
            return Choice(full_id(wanted), self.open(wanted), True)
        except NotesaiError as error:
            log.warning("%s", error.message)
        if active is not None and active.model != words_alone.MODEL:
            embedder = self.of(active)
            if embedder is not None:
                return Choice(full_id(active.model), embedder, False)
        try:
            return Choice(full_id(""), self.open(""), False)
        except NotesaiError:
            return Choice(words_alone.MODEL, self.open(words_alone.MODEL), False)

    def trouble(self, model: str) -> NotesaiError | None:
        """Why the model of that id could not be used of late; None if it could, or was not."""
        with self._lock:
            return self._troubles.get(full_id(model))

    def failed(self, model: str, error: NotesaiError) -> None:
        """Remember that a model that was opened does not work."""
        with self._lock:
            self._troubles[full_id(model)] = error

    def works(self, model: str) -> None:
        """Forget its troubles."""
        with self._lock:
            self._troubles.pop(full_id(model), None)

    def rest(self) -> None:
        """Have all models let go of their memory, as far as they can, until they are used."""
        for embedder in self._resting():
            embedder.rest()

    def wake(self) -> None:
        """Have them ready. Raises `ModelError`."""
        for embedder in self._resting():
            embedder.wake()

    def _resting(self) -> list[Resting]:
        with self._lock:
            return [one for one in self._open.values() if isinstance(one, Resting)]

    def keep(self, models: set[str]) -> None:
        """Let go of all others."""
        kept = {full_id(model) for model in models}
        with self._lock:
            for model in self._open.keys() - kept:
                del self._open[model]


def full_id(model: str) -> str:
    """The id itself; that of the bundled model for an empty one."""
    if model:
        return model
    try:
        return bundled().name
    except NotesaiError:
        # Without a catalogue the bundled model has no name; opening it says what is wrong.
        return ""


def short_id(model: str) -> str:
    """The id as a person's choice is written down: the bundled model, whichever, has none."""
    return "" if model == full_id("") else model


def _opened(model: str) -> Embedder:
    if model == words_alone.MODEL:
        return WordsAlone()
    try:
        return open_embedder(short_id(model) or None)
    except NotesaiError:
        raise
    except Exception as error:
        # Whatever a library raises over a model that it cannot read, the engine goes on.
        log.warning("opening the model %s failed", model, exc_info=error)
        raise ModelError(
            "model.unusable",
            f"The model {model} cannot be opened ({type(error).__name__}: {error}).",
            "Your notes and the index are safe, and search by word goes on.",
        ) from error
