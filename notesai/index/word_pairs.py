"""Which words stand side by side in which document: it tells where a phrase cannot stand.

A pair is the end of a word and the beginning of the next one, with nothing but white space between
them. Of alphabetic scripts that is the whole of both, or eight letters; of Chinese, Japanese and
Korean, where phrases may begin and end within a word, it is two characters. The pairs of a document
lie in a Bloom filter (Bloom, 1970) of a byte for each: a pair that it lacks is not in the document,
and about one in forty of those that are not there seems to be.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import is_normalized, normalize

import numpy as np
import numpy.typing as npt

from notesai.index.postings import Hashes, Mask
from notesai.notes.folding import folded
from notesai.notes.words import CJK

_OTHER, _LETTERS, _EAST_ASIAN, _SPACE = range(4)

_LONGEST = 8
_LONGEST_EAST_ASIAN = 2

_PROBES = 4
"""Bits of a filter that stand for a pair."""

_APART = "\uffff"
"""Stands between texts. It is no character, and of no kind that matters."""

_ODD = np.uint64(0x9E3779B97F4A7C15)

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class WordPairs:
    """The filter of document i is `filters[starts[i] : starts[i + 1]]`, its lowest bits first."""

    starts: npt.NDArray[np.uint32]
    filters: npt.NDArray[np.uint8]

    @property
    def nbytes(self) -> int:
        """What the arrays take up."""
        return self.starts.nbytes + self.filters.nbytes

    def may_hold(self, documents: Integers, wanted: Hashes) -> Mask:
        """Of each of these documents whether it seems to hold all of these pairs."""
        found = np.ones(len(documents), np.bool_)
        if not len(wanted):
            return found
        starts = self.starts[documents].astype(np.int64)
        sizes = self.starts[documents + 1] - starts
        found[sizes == 0] = False
        for pair in wanted:
            at = np.flatnonzero(found)
            for bit in _bits(np.full(len(at), pair), sizes[at]):
                found[at] &= (self.filters[starts[at] + (bit >> 3)] >> (bit & 7) & 1).astype(bool)
        return found

    def only(self, kept: Mask) -> "WordPairs":
        """The filters of these documents alone."""
        if kept.all():
            return self
        sizes = np.diff(self.starts)
        return WordPairs(_starts(sizes[kept]), self.filters[np.repeat(kept, sizes)])


def word_pairs(texts: Sequence[str]) -> WordPairs:
    """The pairs of words in each of these texts, whatever their case."""
    parts = [folded(_in_both_forms(text)) for text in texts]
    codes = _codes(_APART.join(parts))
    sides = _sides(codes)
    ends = np.cumsum([len(part) + 1 for part in parts])
    owners = np.searchsorted(ends, sides.left[0], "right")
    sizes = np.bincount(owners, minlength=len(texts))
    starts = _starts(sizes)
    bits = np.zeros(8 * int(starts[-1]), np.bool_)
    for bit in _bits(_hashes(codes, sides), sizes[owners]):
        bits[8 * starts[owners].astype(np.int64) + bit] = True
    all_pass = np.fromiter(map(_is_dotted, texts), np.bool_, len(texts))
    bits[np.repeat(all_pass, 8 * sizes)] = True
    return WordPairs(starts, np.packbits(bits, bitorder="little"))


def joined(parts: Sequence[WordPairs]) -> WordPairs:
    """One after another."""
    sizes = np.concatenate([np.diff(part.starts) for part in parts])
    return WordPairs(_starts(sizes), np.concatenate([part.filters for part in parts]))


def none(documents: int) -> WordPairs:
    """So many documents of which no pairs are known."""
    return WordPairs(np.zeros(documents + 1, np.uint32), np.zeros(0, np.uint8))


def asked(phrase: str) -> Hashes:
    """Pairs of every text that holds `phrase`, as it stands in what `folded` makes of the text.

    The phrase is to be apart by single spaces; alphabetic words at its ends are whole words.
    """
    codes = _codes(phrase)
    sides = _sides(codes)
    # A single character at either end may be the half of a pair.
    begun = (sides.left[0] == 0) & (sides.left[1] == 1)
    ended = (sides.right[1] == len(codes)) & (sides.right[0] == len(codes) - 1)
    east_asian = _kinds()[np.minimum(codes[[0, -1]], 0xFFFF)] == _EAST_ASIAN if phrase else (0, 0)
    told = ~(begun & east_asian[0] | ended & east_asian[1])
    return np.unique(_hashes(codes, sides)[told])


@dataclass(frozen=True, slots=True)
class _Sides:
    """The places in a text where each half of each pair begins and ends."""

    left: tuple[Integers, Integers]
    right: tuple[Integers, Integers]


def _sides(codes: npt.NDArray[np.uint32]) -> _Sides:
    """Where words stand side by side."""
    kinds = _kinds()[np.minimum(codes, 0xFFFF)]
    starts = np.flatnonzero(np.diff(kinds, prepend=np.uint8(255)))
    ends = np.append(starts[1:], len(kinds))
    runs = kinds[starts]
    words = (runs == _LETTERS) | (runs == _EAST_ASIAN)
    left = np.flatnonzero(words[:-2] & (runs[1:-1] == _SPACE) & words[2:])
    right = left + 2
    longest = np.where(runs == _EAST_ASIAN, _LONGEST_EAST_ASIAN, _LONGEST)
    return _Sides(
        (np.maximum(starts[left], ends[left] - longest[left]), ends[left]),
        (starts[right], np.minimum(ends[right], starts[right] + longest[right])),
    )


def _hashes(codes: npt.NDArray[np.uint32], sides: _Sides) -> Hashes:
    hashes = np.zeros(len(sides.left[0]), np.uint64)
    for start, end in (sides.left, sides.right):
        for at in range(_LONGEST):
            place = start + at
            mixed = (hashes + codes[np.minimum(place, len(codes) - 1)] + np.uint64(1)) * _ODD
            hashes = np.where(place < end, mixed ^ (mixed >> np.uint64(29)), hashes)
        hashes = hashes * _ODD + np.uint64(1)
    return hashes ^ (hashes >> np.uint64(32))


def _bits(pairs: Hashes, sizes: Integers) -> Iterator[Integers]:
    """The bits that stand for pairs in filters of so many bytes."""
    low, step = pairs & np.uint64(0xFFFFFFFF), pairs >> np.uint64(32) | np.uint64(1)
    for _ in range(_PROBES):
        # The upper half of a product is spread over the filter as evenly as a remainder.
        yield (low * (8 * sizes).astype(np.uint64) >> np.uint64(32)).astype(np.int64)
        low = (low + step) & np.uint64(0xFFFFFFFF)


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _starts(sizes: npt.NDArray[np.integer]) -> npt.NDArray[np.uint32]:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.uint32)


def _is_dotted(text: str) -> bool:
    """Whether it may hold an i with a dot apart: words may end before or behind it, so all pass."""
    return "\u0307" in text or "İ" in text


def _in_both_forms(text: str) -> str:
    """A text in which a phrase may stand as it is, and as NFC, if that is not the same."""
    if is_normalized("NFC", text):
        return text
    return _APART.join((text, normalize("NFC", text)))


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """The kind of each character up to U+FFFF, after folding; those above are of no kind."""
    every = "".join(map(chr, range(0x10000)))
    kinds = np.full(len(every), _OTHER, np.uint8)
    for kind, signs in ((_LETTERS, r"[^\W_]+"), (_SPACE, r"\s+"), (_EAST_ASIAN, f"[{CJK}]+")):
        for match in re.finditer(signs, every):
            kinds[match.start() : match.end()] = kind
    # What is no letter may become one by folding: the iota below a Greek letter.
    kinds[ord("ι")] = _OTHER
    return kinds
