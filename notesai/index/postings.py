"""Which documents hold which terms, and how often, in compact arrays.

Terms are known by their 64-bit hash as of this process: of a million terms two share one with a
chance of one in ten millions, and half the memory of the terms is saved. A document is a number
below 65,536, so that a posting takes three bytes.
"""

# pyarrow ships no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from notesai.index.number_table import NUMBERS, number

MOST = 1 << 16
"""Documents that postings may be of."""

_PART = 1 << 19
"""Postings that are gone through at a time."""

_OFTENEST = 255
"""Above it, how often a term stands tells nothing more."""

Numbers = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The postings of `terms[i]` are those from `starts[i]` to `starts[i + 1]`, by document.

    `terms` are sorted hashes, `documents` and `counts` run over all postings, and `lengths` are the
    documents' own, in terms with their repetitions. `numbers` are what the terms have in
    `number_table`, or `NUMBERS` for single characters, which tell notes apart too little.
    """

    terms: Hashes
    numbers: npt.NDArray[np.int32]
    starts: npt.NDArray[np.uint32]
    documents: Numbers
    counts: Counts
    lengths: npt.NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def nbytes(self) -> int:
        """What the arrays take up."""
        parts = (self.terms, self.numbers, self.starts, self.documents, self.counts, self.lengths)
        return sum(part.nbytes for part in parts)

    def of(self, term: str) -> tuple[Numbers, Counts]:
        """The documents that hold a term, in their order, and how often each does."""
        held = extent(self.terms, self.starts, term)
        return self.documents[held], self.counts[held]

    def count(self, term: str) -> int:
        """How many documents hold a term."""
        held = extent(self.terms, self.starts, term)
        return held.stop - held.start

    def unpacked(self) -> "Postings":
        """Itself: `notesai.index.packed` has another form."""
        return self

    def only(self, kept: Mask) -> "Postings":
        """The postings of these documents alone, which get the numbers from 0 on."""
        if kept.all():
            return self
        numbers = (np.cumsum(kept) - 1).astype(np.uint16)
        stay = kept[self.documents]
        before = np.concatenate(([0], np.cumsum(stay)))
        starts = before[self.starts]
        used = np.diff(starts) > 0
        return Postings(
            self.terms[used],
            self.numbers[used],
            np.append(starts[:-1][used], starts[-1]).astype(np.uint32),
            numbers[self.documents[stay]],
            self.counts[stay],
            self.lengths[kept],
        )

    def counted(self, rows: Integers) -> Iterator[tuple[Integers, Integers]]:
        """How often each number stands in the documents of a row, a part at a time.

        `rows` has the row of each document, -1 for those that do not count. Given as
        `row * NUMBERS + number` and counts; a pair may come in several parts.
        """
        for terms, held in portions(self.starts):
            often = np.diff(self.starts[terms.start : terms.stop + 1])
            numbers = np.repeat(self.numbers[terms], often)
            yield counted(numbers, rows[self.documents[held]], self.counts[held])


def portions(starts: npt.NDArray[np.uint32]) -> Iterator[tuple[slice, slice]]:
    """Some terms and the places of their postings, then the next terms, and so on."""
    marks = np.searchsorted(starts, np.arange(0, int(starts[-1]), _PART)).tolist()
    for first, last in pairwise([*dict.fromkeys(marks), len(starts) - 1]):
        yield slice(first, last), slice(int(starts[first]), int(starts[last]))


def counted(
    numbers: npt.NDArray[np.int32], rows: Integers, counts: Counts
) -> tuple[Integers, Integers]:
    """The sums of counts by row and number; see `Postings.counted`."""
    told = (rows >= 0) & (numbers < NUMBERS)
    keys = rows[told] * NUMBERS + numbers[told]
    # The documents of a row mostly come one after another.
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    if not len(begins):
        return keys, keys
    return keys[begins], np.add.reduceat(counts[told].astype(np.int64), begins)


def extent(terms: Hashes, starts: npt.NDArray[np.uint32], term: str) -> slice:
    """Where the postings of a term are; nowhere if it is not among these sorted ones."""
    wanted = hashed([term])[0]
    at = int(np.searchsorted(terms, wanted))
    if at == len(terms) or terms[at] != wanted:
        return slice(0, 0)
    return slice(int(starts[at]), int(starts[at + 1]))


def hashed(terms: Iterable[str]) -> Hashes:
    """What stands for these terms as long as this process runs."""
    return np.array([hash(term) for term in terms], np.int64).view(np.uint64)


def postings(texts: Any) -> Postings:
    """The postings of an Arrow array of documents, each given as its terms apart by spaces."""
    lists = pc.split_pattern(texts, " ")
    coded = pc.list_flatten(lists).dictionary_encode()
    documents = pc.list_parent_indices(lists).to_numpy().astype(np.int64)
    words = coded.dictionary.to_pylist()
    terms, at, ranks = np.unique(hashed(words), return_index=True, return_inverse=True)
    numbers = np.fromiter(map(_number, words), np.int32, len(words))[at]
    codes = coded.indices.to_numpy()
    # A text without terms splits into one that is empty.
    filled = np.array([bool(word) for word in words], np.bool_)[codes]
    pairs = ranks[codes[filled]] * len(texts) + documents[filled]
    pairs, counts = np.unique(pairs, return_counts=True)
    starts = np.searchsorted(pairs, np.arange(len(terms) + 1) * len(texts))
    used = np.diff(starts) > 0
    return Postings(
        terms[used],
        numbers[used],
        np.append(starts[:-1][used], starts[-1]).astype(np.uint32),
        (pairs % max(1, len(texts))).astype(np.uint16),
        np.minimum(counts, _OFTENEST).astype(np.uint8),
        np.bincount(documents[filled], minlength=len(texts)).astype(np.uint32),
    )


def joined(parts: Sequence[Postings]) -> Postings:
    """One after another: the documents of each part are numbered on from those of the last."""
    if len(parts) == 1:
        return parts[0]
    terms, at, places = np.unique(
        np.concatenate([part.terms for part in parts]), return_index=True, return_inverse=True
    )
    numbers = np.concatenate([part.numbers for part in parts])[at]
    of_parts = np.split(places, np.cumsum([len(part.terms) for part in parts])[:-1])
    sizes = np.zeros(len(terms), np.int64)
    for part, own in zip(parts, of_parts, strict=True):
        sizes[own] += np.diff(part.starts)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    documents = np.empty(starts[-1], np.uint16)
    counts = np.empty(starts[-1], np.uint8)
    first, ends = 0, starts[:-1].copy()
    for part, own in zip(parts, of_parts, strict=True):
        held = np.diff(part.starts).astype(np.int64)
        # All postings that a part has of a term go behind those of the parts before.
        at = np.arange(len(part.documents)) + np.repeat(ends[own] - part.starts[:-1], held)
        documents[at] = part.documents + np.uint16(first)
        counts[at] = part.counts
        ends[own] += held
        first += len(part)
    lengths = np.concatenate([part.lengths for part in parts])
    return Postings(terms, numbers, starts.astype(np.uint32), documents, counts, lengths)


def _number(term: str) -> int:
    return number(term) if len(term) > 1 else NUMBERS


def none() -> Postings:
    """The postings of no documents."""
    return postings(pa.array([], pa.string()))
