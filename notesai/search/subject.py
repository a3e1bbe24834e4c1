"""The note that others are compared with: as the index has it, or as it is being written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Embedder, Vectors
from notesai.index.note_words import text_numbers
from notesai.index.number_table import Numbers
from notesai.index.schema import ChunkKey, ChunkRow, PassageRow
from notesai.index.store import Store
from notesai.index.vocabulary import Check, nothing
from notesai.model import Note
from notesai.notes.reader import chunk_terms, embedded_text, read_note, text_hash

T = TypeVar("T")

CHUNKS = 24
"""Passages of a note that are compared; a book is represented by passages spread over it."""

Counts = NDArray[np.uint8]

Embed = Callable[[Mapping[str, str]], Mapping[str, Vectors]]
"""Gives the vectors of texts by their hashes, shape (dimension,) each."""


@dataclass(frozen=True)
class Meaning:
    """Passages of a note that have vectors, and those, shape (n, dimension)."""

    keys: Sequence[ChunkKey]
    vectors: Vectors


@dataclass(frozen=True)
class Subject:
    """A note and what it is compared by: its words, and `some` of its passages, spread over it.

    `numbers` are those of its words, sorted, and `counts` how often each stands there, as in
    `NoteWords.text`. `rows` has what is known of the passages by their ids, and `meaning` their
    vectors; both are read from the index only if they are needed.
    """

    note: Note
    numbers: Numbers
    counts: Counts
    some: Sequence[ChunkKey]
    rows: Mapping[str, ChunkRow]
    meaning: Meaning | None

    def meaning_in(self, store: Store) -> Meaning:
        """The passages that stand for the note's meaning, at most `CHUNKS`."""
        if self.meaning is not None:
            return self.meaning
        keys, vectors = store.vectors_at(self.some)
        if len(keys) < len(self.some):
            # Some wait for their vector: others may have theirs.
            keys, vectors = store.vectors_at(store.keys_of([self.note]).get(self.note.note_id, ()))
            kept = spread(len(keys))
            return Meaning([keys[at] for at in kept], vectors[kept])
        return Meaning(keys, vectors)

    def passages(self, store: Store, keys: Sequence[ChunkKey]) -> dict[str, PassageRow | ChunkRow]:
        """These passages, of the note or of others, by id; without what is gone by now."""
        known = {key.chunk_id: self.rows[key.chunk_id] for key in keys if key.chunk_id in self.rows}
        return known | store.passages_at([key for key in keys if key.chunk_id not in known])

    def terms(self, store: Store, keys: Sequence[ChunkKey]) -> dict[str, str]:
        """The terms of these passages, of the note or of others, by id; without what is gone."""
        rows = self.rows
        known = {key.chunk_id: rows[key.chunk_id].terms for key in keys if key.chunk_id in rows}
        return known | store.terms_by([key for key in keys if key.chunk_id not in known])


def indexed(store: Store, note: Note, check: Check = nothing) -> Subject:
    """A note as the index has it; `check` may raise `Cancelled`."""
    words = store.note_words(check)
    row = words.places.get(note.note_id)
    numbers, counts = words.text.row(row) if row is not None else _NO_WORDS
    keys = store.keys_of([note]).get(note.note_id, [])
    return Subject(note, numbers, counts, some(keys), {}, None)


def written(text: str, path: str, known: Note | None, embedder: Embedder, embed: Embed) -> Subject:
    """A note as it would be with this text; `known` is what the index has at its path, if any.

    What `embed` gives no vector for is compared by its words alone. Raises `NoteError` if the
    text is none.
    """
    data = text.encode("utf-8", "replace")
    read = read_note(data, path, embedder.count_tokens, window=embedder.card.window)
    note_id = known.note_id if known is not None else ""
    note = Note(
        note_id, path, read.title, "", 0, len(data), read.language, read.tags, read.links,
        read.created, len(read.chunks),
    )  # fmt: skip
    texts = [embedded_text(read.title, chunk) for chunk in read.chunks]
    rows = [
        ChunkRow(
            note_id, "", chunk.ordinal, read.title, chunk.headings, chunk.start, chunk.end,
            chunk.line, chunk.text, chunk_terms(chunk, read.aliases), text_hash(embedded),
        )
        for chunk, embedded in zip(read.chunks, texts, strict=True)
    ]  # fmt: skip
    chosen = spread(len(rows))
    vectors = embed({rows[at].text_hash: texts[at] for at in chosen})
    meant = [rows[at] for at in chosen if rows[at].text_hash in vectors]
    empty = np.zeros((0, embedder.card.dimension), np.float32)
    stacked = np.stack([vectors[row.text_hash] for row in meant]) if meant else empty
    counted = text_numbers(term for row in rows for term in row.terms.split())
    return Subject(
        note,
        np.fromiter(counted, np.int32, len(counted)),
        np.fromiter(counted.values(), np.uint8, len(counted)),
        [_key(rows[at]) for at in chosen],
        {row.chunk_id: row for row in rows},
        Meaning([_key(row) for row in meant], stacked),
    )


def spread(count: int) -> list[int]:
    """At most `CHUNKS` of so many places, the first and the last among them."""
    if count <= CHUNKS:
        return list(range(count))
    return sorted({round(at * (count - 1) / (CHUNKS - 1)) for at in range(CHUNKS)})


def some(rows: Sequence[T]) -> list[T]:
    """At most `CHUNKS` of these, spread over all."""
    return [rows[at] for at in spread(len(rows))]


def _key(row: ChunkRow) -> ChunkKey:
    return ChunkKey(row.note_id, row.content_hash, row.ordinal)


_NO_WORDS = np.zeros(0, np.int32), np.zeros(0, np.uint8)
