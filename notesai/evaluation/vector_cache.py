"""Vectors kept from one evaluation to the next, so that a second run is quick."""

import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from notesai.embedding.base import Embedder, ModelCard, Vectors
from notesai.notes.reader import text_hash

log = logging.getLogger(__name__)

LARGEST = 1 << 30
"""Bytes from which a cache is begun anew rather than let grow."""

_AT_ONCE = 500
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (hash TEXT PRIMARY KEY, vector BLOB) WITHOUT ROWID"


class CachedEmbedder:
    """An `Embedder` that computes the vector of a passage once; queries are always computed.

    The vectors lie in one file for each model and window below `folder`. What goes wrong with the
    file costs time, never the result: it is logged, and all is computed. For use by one thread.
    """

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._database: sqlite3.Connection | None = None
        card = embedder.card
        try:
            self._database = _opened(folder / f"{card.fingerprint}-{card.window}.sqlite")
        except (sqlite3.Error, OSError) as error:
            log.warning("vectors are not kept for the next evaluation: %s", error)

    @property
    def card(self) -> ModelCard:
        """The facts of the model behind."""
        return self._embedder.card

    @property
    def counter(self) -> Callable[[str], int]:
        """As the model behind counts."""
        return self._embedder.counter

    def count_tokens(self, text: str) -> int:
        """As the model behind counts."""
        return self._embedder.count_tokens(text)

    def embed_query(self, text: str) -> Vectors:
        """Vector of a query, shape (dimension,), computed."""
        return self._embedder.embed_query(text)

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, dimension): those kept, and the missing ones computed."""
        hashes = [text_hash(text) for text in texts]
        known = self._kept(sorted(set(hashes)))
        missing = {h: text for h, text in zip(hashes, texts, strict=True) if h not in known}
        if missing:
            vectors = self._embedder.embed_documents(list(missing.values()))
            computed = dict(zip(missing, vectors, strict=True))
            self._keep(computed)
            known |= computed
        if not hashes:
            return np.zeros((0, self.card.dimension), np.float32)
        return np.stack([known[h] for h in hashes])

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _kept(self, hashes: Sequence[str]) -> dict[str, Vectors]:
        found: dict[str, Vectors] = {}
        if self._database is None:
            return found
        try:
            for start in range(0, len(hashes), _AT_ONCE):
                part = hashes[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                query = f"SELECT hash, vector FROM vectors WHERE hash IN ({marks})"
                for name, data in self._database.execute(query, part):
                    if len(data) == 4 * self.card.dimension:
                        found[name] = np.frombuffer(data, np.float32)
        except sqlite3.Error as error:
            self._give_up(error)
        return found

    def _keep(self, vectors: Mapping[str, Vectors]) -> None:
        if self._database is None:
            return
        rows = [(name, vector.astype(np.float32).tobytes()) for name, vector in vectors.items()]
        try:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        log.warning("vectors are not kept for the next evaluation: %s", error)
        self.close()


def _opened(file: Path) -> sqlite3.Connection:
    """The cache in `file`; one that is damaged or too large is begun anew."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and (file.stat().st_size > LARGEST or not _is_sound(file)):
        file.unlink()
    database = sqlite3.connect(file)
    try:
        database.execute(_TABLE)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _is_sound(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file)) as database:
            database.execute("SELECT hash, vector FROM vectors LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        return False
    return True
