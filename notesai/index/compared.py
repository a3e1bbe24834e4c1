"""What notes are compared by: the words of each, in memory, and their passages, with vectors.

As long as words are in memory, it is known where the passages of a note lie, and they are read from
there: several times as quick as looking for the note in the whole table.
"""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from notesai.embedding.base import Vectors
from notesai.index import failures
from notesai.index.conditions import parts, within
from notesai.index.lexicon import Lexicon
from notesai.index.note_words import FollowingNoteWords, NoteWords
from notesai.index.remembered import Remembered
from notesai.index.rows import chunk_keys, to_matrix
from notesai.index.schema import NOWHERE, ChunkKey
from notesai.index.vocabulary import Check, nothing
from notesai.model import Note

_KEY = ["note_id", "content_hash", "ordinal"]


class Compared(Remembered):
    """A pair of tables whose notes can be held against each other, by any number of readers."""

    def __init__(self, notes: Any, chunks: Any) -> None:
        super().__init__(notes, chunks)
        self._note_words = FollowingNoteWords(self._terms, self._known_lexicon)

    def note_words(self, check: Check = nothing) -> NoteWords:
        """The words of each note as of the last look, as `known`; `check` may raise `Cancelled`.

        The first call takes about 0.5 s for 100,000 chunks if words are in memory, else 3 s.
        """
        return self._note_words.now(*self._as_known(), check)

    def rest(self) -> None:
        """Let go of what is had anew in a moment: vectors and words of notes, 4 kB each."""
        super().rest()
        self._note_words.rest()

    def keys_of(self, notes: Sequence[Note]) -> dict[str, list[ChunkKey]]:
        """The chunks of each of these notes by its id, in the note's order."""
        contents = {note.note_id: note.content_hash for note in notes}
        lexicon = self._known_lexicon()
        known = lexicon.keys_of(contents.items()) if lexicon is not None else {}
        found = {n.note_id: known[n.note_id] for n in notes if _whole(n, known)}
        rest = [note.note_id for note in notes if note.n_chunks and note.note_id not in found]
        with failures.translated():
            for key in self._keys_in_table(rest) if rest else ():
                if contents[key.note_id] == key.content_hash:
                    found.setdefault(key.note_id, []).append(key)
        for note_id in rest:
            found.get(note_id, []).sort(key=lambda key: key.ordinal)
        return found

    def vectors_at(self, keys: Sequence[ChunkKey]) -> tuple[list[ChunkKey], Vectors]:
        """Those of these chunks that have a vector, in their order, and the vectors.

        Shape (n, dimension).
        """
        table, places = self._at(keys, "vector")
        valid = table.column("vector").is_valid()
        kept = [at for at, there in zip(places, valid.to_pylist(), strict=True) if there]
        return [keys[at] for at in kept], to_matrix(table.filter(valid).column("vector"))

    def terms_by(self, keys: Sequence[ChunkKey]) -> dict[str, str]:
        """The terms of each of these chunks, by id, apart by spaces; without what is gone."""
        table, places = self._at(keys, "terms")
        terms = table.column("terms").to_pylist()
        return {keys[at].chunk_id: text for at, text in zip(places, terms, strict=True)}

    def _at(self, keys: Sequence[ChunkKey], column: str) -> tuple[Any, list[int]]:
        """One column of these chunks, in their order, and the places of those that are there.

        The notes of what is not where it was seen are looked for in the whole table.
        """
        columns = [*_KEY, column]
        left = {(key.note_id, key.content_hash, key.ordinal): at for at, key in enumerate(keys)}
        with failures.translated():
            lying = [key.place for key in keys if key.place != NOWHERE]
            tables = [self._chunks.take_row_ids(lying).select(columns).to_arrow()]
            places = [left.pop(content, -1) for content in _contents(tables[0])]
            for part in parts(sorted({note_id for note_id, _, _ in left})):
                query = self._chunks.search().where(within("note_id", part)).select(columns)
                tables.append(query.limit(None).to_arrow())
                places += [left.pop(content, -1) for content in _contents(tables[-1])]
        order = sorted((at, row) for row, at in enumerate(places) if at >= 0)
        table = pa.concat_tables(tables).take(pa.array([row for _, row in order], pa.int64()))
        return table, [at for at, _ in order]

    def _keys_in_table(self, note_ids: Sequence[str]) -> Iterator[ChunkKey]:
        for part in parts(note_ids):
            query = self._chunks.search().where(within("note_id", part)).select(_KEY)
            yield from chunk_keys(query.with_row_id(True).limit(None).to_arrow())

    def _known_lexicon(self) -> Lexicon | None:
        """The lexical index in memory as of the last look."""
        return self._followed.now(*self._as_known())

    def _terms(self, note_ids: Sequence[str] | None) -> Iterator[Any]:
        """The terms of these notes' chunks, or of all, with the contents they belong to."""
        return self._batches(self._chunks, ["note_id", "content_hash", "terms"], note_ids)


def _contents(table: Any) -> Iterator[tuple[str, str, int]]:
    return zip(*(table.column(name).to_pylist() for name in _KEY), strict=True)


def _whole(note: Note, keys: Mapping[str, Sequence[ChunkKey]]) -> bool:
    return len(keys.get(note.note_id, ())) == note.n_chunks > 0
