"""The tables on disk. The only file that knows LanceDB.

One writer at a time; any number of readers, in this or other processes, always see the newest
committed state. All failures surface as `StoreError`.
"""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

import datetime
import os
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress
from typing import Any, Self

from notesai.index.deferred import defer

# Else it warns, at each look at the statistics of a vector index, that it counts the centroids.
os.environ.setdefault("LANCE_INCLUDE_VECTOR_CENTROIDS", "false")

# Most of the time that importing LanceDB takes goes into the REST client of its cloud catalogue.
defer("lance_namespace_urllib3_client")

import lancedb
import numpy as np
import pyarrow as pa
from lancedb.index import FTS, HnswSq
from lancedb.query import BooleanQuery, FullTextOperator, MatchQuery, Occur

from notesai.embedding.base import ModelCard, Vectors
from notesai.index import bucket, failures
from notesai.index.conditions import parts, quoted, within
from notesai.index.notebook import Notebook
from notesai.index.rows import (
    CHUNK_COLUMNS,
    ChunkTable,
    chunk_rows,
    chunk_table,
    note_table,
    to_matrix,
    to_notes,
    with_vectors,
)
from notesai.index.schema import (
    ChunkRow,
    NoteRow,
    ScoredChunk,
    notes_schema,
)
from notesai.index.tables import Tables
from notesai.index.vector_build import VectorCare
from notesai.index.vector_index import NAME, approximate
from notesai.index.vocabulary import FollowingVocabulary, Vocabulary

_KEEP_VERSIONS = datetime.timedelta(minutes=5)
"""How long a reader in another process may go on with a version that was replaced."""

_BATCH = 4096
"""Chunks whose text is read at a time."""

Version = tuple[str, str]
"""A note's id and the hash of one of its contents."""

Terms = str | Mapping[str, float]
"""What to look for by word: terms apart by spaces, or each with what it counts, above 0."""

_VERSION = "note_id || ':' || content_hash"


@dataclass(frozen=True, slots=True)
class Pending:
    """A chunk that waits for its vector."""

    note_id: str
    ordinal: int
    text_hash: str


def open_index(location: str, *, create: bool, vault: str = "") -> Tables:
    """The index at `location`, a folder or a URI that LanceDB understands.

    With `create` it is made if there is none; without, raises `index.missing`. Raises
    `index.newer`, `index.corrupt`, `index.disk_full`, `index.no_permission`, or what
    `bucket.reached` raises.
    """
    with failures.translated():
        return Tables.open(_connected(location), location, create=create, vault=vault)


def empty_index(location: str) -> None:
    """Remove all tables at `location`, whatever state they are in."""
    with failures.translated():
        db = _connected(location)
        Tables(db, location, None).empty()


def _connected(location: str) -> Any:
    options = bucket.reached(location) if location.startswith(bucket.SCHEME) else None
    newest = datetime.timedelta(0)
    return lancedb.connect(location, read_consistency_interval=newest, storage_options=options)


def make_vector_index(location: str, table: str, partitions: int) -> None:
    """Make the vector index of a table of chunks of the index at `location`, minutes of work."""
    with failures.translated():
        chunks = _connected(location).open_table(table)
        config = HnswSq(distance_type="cosine", num_partitions=partitions)
        chunks.create_index("vector", config=config, name=NAME, replace=True)


