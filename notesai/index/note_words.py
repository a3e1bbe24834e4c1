"""The words of each note in memory, as numbers: what is compared when notes are set side by side.

10,000 notes take about 16 MB. Made when first asked for, of the lexical index if that is in memory,
else of all that the notes say, which takes seconds for 100,000 chunks. Then they follow the notes
that change.
"""

# pyarrow ships no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from notesai.index.lexicon import Lexicon, Version
from notesai.index.notebook import Notebook
from notesai.index.number_table import NUMBERS, Holders, Numbers, Table, Weights, number
from notesai.index.vocabulary import Check, nothing
from notesai.model import Note, NoteStatus
from notesai.notes.reader import note_terms
from notesai.notes.terms import query_weights

Batches = Callable[[Sequence[str] | None], Iterator[Any]]
"""Gives the chunks of these notes, or of all, as record batches of `note_id`, `content_hash` and
`terms`."""

Keys = NDArray[np.int64]

_MOST = 255


@dataclass(frozen=True)
class NoteWords:
    """The words of all notes that are indexed, one row a note in each table.

    `text` counts the terms of a note's passages, up to 255, those of a row in the order of their
    numbers; `holders` is the same by term. `titles` weighs those of its title; `names` has those
    of title, path and tags.
    """

    note_ids: tuple[str, ...]
    languages: NDArray[np.str_]
    text: Table
    holders: Holders
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

    @cached_property
    def title_weights(self) -> tuple[Weights, Weights]:
        """What each entry of `titles` tells, and the sum for each note."""
        weights: Weights = self.titles.values * self.rarity(self.titles.numbers)
        return weights, self.titles.sums(weights)

    @cached_property
    def name_weights(self) -> tuple[Weights, Weights]:
        """What each entry of `names` tells, and the sum for each note."""
        weights = self.name_rarity(self.names.numbers)
        return weights, self.names.sums(weights)

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

    def __init__(self, batches: Batches, lexicon: Callable[[], Lexicon | None]) -> None:
        self._batches = batches
        self._lexicon = lexicon
        self._states: dict[str, Any] = {}
        self._words = _NO_WORDS
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

    def rest(self) -> None:
        """Let go of them until they are asked for, if they are then there in a moment."""
        if self._lexicon() is not None:
            with self._lock:
                self._states, self._words, self._version = {}, _NO_WORDS, -1

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
        text = old.text.changed(kept, texts)
        self._words = NoteWords(
            (
                *(note_id for note_id in old.note_ids if note_id not in anew),
                *(note.note_id for note in changed),
            ),
            np.array([*old.languages[kept].tolist(), *(n.language for n in changed)], np.str_),
            text,
            old.holders.changed(kept, texts, text),
            old.titles.changed(kept, _weights([title_numbers(note.title) for note in changed])),
            old.names.changed(
                kept, _weights([name_numbers(n.title, n.path, n.tags) for n in changed])
            ),
        )
        self._states = {note_id: _state(note) for note_id, note in notes.items()}

    def _texts(self, changed: Sequence[Note], notes: int, check: Check) -> Table:
        """The words of the passages of these notes, a row each."""
        wanted = {
            (note.note_id, note.content_hash): row
            for row, note in enumerate(changed)
            if note.n_chunks
        }
        parts = [_NO_KEYS]
        for keys, counts in self._counted(changed, wanted, notes):
            check()
            # Packed, they are sorted several times as quickly as an order is found out.
            parts.append((keys << 8) | np.minimum(counts, _MOST))
        packed = np.sort(np.concatenate(parts))
        # A note's passages may lie in several parts.
        begins = np.flatnonzero(np.diff(packed >> 8, prepend=-1))
        sums = np.add.reduceat(packed & 0xFF, begins) if len(begins) else packed
        keys = packed[begins] >> 8
        return Table(
            np.bincount(keys // NUMBERS, minlength=len(changed)).astype(np.int32),
            (keys % NUMBERS).astype(np.int32),
            np.minimum(sums, _MOST).astype(np.uint8),
        )

    def _counted(
        self, changed: Sequence[Note], rows: Mapping[Version, int], notes: int
    ) -> Iterator[tuple[Keys, Keys]]:
        """How often terms stand in contents of notes, given the row of each; see `counted`.

        `changed` has the notes of the rows, of so many `notes` that there are.
        """
        lexicon = self._lexicon() if 2 * len(rows) > notes else None
        if lexicon is not None:
            sizes = lexicon.sizes()
            known = {v: row for v, row in rows.items() if sizes.get(v) == changed[row].n_chunks}
            yield from lexicon.counted(known)
            rows = {version: row for version, row in rows.items() if version not in known}
        if rows:
            some = None if 2 * len(rows) > notes else [note_id for note_id, _ in rows]
            named = {f"{note_id} {content}": row for (note_id, content), row in rows.items()}
            for batch in self._batches(some):
                yield counted(batch, named)


_NO_KEYS = np.zeros(0, np.int64)
_NONE = np.zeros(0, np.int32)
_EMPTY = Table(_NONE, _NONE, np.zeros(0, np.uint8))
_EMPTY_WEIGHTS = Table(_NONE, _NONE, np.zeros(0, np.float32))
_NO_WORDS = NoteWords(
    (), np.zeros(0, np.str_), _EMPTY, Holders.of(_EMPTY), _EMPTY_WEIGHTS, _EMPTY_WEIGHTS
)


def _counts(note: Note) -> bool:
    return note.n_chunks > 0 or note.status is NoteStatus.INDEXED


def _state(note: Note) -> tuple[str, str, str, tuple[str, ...]]:
    return note.content_hash, note.title, note.path, note.tags


def _weights(rows: Sequence[Mapping[int, float]]) -> Table:
    return Table.of(rows, np.float32)


def counted(batch: Any, rows: Mapping[str, int]) -> tuple[Keys, Keys]:
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
