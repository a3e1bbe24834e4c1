"""The words of each note in memory, as numbers: what is compared when notes are set side by side.

Each term is a number below 2 ** 20, its hash; two terms of one number are rarer than misspellings.
10,000 notes take about 10 MB. Read when first asked for, seconds for 100,000 chunks; then they
follow the notes that change.
"""

# pyarrow ships no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false

import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from notesai.index.notebook import Notebook
from notesai.index.vocabulary import Check, nothing
from notesai.model import Note, NoteStatus
from notesai.notes.reader import note_terms
from notesai.notes.terms import query_weights

Batches = Callable[[Sequence[str] | None], Iterator[Any]]
"""Gives the chunks of these notes, or of all, as record batches of `note_id`, `content_hash` and
`terms`."""

NUMBERS = 1 << 20

Numbers = NDArray[np.int32]
Keys = NDArray[np.int64]
Weights = NDArray[np.float32]

_MOST = 255


def number(term: str) -> int:
    """The number that stands for a term."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass")) % NUMBERS


@dataclass(frozen=True)
class Table:
    """Rows of different lengths: `numbers` of terms and what each counts, one row after another."""

    lengths: Numbers
    numbers: Numbers
    values: NDArray[Any]

    @classmethod
    def of(cls, rows: Sequence[Mapping[int, float]], kind: type[Any]) -> Self:
        """A table of these rows."""
        lengths = np.array([len(row) for row in rows], np.int32)
        numbers = np.fromiter((n for row in rows for n in row), np.int32, int(lengths.sum()))
        values = np.fromiter((v for row in rows for v in row.values()), kind, len(numbers))
        return cls(lengths, numbers, values)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where each row begins."""
        return np.concatenate([[0], np.cumsum(self.lengths)[:-1]]).astype(np.int64)

    def row(self, at: int) -> tuple[Numbers, NDArray[Any]]:
        """The numbers of one row and what they count."""
        part = slice(int(self.starts[at]), int(self.starts[at] + self.lengths[at]))
        return self.numbers[part], self.values[part]

    def sums(self, entries: Weights) -> Weights:
        """For each row the sum over its entries, given one value for each entry of all rows."""
        found = np.zeros(len(self.lengths), np.float32)
        filled = self.lengths > 0
        if len(entries):
            found[filled] = np.add.reduceat(entries, self.starts[filled])
        return found

    def changed(self, kept: NDArray[np.bool_], more: Self) -> Self:
        """The rows in `kept`, and those of another table behind them."""
        entries = np.repeat(kept, self.lengths)
        return type(self)(
            np.concatenate([self.lengths[kept], more.lengths]),
            np.concatenate([self.numbers[entries], more.numbers]),
            np.concatenate([self.values[entries], more.values]),
        )


@dataclass(frozen=True)
class NoteWords:
    """The words of all notes that are indexed, one row a note in each table.

    `text` counts the terms of a note's passages, up to 255; `titles` weighs those of its title;
    `names` has those of title, path and tags.
    """

    note_ids: tuple[str, ...]
    languages: NDArray[np.str_]
    text: Table
    titles: Table
    names: Table

    def __len__(self) -> int:
        return len(self.note_ids)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The row of each note by its id."""
        return {note_id: row for row, note_id in enumerate(self.note_ids)}

    @cached_property
    def frequencies(self) -> Numbers:
        """In how many notes each number stands, shape (`NUMBERS`,)."""
        return np.bincount(self.text.numbers, minlength=NUMBERS).astype(np.int32)

    @cached_property
    def name_frequencies(self) -> Numbers:
        """In the names of how many notes each number stands, shape (`NUMBERS`,)."""
        return np.bincount(self.names.numbers, minlength=NUMBERS).astype(np.int32)

    @cached_property
    def lengths(self) -> Weights:
        """The Euclidean length of each note's tf-idf weights."""
        weights: Weights = tf(self.text.values) * self.rarity(self.text.numbers)
        weights *= weights
        return np.sqrt(self.text.sums(weights))

    def rarity(self, numbers: Numbers) -> Weights:
        """How much it tells that a text has a term: idf as BM25 counts it, above 0."""
        return _idf(self.frequencies[numbers], len(self))

    def name_rarity(self, numbers: Numbers) -> Weights:
        """As `rarity`, among the names of notes."""
        return _idf(self.name_frequencies[numbers], len(self))


def tf(counts: NDArray[Any]) -> Weights:
    """`1 + log(count)`."""
    found: Weights = _LOGARITHMS[counts]
    return found


_LOGARITHMS = np.concatenate([[0.0], 1.0 + np.log(np.arange(1, _MOST + 1))]).astype(np.float32)


def _idf(frequencies: Numbers, notes: int) -> Weights:
    table = frequencies.astype(np.float32)
    return np.log1p((np.maximum(notes - table, 0.0) + 0.5) / (table + 0.5))


def text_numbers(terms: Iterable[str]) -> dict[int, int]:
    """What a note of these terms has in `NoteWords.text`.

    Single characters stand for nothing: the pairs of syllables tell more, and so do words.
    """
    counts = Counter(number(term) for term in terms if len(term) > 1)
    return {at: min(count, _MOST) for at, count in sorted(counts.items())}


