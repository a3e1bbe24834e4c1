"""The words by which notes are found: what the lexical index stores and what a query asks for.

A text is taken apart at white space, and each piece becomes terms:

- Words of alphabetic scripts: NFKC, lower case, stemmed (Snowball English). Latin words with
  accents are there without them as well.
- Identifiers: `Get-ChildItem`, `snake_case`, `node.js`, `v1.2` as a whole, and each of their
  parts as a word. Words like `ChildItem` and `childItem` also by their humps. `C++`, `C#` and
  `F#` keep their signs.
- Runs of Chinese, Japanese and Korean: overlapping pairs of characters, and single characters.

Pieces repeat: the terms of each are kept, so that a long text costs one look-up per piece.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from notesai.notes.words import (
    CJK,
    TOKEN,
    WORD,
    asked_terms,
    humps,
    pairs,
    stored_terms,
    word_terms,
)

Range = tuple[int, int]

_LONGEST_KEPT_PIECE = 200
_KEPT_PIECES = 100_000
_KEPT_TOKENS = 10_000
_EAST_ASIAN = re.compile(f"[{CJK}]")
_JOINED = re.compile("[-._]")
_ACCENTED = re.compile(rf"[^\W\x00-\x7f_{CJK}]")


class _Pieces(dict[str, str]):
    """The joined terms of pieces met before. Bounded: emptied when full."""

    def __missing__(self, piece: str) -> str:
        joined = " ".join(stored_terms(piece))
        if len(piece) <= _LONGEST_KEPT_PIECE:
            if len(self) >= _KEPT_PIECES:
                self.clear()
            self[piece] = joined
        return joined


_pieces = _Pieces()


def terms(text: str) -> list[str]:
    """The terms of `text` in its order, with repetitions, for the index. None holds white space."""
    return joined_terms(text).split()


def joined_terms(text: str) -> str:
    """The terms of `text`, joined by spaces: what the index stores."""
    return " ".join(filter(None, map(_pieces.__getitem__, text.split())))


def query_terms(text: str) -> list[str]:
    """The terms to look for, each once: those of `query_weights`."""
    return list(query_weights(text))


def query_weights(text: str) -> dict[str, float]:
    """The terms to look for and what each of them counts, above 0 and at most 1.

    As `terms`, but runs of two or more East Asian characters ask for their pairs alone. A
    single syllable such as 이, 는 or 의 is in nearly every Korean passage and its pairs carry what
    it tells: a query reads a tenth of the postings. For the same reason a syllable that hangs on
    a Latin word, a particle as in API를, is left out. Single characters are stored for queries of
    just one.

    The pairs of one run are found together or not at all, so that a long name would count as
    often as it has pairs and drown the rest of a question: each of n pairs counts `1 / sqrt(n)`.
    The last one counts half, since it mostly holds a particle or an ending.
    """
    found: dict[str, float] = {}
    for piece in text.split():
        for term, weight in asked_terms(piece):
            found[term] = max(weight, found.get(term, 0.0))
    return found


def phrase_terms(phrase: str) -> list[str]:
    """The terms of every text in which a phrase stands, whatever its case and what it is part of.

    As `query_terms`, but without the humps of `ChildItem`, as `childitem` has none, and without
    names as a whole at either end, which may be parts of longer ones. Parts of `don't` and the C
    of `C++` are words of their own all the same, and not seen there.
    """
    pieces = phrase.lower().split()
    ends = {term for piece in (*pieces[:1], *pieces[-1:]) for term in query_terms(piece)}
    return [
        term
        for term in query_terms(" ".join(pieces))
        if term not in ends or not _JOINED.search(term)
    ]


def highlights(text: str, query: str) -> tuple[Range, ...]:
    """The places in `text` that match the terms of `query`: offset pairs, sorted, apart.

    Offsets count in `text` as it is, however it is normalised. An alphabetic word is marked as
    a whole if its stem matches, an identifier as a whole or by its parts; East Asian text where
    it has two or more characters in a row with the query in common.
    """
    tokens = _tokens(query)
    if not tokens.wanted:
        return ()
    if unicodedata.is_normalized("NFKC", text):
        return tuple(_merged(_matches(text, tokens)))
    normal, starts, ends = _normalised(text)
    found = ((starts[start], ends[end - 1]) for start, end in _matches(normal, tokens))
    return tuple(_merged(found))


class _Tokens(dict[str, tuple[Range, ...]]):
    """Where each token met before matches the terms of one query, counted from its own start.

    The passages of an answer share most of their words: looking each up once, a hundred notes
    take a third of the time. Bounded: emptied when full.
    """

    def __init__(self, query: str) -> None:
        self.wanted = frozenset(query_terms(query))
        self.beginnings = _beginnings(self.wanted)

    def __missing__(self, token: str) -> tuple[Range, ...]:
        found = tuple(_in_token(token, self.wanted))
        if len(self) >= _KEPT_TOKENS:
            self.clear()
        self[token] = found
        return found


@functools.lru_cache(maxsize=16)
def _tokens(query: str) -> _Tokens:
    return _Tokens(query)


def _matches(normal: str, tokens: _Tokens) -> Iterator[Range]:
    """Matches in NFKC text, sorted by their start; they may touch and overlap."""
    end = 0
    for at in sorted(_places(normal, tokens.beginnings)):
        if at < end:
            continue
        # No token holds white space. Taking in more than one piece does no harm.
        start = max(normal.rfind(" ", end, at), normal.rfind("\n", end, at), end - 1) + 1
        end = min(_found(normal, " ", at), _found(normal, "\n", at))
        for match in TOKEN.finditer(normal, start, end):
            found = tokens[match[0]]
            if found:
                shift = match.start()
                for first, last in found:
                    yield shift + first, shift + last


def _found(text: str, sign: str, start: int) -> int:
    at = text.find(sign, start)
    return at if at >= 0 else len(text)


def _places(normal: str, beginnings: Iterable[str]) -> Iterator[int]:
    """Where in NFKC text tokens may be that match: a place in each of them, in no order."""
    lower = normal.lower().replace("’", "'")
    if len(lower) != len(normal):
        yield from (match.start() for match in TOKEN.finditer(normal))
        return
    for beginning in beginnings:
        at = lower.find(beginning)
        while at >= 0:
            # A part of a word in camel case has a capital, or stands after what is no letter.
            inside = at > 0 and "a" <= lower[at - 1] <= "z" and normal[at] == beginning[0]
            if not inside or beginning[0] > "z":
                yield at
            at = lower.find(beginning, at + 1)
    # Letters with accents have two stems.
    yield from (match.start() for match in _ACCENTED.finditer(normal))


def _beginnings(wanted: Iterable[str]) -> frozenset[str]:
    """In lower case, what each token holds that has one of these terms, if it is of ASCII or CJK.

    A stem of four letters and its words have the first three in common, a shorter one two: what
    the stemmer puts in place of an ending begins as that did, but for a y that becomes an i.
    """
    found: set[str] = set()
    for term in wanted:
        if _EAST_ASIAN.match(term):
            found.add(term)
        elif term.isascii():
            letters = (("iy" if c in "iy" else c) for c in term[: 3 if len(term) > 3 else 2])
            found.update(map("".join, product(*letters)))
    return frozenset(found)


def _in_token(token: str, wanted: frozenset[str]) -> Iterator[Range]:
    match = TOKEN.fullmatch(token)
    if match is not None and match["run"]:
        yield from _in_run(token, 0, wanted)
    elif token.lower() in wanted:
        yield 0, len(token)
    elif match is not None and match["name"]:
        for word in WORD.finditer(token):
            yield from _in_word(word, wanted)


def _in_run(run: str, start: int, wanted: frozenset[str]) -> Iterator[Range]:
    for at, character in enumerate(run, start):
        if character in wanted:
            yield at, at + 1
    for at, pair in enumerate(pairs(run), start):
        if pair in wanted:
            yield at, at + 2


def _in_word(word: re.Match[str], wanted: frozenset[str]) -> Iterator[Range]:
    if not wanted.isdisjoint(word_terms(word[0])):
        yield word.span()
        return
    for hump in humps(word[0]):
        if not wanted.isdisjoint(word_terms(hump[0])):
            yield word.start() + hump.start(), word.start() + hump.end()


def _merged(ranges: Iterable[Range]) -> Iterator[Range]:
    last: Range | None = None
    for start, end in sorted(ranges):
        if last is not None and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


def _normalised(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """NFKC of `text`, and for each of its characters where its source starts and ends in `text`."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _continues(text[end]):
            continue
        part = unicodedata.normalize("NFKC", text[start:end])
        parts.append(part)
        starts += [start] * len(part)
        ends += [end] * len(part)
        start = end
    return "".join(parts), starts, ends


def _continues(character: str) -> bool:
    """True for what normalisation may join with the character before it."""
    return character > "\u02ff" and (
        "\u1160" <= character <= "\u11ff"
        or character in "\uff9e\uff9f"
        or unicodedata.category(character).startswith("M")
    )
