"""How a piece of text between two white spaces comes apart into terms."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

import Stemmer  # pyright: ignore[reportMissingImports]  # compiled, without type hints

CJK = (
    "\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f가-힣\ud7b0-\ud7fb\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Ranges, for a character class, of what is indexed by pairs of characters."""

_LETTERS = rf"[^\W_{CJK}](?:[^\W_{CJK}]|[\u0300-\u036f])*"
_WORD = rf"{_LETTERS}(?:['’]{_LETTERS})*"
TOKEN = re.compile(
    rf"(?P<run>[{CJK}]+)"
    r"|(?P<signed>(?<![A-Za-z0-9_])(?:[A-Za-z]\+\+|[CFcf]#)(?![A-Za-z_]))"
    rf"|(?P<name>{_WORD}(?:(?:[-.]|_+){_WORD})*)"
)
"""Finds runs, words with signs, and words or identifiers in NFKC text."""

WORD = re.compile(_WORD)
"""Finds the words of an identifier."""

HUMP = re.compile(r"[A-Z]{2,}(?=[A-Z][a-z]{2}|[0-9]|\Z)|[A-Z]?[a-z]+")
"""Finds `Child` and `Item` in `ChildItem`, `XML` and `Parser` in `XMLParser`."""

_POSSESSIVE = re.compile(r"['’]s\Z", re.IGNORECASE)
_HUMPED = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}")
_LONGEST_TERM = 64

_ENDING_WEIGHT = 0.5
"""Of the last pair of a run: in Korean it mostly holds a particle or an ending."""

_stemmer: Any = cast(Any, Stemmer).Stemmer("english")
# A stemmer is not to be used by two threads at once, and searches run beside the indexer.
_stemming = threading.Lock()


def word_terms(word: str) -> list[str]:
    """The stem of one word of an alphabetic script, and that of its form without accents."""
    lower = word.lower().replace("’", "'")[:_LONGEST_TERM]
    found = [_stem(lower)]
    if not lower.isascii():
        bare = "".join(
            c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c)
        )
        if bare.isascii() and bare:
            found.append(_stem(bare))
    return found


def humps(word: str) -> list[re.Match[str]]:
    """The parts of a word in camel case; none for other words."""
    if not word.isascii() or not _HUMPED.search(word):
        return []
    found = [match for match in HUMP.finditer(word) if len(match[0]) > 1]
    return found if len(found) > 1 else []


def _stem(word: str) -> str:
    with _stemming:
        return str(_stemmer.stemWord(word))


def stored_terms(piece: str) -> Iterator[str]:
    """The terms that the index keeps for `piece`."""
    for match in TOKEN.finditer(unicodedata.normalize("NFKC", piece)):
        run = match["run"]
        if run:
            yield from pairs(run)
            yield from run
        else:
            yield from _other_terms(match)


def asked_terms(piece: str) -> Iterator[tuple[str, float]]:
    """What a query asks for: fewer terms, and weights in 0..1; `query_weights` says why."""
    matches = list(TOKEN.finditer(unicodedata.normalize("NFKC", piece)))
    for index, match in enumerate(matches):
        run = match["run"]
        hangs = index > 0 and matches[index - 1].end() == match.start()
        if not run:
            yield from ((term, 1.0) for term in _other_terms(match))
        elif len(run) > 1:
            yield from _weighted_pairs(run)
        elif not (hangs and "가" <= run <= "힣"):
            yield run, 1.0


def _weighted_pairs(run: str) -> Iterator[tuple[str, float]]:
    count = len(run) - 1
    weight = count**-0.5
    ending = _ENDING_WEIGHT if count > 1 else 1.0
    for at, pair in enumerate(pairs(run), start=1):
        yield pair, weight * (ending if at == count else 1.0)


def pairs(run: str) -> Iterator[str]:
    """The overlapping pairs of characters in a run."""
    return map("".join, pairwise(run))


def _other_terms(match: re.Match[str]) -> Iterator[str]:
    if match["signed"]:
        yield match["signed"].lower()
    else:
        yield from _name_terms(match["name"])


def _name_terms(name: str) -> Iterator[str]:
    words = WORD.findall(name)
    if len(words) > 1:
        yield _POSSESSIVE.sub("", name).lower()[:_LONGEST_TERM]
    for word in words:
        yield from word_terms(word)
        for hump in humps(word):
            yield _stem(hump[0].lower())