class Store:
    """The notes and chunks of one vault, for one embedding model."""

    def __init__(self, notes: Any, chunks: Any) -> None:
        self._notes = notes
        self._chunks = chunks
        self._notebook = Notebook()
        self._notes_version = -1
        self._pending_at = (-1, 0)
        self._reload = threading.Lock()
        self._vocabulary = FollowingVocabulary(self._texts)
        self._vector_care = VectorCare(chunks)

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

    def notebook(self) -> Notebook:
        """The notes as of now; read again only when the table changed."""
        with self._reload, failures.translated():
            version = self._notes.version
            if version != self._notes_version:
                columns = [name for name in notes_schema().names if name != "terms"]
                rows = self._notes.search().select(columns).limit(None).to_arrow()
                self._notebook = Notebook(to_notes(rows))
                self._notes_version = version
            return self._notebook

    def vocabulary(self, *, wait: bool = True) -> Vocabulary:
        """The words of the notes as of now; the first call reads them all, which takes seconds.

        Without `wait`, those of a moment ago, or none, while another thread is reading.
        """
        self.notebook()
        with self._reload:
            book, version = self._notebook, self._notes_version
        return self._vocabulary.now(book, version, wait=wait)

    @property
    def has_vocabulary(self) -> bool:
        """Whether `vocabulary` has been read already."""
        return self._vocabulary.ready

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

    def count_chunks(self, *, pending: bool = False) -> int:
        """Number of chunks, or of those that wait for their vector."""
        with failures.translated():
            return int(self._chunks.count_rows("vector IS NULL" if pending else None))

    @property
    def version(self) -> int:
        """A number that grows with every change of the chunks."""
        with failures.translated():
            return int(self._chunks.version)

    def count_pending(self) -> int:
        """Number of chunks that wait for their vector; counted again only after a change."""
        version = self.version
        if self._pending_at[0] != version:
            self._pending_at = (version, self.count_chunks(pending=True))
        return self._pending_at[1]

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
                where = f"vector IS NOT NULL AND text_hash IN ({quoted(part)})"
                query = self._chunks.search().where(where).select(["text_hash", "vector"])
                table = query.limit(None).to_arrow()
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

    def first_chunks(self, note_ids: Sequence[str]) -> list[ChunkRow]:
        """How each of these notes begins, in no order; far quicker than all that they hold."""
        rows: list[ChunkRow] = []
        with failures.translated():
            for part in parts(note_ids):
                rows.extend(self._scan(f"note_id IN ({quoted(part)}) AND ordinal = 0"))
        return self._current(rows)

    def matrix_of(self, note_id: str, content_hash: str) -> tuple[list[ChunkRow], Vectors]:
        """The embedded chunks of one note and their vectors, shape (n, dimension)."""
        where = f"note_id = '{note_id}' AND content_hash = '{content_hash}' AND vector IS NOT NULL"
        with failures.translated():
            query = self._chunks.search().where(where).select([*CHUNK_COLUMNS, "vector"])
            table = query.limit(None).to_arrow()
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

    def _texts(self, note_ids: Sequence[str] | None) -> Iterator[Any]:
        """Batches of the texts and headings of these notes, or of all."""
        conditions = [""] if note_ids is None else map(partial(within, "note_id"), parts(note_ids))
        with failures.translated():
            for condition in conditions:
                query = self._chunks.search().select(["text", "headings"]).limit(None)
                query = query.where(condition) if condition else query
                yield from query.to_batches(_BATCH)

    def lexical(self, terms: Terms, k: int, *, where: str = "") -> list[ScoredChunk]:
        """The `k` best chunks by BM25 for these terms."""
        if not terms:
            return []
        with failures.translated():
            query = self._chunks.search(_weighted(terms), query_type="fts")
            return self._scored(query, k, where, "_score")

    def lexical_notes(self, terms: Terms, k: int, *, where: str = "") -> dict[str, float]:
        """Ids and BM25 of the `k` notes whose title, path or tags match best."""
        if not terms:
            return {}
        with failures.translated():
            query = self._notes.search(_weighted(terms), query_type="fts")
            query = query.where(where, prefilter=True) if where else query
            table = query.select(["note_id", "_score"]).limit(k).to_arrow()
        ids, scores = table.column("note_id").to_pylist(), table.column("_score").to_pylist()
        return dict(zip(ids, scores, strict=True))

    def chunks_with(self, terms: str, *, text: bool) -> list[tuple[str, str, str]]:
        """Id, note's id and, if wanted, text of every chunk that holds all of these terms."""
        columns = ["chunk_id", "note_id", "content_hash", *(["text"] if text else [])]
        rows, book = self._with_all(self._chunks, terms, columns), self.notebook()
        return [(row[0], row[1], row[3] if text else "") for row in rows if _owned(book, *row[1:3])]

    def notes_with(self, terms: str) -> list[str]:
        """Ids of the notes whose title, path and tags hold all of these terms."""
        return [row[0] for row in self._with_all(self._notes, terms, ["note_id"])]

    def _with_all(self, table: Any, terms: str, columns: list[str]) -> list[tuple[str, ...]]:
        if not terms:
            return []
        with failures.translated():
            query = table.search(_matching(terms, FullTextOperator.AND), query_type="fts")
            # Without its score among them, LanceDB warns.
            found = query.select([*columns, "_score"]).limit(max(1, table.count_rows())).to_arrow()
        return list(zip(*(found.column(name).to_pylist() for name in columns), strict=True))

    def semantic(
        self, vector: Vectors, k: int, *, where: str = "", exact: bool = False
    ) -> list[ScoredChunk]:
        """The `k` nearest chunks by cosine to `vector`, shape (dimension,).

        `exact` compares all of them, whether there is a vector index or not.
        """
        with failures.translated():
            query = self._chunks.search(vector, vector_column_name="vector").distance_type("cosine")
            query = query.bypass_vector_index() if exact else approximate(query, k)
            found = self._scored(query, k, where, "_distance")
        return [ScoredChunk(chunk.row, 1.0 - chunk.score) for chunk in found]

    # Care

    def unindexed(self) -> int:
        """Number of chunks that word search has to read one by one; grows until `optimise`."""
        with failures.translated():
            stats = self._chunks.index_stats("terms_idx")
            return int(stats.num_unindexed_rows) if stats else self.count_chunks()

    def build_lexical_index(self) -> None:
        """Make the lexical indexes that do not exist yet."""
        with failures.translated():
            for table in (self._chunks, self._notes):
                if table.index_stats("terms_idx") is None:
                    table.create_index("terms", config=_lexical_index())

    def optimise(self) -> None:
        """Join small fragments, bring all indexes up to date, forget old versions.

        Not while a vector index is being made: it could not be put over fragments that are gone.
        """
        self.build_lexical_index()
        if self._vector_care.being_made:
            return
        with failures.translated():
            for table in (self._chunks, self._notes):
                table.optimize(cleanup_older_than=_KEEP_VERSIONS)

    def stored_bytes(self) -> int:
        """What both tables and their indexes take up."""
        with failures.translated():
            return sum(_stat(t.stats(), "total_bytes") for t in (self._chunks, self._notes))

    def fragments(self) -> int:
        """Files that the table with more of them consists of; grows until `optimise`."""
        with failures.translated():
            stats = [_stat(t.stats(), "fragment_stats") for t in (self._chunks, self._notes)]
        return max(int(_stat(one, "num_fragments")) for one in stats)

    @property
    def vector_care(self) -> VectorCare:
        """What makes the vector index; for the writer."""
        return self._vector_care

    def has_lexical_index(self) -> bool:
        """Whether both tables have their lexical index."""
        with failures.translated():
            return all(table.index_stats("terms_idx") for table in (self._chunks, self._notes))

    def _scored(self, query: Any, k: int, where: str, column: str) -> list[ScoredChunk]:
        if where:
            query = query.where(where, prefilter=True)
        table = query.select([*CHUNK_COLUMNS, column]).limit(k).to_arrow()
        values = table.column(column).to_pylist()
        pairs = zip(chunk_rows(table), values, strict=True)
        book = self.notebook()
        return [
            ScoredChunk(row, value)
            for row, value in pairs
            if _owned(book, row.note_id, row.content_hash)
        ]

    def _scan(self, where: str) -> list[ChunkRow]:
        return chunk_rows(
            self._chunks.search().where(where).select(CHUNK_COLUMNS).limit(None).to_arrow()
        )

    def _owned_only(self, rows: list[ChunkRow], vectors: Vectors) -> tuple[list[ChunkRow], Vectors]:
        book = self.notebook()
        kept = [_owned(book, row.note_id, row.content_hash) for row in rows]
        return list(compress(rows, kept)), vectors[np.array(kept, bool)]

    def _current(self, rows: list[ChunkRow]) -> list[ChunkRow]:
        book = self.notebook()
        return [row for row in rows if _owned(book, row.note_id, row.content_hash)]


