"""The tables of an index and their rows.

`FORMAT` grows when older programs could misread what newer ones wrote. A pair of tables, notes and
chunks, belongs to one model, window and version of the chunker: what was cut or embedded
differently never mixes.
"""

# pyarrow ships no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

import hashlib
from dataclasses import dataclass

import pyarrow as pa

from notesai.embedding.base import ModelCard
from notesai.model import Chunk, Note
from notesai.notes import chunking

FORMAT = 2
"""1: one table of notes, whatever made the chunks; 2: one for each table of chunks."""

META = "meta"

NOWHERE = -1
"""The place of a chunk whose row was not found by searching."""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note and its words: title, path and tags, for the lexical index."""

    note: Note
    terms: str


@dataclass(frozen=True, slots=True)
class ChunkRow:
    """A chunk as stored, without its vector.

    `title` is the note's title when the chunk was made: together with `headings` and `text` it is
    all that an embedder needs, so that embedding is a function from rows to vectors.
    """

    note_id: str
    content_hash: str
    ordinal: int
    title: str
    headings: tuple[str, ...]
    start: int
    end: int
    line: int
    text: str
    terms: str
    text_hash: str

    @property
    def chunk_id(self) -> str:
        """`note_id:ordinal`."""
        return f"{self.note_id}:{self.ordinal}"

    @property
    def chunk(self) -> Chunk:
        """The chunk as it was cut from the note."""
        return Chunk(self.ordinal, self.headings, self.start, self.end, self.line, self.text)


@dataclass(frozen=True, slots=True)
class PassageRow:
    """What is shown of a chunk."""

    note_id: str
    content_hash: str
    ordinal: int
    headings: tuple[str, ...]
    start: int
    end: int
    line: int
    text: str

    @property
    def chunk_id(self) -> str:
        """`note_id:ordinal`."""
        return f"{self.note_id}:{self.ordinal}"


@dataclass(frozen=True, slots=True)
class ScoredChunk:
    """A chunk found by a query; `score` is BM25 for words, cosine for meaning."""

    row: ChunkRow
    score: float


@dataclass(frozen=True, slots=True)
class ChunkKey:
    """Which chunk, without anything of what it says; `place` is a hint where the row lies."""

    note_id: str
    content_hash: str
    ordinal: int
    place: int = NOWHERE

    @property
    def chunk_id(self) -> str:
        """`note_id:ordinal`."""
        return f"{self.note_id}:{self.ordinal}"


@dataclass(frozen=True, slots=True)
class ScoredKey:
    """As `ScoredChunk`, of which only the key has been read."""

    key: ChunkKey
    score: float


def chunks_table(card: ModelCard) -> str:
    """Name of the chunk table for one model and chunker; another model never shares it."""
    return f"chunks_{_kind(card)}"


def notes_table(card: ModelCard) -> str:
    """Name of the note table that is the journal of `chunks_table`."""
    return f"notes_{_kind(card)}"


def _kind(card: ModelCard) -> str:
    key = f"{card.fingerprint}:{chunking.VERSION}:{card.window}"
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def meta_schema() -> pa.Schema:
    """Key and value, both text."""
    return pa.schema([("key", pa.string()), ("value", pa.string())])


def notes_schema() -> pa.Schema:
    """One row a note; `terms` is what the lexical index reads."""
    strings = pa.list_(pa.string())
    return pa.schema(
        [
            ("note_id", pa.string()),
            ("path", pa.string()),
            ("title", pa.string()),
            ("content_hash", pa.string()),
            ("mtime_ns", pa.int64()),
            ("size", pa.int64()),
            ("language", pa.string()),
            ("tags", strings),
            ("links", strings),
            ("created", pa.string()),
            ("n_chunks", pa.int32()),
            ("status", pa.string()),
            ("reason", pa.string()),
            ("indexed_at", pa.int64()),
            ("terms", pa.string()),
        ]
    )


def chunks_schema(dimension: int) -> pa.Schema:
    """One row a chunk; a null `vector` means that the chunk waits for its embedding."""
    return pa.schema(
        [
            ("chunk_id", pa.string()),
            ("note_id", pa.string()),
            ("content_hash", pa.string()),
            ("ordinal", pa.int32()),
            ("title", pa.string()),
            ("headings", pa.list_(pa.string())),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("line", pa.int32()),
            ("text", pa.string()),
            ("terms", pa.string()),
            ("text_hash", pa.string()),
            ("vector", pa.list_(pa.float32(), dimension)),
        ]
    )
