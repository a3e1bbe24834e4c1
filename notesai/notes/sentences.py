"""Cutting text that is too long for one chunk: at sentences, lines, words, last at characters."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

Measure = Callable[[str], int]


class Span(NamedTuple):
    """`text[start:end]` and its weight in tokens."""

    start: int
    end: int
    weight: int

    def with_next(self, other: "Span") -> "Span":
        """Both as one, the white space between them included."""
        gap = max(0, other.start - self.end) // CHARACTERS_PER_TOKEN
        return Span(self.start, other.end, self.weight + gap + other.weight)


CHARACTERS_PER_TOKEN = 12
"""The most characters that count as one token.

Some tokenizers make one token of any word above a hundred characters and none of white space,
and a chunk must not grow to a megabyte on that account.
"""


class _Unit(NamedTuple):
    """What is never cut: a word or a line. `rank` tells how good a place before it is to cut."""

    start: int
    end: int
    weight: int
    rank: int


_WORD, _LINE, _SENTENCE = 0, 1, 2
OVERLAP = 0.15
"""Share of the target that consecutive pieces of a cut paragraph have in common."""

# After an end mark: white space in Latin script; nothing in Chinese and Japanese; and nothing
# after the verb endings that close a Korean sentence, where people forget the space.
_SENTENCE_END = re.compile(
    r"[.!?…][\"'”’»)\]]*+\s++(?![a-z])"
    r"|[。！？｡][」』”’）]*+\s*+"
    r"|(?<=[다요까죠네오음함됨임])[.!?]++(?=[^\W\d])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|e\.g|i\.e|cf|vs|etc|al|Dr|Mr|Mrs|Ms|Prof|St|Fig|Eq|No|Vol|pp|ca|approx))\.\Z"
)
_LONGEST_ABBREVIATION = 8
_WORDS = re.compile(r"\S+")
_LINES = re.compile(r"\S[^\r\n]*")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
_SLICE = 4
_LONGEST_CLUSTER = 16
_JOINER = "\u200d"
# Joiner, variation selectors, skin tones, and the vowels and finals of decomposed Hangul.
_JOINED = re.compile("[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u1160-\u11ff]")


def cut_prose(text: str, start: int, end: int, measure: Measure, target: int) -> list[Span]:
    """Pieces of `text[start:end]` of at most `target` tokens that overlap by up to 15% of it."""
    overlap = int(target * OVERLAP)
    units = list(_prose_units(text, start, end, measure, max(1, overlap)))
    return list(_pack(units, target, overlap))


def cut_lines(text: str, start: int, end: int, measure: Measure, target: int) -> list[Span]:
    """Pieces of code or of a table, cut between lines, best at blank ones, without overlap."""
    units: list[_Unit] = []
    at = start
    for match in _LINES.finditer(text, start, end):
        line = match[0].rstrip()
        rank = _SENTENCE if _BLANK_LINE.search(text, at, match.start()) else _LINE
        weight = measure(line) + (match.start() - at) // CHARACTERS_PER_TOKEN
        at = match.start() + len(line)
        if weight <= target:
            units.append(_Unit(match.start(), at, weight, rank))
        else:
            units += _prose_units(text, match.start(), at, measure, max(1, target // 4))
    return list(_pack(units, target, 0))


def sentence_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets at which sentences begin in `text[start:end]`, `start` included."""
    yield start
    for match in _SENTENCE_END.finditer(text, start, end):
        mark = match.start() + 1
        before = text[max(start, mark - _LONGEST_ABBREVIATION) : mark]
        if match.end() < end and not _ABBREVIATION.search(before):
            yield match.end()


def _prose_units(
    text: str, start: int, end: int, measure: Measure, largest: int
) -> Iterator[_Unit]:
    """Words of at most `largest` tokens, none across two sentences."""
    starts = [*sentence_starts(text, start, end), end]
    for begin, stop in pairwise(starts):
        rank, at = _SENTENCE, begin
        for match in _WORDS.finditer(text, begin, stop):
            if rank != _SENTENCE and _has_newline(text, at, match.start()):
                rank = _LINE
            gap = (match.start() - at) // CHARACTERS_PER_TOKEN
            at = match.end()
            for piece in _pieces(text, match.start(), at, measure, largest):
                yield _Unit(piece.start, piece.end, piece.weight + gap, rank)
                rank, gap = _WORD, 0


def _has_newline(text: str, start: int, end: int) -> bool:
    return text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0


def _pieces(text: str, start: int, end: int, measure: Measure, largest: int) -> Iterator[Span]:
    """One word, in pieces of at most `largest` tokens as far as single characters allow."""
    step = largest * _SLICE
    while start < end:
        stop = end if end - start <= 2 * step else _between_letters(text, start + step, end)
        yield from _halves(text, start, stop, measure, largest)
        start = stop


def _halves(text: str, start: int, end: int, measure: Measure, largest: int) -> Iterator[Span]:
    weight = measure(text[start:end])
    middle = _between_letters(text, (start + end) // 2, end)
    if weight <= largest or not start < middle < end:
        yield Span(start, end, weight)
    else:
        yield from _halves(text, start, middle, measure, largest)
        yield from _halves(text, middle, end, measure, largest)


def _between_letters(text: str, at: int, end: int) -> int:
    """The next offset that does not part a letter from its accent or an emoji from its modifier."""
    furthest = min(end, at + _LONGEST_CLUSTER)
    while at < furthest and (
        unicodedata.combining(text[at]) or _JOINED.match(text, at) or text[at - 1] == _JOINER
    ):
        at += 1
    return at


def _pack(units: Sequence[_Unit], target: int, overlap: int) -> Iterator[Span]:
    """Runs of units, at most `target` tokens and about even; a larger unit is one alone."""
    sums = [0, *accumulate(unit.weight for unit in units)]
    places = [[index for index, unit in enumerate(units) if unit.rank >= rank] for rank in (2, 1)]
    start = end = 0
    while end < len(units):
        end = _run_end(sums, places, start, end + 1, target)
        yield Span(units[start].start, units[end - 1].end, sums[end] - sums[start])
        if end < len(units):
            start = _next_start(sums, places[0], start, end, target, overlap)


def _run_end(
    sums: Sequence[int], places: Sequence[list[int]], start: int, least: int, target: int
) -> int:
    """Where the run from `start` on ends: near an even share, at a sentence, a line or a word."""
    base, rest = sums[start], sums[-1] - sums[start]
    furthest = max(least, bisect_right(sums, base + target) - 1)
    if rest <= target:
        return len(sums) - 1
    wanted = rest / -(-rest // target)
    earliest = max(least, bisect_left(sums, base + wanted / 2))
    for candidates in places:
        within = candidates[bisect_left(candidates, earliest) : bisect_right(candidates, furthest)]
        if within:
            return min(within, key=lambda index: abs(sums[index] - base - wanted))
    return max(least, min(furthest, bisect_left(sums, base + wanted)))


def _next_start(
    sums: Sequence[int], sentences: list[int], start: int, end: int, target: int, overlap: int
) -> int:
    """Where the next run starts: up to `overlap` tokens back, at a sentence if one begins there."""
    back = max(start + 1, bisect_left(sums, sums[end] - overlap))
    if not overlap or sums[end + 1] - sums[back] > target:
        return end
    following = bisect_left(sentences, back)
    if following < len(sentences) and sentences[following] < end:
        return sentences[following]
    return back
