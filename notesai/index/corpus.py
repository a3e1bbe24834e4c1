"""Documents in memory, ranked by BM25 (Robertson and Zaragoza, 2009) as LanceDB does it.

A corpus never changes: with further documents, or without some, it is another one that shares what
is the same. Documents are numbered from 0 in the order in which they came.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from notesai.index import word_pairs
from notesai.index.packed import PackedPostings, packed
from notesai.index.postings import MOST, Counts, Mask, Numbers, Postings, joined
from notesai.index.ranking import Integers, Scores, best, surely
from notesai.index.word_pairs import WordPairs

K1, B = 1.2, 0.75
"""LanceDB's parameters."""

_PACKED = 8192
"""Documents of a block from which its postings are packed, which takes longer to join again."""

_SMALL = 1024
"""Documents of a block that is joined with whatever comes next."""

_GROWTH = 8
"""Else a block is joined with the next one if it is at most so many times as large."""

_FREQUENT = 1 / 16
"""Share of all documents from which those that hold a term are many."""

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Block:
    """Documents by their owner's number and their ordinal there, and where their rows lie."""

    postings: Postings | PackedPostings
    pairs: WordPairs
    owners: npt.NDArray[np.uint32]
    ordinals: npt.NDArray[np.uint32]
    places: Integers

    def __len__(self) -> int:
        return len(self.owners)

    def at(self, wanted: Integers) -> Integers:
        """The documents of these keys, -1 for those that are not here."""
        known, order = self._ordered
        found = np.minimum(np.searchsorted(known, wanted), len(self) - 1)
        return np.where(known[found] == wanted, order[found].astype(np.int64), -1)

    @cached_property
    def _ordered(self) -> tuple[Integers, npt.NDArray[np.uint16]]:
        """The sorted keys of all documents, and which document has which."""
        own = keys(self.owners, self.ordinals)
        order = np.argsort(own, kind="stable")
        return own[order], order.astype(np.uint16)

    def only(self, kept: Mask) -> "Block":
        """Some of the documents."""
        return Block(
            self.postings.only(kept),
            self.pairs.only(kept),
            self.owners[kept],
            self.ordinals[kept],
            self.places[kept],
        )

    @property
    def nbytes(self) -> int:
        """What the arrays take up."""
        own = self.owners.nbytes + self.ordinals.nbytes + self.places.nbytes
        return own + self.postings.nbytes + self.pairs.nbytes


def keys(owners: npt.NDArray[np.integer], ordinals: npt.NDArray[np.integer]) -> Integers:
    """One number for each owner and ordinal."""
    return (owners.astype(np.int64) << 32) | ordinals.astype(np.int64)


