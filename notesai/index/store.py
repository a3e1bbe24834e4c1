"""The tables on disk: all that is read from them and written to them.

One writer at a time; any number of readers, in this or other processes, always see the newest
committed state. All failures surface as `StoreError`.
"""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, Self

import numpy as np
import pyarrow as pa

from notesai.embedding.base import ModelCard, Vectors
from notesai.index import failures
from notesai.index.care import Cared
from notesai.index.compared import Compared
from notesai.index.conditions import parts, quoted
from notesai.index.opening import open_index
from notesai.index.pair import owned
from notesai.index.rows import (
    CHUNK_COLUMNS,
    ChunkTable,
    chunk_rows,
    chunk_table,
    note_table,
    to_matrix,
    with_vectors,
)
from notesai.index.schema import ChunkRow, NoteRow
from notesai.index.searched import Searched

Version = tuple[str, str]
"""A note's id and the hash of one of its contents."""

_VERSION = "note_id || ':' || content_hash"


@dataclass(frozen=True, slots=True)
class Pending:
    """A chunk that waits for its vector."""

    note_id: str
    ordinal: int
    text_hash: str


class Store(Searched, Cared, Compared):
    """The notes and chunks of one vault, for one embedding model."""

    def __init__(self, notes: Any, chunks: Any) -> None:
        super().__init__(notes, chunks)
        self._pending_at = (-1, 0)
        self._whole_at = -1

    @classmethod
    def open(cls, location: str, card: ModelCard, *, create: bool, vault: str = "") -> Self:
        """What the model of this card has in the index at `location`; see `open_index`.

        With `create`, missing tables are made; without, raises `index.missing`.
        """
        tables = open_index(location, create=create, vault=vault)
        known = tables.generations()
        generation = known.made_by(card, card.id)
        if not create:
            return cls.of(*tables.pair(generation))
        store = cls.of(*tables.made_pair(generation, card.dimension))
        if known.active is None:
            tables.record(known.settled(generation))
        return store

    @classmethod
    def of(cls, notes: Any, chunks: Any) -> Self:
        """The store of a pair of tables."""
        store = cls(notes, chunks)
        store.notebook()
        return store

    # Writing

    def add_chunks(self, rows: Sequence[ChunkRow], vectors: Mapping[str, Vectors]) -> None:
        """Append chunks; those whose text hash is in `vectors` get that vector, others none."""
        self.add_chunk_table(chunk_table(rows), vectors)

    def add_chunk_table(self, table: ChunkTable, vectors: Mapping[str, Vectors]) -> None:
        """As `add_chunks`, for chunks that are a table already."""
        if table.num_rows:
            with failures.translated():
                dimension = self._chunks.schema.field("vector").type.list_size
                self._chunks.add(with_vectors(table, vectors, dimension))

    def put_notes(self, rows: Sequence[NoteRow]) -> None:
        """Add note rows or replace those of the same id."""
        if not rows:
            return
        book = self.notebook()
        with failures.translated():
            if any(book.get(row.note.note_id) for row in rows):
                merge = self._notes.merge_insert("note_id").when_matched_update_all()
                merge.when_not_matched_insert_all().execute(note_table(rows))
            else:
                self._notes.add(note_table(rows))
            # Our own write is followed in memory; reading the table again would cost far more.
            with self._reload:
                self._notebook.put(row.note for row in rows)
                self._notes_version = self._notes.version

    def drop_notes(self, note_ids: Sequence[str]) -> None:
        """Remove note rows, then their chunks."""
        if not note_ids:
            return
        with failures.translated():
            for part in parts(note_ids):
                self._notes.delete(f"note_id IN ({quoted(part)})")
            with self._reload:
                self._notebook.drop(note_ids)
                self._notes_version = self._notes.version
        self.drop_chunks(note_ids)

    def drop_chunks(self, note_ids: Sequence[str]) -> None:
        """Remove all chunks of these notes."""
        with failures.translated():
            for part in parts(note_ids):
                self._chunks.delete(f"note_id IN ({quoted(part)})")

    def drop_versions(self, versions: Sequence[Version]) -> None:
        """Remove the chunks that notes have of just these contents."""
        with failures.translated():
            for part in parts(versions):
                self._chunks.delete(f"{_VERSION} IN ({quoted(map(':'.join, part))})")

    def drop_other_versions(self, versions: Sequence[Version]) -> None:
        """Remove what the notes of these versions have of any other content."""
        with failures.translated():
            for part in parts(versions):
                ids = quoted(note_id for note_id, _ in part)
                kept = quoted(map(":".join, part))
                self._chunks.delete(f"note_id IN ({ids}) AND {_VERSION} NOT IN ({kept})")

    def drop_stale(self) -> list[str]:
        """Remove chunks that no note row owns, and sets of chunks that are not whole.

        Returns the ids of the notes that are to be read again. This is the whole of crash recovery:
        a note row is written after its chunks and names the content they were made from.
        """
        book = self.notebook()
        with failures.translated():
            table = self._chunks.search().select(["note_id", "content_hash"]).limit(None)
            keys = table.to_arrow().group_by(["note_id", "content_hash"])
            counts = keys.aggregate([([], "count_all")])
            columns = (counts.column(name).to_pylist() for name in counts.column_names)
            found = {(i, content): int(n) for i, content, n in zip(*columns, strict=True)}
        whole = {(n.note_id, n.content_hash): n.n_chunks for n in book}
        self.drop_versions([version for version, n in found.items() if whole.get(version) != n])
        return [version[0] for version, n in whole.items() if n != found.get(version, 0)]

    def set_vectors(self, text_hashes: Sequence[str], vectors: Vectors) -> int:
        """Give vectors, shape (n, dimension), to the pending chunks of these texts; how many."""
        dimension = vectors.shape[1]
        with failures.translated():
            flat = pa.array(np.ascontiguousarray(vectors, np.float32).ravel())
            column = pa.FixedSizeListArray.from_arrays(flat, dimension)
            source = pa.table({"text_hash": pa.array(text_hashes, pa.string()), "vector": column})
            merge = self._chunks.merge_insert("text_hash")
            merge = merge.when_matched_update_all(where="target.vector IS NULL")
            return int(merge.execute(source).num_updated_rows)

    # Reading

    def count_pending(self) -> int:
        """Number of chunks that wait for their vector; counted again only after a change."""
        version = self.version
        if self._pending_at[0] != version:
            self._pending_at = (version, self.count_chunks(pending=True))
        return self._pending_at[1]

    def count_waiting(self) -> int:
        """As `count_pending`, of the notes as of the last look; once it is 0, without a look."""
        version = self._notes_version
        if version != self._whole_at:
            waiting = self.count_pending()
            self._whole_at = -1 if waiting else version
            return waiting
        return 0

    def is_whole(self, *, vectors: bool = True) -> bool:
        """Whether the chunks that note rows name are there, nothing else, and all have vectors.

        To be asked by the writer only: half of a write of another process would count.
        """
        named = sum(note.n_chunks for note in self.notebook())
        return self.count_chunks() == named and not (vectors and self.count_chunks(pending=True))

    def pending(self) -> list[Pending]:
        """The chunks that wait for their vector, in no order."""
        with failures.translated():
            query = self._chunks.search().where("vector IS NULL").limit(None)
            table = query.select(["note_id", "ordinal", "text_hash"]).to_arrow()
        columns = (table.column(name).to_pylist() for name in ("note_id", "ordinal", "text_hash"))
        return [Pending(*values) for values in zip(*columns, strict=True)]

    def rows_with(self, text_hashes: Sequence[str]) -> list[ChunkRow]:
        """One chunk for each of these texts."""
        found: dict[str, ChunkRow] = {}
        with failures.translated():
            for part in parts(text_hashes):
                for row in self._scan(f"text_hash IN ({quoted(part)})"):
                    found.setdefault(row.text_hash, row)
        return [found[text_hash] for text_hash in text_hashes if text_hash in found]

    def vectors_of(self, text_hashes: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that exist already for these texts."""
        found: dict[str, Vectors] = {}
        with failures.translated():
            for part in parts(text_hashes):
                # Not "vector IS NOT NULL": that would read the vectors of the whole table.
                where = f"text_hash IN ({quoted(part)})"
                query = self._chunks.search().where(where).select(["text_hash", "vector"])
                table = query.limit(None).to_arrow()
                table = table.filter(table.column("vector").is_valid())
                hashes = table.column("text_hash").to_pylist()
                found.update(zip(hashes, to_matrix(table.column("vector")), strict=True))
        return found

    def chunks_of(self, note_ids: Sequence[str]) -> list[ChunkRow]:
        """All chunks of these notes, in their order."""
        rows: list[ChunkRow] = []
        with failures.translated():
            for part in parts(note_ids):
                rows.extend(self._scan(f"note_id IN ({quoted(part)})"))
        return sorted(self._current(rows), key=lambda row: (row.note_id, row.ordinal))

    def chunks_and_vectors(self, note_ids: Sequence[str]) -> tuple[list[ChunkRow], Vectors]:
        """All chunks of these notes, in no order, and their vectors, shape (n, dimension).

        NaN stands for the vector of a chunk that waits for it.
        """
        rows: list[ChunkRow] = []
        with failures.translated():
            dimension = self._chunks.schema.field("vector").type.list_size
            found = [np.zeros((0, dimension), np.float32)]
            for part in parts(note_ids):
                query = self._chunks.search().where(f"note_id IN ({quoted(part)})")
                table = query.select([*CHUNK_COLUMNS, "vector"]).limit(None).to_arrow()
                there = table.column("vector").is_valid().to_numpy()
                vectors = np.full((table.num_rows, dimension), np.nan, np.float32)
                vectors[there] = to_matrix(table.column("vector").filter(pa.array(there)))
                rows += chunk_rows(table)
                found.append(vectors)
        return self._owned_only(rows, np.concatenate(found))

    def matrix_of(self, note_id: str, content_hash: str) -> tuple[list[ChunkRow], Vectors]:
        """The embedded chunks of one note and their vectors, shape (n, dimension)."""
        where = f"note_id = '{note_id}' AND content_hash = '{content_hash}'"
        with failures.translated():
            query = self._chunks.search().where(where).select([*CHUNK_COLUMNS, "vector"])
            table = query.limit(None).to_arrow()
            table = table.filter(table.column("vector").is_valid())
        return chunk_rows(table), to_matrix(table.column("vector"))

    def sample(self, n: int) -> tuple[list[ChunkRow], Vectors]:
        """About `n` embedded chunks from all over the index, the same ones while it is the same.

        Vectors in shape (at most n, dimension). Fewer if the index is small or still being
        embedded.
        """
        count = self.count_chunks()
        places = sorted({int(place) for place in np.linspace(0, max(0, count - 1), min(n, count))})
        with failures.translated():
            query = self._chunks.take_offsets(places).select([*CHUNK_COLUMNS, "vector"])
            table = query.to_arrow() if places else None
        if table is None:
            return [], np.zeros((0, 0), np.float32)
        table = table.filter(table.column("vector").is_valid())
        return self._owned_only(chunk_rows(table), to_matrix(table.column("vector")))

    def _owned_only(self, rows: list[ChunkRow], vectors: Vectors) -> tuple[list[ChunkRow], Vectors]:
        book = self.notebook()
        kept = [owned(book, row.note_id, row.content_hash) for row in rows]
        return list(compress(rows, kept)), vectors[np.array(kept, bool)]