def title_numbers(title: str) -> dict[int, float]:
    """What a note of this title has in `NoteWords.titles`."""
    return {number(term): weight for term, weight in query_weights(title).items()}


def name_numbers(title: str, path: str, tags: Iterable[str]) -> dict[int, float]:
    """What a note of this title, path and tags has in `NoteWords.names`."""
    return {number(term): 1.0 for term in note_terms(title, path, tags).split() if len(term) > 1}


class FollowingNoteWords:
    """The words of the notes, brought up to date when they are asked for."""

    def __init__(self, batches: Batches) -> None:
        self._batches = batches
        self._states: dict[str, Any] = {}
        none = np.zeros(0, np.str_)
        self._words = NoteWords((), none, _EMPTY, _EMPTY_WEIGHTS, _EMPTY_WEIGHTS)
        self._version = -1
        self._lock = threading.Lock()

    @property
    def ready(self) -> bool:
        """Whether they have been read: from then on, asking takes as long as what has changed."""
        return self._version >= 0

    def now(self, book: Notebook, version: int, check: Check = nothing) -> NoteWords:
        """The words of these notes; `version` differs whenever they do.

        `check` may raise `Cancelled` while they are being read.
        """
        with self._lock:
            if version != self._version:
                self._follow(book, check)
                self._version = version
            return self._words

    def _follow(self, book: Notebook, check: Check) -> None:
        notes = {note.note_id: note for note in book if _counts(note)}
        changed = [
            note for note in notes.values() if self._states.get(note.note_id) != _state(note)
        ]
        gone = self._states.keys() - notes.keys()
        if not changed and not gone:
            return
        anew = gone | {note.note_id for note in changed}
        kept = np.array([note_id not in anew for note_id in self._words.note_ids], bool)
        texts = self._texts(changed, len(notes), check)
        old = self._words
        self._words = NoteWords(
            (
                *(note_id for note_id in old.note_ids if note_id not in anew),
                *(note.note_id for note in changed),
            ),
            np.array([*old.languages[kept].tolist(), *(n.language for n in changed)], np.str_),
            old.text.changed(kept, texts),
            old.titles.changed(kept, _weights([title_numbers(note.title) for note in changed])),
            old.names.changed(
                kept, _weights([name_numbers(n.title, n.path, n.tags) for n in changed])
            ),
        )
        self._states = {note_id: _state(note) for note_id, note in notes.items()}

    def _texts(self, changed: Sequence[Note], notes: int, check: Check) -> Table:
        """The words of the passages of these notes, a row each."""
        ids = [note.note_id for note in changed if note.n_chunks]
        rows = {f"{note.note_id} {note.content_hash}": row for row, note in enumerate(changed)}
        some = None if 2 * len(ids) > notes else ids
        keys, counts = [_NO_KEYS], [_NO_KEYS]
        for batch in self._batches(some) if ids else ():
            check()
            found, times = _counted(batch, rows)
            keys.append(found)
            counts.append(times)
        # A note's passages may lie in several batches.
        distinct, places = np.unique(np.concatenate(keys), return_inverse=True)
        sums = np.bincount(places, np.concatenate(counts), len(distinct))
        return Table(
            np.bincount(distinct // NUMBERS, minlength=len(changed)).astype(np.int32),
            (distinct % NUMBERS).astype(np.int32),
            np.minimum(sums, _MOST).astype(np.uint8),
        )


_NO_KEYS = np.zeros(0, np.int64)
_NONE = np.zeros(0, np.int32)
_EMPTY = Table(_NONE, _NONE, np.zeros(0, np.uint8))
_EMPTY_WEIGHTS = Table(_NONE, _NONE, np.zeros(0, np.float32))


def _counts(note: Note) -> bool:
    return note.n_chunks > 0 or note.status is NoteStatus.INDEXED


def _state(note: Note) -> tuple[str, str, str, tuple[str, ...]]:
    return note.content_hash, note.title, note.path, note.tags


def _weights(rows: Sequence[Mapping[int, float]]) -> Table:
    return Table.of(rows, np.float32)


def _counted(batch: Any, rows: Mapping[str, int]) -> tuple[Keys, Keys]:
    """What stands in a batch, as `row * NUMBERS + number`, and how often.

    `rows` has the row of each note's id and content hash; other contents count nothing.
    """
    if not batch.num_rows:
        return _NO_KEYS, _NO_KEYS
    keys = pc.binary_join_element_wise(batch.column("note_id"), batch.column("content_hash"), " ")
    owners = keys.dictionary_encode()
    lists = pc.utf8_split_whitespace(batch.column("terms"))
    terms = pc.list_flatten(lists)
    parents = pc.list_parent_indices(lists)
    longer = pc.greater(pc.utf8_length(terms), 1)
    terms, parents = terms.filter(longer).dictionary_encode(), parents.filter(longer)
    numbers = np.fromiter(map(number, terms.dictionary.to_pylist()), np.int64)
    theirs = np.array([rows.get(key, -1) for key in owners.dictionary.to_pylist()], np.int64)
    row = theirs[_array(owners.indices)][_array(parents)]
    both = row * NUMBERS + numbers[_array(terms.indices)] if len(numbers) else _NO_KEYS
    return np.unique(both[row >= 0] if len(both) else both, return_counts=True)


def _array(values: pa.Array) -> NDArray[Any]:
    return values.to_numpy(zero_copy_only=False)