class Corpus:
    """Some blocks of documents; those whose owner is not alive are as if they were not there."""

    def __init__(self, blocks: Sequence[Block], alive: Mask) -> None:
        self._blocks = tuple(block for block in blocks if len(block))
        self._firsts = np.cumsum([0, *map(len, self._blocks)])
        self.owners = _all([block.owners for block in self._blocks], np.uint32)
        self.ordinals = _all([block.ordinals for block in self._blocks], np.uint32)
        self.alive: Mask = alive[self.owners]
        self.count = int(np.count_nonzero(self.alive))
        lengths = _all([block.postings.lengths for block in self._blocks], np.uint32)
        # What has no terms does not count, for LanceDB either.
        told = lengths[self.alive & (lengths > 0)]
        self._told = len(told)
        mean = float(told.mean()) if self._told else 1.0
        self._norms = (K1 * (1 - B + B / max(mean, 1e-9) * lengths)).astype(np.float32)

    def __len__(self) -> int:
        return len(self.owners)

    @property
    def nbytes(self) -> int:
        """What the arrays take up."""
        own = self.owners.nbytes + self.ordinals.nbytes + self.alive.nbytes + self._norms.nbytes
        return own + sum(block.nbytes for block in self._blocks)

    def best(
        self, terms: Mapping[str, float], k: int, among: Mask | None = None
    ) -> tuple[Integers, Scores]:
        """The `k` best documents for terms with what each counts, and their scores, best first.

        `among` says of every document whether it may be found. What tells most is looked up first:
        common words decide little, and once they cannot lift any other document among the best,
        they are looked up for those alone that may be (after Turtle and Flood, "Query evaluation:
        strategies and optimizations", 1995).
        """
        scores = np.zeros(len(self), np.float32)
        mask = self._mask(among)
        wanted = sorted(((self._most(*term), *term) for term in terms.items()), reverse=True)
        left = sum(most for most, _, _ in wanted)
        some: Integers | None = None
        for at, (most, term, weight) in enumerate(wanted):
            if some is None and at and self._having(term) > _FREQUENT * len(self):
                some = _still_best(scores, k, left)
            left -= most
            self._add(term, weight, scores, some)
            if mask is not None:
                scores *= mask
        return best(scores, k)

    def _mask(self, among: Mask | None) -> Mask | None:
        """Which documents may be found; None if all."""
        if self.count == len(self):
            return among
        return self.alive if among is None else self.alive & among

    def _most(self, term: str, weight: float) -> float:
        """What a term adds to a score at the most: documents that are gone count, or do not."""
        having = self._having(term) - (len(self) - self.count)
        return weight * self._rarity_of(max(0, having)) * (K1 + 1)

    def _having(self, term: str) -> int:
        return sum(block.postings.count(term) for block in self._blocks)

    def _add(self, term: str, weight: float, scores: Scores, some: Integers | None) -> None:
        """Add what a term counts to the scores, of some documents if they are given."""
        factor = np.float32(weight * self._rarity(term) * (K1 + 1))
        for first, end, block in self._placed_blocks():
            own = _within(some, first, end) if some is not None else None
            if own is not None and not len(own):
                continue
            documents, counts = block.postings.of(term)
            if own is not None:
                documents, counts = _of_these(documents, counts, own)
            if len(documents):
                at = documents.astype(np.intp)
                often = counts.astype(np.float32)
                often /= often + self._norms[first:end][at]
                often *= factor
                scores[first:end][at] += often

    def _placed_blocks(self) -> Iterator[tuple[int, int, Block]]:
        """The blocks, each with the numbers of its first document and of the one behind it."""
        return zip(self._firsts[:-1].tolist(), self._firsts[1:].tolist(), self._blocks, strict=True)

    def _rarity(self, term: str) -> float:
        """The inverse document frequency of a term."""
        if self.count == len(self):
            return self._rarity_of(self._having(term))
        held = ((first, block.postings.of(term)[0]) for first, _, block in self._placed_blocks())
        return self._rarity_of(sum(int(self.alive[f:][documents].sum()) for f, documents in held))

    def _rarity_of(self, having: int) -> float:
        return math.log((self._told - having + 0.5) / (having + 0.5) + 1)

    def held(self, terms: Iterable[str], numbers: Integers) -> Mask:
        """Of each of these documents whether it holds all of the terms; no if there are none."""
        wanted = list(dict.fromkeys(terms))
        found = np.full(len(numbers), bool(wanted))
        for first, end, block in self._placed_blocks():
            inside = np.flatnonzero((numbers >= first) & (numbers < end))
            for term in wanted if len(inside) else ():
                documents, _ = block.postings.of(term)
                found[inside] &= _places(documents, numbers[inside] - first)[1]
        return found & self.alive[numbers]

    def holding(self, terms: Iterable[str]) -> Mask:
        """Of every document whether it holds all of these terms; of none if there are none."""
        wanted = list(dict.fromkeys(terms))
        found = np.zeros(len(self), np.uint8)
        for term in wanted:
            for first, block in zip(self._firsts[:-1], self._blocks, strict=True):
                found[first : first + len(block)][block.postings.of(term)[0]] += 1
        return (found == len(wanted)) & self.alive if wanted else np.zeros(len(self), np.bool_)

    def beside(self, documents: Mask, phrases: Iterable[str]) -> Mask:
        """Those of these documents in which words may stand side by side as in one of the phrases.

        Those are as `notesai.index.word_pairs.asked` takes them.
        """
        found = documents.copy()
        wanted = list(map(word_pairs.asked, phrases))
        for first, block in zip(self._firsts[:-1], self._blocks, strict=True):
            numbers = np.flatnonzero(documents[first : first + len(block)])
            held = [block.pairs.may_hold(numbers, pairs) for pairs in wanted]
            found[first + numbers] = np.logical_or.reduce(held)
        return found

    def places(self, numbers: Integers) -> Integers:
        """Where the rows of these documents were when they were last looked for."""
        places = np.empty(len(numbers), np.int64)
        for first, block in zip(self._firsts[:-1], self._blocks, strict=True):
            own = (numbers >= first) & (numbers < first + len(block))
            places[own] = block.places[numbers[own] - first]
        return places

    def parts(self) -> Iterator[tuple[Postings | PackedPostings, npt.NDArray[np.uint32]]]:
        """The postings of some documents and their owners, then those of the next, and so on."""
        return ((block.postings, block.owners) for block in self._blocks)

    def at(self, wanted: Integers) -> Integers:
        """The documents of these keys, -1 for those that are not here."""
        found = np.full(len(wanted), -1, np.int64)
        for first, block in zip(self._firsts[:-1], self._blocks, strict=True):
            inside = block.at(wanted)
            found = np.where(inside >= 0, inside + first, found)
        return found

    def extended(self, more: Sequence[Block], alive: Mask) -> "Corpus":
        """With further documents behind these, and those that are alive now."""
        blocks = list(self._blocks)
        for block in more:
            blocks.append(block)
            while len(blocks) > 1 and _to_be_joined(*blocks[-2:]):
                blocks[-2:] = [one(blocks[-2:])]
        return Corpus(blocks, alive)

    def without_dead(self, alive: Mask) -> "Corpus":
        """The same, with the memory freed that the dead took."""
        blocks = [block.only(alive[block.owners]) for block in self._blocks]
        return Corpus([], alive).extended([block for block in blocks if len(block)], alive)

    def renumbered(self, numbers: Integers) -> "Corpus":
        """The same, all alive, with owners called by other numbers: `numbers` has those by the old.

        The order of those that stay must be as it was.
        """
        blocks = [
            replace(block, owners=numbers[block.owners].astype(np.uint32)) for block in self._blocks
        ]
        return Corpus(blocks, np.ones(int(numbers.max(initial=-1)) + 1, np.bool_))

    def placed(self, wanted: Integers, places: Integers, alive: Mask) -> "Corpus":
        """The same, with rows that lie elsewhere: `places` are those of the keys `wanted`."""
        blocks: list[Block] = []
        for block in self._blocks:
            at = block.at(wanted)
            own = block.places.copy()
            own[at[at >= 0]] = places[at >= 0]
            blocks.append(replace(block, places=own))
        return Corpus(blocks, alive)


