"""Rows of numbered terms: what each row holds, and which rows hold a term.

Each term is a number below `NUMBERS`, its hash, the same in every process; two terms of one number
are rarer than misspellings. A `Table` has the terms of each row one after another;
`Holders` is the same turned round, so that the rows of a few terms are found without walking
through all.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

NUMBERS = 1 << 20

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]

_LATER = 8
"""Holders are turned round anew when the rows that came since are more than one in so many."""


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

    def changed(self, kept: NDArray[np.bool_], more: "Table") -> "Table":
        """The rows in `kept`, and those of another table behind them."""
        entries = np.repeat(kept, self.lengths)
        return Table(
            np.concatenate([self.lengths[kept], more.lengths]),
            np.concatenate([self.numbers[entries], more.numbers]),
            np.concatenate([self.values[entries], more.values]),
        )


@dataclass(frozen=True)
class Entries:
    """Entries of a table: the place of each one's number among those asked for, row and value."""

    asked: NDArray[np.int32]
    rows: NDArray[np.int32]
    values: NDArray[Any]


@dataclass(frozen=True)
class Holders:
    """The entries of a table by number.

    `numbers` are sorted; the entries of `numbers[i]` are those from `starts[i]` to `starts[i + 1]`.
    The table may have changed since: `now` has the present row of each row of then, -1 if it is
    gone, and rows that came since, from `first` on, are in `later`.
    """

    numbers: Numbers
    starts: NDArray[np.int32]
    rows: NDArray[Any]
    values: NDArray[Any]
    now: Numbers
    later: Table
    first: int

    @classmethod
    def of(cls, table: Table) -> Self:
        """The entries of a table that counts up to 255."""
        count = len(table.lengths)
        owners = np.repeat(np.arange(count, dtype=np.int64), table.lengths)
        # Sorting numbers is far quicker than finding out the order that they have.
        packed = (table.numbers.astype(np.int64) << 40) | (owners << 8) | table.values
        packed.sort()
        starts = np.flatnonzero(np.diff(packed >> 40, prepend=-1))
        return cls(
            (packed[starts] >> 40).astype(np.int32),
            np.append(starts, len(packed)).astype(np.int32),
            ((packed >> 8) & 0xFFFFFFFF).astype(_smallest(count)),
            (packed & 0xFF).astype(np.uint8),
            np.arange(count, dtype=np.int32),
            Table(table.lengths[:0], table.numbers[:0], table.values[:0]),
            count,
        )

    def changed(self, kept: NDArray[np.bool_], more: Table, whole: Table) -> "Holders":
        """Those of `whole`, which is what `Table.changed` makes of `kept` and `more`."""
        later = self.later.changed(kept[self.first :], more)
        first = int(np.count_nonzero(kept[: self.first]))
        much = len(later.numbers) * _LATER > len(self.rows)
        if much or (len(self.now) - first) * _LATER > len(self.now):
            return Holders.of(whole)
        places = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
        now = np.where(self.now >= 0, places[self.now], np.int32(-1))
        return Holders(self.numbers, self.starts, self.rows, self.values, now, later, first)

    def entries(self, asked: Numbers) -> Entries:
        """The entries of these numbers, which are sorted and distinct, in no order."""
        places = np.minimum(np.searchsorted(self.numbers, asked), max(0, len(self.numbers) - 1))
        known = self.numbers[places] == asked if len(self.numbers) else np.zeros(len(asked), bool)
        of = np.flatnonzero(known).astype(np.int32)
        begin, end = self.starts[places[of]], self.starts[places[of] + 1]
        lengths = end - begin
        before = np.cumsum(lengths, dtype=np.int32) - lengths
        at = np.arange(int(lengths.sum()), dtype=np.int32) + np.repeat(begin - before, lengths)
        rows = self.now[self.rows[at]]
        found = Entries(np.repeat(of, lengths), rows, self.values[at])
        if self.first < len(self.now):
            found = _only(found, rows >= 0)
        return _both(found, self._later(asked)) if len(self.later.numbers) else found

    def _later(self, asked: Numbers) -> Entries:
        later = self.later
        places = np.minimum(np.searchsorted(asked, later.numbers), max(0, len(asked) - 1))
        places = places.astype(np.int32)
        rows = np.repeat(np.arange(len(later.lengths), dtype=np.int32), later.lengths)
        found = Entries(places, rows + np.int32(self.first), later.values)
        return _only(found, asked[places] == later.numbers if len(asked) else places < 0)


def _smallest(count: int) -> type[Any]:
    """A kind of number that holds the places of so many."""
    return np.uint16 if count <= 1 << 16 else np.int32


def _only(entries: Entries, kept: NDArray[np.bool_]) -> Entries:
    return Entries(entries.asked[kept], entries.rows[kept], entries.values[kept])


def _both(one: Entries, other: Entries) -> Entries:
    return Entries(
        np.concatenate([one.asked, other.asked]),
        np.concatenate([one.rows, other.rows]),
        np.concatenate([one.values, other.values]),
    )
