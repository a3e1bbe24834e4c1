"""Phrases in text: as they stand, whatever the case, the white space and the normal form."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from notesai.notes.folding import folded
from notesai.notes.stop_words import telling
from notesai.notes.terms import highlights
from notesai.notes.words import CJK
from notesai.search.hangul import whole_syllables
from notesai.search.query import Query

Range = tuple[int, int]

_LETTER = rf"[^\W_{CJK}]"
# A phrase ends where its words do, but particles hang on words in Korean: API is in API를.
# Letters are told as they are: to compile a class in both cases looks at all of its thousands.
_START, _END = rf"(?<!(?-i:{_LETTER}))", rf"(?!(?-i:{_LETTER}))"


def holds(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text."""
    return holding(phrase)(text)


def holding(phrase: str) -> Callable[[str], bool]:
    """What tells of many texts whether the phrase stands in them."""
    pattern = _pattern(phrase)
    # Most texts lack it whatever stands around it, which is seen far more quickly.
    anywhere = [re.compile(_apart_by_space(form)) for form in in_both_forms(phrase)]

    def stands_in(text: str) -> bool:
        in_one_case = folded(text)
        if not any(loose.search(in_one_case) for loose in anywhere):
            return False
        return pattern.search(text) is not None

    def held(text: str) -> bool:
        if stands_in(text):
            return True
        if unicodedata.is_normalized("NFC", text):
            return False
        return stands_in(unicodedata.normalize("NFC", text))

    return held


def marks(text: str, query: Query, near: Sequence[str] = ()) -> tuple[Range, ...]:
    """What to highlight: words and phrases, as offset pairs into `text`, sorted and apart.

    `near` are words that stand in for some of the query's.
    """
    words = highlights(text, _marked(query.words, near)) if query.words else ()
    if not query.phrases:
        return words
    spans = [match.span() for phrase in query.phrases for match in _pattern(phrase).finditer(text)]
    return _apart((*words, *spans))


def _marked(words: str, near: Sequence[str]) -> str:
    return " ".join((telling(whole_syllables(words)), *near))


def in_both_forms(phrase: str) -> list[str]:
    """As it stands, but for white space, in what `folded` makes of a text that has the phrase.

    That is in either normal form; its words are apart by single spaces.
    """
    words = " ".join(phrase.split())
    return list({folded(unicodedata.normalize(form, words)) for form in ("NFC", "NFD")})


@lru_cache(maxsize=256)
def _pattern(phrase: str) -> re.Pattern[str]:
    # Offsets have to count in the text as it is: both forms are looked for, and nothing converted.
    forms = dict.fromkeys(unicodedata.normalize(form, phrase) for form in ("NFC", "NFD"))
    return re.compile("|".join(map(_in_any_space, forms)), re.IGNORECASE)


def _in_any_space(phrase: str) -> str:
    inner = _apart_by_space(phrase)
    start = _START if re.match(_LETTER, phrase) else ""
    # Combining marks are no letters: what stands before them decides.
    bare = "".join(c for c in phrase[-8:] if not unicodedata.combining(c))
    return start + inner + (_END if re.search(rf"{_LETTER}\Z", bare) else "")


def _apart_by_space(phrase: str) -> str:
    return r"\s+".join(map(re.escape, phrase.split()))


def _apart(ranges: Iterable[Range]) -> tuple[Range, ...]:
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
