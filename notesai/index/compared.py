"""What notes are compared by: the words of each, in memory, and the vectors of their passages."""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow.compute as pc

from notesai.embedding.base import Vectors
from notesai.index import failures
from notesai.index.conditions import parts, within
from notesai.index.note_words import FollowingNoteWords, NoteWords
from notesai.index.pair import owned
from notesai.index.remembered import Remembered
from notesai.index.rows import CHUNK_COLUMNS, chunk_keys, chunk_rows, to_matrix
from notesai.index.schema import ChunkKey, ChunkRow
from notesai.index.vocabulary import Check, nothing
from notesai.model import Note


class Compared(Remembered):
    """A pair of tables whose notes can be held against each other, by any number of readers."""

    def __init__(self, notes: Any, chunks: Any) -> None:
        super().__init__(notes, chunks)
        self._note_words = FollowingNoteWords(self._terms)

    def note_words(self, check: Check = nothing) -> NoteWords:
        """The words of each note as of now; `check` may raise `Cancelled`.

        The first call reads all terms, about 2 s for 100,000 chunks.
        """
        return self._note_words.now(*self._as_of_now(), check)

    def note_rows(self, note: Note) -> tuple[list[ChunkRow], list[ChunkRow], Vectors]:
        """The chunks of a note, those of them that are embedded, and their vectors.

        All in the note's order; the vectors have shape (n, dimension).
        """
        where = within("note_id", [note.note_id])
        with failures.translated():
            # Not "vector IS NOT NULL": that would read the vectors of the whole table.
            query = self._chunks.search().where(where).select([*CHUNK_COLUMNS, "vector"])
            table = query.limit(None).to_arrow().sort_by("ordinal")
        table = table.filter(pc.equal(table.column("content_hash"), note.content_hash))
        embedded = table.filter(table.column("vector").is_valid())
        vectors = to_matrix(embedded.column("vector"))
        return chunk_rows(table), chunk_rows(embedded), vectors

    def keyed_vectors(self, note_ids: Sequence[str]) -> tuple[list[ChunkKey], Vectors]:
        """The keys of the embedded chunks of these notes, and their vectors (n, dimension)."""
        keys: list[ChunkKey] = []
        found: list[Vectors] = []
        columns = ["note_id", "content_hash", "ordinal", "vector"]
        with failures.translated():
            for part in parts(note_ids):
                query = self._chunks.search().where(within("note_id", part)).select(columns)
                table = query.with_row_id(True).limit(None).to_arrow()
                table = table.filter(table.column("vector").is_valid())
                keys += chunk_keys(table)
                found.append(to_matrix(table.column("vector")))
        book = self.notebook()
        kept = [at for at, key in enumerate(keys) if owned(book, key.note_id, key.content_hash)]
        if not kept:
            return [], np.zeros((0, 0), np.float32)
        return [keys[at] for at in kept], np.concatenate(found)[kept]

    def _terms(self, note_ids: Sequence[str] | None) -> Iterator[Any]:
        """The terms of these notes' chunks, or of all, with the contents they belong to."""
        return self._batches(self._chunks, ["note_id", "content_hash", "terms"], note_ids)
