"""The note that others are compared with: as the index has it, or as it is being written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from notesai.embedding.base import Embedder, Vectors
from notesai.index.note_words import text_numbers
from notesai.index.schema import ChunkRow
from notesai.index.store import Store
from notesai.model import Note
from notesai.notes.reader import chunk_terms, embedded_text, read_note, text_hash

CHUNKS = 24
"""Passages of a note that are compared; a book is represented by passages spread over it."""

Embed = Callable[[Mapping[str, str]], Mapping[str, Vectors]]
"""Gives the vectors of texts by their hashes, shape (dimension,) each."""


@dataclass(frozen=True)
class Subject:
    """A note, its passages, and as far as they are there their vectors.

    `vectors` has shape (n, dimension), a row for each of `embedded`, which are some of `rows`.
    `numbers` counts its words as `NoteWords.text` does.
    """

    note: Note
    rows: Sequence[ChunkRow]
    embedded: Sequence[ChunkRow]
    vectors: Vectors
    numbers: Mapping[int, int]


def indexed(store: Store, note: Note) -> Subject:
    """A note as the index has it."""
    rows, embedded, vectors = store.note_rows(note)
    kept = spread(len(embedded))
    return Subject(note, rows, [embedded[at] for at in kept], vectors[kept], _numbers(rows))


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
            chunk.line, chunk.text, chunk_terms(chunk), text_hash(embedded),
        )
        for chunk, embedded in zip(read.chunks, texts, strict=True)
    ]  # fmt: skip
    chosen = spread(len(rows))
    vectors = embed({rows[at].text_hash: texts[at] for at in chosen})
    known_rows = [rows[at] for at in chosen if rows[at].text_hash in vectors]
    stacked = [vectors[row.text_hash] for row in known_rows]
    empty = np.zeros((0, embedder.card.dimension), np.float32)
    return Subject(note, rows, known_rows, np.stack(stacked) if stacked else empty, _numbers(rows))


def spread(count: int) -> list[int]:
    """At most `CHUNKS` of so many places, the first and the last among them."""
    if count <= CHUNKS:
        return list(range(count))
    return sorted({round(at * (count - 1) / (CHUNKS - 1)) for at in range(CHUNKS)})


def some(rows: Sequence[ChunkRow]) -> list[ChunkRow]:
    """At most `CHUNKS` of these, spread over all."""
    return [rows[at] for at in spread(len(rows))]


def _numbers(rows: Sequence[ChunkRow]) -> dict[int, int]:
    return text_numbers(term for row in rows for term in row.terms.split())