def one(blocks: Sequence[Block]) -> Block:
    """Several blocks as one, which must be of no more documents than postings may be of."""
    if len(blocks) == 1:
        return blocks[0]
    plain = joined([block.postings.unpacked() for block in blocks])
    return Block(
        packed(plain) if len(plain) >= _PACKED else plain,
        word_pairs.joined([block.pairs for block in blocks]),
        _all([block.owners for block in blocks], np.uint32),
        _all([block.ordinals for block in blocks], np.uint32),
        _all([block.places for block in blocks], np.int64),
    )


def _to_be_joined(last: Block, block: Block) -> bool:
    near = len(last) <= _SMALL or len(last) <= _GROWTH * len(block)
    return near and len(last) + len(block) <= MOST


def _all(arrays: Sequence[npt.NDArray[T]], kind: type[T]) -> npt.NDArray[T]:
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)


def _still_best(scores: Scores, k: int, more: float) -> Integers | None:
    """The documents that may be among the `k` best yet, whose scores grow by `more` at the most.

    None if those are too many to be worth telling.
    """
    least = surely(scores, k) - more
    if least <= 0:
        return None
    found = np.flatnonzero(scores >= least)
    return found if len(found) <= _FREQUENT * len(scores) else None


def _within(some: Integers, first: int, end: int) -> Integers:
    """Those of these sorted numbers that are of one block, counted from its first document."""
    start, stop = np.searchsorted(some, (first, end))
    return some[start:stop] - first


def _of_these(documents: Numbers, counts: Counts, some: Integers) -> tuple[Numbers, Counts]:
    """The postings of some documents."""
    at, held = _places(documents, some)
    return documents[at[held]], counts[at[held]]


def _places(documents: Numbers, some: Integers) -> tuple[Integers, Mask]:
    """Where documents stand among these sorted ones, and whether they do."""
    if not len(documents):
        return np.zeros(len(some), np.int64), np.zeros(len(some), np.bool_)
    wanted = some.astype(np.uint16)
    at = np.minimum(np.searchsorted(documents, wanted), len(documents) - 1)
    return at, documents[at] == wanted