def _stat(stats: Any, name: str) -> Any:
    # Declared as a dataclass, but a dictionary is what comes in LanceDB 0.40.
    return stats[name] if isinstance(stats, dict) else getattr(stats, name)


def _owned(book: Notebook, note_id: str, content_hash: str) -> bool:
    note = book.get(note_id)
    return note is not None and note.content_hash == content_hash


def _weighted(terms: Terms) -> MatchQuery | BooleanQuery:
    """Any of the terms; those of one weight are looked up together."""
    if isinstance(terms, str):
        return _matching(terms)
    alike: dict[float, list[str]] = defaultdict(list)
    for term, weight in terms.items():
        alike[round(weight, 3)].append(term)
    parts = [_matching(" ".join(group), boost=weight) for weight, group in alike.items()]
    return parts[0] if len(parts) == 1 else BooleanQuery([(Occur.SHOULD, p) for p in parts])


def _matching(
    terms: str, operator: FullTextOperator = FullTextOperator.OR, boost: float = 1.0
) -> MatchQuery:
    # A stub of the library's own that hides the defaults of a dataclass.
    return MatchQuery(terms, "terms", boost=boost, operator=operator)  # pyright: ignore[reportCallIssue]


def _lexical_index() -> FTS:
    # `terms` is final: no lower-casing, stemming or stop words on top of it.
    return FTS(
        base_tokenizer="whitespace",
        with_position=False,
        stem=False,
        lower_case=False,
        remove_stop_words=False,
        ascii_folding=False,
        max_token_length=None,
    )
