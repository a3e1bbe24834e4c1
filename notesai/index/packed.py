"""Postings in less memory: of terms that many documents hold, the gaps between these are kept.

In 100,000 passages, a fifth of the postings is of rare terms, which stay as they are. A document of
any other term takes one byte instead of two: how far it is from the one before.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from notesai.index.postings import (
    Counts,
    Hashes,
    Integers,
    Mask,
    Numbers,
    Postings,
    counted,
    extent,
    portions,
)

_WIDEST = 255
"""A gap that is wider takes several bytes, all but the last with a count of 0."""


@dataclass(frozen=True, slots=True, eq=False)
class PackedPostings:
    """As `Postings`, with the documents of frequent terms apart.

    Those of `terms[i]` are where the sums of `gaps[starts[i] : starts[i + 1]]` come to, less one,
    as far as `counts` are above 0.
    """

    rare: Postings
    terms: Hashes
    numbers: npt.NDArray[np.int32]
    starts: npt.NDArray[np.uint32]
    gaps: npt.NDArray[np.uint8]
    counts: Counts

    def __len__(self) -> int:
        return len(self.rare)

    @property
    def lengths(self) -> npt.NDArray[np.uint32]:
        """The documents' lengths in terms, with their repetitions."""
        return self.rare.lengths

    @property
    def nbytes(self) -> int:
        """What the arrays take up."""
        own = (self.terms, self.numbers, self.starts, self.gaps, self.counts)
        return self.rare.nbytes + sum(part.nbytes for part in own)

    def of(self, term: str) -> tuple[Numbers, Counts]:
        """The documents that hold a term, in their order, and how often each does."""
        held = extent(self.terms, self.starts, term)
        if held.stop == 0:
            return self.rare.of(term)
        # Numbers are below 65,536, so that the sum less one never overflows for good.
        documents = np.cumsum(self.gaps[held], dtype=np.uint16) - np.uint16(1)
        counts = self.counts[held]
        if counts.all():
            return documents, counts
        real = counts > 0
        return documents[real], counts[real]

    def count(self, term: str) -> int:
        """How many documents hold a term."""
        held = extent(self.terms, self.starts, term)
        return int(np.count_nonzero(self.counts[held])) if held.stop else self.rare.count(term)

    def only(self, kept: Mask) -> "PackedPostings":
        """The postings of these documents alone, which get the numbers from 0 on."""
        return self if kept.all() else packed(self.unpacked().only(kept))

    def counted(self, rows: Integers) -> Iterator[tuple[Integers, Integers]]:
        """As `Postings.counted`."""
        yield from self.rare.counted(rows)
        for terms, held in portions(self.starts):
            counts = self.counts[held]
            real = counts > 0
            often = np.diff(self.starts[terms.start : terms.stop + 1])
            sums = np.cumsum(self.gaps[held], dtype=np.int64)
            before = np.append(0, sums)[self.starts[terms] - self.starts[terms.start]]
            documents = (sums - np.repeat(before, often) - 1)[real]
            numbers = np.repeat(self.numbers[terms], often)[real]
            yield counted(numbers, rows[documents], counts[real])

    def unpacked(self) -> Postings:
        """The same in the plain form."""
        real = self.counts > 0
        sums = np.cumsum(self.gaps, dtype=np.int64)
        before = np.append(0, sums)[self.starts[:-1]]
        documents = sums - np.repeat(before, np.diff(self.starts)) - 1
        starts = np.append(0, np.cumsum(real))[self.starts]
        rare = self.rare
        terms = np.concatenate((rare.terms, self.terms))
        order = np.argsort(terms)
        sizes = np.concatenate((np.diff(rare.starts), np.diff(starts)))[order]
        firsts = np.concatenate((rare.starts[:-1], starts[:-1] + len(rare.documents)))[order]
        ends = np.append(0, np.cumsum(sizes))
        at = np.arange(int(ends[-1])) + np.repeat(firsts - ends[:-1], sizes)
        return Postings(
            terms[order],
            np.concatenate((rare.numbers, self.numbers))[order],
            ends.astype(np.uint32),
            np.concatenate((rare.documents, documents[real].astype(np.uint16)))[at],
            np.concatenate((rare.counts, self.counts[real]))[at],
            rare.lengths,
        )


def packed(plain: Postings) -> PackedPostings:
    """The same in less memory."""
    sizes = np.diff(plain.starts).astype(np.int64)
    gaps = np.diff(plain.documents.astype(np.int32), prepend=np.int32(-1))
    begins = plain.starts[:-1]
    gaps[begins] = plain.documents[begins].astype(np.int32) + 1
    more: npt.NDArray[np.int32] = (gaps - 1) // _WIDEST
    entries = sizes + np.diff(np.append(0, np.cumsum(more))[plain.starts])
    # Two bytes for each entry, three for each posting of a rare term.
    frequent = 2 * entries < 3 * sizes
    own = np.repeat(frequent, sizes)
    more, gaps = more[own], gaps[own]
    at = np.arange(len(gaps)) + np.cumsum(more)
    starts = np.append(0, np.cumsum(entries[frequent])).astype(np.uint32)
    spread = np.full(int(starts[-1]), _WIDEST, np.uint8)
    counts = np.zeros(int(starts[-1]), np.uint8)
    spread[at] = gaps - _WIDEST * more
    counts[at] = plain.counts[own]
    rare = Postings(
        plain.terms[~frequent],
        plain.numbers[~frequent],
        np.append(0, np.cumsum(sizes[~frequent])).astype(np.uint32),
        plain.documents[~own],
        plain.counts[~own],
        plain.lengths,
    )
    return PackedPostings(
        rare, plain.terms[frequent], plain.numbers[frequent], starts, spread, counts
    )
