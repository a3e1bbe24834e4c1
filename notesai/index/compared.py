"""What notes are compared by: the words of each, in memory, and the vectors of their passages."""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from notesai.embedding.base import Vectors
from notesai.index import failures
from notesai.index.conditions import parts, within
from notesai.index.note_words import FollowingNoteWords, NoteWords
from notesai.index.pair import owned
from notesai.index.remembered import Remembered
from notesai.index.rows import chunk_keys, to_matrix
from notesai.index.schema import ChunkKey
from notesai.index.vocabulary import Check, nothing


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

    def keyed_vectors(self, note_ids: Sequence[str]) -> tuple[list[ChunkKey], Vectors]:
        """The keys of the embedded chunks of these notes, and their vectors (n, dimension)."""
        keys: list[ChunkKey] = []
        found: list[Vectors] = []
        columns = ["note_id", "content_hash", "ordinal", "vector"]
        with failures.translated():
            for part in parts(note_ids):
                where = f"vector IS NOT NULL AND {within('note_id', part)}"
                query = self._chunks.search().where(where).select(columns).with_row_id(True)
                table = query.limit(None).to_arrow()
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
