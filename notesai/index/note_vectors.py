"""One vector a note, in memory: the mean of its passages' vectors, at unit length.

10,000 notes of 384 dimensions are 8 MB in float16. Read when first asked for; then they follow the
notes that change and the passages that get their vectors.
"""

# pyarrow ships no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.index.notebook import Notebook
from notesai.index.pair import owned
from notesai.index.products import along
from notesai.index.rows import to_matrix
from notesai.index.vocabulary import Check, nothing

Batches = Callable[[Sequence[str] | None], Iterator[Any]]
"""Gives the embedded chunks of these notes, or of all, as record batches of `note_id`,
`content_hash` and `vector`."""

Compact = NDArray[np.float16]
Sums = NDArray[np.float64]

FEW = 20

_SMALLEST = 1e-6
# So many rows fit a core's cache, copied to float32: five times as quick as 2,048.
_ROWS = 256


@dataclass(frozen=True)
class NoteVectors:
    """The notes that have vectors, in the order of their ids, and a row for each.

    `matrix` has shape (n, dimension) and rows of unit length; `embedded` says of how many passages
    each row is the mean, which may be fewer than the note has.
    """

    note_ids: tuple[str, ...]
    matrix: Compact
    embedded: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.note_ids)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The row of each note by its id."""
        return {note_id: row for row, note_id in enumerate(self.note_ids)}

    @cached_property
    def middle(self) -> Vectors:
        """The mean of all rows, shape (dimension,): what all notes have in common."""
        if not len(self):
            return np.zeros(self.matrix.shape[1], np.float32)
        return self.matrix.mean(axis=0, dtype=np.float32)

    @cached_property
    def common(self) -> Vectors:
        """What is taken off vectors that are compared, shape (dimension,).

        Where notes are many it is all of the mean; of `FEW` it is half: two have all in common.
        """
        return self.middle * np.float32(len(self) / (len(self) + FEW))

    @cached_property
    def distances(self) -> Vectors:
        """The length of each row less `common`, shape (n,)."""
        found = np.empty(len(self), np.float32)
        for part in self._parts():
            rows = widened(self.matrix[part]) - self.common
            found[part] = np.linalg.norm(rows, axis=1)
        return found

    def products(self, direction: Vectors) -> Vectors:
        """The dot product of each row with a vector, shape (n,)."""
        found = np.empty(len(self), np.float32)
        for part in self._parts():
            found[part] = along(direction, widened(self.matrix[part]))
        return found

    def _parts(self) -> Iterator[slice]:
        """All rows, a few at a time."""
        return (slice(start, start + _ROWS) for start in range(0, len(self), _ROWS))

    def of(self, note_id: str) -> Vectors | None:
        """The vector of a note, shape (dimension,); None if it has none yet."""
        row = self.places.get(note_id)
        return None if row is None else widened(self.matrix[row])


def widened(vectors: Compact) -> Vectors:
    """The same in single precision; all are finite.

    The bits are put where a float32 has them, several times as quick as numpy's conversion.
    """
    bits = vectors.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= _SIGN_AND_REST
    found = bits.view(np.float32)
    found *= _BIAS
    return found


# The sign is spread over the bits above the exponent, and goes back into the highest alone.
_SIGN_AND_REST = np.int32(-0x70000001)
# Between the exponents' biases of both forms, 127 and 15.
_BIAS = np.float32(2.0**112)

NO_VECTORS = NoteVectors((), np.zeros((0, 0), np.float16), np.zeros(0, np.int32))


_Row = tuple[str, int]
"""The hash of a note's content, and how many of its passages are embedded."""


