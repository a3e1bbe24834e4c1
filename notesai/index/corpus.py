"""Documents in memory, ranked by BM25 (Robertson and Zaragoza, 2009) as LanceDB does it.

A corpus never changes: with further documents, or without some, it is another one that shares what
is the same. Documents are numbered from 0 in the order in which they came.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from notesai.index import word_pairs
from notesai.index.packed import PackedPostings, packed
from notesai.index.postings import MOST, Mask, Postings, joined
from notesai.index.word_pairs import WordPairs

K1, B = 1.2, 0.75
"""LanceDB's parameters."""

_PACKED = 8192
"""Documents of a block from which its postings are packed, which takes longer to join again."""

_SMALL = 1024
"""Documents of a block that is joined with whatever comes next."""

_GROWTH = 8
"""Else a block is joined with the next one if it is at most so many times as large."""

Integers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

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

        `among` says of every document whether it may be found.
        """
        scores = np.zeros(len(self), np.float32)
        for term, weight in terms.items():
            self._add(term, weight, scores)
        if self.count < len(self):
            scores *= self.alive
        if among is not None:
            scores *= among
        return _best(scores, k)

    def _add(self, term: str, weight: float, scores: Scores) -> None:
        held = [block.postings.of(term) for block in self._blocks]
        factor = np.float32(weight * self._rarity([documents for documents, _ in held]) * (K1 + 1))
        for first, end, (documents, counts) in zip(
            self._firsts[:-1], self._firsts[1:], held, strict=True
        ):
            if len(documents):
                at = documents.astype(np.intp)
                often = counts.astype(np.float32)
                often /= often + self._norms[first:end][at]
                often *= factor
                scores[first:end][at] += often

    def _rarity(self, held: Sequence[npt.NDArray[np.uint16]]) -> float:
        """The inverse document frequency of a term, of which these documents of the blocks are."""
        if self.count == len(self):
            having = sum(map(len, held))
        else:
            parts = zip(self._firsts[:-1], held, strict=True)
            having = sum(int(self.alive[first:][documents].sum()) for first, documents in parts)
        return float(np.log((self._told - having + 0.5) / (having + 0.5) + 1))

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


def _best(scores: Scores, k: int) -> tuple[Integers, Scores]:
    """The `k` best above 0; of equal ones those that came first."""
    found = np.flatnonzero(scores)
    values = scores[found]
    if len(found) > k:
        last = np.partition(values, len(values) - k)[len(values) - k]
        sure = values > last
        equal = np.flatnonzero(values == last)[: k - int(sure.sum())]
        chosen = np.concatenate([np.flatnonzero(sure), equal])
        found, values = found[chosen], values[chosen]
    order = np.lexsort((found, -values))
    return found[order], values[order]
