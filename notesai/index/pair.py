"""A pair of tables, notes and chunks, and the notes in memory, which follow their table."""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

import threading
from collections.abc import Iterable
from typing import Any

from notesai.index import failures
from notesai.index.notebook import Notebook
from notesai.index.rows import CHUNK_COLUMNS, chunk_rows, to_notes
from notesai.index.schema import ChunkRow, notes_schema


class Pair:
    """The two tables. A chunk counts only if the row of its note names the chunk's content."""

    def __init__(self, notes: Any, chunks: Any) -> None:
        self._notes = notes
        self._chunks = chunks
        self._notebook = Notebook()
        self._notes_version = -1
        self._reload = threading.Lock()

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

    @property
    def known(self) -> Notebook:
        """The notes as of the last look; for whoever has just looked, as every search does."""
        return self._notebook

    def _scan(self, where: str) -> list[ChunkRow]:
        return chunk_rows(
            self._chunks.search().where(where).select(CHUNK_COLUMNS).limit(None).to_arrow()
        )

    def _current(self, rows: Iterable[ChunkRow]) -> list[ChunkRow]:
        book = self.notebook()
        return [row for row in rows if owned(book, row.note_id, row.content_hash)]


def owned(book: Notebook, note_id: str, content_hash: str) -> bool:
    """Whether a note of this id has this content."""
    note = book.get(note_id)
    return note is not None and note.content_hash == content_hash
