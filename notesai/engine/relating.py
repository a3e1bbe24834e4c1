"""What belongs together: similar notes, also to a text that is being written, and duplicates."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from notesai.embedding.base import Embedder, Vectors
from notesai.engine.asking import Asking, named_note
from notesai.engine.marks import MarkedNotes
from notesai.engine.sides import Side
from notesai.errors import ModelError, NoteError
from notesai.index.store import Store
from notesai.model import Duplicates, Mark, SimilarResult
from notesai.search.duplicates import find_duplicates
from notesai.search.for_you import for_you
from notesai.search.naming import note_at
from notesai.search.similar import similar
from notesai.search.subject import Subject, indexed, written

log = logging.getLogger(__name__)

KEPT_VECTORS = 512
"""Passages of texts being written whose vectors are kept: typing changes one of them at a time."""

Check = Callable[[], None]
Report = Callable[[str, int, int], None]


def nothing() -> None:
    """The check of what nobody cancels."""


def untold(phase: str, done: int, total: int) -> None:
    """The report of what nobody waits for."""


class Relating:
    """Relates the notes of one index. May be used by many threads, while the index is written."""

    def __init__(self, vault: Path, asking: Asking) -> None:
        self._asking = asking
        self._marks = MarkedNotes(vault)
        self._written = WrittenVectors()

    def similar(
        self,
        name: str,
        *,
        k: int = 10,
        text: str | None = None,
        with_hidden: bool = False,
        check: Check = nothing,
    ) -> SimilarResult:
        """The `k` notes most similar to the one named by path, title or file name.

        With `text`, to what it would be with this text; then `name` is a path, of a note that need
        not be there. `with_hidden` lists those that were put away, too. `check` may raise
        `Cancelled`. What is no text has no neighbours. Raises `RequestError` (`note.unknown`).
        """

        def of(side: Side) -> SimilarResult:
            try:
                subject = self._subject(side, name, text)
            except NoteError:
                return SimilarResult(name, ())
            book = side.store.notebook()
            marks = self._marks.beside(book, subject.note, with_hidden=with_hidden)
            return similar(side.store, side.embedder, subject, k=k, marks=marks, check=check)

        return self._asking.answered(of)

    def mark(self, name: str, other: str, mark: Mark, *, k: int = 10) -> SimilarResult:
        """Pin or hide `other` beside a note, or take it back; what is similar then.

        Raises `RequestError` (`note.unknown`) and `StoreError` (`marks.cannot_write`).
        """

        def put(side: Side) -> None:
            book = side.store.notebook()
            self._marks.put(book, named_note(side, name), named_note(side, other), mark)

        self._asking.answered(put)
        return self.similar(name, k=k)

    def for_you(
        self, recent: Sequence[str], *, k: int = 10, check: Check = nothing
    ) -> SimilarResult:
        """The `k` notes nearest to those at these paths, which were read lately, newest first.

        Paths of notes that are gone count nothing. `check` may raise `Cancelled`.
        """

        def of(side: Side) -> SimilarResult:
            book = side.store.notebook()
            notes = [note for note in map(book.at, dict.fromkeys(recent)) if note is not None]
            return for_you(side.store, side.embedder, notes, k=k, check=check)

        return self._asking.answered(of)

    def duplicates(self, report: Report = untold, check: Check = nothing) -> Duplicates:
        """The notes that say the same or nearly; seconds for 10,000 notes.

        `report` is told of the phase "compare"; `check` may raise `Cancelled`.
        """

        def tell(done: int, total: int) -> None:
            report("compare", done, total)

        return self._asking.answered(lambda side: find_duplicates(side.store, tell, check))

    def _subject(self, side: Side, name: str, text: str | None) -> Subject:
        if text is None:
            return indexed(side.store, named_note(side, name))
        known = note_at(side.store.notebook(), name)
        path = known.path if known is not None else name

        def embed(texts: Mapping[str, str]) -> Mapping[str, Vectors]:
            return self._written.of(side.store, side.embedder, texts)

        return written(text, path, known, side.embedder, embed)


class WrittenVectors:
    """Vectors of passages as they are being written: from the index, kept, or made."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, store: Store, embedder: Embedder, texts: Mapping[str, str]) -> dict[str, Vectors]:
        """The vectors of these texts by their hashes; none if the model cannot be used."""
        card = embedder.card
        if not card.languages:
            return {}
        with self._lock:
            found = {
                text_hash: self._kept[card.fingerprint, text_hash]
                for text_hash in texts
                if (card.fingerprint, text_hash) in self._kept
            }
        missing = [text_hash for text_hash in texts if text_hash not in found]
        if len(missing) > 1:
            # Looking one text up takes as long as embedding it.
            found |= store.vectors_of(missing)
            missing = [text_hash for text_hash in missing if text_hash not in found]
        if missing:
            try:
                made = embedder.embed_documents([texts[text_hash] for text_hash in missing])
            except ModelError as error:
                log.warning("comparing what is written by its words alone: %s", error.message)
                return {}
            found |= dict(zip(missing, made, strict=True))
        self._keep(card.fingerprint, found)
        return found

    def _keep(self, model: str, vectors: Mapping[str, Vectors]) -> None:
        with self._lock:
            for text_hash, vector in vectors.items():
                self._kept[model, text_hash] = vector
                self._kept.move_to_end((model, text_hash))
            while len(self._kept) > KEPT_VECTORS:
                self._kept.popitem(last=False)