class FollowingNoteVectors:
    """Note vectors that are brought up to date with the index when they are asked for."""

    def __init__(self, batches: Batches) -> None:
        self._batches = batches
        self._rows: dict[str, _Row] = {}
        self._kept = NO_VECTORS
        self._version: tuple[int, int] = (-1, -1)
        self._lock = threading.Lock()

    @property
    def ready(self) -> bool:
        """Whether they have been read: from then on, asking takes as long as what has changed."""
        return self._version != (-1, -1)

    def now(self, book: Notebook, version: tuple[int, int], check: Check = nothing) -> NoteVectors:
        """The vectors of these notes; `version` differs whenever notes or chunks do.

        `check` may raise `Cancelled` while they are being read.
        """
        with self._lock:
            if version != self._version:
                self._follow(book, check)
                self._version = version
            return self._kept

    def rest(self) -> None:
        """Let go of them until they are asked for; whoever has them keeps them."""
        with self._lock:
            self._rows, self._kept, self._version = {}, NO_VECTORS, (-1, -1)

    def _follow(self, book: Notebook, check: Check) -> None:
        kept: dict[str, _Row] = {}
        outdated: list[str] = []
        for note in book:
            row = self._rows.get(note.note_id)
            if row is not None and row[0] == note.content_hash:
                kept[note.note_id] = row
            else:
                row = None
            if note.n_chunks and (row is None or row[1] < note.n_chunks):
                outdated.append(note.note_id)
        if not outdated and len(kept) == len(self._rows):
            return
        made: dict[str, Compact] = {}
        if outdated:
            some = None if 2 * len(outdated) > len(book) else outdated
            for note_id, content, embedded, vector in _means(self._batches(some), book, check):
                kept[note_id] = content, embedded
                made[note_id] = vector
        self._rows = kept
        self._kept = _joined(self._kept, kept, made)


def _means(
    batches: Iterator[Any], book: Notebook, check: Check
) -> Iterator[tuple[str, str, int, Compact]]:
    """Each note's id, content, number of embedded chunks and mean vector."""
    sums: dict[tuple[str, str], tuple[int, Sums]] = {}
    for batch in batches:
        check()
        for key, count, total in _sums(batch):
            before = sums.get(key)
            sums[key] = (count, total) if before is None else (before[0] + count, before[1] + total)
    for (note_id, content), (count, total) in sums.items():
        norm = float(np.linalg.norm(total))
        if owned(book, note_id, content) and norm > _SMALLEST:
            yield note_id, content, count, (total / norm).astype(np.float16)


def _sums(batch: Any) -> Iterator[tuple[tuple[str, str], int, Sums]]:
    """For each content of a note in a batch: its key, number of chunks and sum of vectors.

    Summed in float64 and kept in float16, the mean is the same to the bit in whatever order the
    chunks lie: what is drawn of it does not change when the tables are tidied.
    """
    if not batch.num_rows:
        return
    keys = pc.binary_join_element_wise(batch.column("note_id"), batch.column("content_hash"), " ")
    coded = keys.dictionary_encode()
    codes = coded.indices.to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    vectors = to_matrix(pa.chunked_array([batch.column("vector")]))[order]
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    totals = np.add.reduceat(vectors.astype(np.float64), starts, axis=0)
    counts = np.diff(np.append(starts, len(order)))
    for key, count, total in zip(coded.dictionary.to_pylist(), counts, totals, strict=True):
        note_id, _, content = key.partition(" ")
        yield (note_id, content), int(count), total


def _joined(
    before: NoteVectors, rows: Mapping[str, _Row], made: Mapping[str, Compact]
) -> NoteVectors:
    """The vectors of these rows: those that were `made` now, all others as they were before."""
    if not rows:
        return NO_VECTORS
    stays = np.fromiter((i in rows and i not in made for i in before.note_ids), np.bool_)
    new = sorted(made)
    old = list(compress(before.note_ids, stays))
    matrix = before.matrix[stays]
    if new:
        if not old:
            matrix = np.zeros((0, len(made[new[0]])), np.float16)
        at = [bisect_left(old, note_id) for note_id in new]
        matrix = np.insert(matrix, at, np.stack([made[note_id] for note_id in new]), axis=0)
    note_ids = tuple(sorted(rows))
    embedded = np.fromiter((rows[note_id][1] for note_id in note_ids), np.int32, len(note_ids))
    return NoteVectors(note_ids, matrix, embedded)
