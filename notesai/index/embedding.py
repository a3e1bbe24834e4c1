"""Giving vectors to the chunks that wait for one, the newest notes first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from notesai.embedding.base import Embedder, Vectors
from notesai.index.flight import EMBED, Flight
from notesai.index.schema import ChunkRow
from notesai.index.store import Pending, Store
from notesai.notes.reader import embedded_text
from notesai.progress import Progress

T = TypeVar("T")

GROUP = 512
"""Texts that are sorted by length and written together; a crash costs at most these."""

BATCH = 64
"""Texts between two looks at whether something more urgent waits."""

UNINDEXED = 6_000
"""Rows that word search may read one by one before its index is brought up to date."""


@dataclass(slots=True)
class Embedded:
    """What was done: distinct texts computed, chunks that got a vector without computing."""

    embedded: int = 0
    reused: int = 0
    complete: bool = True


def embed_pending(
    store: Store,
    embedder: Embedder,
    progress: Progress,
    *,
    urgent: Callable[[], bool] = lambda: False,
    flight: Flight | None = None,
) -> Embedded:
    """Embed all pending chunks; stops early, with all done work kept, once `urgent` says so."""
    flight = flight or Flight()
    result = Embedded()
    pending = store.pending()
    texts = _distinct_newest_first(store, pending)
    copies = len(pending) / max(1, len(texts))
    done = 0
    progress.report("meaning", 0, len(pending))
    for group in _groups(texts, GROUP):
        rows = sorted(store.rows_with(group), key=lambda row: len(row.text))
        done += len(group) - len(rows)
        for batch in _write_back(store, embedder, rows, result, urgent, flight):
            done += batch
            progress.report("meaning", min(len(pending), round(done * copies)), len(pending))
        if store.unindexed() > UNINDEXED:
            store.optimise()
        if urgent():
            result.complete = False
            return result
    return result


def _write_back(
    store: Store,
    embedder: Embedder,
    rows: Sequence[ChunkRow],
    result: Embedded,
    urgent: Callable[[], bool],
    flight: Flight,
) -> Iterator[int]:
    """Embed rows batch by batch, yielding after each; write what is there however it ends."""
    hashes: list[str] = []
    vectors: list[Vectors] = []
    try:
        for batch in _batches(rows, flight):
            texts = [embedded_text(row.title, row.chunk) for row in batch]
            with flight.of(EMBED, (row.content_hash for row in batch)):
                vectors.append(embedder.embed_documents(texts))
            hashes.extend(row.text_hash for row in batch)
            yield len(batch)
            if urgent():
                break
    finally:
        if hashes:
            updated = store.set_vectors(hashes, np.concatenate(vectors))
            result.embedded += len(hashes)
            result.reused += max(0, updated - len(hashes))


def _batches(rows: Sequence[ChunkRow], flight: Flight) -> Iterator[Sequence[ChunkRow]]:
    """Batches of rows; those that were there at a crash come last and alone."""
    suspected = [flight.suspected(row.content_hash, EMBED) for row in rows]
    pairs = list(zip(rows, suspected, strict=True))
    yield from _groups([row for row, alone in pairs if not alone], BATCH)
    yield from _groups([row for row, alone in pairs if alone], 1)


def _distinct_newest_first(store: Store, pending: Sequence[Pending]) -> list[str]:
    book = store.notebook()
    ages = {note.note_id: -note.mtime_ns for note in book}
    ordered = sorted(pending, key=lambda chunk: (ages.get(chunk.note_id, 0), chunk.ordinal))
    return list(dict.fromkeys(chunk.text_hash for chunk in ordered))


def _groups(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
