"""Words typed with the keyboard in the other language: rjator for 검색, ㄴㅛㅜㅊ for sync.

The Korean layout is the one with two sets of letters (KS X 5002), on keys of a Latin QWERTY one.
Whether a word was meant so, the notes tell: as typed it is in none, in the other layout in some.
"""

import re
import unicodedata
from dataclasses import replace

from notesai.index.store import Store
from notesai.search.lookup import Lookup
from notesai.search.query import Query

_FIRST = ord("가")
_INITIALS = list("rRseEfaqQtTdwWczxvg")
_VOWELS = [*"koiOjpuPh", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l"]
_FINALS = [
    *("r", "R", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg"),
    *("a", "q", "qt", "t", "T", "d", "w", "c", "z", "x", "v", "g"),
]
_SHIFTED = "RETQWOP"
"""Keys that give another letter with Shift."""


def _any_of(keys: list[str]) -> str:
    return "|".join(sorted(keys, key=len, reverse=True))


_NEXT_VOWEL = "".join({keys[0] for keys in _VOWELS})
_SYLLABLE = re.compile(
    rf"({_any_of(_INITIALS)})({_any_of(_VOWELS)})(?:({_any_of(_FINALS)})(?![{_NEXT_VOWEL}]))?"
)
_ONLY_SYLLABLES = re.compile(f"(?:{_SYLLABLE.pattern}){{2,16}}")
_LATIN = re.compile("[A-Za-z]{4,40}")
_KEYS = {
    chr(first + at): keys
    for first, part in ((0x1100, _INITIALS), (0x1161, _VOWELS), (0x11A8, _FINALS))
    for at, keys in enumerate(part)
}
_WITH_LOOSE_LETTERS = re.compile(r"(?=.*[ㄱ-ㅣ])(?=.*[가-힣ㅏ-ㅣ])[가-힣ㄱ-ㅣ]{2,20}")
"""Words of Hangul that has not become syllables; initials alone stand for names."""

MAX_WORDS = 4
"""Words of a query that are looked at; longer ones are pasted, or noticed while being typed."""

_SHORTEST = 3


def as_hangul(word: str) -> str:
    """What these keys give in the Korean layout; empty unless it is two or more whole syllables."""
    if not _LATIN.fullmatch(word):
        return ""
    if word.isupper():
        word = word.lower()
    keys = "".join(key if key in _SHIFTED else key.lower() for key in word)
    if not _ONLY_SYLLABLES.fullmatch(keys):
        return ""
    return "".join(_syllable(*match.groups()) for match in _SYLLABLE.finditer(keys))


def as_latin(word: str) -> str:
    """What the keys of a word of Hangul give in the Latin layout, in lower case.

    Empty for words of whole syllables or of initials alone, and for short ones.
    """
    if not _WITH_LOOSE_LETTERS.fullmatch(unicodedata.normalize("NFC", word)):
        return ""
    keys = keys_of(word).lower()
    return keys if len(keys) >= _SHORTEST else ""


def keys_of(word: str) -> str:
    """The keys that a word of Hangul is typed with."""
    return "".join(_KEYS.get(letter, "") for letter in unicodedata.normalize("NFKD", word))


def in_the_layout_meant(store: Store, query: Query, lookup: Lookup) -> Query:
    """The query with the words that only the other layout makes words of the notes."""
    words = query.words.split()
    if len(words) > MAX_WORDS:
        return query
    meant = [_meant(store, lookup, word) for word in words]
    return replace(query, words=" ".join(meant)) if meant != words else query


def _meant(store: Store, lookup: Lookup, word: str) -> str:
    other = as_hangul(word) or as_latin(word)
    if not other:
        return word
    if store.has_vocabulary and store.vocabulary(wait=False).count(word.lower()):
        return word
    return other if lookup.knows(other) and not lookup.knows(word) else word


def _syllable(initial: str, vowel: str, final: str | None) -> str:
    place = _INITIALS.index(initial) * len(_VOWELS) + _VOWELS.index(vowel)
    return chr(_FIRST + place * (len(_FINALS) + 1) + (_FINALS.index(final) + 1 if final else 0))
