"""What is found in a pair of tables, by word and by meaning.

Searches read keys: of a hundred chunks that a half of a search brings, few are shown. The rows of
those are then taken from where the search saw them, far quicker than looking for them.
"""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from notesai.embedding.base import Vectors
from notesai.index import failures, lance
from notesai.index.conditions import parts, within
from notesai.index.lance import Terms
from notesai.index.pair import Pair, owned
from notesai.index.rows import (
    CHUNK_COLUMNS,
    PASSAGE_COLUMNS,
    chunk_keys,
    chunk_rows,
    passage_rows,
    to_matrix,
)
from notesai.index.schema import NOWHERE, ChunkKey, ChunkRow, PassageRow, ScoredChunk, ScoredKey
from notesai.index.vector_index import approximate

_KEY = ["note_id", "content_hash", "ordinal"]

_Content = tuple[str, str, int]
"""The values of `_KEY`: what a chunk of these says never changes."""


_SHOWN = 300
"""Passages that are kept after they were shown: while one types, hits stay the same."""


class Searched(Pair):
    """A pair of tables that can be searched, by any number of readers."""

    def __init__(self, notes: Any, chunks: Any) -> None:
        super().__init__(notes, chunks)
        # What a note of this content says never changes.
        self._shown: dict[_Content, PassageRow] = {}

    def lexical(self, terms: Terms, k: int, *, where: str = "") -> list[ScoredChunk]:
        """The `k` best chunks by BM25 for these terms."""
        with failures.translated():
            return self._scored(self._by_word(terms), k, where, "_score") if terms else []

    def lexical_keys(self, terms: Terms, k: int, *, where: str = "") -> list[ScoredKey]:
        """As `lexical`, without reading the chunks."""
        with failures.translated():
            return self._scored_keys(self._by_word(terms), k, where, "_score") if terms else []

    def lexical_notes(self, terms: Terms, k: int, *, where: str = "") -> dict[str, float]:
        """Ids and BM25 of the `k` notes whose title, path or tags match best."""
        if not terms:
            return {}
        with failures.translated():
            query = self._notes.search(lance.any_of(terms), query_type="fts")
            query = query.where(where, prefilter=True) if where else query
            table = query.select(["note_id", "_score"]).limit(k).to_arrow()
        ids, scores = table.column("note_id").to_pylist(), table.column("_score").to_pylist()
        return dict(zip(ids, scores, strict=True))

    def chunks_with(self, terms: str, *, text: bool) -> list[tuple[str, str, str]]:
        """Id, note's id and, if wanted, text of every chunk that holds all of these terms."""
        columns = ["chunk_id", "note_id", "content_hash", *(["text"] if text else [])]
        rows, book = self._with_all(self._chunks, terms, columns), self.notebook()
        return [(row[0], row[1], row[3] if text else "") for row in rows if owned(book, *row[1:3])]

    def notes_with(self, terms: str) -> list[str]:
        """Ids of the notes whose title, path and tags hold all of these terms."""
        return [row[0] for row in self._with_all(self._notes, terms, ["note_id"])]

    def _with_all(self, table: Any, terms: str, columns: list[str]) -> list[tuple[str, ...]]:
        if not terms:
            return []
        with failures.translated():
            query = table.search(lance.all_of(terms), query_type="fts")
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
            found = self._scored(self._by_meaning(vector, k, exact=exact), k, where, "_distance")
        return [ScoredChunk(chunk.row, 1.0 - chunk.score) for chunk in found]

    def semantic_keys(
        self, vector: Vectors, k: int, *, where: str = "", spare: bool = False
    ) -> list[ScoredKey]:
        """As `semantic`, without reading the chunks; `spare` as `vector_index.approximate`."""
        with failures.translated():
            query = self._by_meaning(vector, k, spare=spare)
            found = self._scored_keys(query, k, where, "_distance")
        return [ScoredKey(chunk.key, 1.0 - chunk.score) for chunk in found]

    def rows_at(self, keys: Sequence[ChunkKey]) -> dict[str, ChunkRow]:
        """The chunks of these keys, by id; those that are gone by now are left out.

        What moved since it was found is looked for, and may have been written anew.
        """
        with failures.translated():
            table = self._taken(keys, CHUNK_COLUMNS)
            taken = chunk_rows(table) if table is not None else []
            wanted = {key.chunk_id: key.content_hash for key in keys}
            rows = {r.chunk_id: r for r in taken if wanted.get(r.chunk_id) == r.content_hash}
            moved = [key for key in keys if key.chunk_id not in rows]
            return rows | {row.chunk_id: row for row in self._looked_for(moved)}

    def passages_at(self, keys: Sequence[ChunkKey]) -> dict[str, PassageRow]:
        """As `rows_at`, with what is shown alone; those shown a moment ago are not read again."""
        known = {key.chunk_id: self._shown.get(_content(key)) for key in keys}
        rows = {chunk_id: row for chunk_id, row in known.items() if row is not None}
        new = [key for key in keys if key.chunk_id not in rows]
        if not new:
            return rows
        with failures.translated():
            table = self._taken(new, PASSAGE_COLUMNS)
            taken = passage_rows(table) if table is not None else []
            wanted = set(map(_content, new))
            read = {row.chunk_id: row for row in taken if _content(row) in wanted}
            moved = [key for key in new if key.chunk_id not in read]
            read |= {row.chunk_id: _passage(row) for row in self._looked_for(moved)}
        if len(self._shown) > _SHOWN:
            self._shown = {}
        self._shown.update({_content(row): row for row in read.values()})
        return rows | read

    def terms_at(self, keys: Sequence[ChunkKey]) -> list[str | None]:
        """The terms of the chunks of these keys, apart by spaces; None for those that are gone."""
        return self._values(keys, "terms")

    def texts_at(self, keys: Sequence[ChunkKey]) -> list[str | None]:
        """The texts of the chunks of these keys; None for those that are gone."""
        return self._values(keys, "text")

    def _values(self, keys: Sequence[ChunkKey], column: str) -> list[str | None]:
        """What the chunks of these keys have in one column of texts."""
        values: dict[_Content, str | None] = {}
        with failures.translated():
            table = self._taken(keys, [*_KEY, column])
            if table is not None:
                *contents, texts = (table.column(name).to_pylist() for name in (*_KEY, column))
                values = dict(zip(zip(*contents, strict=True), texts, strict=True))
            moved = [key for key in keys if _content(key) not in values]
            again = {row.chunk_id: getattr(row, column) for row in self._looked_for(moved)}
        values |= {_content(key): again.get(key.chunk_id) for key in moved}
        return [values[_content(key)] for key in keys]

    def nearest_of(self, vector: Vectors, keys: Sequence[ChunkKey]) -> list[ScoredKey]:
        """These chunks by cosine to `vector`, the nearest first, compared one by one.

        Those that have no vector yet are left out.
        """
        wanted = {_content(key): key for key in keys}
        with failures.translated():
            cosines = self._compared(self._taken(keys, [*_KEY, "vector"]), vector)
            # A vector moves its row when it is written.
            moved = [key for content, key in wanted.items() if content not in cosines]
            for part in parts(moved):
                query = self._chunks.search().where(f"{_any_of(part)} AND vector IS NOT NULL")
                table = query.select([*_KEY, "vector"]).limit(None).to_arrow()
                cosines |= self._compared(table, vector)
        scored = [
            ScoredKey(wanted[content], cosine)
            for content, cosine in cosines.items()
            if content in wanted and cosine is not None
        ]
        return sorted(scored, key=lambda chunk: -chunk.score)

    def _compared(self, table: Any, vector: Vectors) -> dict[_Content, float | None]:
        """The cosines of the chunks of a table, None for those without a vector."""
        if table is None:
            return {}
        cosines: dict[_Content, float | None] = dict.fromkeys(map(_content, chunk_keys(table)))
        table = table.filter(table.column("vector").is_valid())
        if table.num_rows:
            found = _cosines(to_matrix(table.column("vector")), vector).tolist()
            cosines.update(zip(map(_content, chunk_keys(table)), found, strict=True))
        return cosines

    def _by_word(self, terms: Terms) -> Any:
        return self._chunks.search(lance.any_of(terms), query_type="fts")

    def _by_meaning(
        self, vector: Vectors, k: int, *, exact: bool = False, spare: bool = False
    ) -> Any:
        query = self._chunks.search(vector, vector_column_name="vector").distance_type("cosine")
        if exact:
            return query.bypass_vector_index()
        return approximate(query, k, self._chunks.count_rows(), spare=spare)

    def _scored(self, query: Any, k: int, where: str, column: str) -> list[ScoredChunk]:
        query = query.where(where, prefilter=True) if where else query
        table = query.select([*CHUNK_COLUMNS, column]).limit(k).to_arrow()
        values = table.column(column).to_pylist()
        pairs = zip(chunk_rows(table), values, strict=True)
        book = self.notebook()
        return [
            ScoredChunk(row, value)
            for row, value in pairs
            if owned(book, row.note_id, row.content_hash)
        ]

    def _scored_keys(self, query: Any, k: int, where: str, column: str) -> list[ScoredKey]:
        query = query.where(where, prefilter=True) if where else query
        table = query.select([*_KEY, column]).with_row_id(True).limit(k).to_arrow()
        values = table.column(column).to_pylist()
        pairs = zip(chunk_keys(table), values, strict=True)
        book = self.notebook()
        return [
            ScoredKey(key, value)
            for key, value in pairs
            if owned(book, key.note_id, key.content_hash)
        ]

    def _taken(self, keys: Iterable[ChunkKey], columns: list[str]) -> Any:
        """What lies now where these chunks were seen, which need not be they; None if nowhere."""
        places = [key.place for key in keys if key.place != NOWHERE]
        return self._chunks.take_row_ids(places).select(columns).to_arrow() if places else None

    def _looked_for(self, keys: Sequence[ChunkKey]) -> list[ChunkRow]:
        if not keys:
            return []
        rows: list[ChunkRow] = []
        for part in parts(keys):
            rows.extend(self._scan(_any_of(part)))
        wanted = {key.chunk_id for key in keys}
        return [row for row in self._current(rows) if row.chunk_id in wanted]


def _any_of(keys: Sequence[ChunkKey]) -> str:
    """The condition of these chunks, and perhaps of others of their notes."""
    ordinals = ",".join(sorted({str(key.ordinal) for key in keys}))
    return f"{within('note_id', {key.note_id for key in keys})} AND ordinal IN ({ordinals})"


def _content(row: ChunkKey | PassageRow) -> _Content:
    return row.note_id, row.content_hash, row.ordinal


def _passage(row: ChunkRow) -> PassageRow:
    return PassageRow(*(getattr(row, name) for name in PASSAGE_COLUMNS))


def _cosines(vectors: Vectors, vector: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(vector)
    return (vectors @ vector) / np.maximum(lengths, 1e-12)
