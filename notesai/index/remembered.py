"""What is kept in memory of a pair of tables, and follows them: words, vectors of notes, terms."""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from notesai.index import failures
from notesai.index.conditions import parts, within
from notesai.index.followed import Followed
from notesai.index.lexicon import Lexicon
from notesai.index.note_vectors import FollowingNoteVectors, NoteVectors
from notesai.index.notebook import Notebook
from notesai.index.pair import Pair, owned
from notesai.index.schema import ChunkKey
from notesai.index.vocabulary import Check, FollowingVocabulary, Vocabulary, nothing

_BATCH = 4096
"""Rows that are read at a time."""


class Remembered(Pair):
    """A pair of tables of which more than the notes is kept in memory, once it was asked for."""

    def __init__(self, notes: Any, chunks: Any) -> None:
        super().__init__(notes, chunks)
        self._vocabulary = FollowingVocabulary(self._texts)
        self._note_vectors = FollowingNoteVectors(self._vectors)
        self._followed = Followed(self._chunk_words, self._note_terms, self._places)

    @property
    def version(self) -> int:
        """A number that grows with every change of the chunks."""
        with failures.translated():
            return int(self._chunks.version)

    def vocabulary(self, *, wait: bool = True, check: Check = nothing) -> Vocabulary:
        """The words of the notes as of the last look, as `known`; read in seconds at first.

        Without `wait`, those of a moment ago, or none, while another thread is reading. `check` may
        raise `Cancelled` while this one is.
        """
        return self._vocabulary.now(*self._as_known(), wait=wait, check=check)

    @property
    def has_vocabulary(self) -> bool:
        """Whether `vocabulary` has been read already."""
        return self._vocabulary.ready

    def note_vectors(self, check: Check = nothing) -> NoteVectors:
        """One vector for each note that has any, as of now; `check` may raise `Cancelled`.

        The first call reads all vectors, about 0.3 s for 100,000 chunks.
        """
        book, version = self._as_of_now()
        return self._note_vectors.now(book, (version, self.version), check)

    def rest(self) -> None:
        """Let go of what is read anew in a moment: vectors of notes, 2 kB each."""
        self._note_vectors.rest()

    def lexicon(self) -> Lexicon | None:
        """The lexical index in memory as of now; None where LanceDB's is to be asked instead.

        That is before `read_lexicon`, and while much has changed since.
        """
        return self._followed.now(*self._as_of_now())

    def read_lexicon(self, check: Check = nothing) -> Lexicon:
        """Have the lexical index in memory, as of now: about two seconds for 100,000 chunks.

        `check` may raise `Cancelled`.
        """
        return self._followed.read(*self._as_of_now(), self.version, check)

    def beginnings(self, note_ids: Iterable[str]) -> list[ChunkKey]:
        """The first chunks of these notes, of those that have any."""
        notes = filter(None, map(self.known.get, note_ids))
        keys = [ChunkKey(note.note_id, note.content_hash, 0) for note in notes if note.n_chunks]
        lexicon = self._followed.now(*self._as_known())
        return keys if lexicon is None else lexicon.located(keys)

    def text_batches(
        self, note_ids: Sequence[str] | None
    ) -> Iterator[list[tuple[str, int, tuple[str, ...], str]]]:
        """What these notes, or all, say, a part at a time and in no order.

        Of each chunk the note's id, the ordinal, the headings and the text; of contents that notes
        have now.
        """
        names = ["note_id", "content_hash", "ordinal", "headings", "text"]
        book = self.notebook()
        for batch in self._batches(self._chunks, names, note_ids):
            columns = (batch.column(name).to_pylist() for name in names)
            yield [
                (note_id, ordinal, tuple(headings), text)
                for note_id, content, ordinal, headings, text in zip(*columns, strict=True)
                if owned(book, note_id, content)
            ]

    def _as_of_now(self) -> tuple[Notebook, int]:
        self.notebook()
        return self._as_known()

    def _as_known(self) -> tuple[Notebook, int]:
        with self._reload:
            return self._notebook, self._notes_version

    def _texts(self, note_ids: Sequence[str] | None) -> Iterator[Any]:
        """The texts and headings of these notes' chunks, or of all."""
        return self._batches(self._chunks, ["text", "headings"], note_ids)

    def _vectors(self, note_ids: Sequence[str] | None) -> Iterator[Any]:
        """The vectors of these notes' chunks, or of all, with the contents they belong to."""
        columns = ["note_id", "content_hash", "vector"]
        return self._batches(self._chunks, columns, note_ids, "vector IS NOT NULL")

    def _chunk_words(self, note_ids: Sequence[str] | None) -> Iterator[Any]:
        """The words of these notes' chunks, or of all, and where they lie."""
        columns = ["note_id", "content_hash", "ordinal", "terms", "text"]
        return self._batches(self._chunks, columns, note_ids, places=True)

    def _note_terms(self, note_ids: Sequence[str] | None) -> Iterator[Any]:
        """The terms of these notes' titles, paths and tags, or of all."""
        return self._batches(self._notes, ["note_id", "terms"], note_ids, places=True)

    def _places(self) -> Iterator[Any]:
        """Where all chunks lie."""
        return self._batches(self._chunks, ["note_id", "ordinal"], None, places=True)

    def _batches(
        self,
        table: Any,
        columns: list[str],
        note_ids: Sequence[str] | None,
        condition: str = "",
        *,
        places: bool = False,
    ) -> Iterator[Any]:
        """Record batches of the rows of these notes, or of all, that meet a condition."""
        notes = [""] if note_ids is None else map(partial(within, "note_id"), parts(note_ids))
        with failures.translated():
            for theirs in notes:
                where = " AND ".join(filter(None, (condition, theirs)))
                query = table.search().select(columns).limit(None)
                query = query.where(where) if where else query
                query = query.with_row_id(True) if places else query
                yield from query.to_batches(_BATCH)
