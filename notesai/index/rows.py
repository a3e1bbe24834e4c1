"""Between dataclasses and Arrow tables, column by column."""

# pyarrow ships no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import pyarrow as pa

from notesai.embedding.base import Vectors
from notesai.index.schema import (
    ChunkKey,
    ChunkRow,
    NoteRow,
    PassageRow,
    chunks_schema,
    notes_schema,
)
from notesai.model import Note, NoteStatus

ChunkTable = Any
"""A `pyarrow.Table` of chunks, which cannot be typed as pyarrow ships no complete types."""

CHUNK_COLUMNS = [name for name in chunks_schema(1).names if name not in ("chunk_id", "vector")]
"""The columns that make a `ChunkRow`, in the order of its fields."""

PASSAGE_COLUMNS = [field.name for field in fields(PassageRow)]
"""The columns that make a `PassageRow`, in the order of its fields."""

_NOTE_COLUMNS = [name for name in notes_schema().names if name != "terms"]


def joined(tables: Sequence[ChunkTable]) -> ChunkTable:
    """Several tables as one."""
    return pa.concat_tables(tables)


def chunk_table(rows: Sequence[ChunkRow]) -> ChunkTable:
    """Chunks as a table of the chunks' schema without its vectors."""
    schema = pa.schema([field for field in chunks_schema(1) if field.name != "vector"])
    columns: dict[str, list[Any]] = {
        name: [getattr(row, name) for row in rows] for name in CHUNK_COLUMNS
    }
    columns["chunk_id"] = [row.chunk_id for row in rows]
    arrays = [pa.array(columns[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def text_hashes(table: ChunkTable) -> list[str]:
    """The text hash of each chunk of a table."""
    return table.column("text_hash").to_pylist()


def with_vectors(table: ChunkTable, vectors: Mapping[str, Vectors], dimension: int) -> ChunkTable:
    """The table with the vectors known for its text hashes, and null for all others."""
    kind = pa.list_(pa.float32(), dimension)
    return table.append_column(pa.field("vector", kind), _vector_column(table, vectors, kind))


def _vector_column(table: pa.Table, vectors: Mapping[str, Vectors], kind: Any) -> Any:
    if not vectors:
        return pa.nulls(table.num_rows, kind)
    known = [vectors.get(text_hash) for text_hash in text_hashes(table)]
    values = np.zeros((table.num_rows, kind.list_size), np.float32)
    for index, vector in enumerate(known):
        if vector is not None:
            values[index] = vector
    mask = pa.array([vector is None for vector in known])
    return pa.FixedSizeListArray.from_arrays(pa.array(values.ravel()), type=kind, mask=mask)


def to_matrix(column: Any) -> Vectors:
    """A column of vectors without nulls as an array, shape (n, dimension)."""
    flat = column.combine_chunks().flatten().to_numpy(zero_copy_only=False)
    return np.asarray(flat, np.float32).reshape(-1, column.type.list_size)


def chunk_rows(table: pa.Table) -> list[ChunkRow]:
    """The chunks of a table that has `CHUNK_COLUMNS`."""
    columns = {name: table.column(name).to_pylist() for name in CHUNK_COLUMNS}
    columns["headings"] = [tuple(path) for path in columns["headings"]]
    return [ChunkRow(*values) for values in zip(*columns.values(), strict=True)]


def passage_rows(table: pa.Table) -> list[PassageRow]:
    """What is shown of the chunks of a table that has `PASSAGE_COLUMNS`."""
    columns = {name: table.column(name).to_pylist() for name in PASSAGE_COLUMNS}
    columns["headings"] = [tuple(path) for path in columns["headings"]]
    return [PassageRow(*values) for values in zip(*columns.values(), strict=True)]


def chunk_keys(table: pa.Table) -> list[ChunkKey]:
    """The keys of a table that has their columns, and `_rowid` if it is known where they lie."""
    columns = [table.column(name).to_pylist() for name in ("note_id", "content_hash", "ordinal")]
    if "_rowid" in table.column_names:
        columns.append(table.column("_rowid").to_pylist())
    return [ChunkKey(*values) for values in zip(*columns, strict=True)]


def note_table(rows: Sequence[NoteRow]) -> pa.Table:
    """Notes as a table of the notes' schema."""
    columns: dict[str, list[Any]] = {
        name: [getattr(row.note, name) for row in rows] for name in _NOTE_COLUMNS
    }
    columns["terms"] = [row.terms for row in rows]
    schema = notes_schema()
    arrays = [pa.array(columns[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def to_notes(table: pa.Table) -> list[Note]:
    """The notes of a table that has the columns of `Note`."""
    columns = {name: table.column(name).to_pylist() for name in _NOTE_COLUMNS}
    for name in ("tags", "links"):
        columns[name] = [tuple(values or ()) for values in columns[name]]
    columns["status"] = [NoteStatus(status) for status in columns["status"]]
    return [Note(*values) for values in zip(*columns.values(), strict=True)]
