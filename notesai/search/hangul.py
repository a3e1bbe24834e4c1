"""Hangul that is still being typed, and names by their initial consonants.

A syllable is an initial, a vowel and perhaps a final consonant. Keyboards put it together letter by
letter, so that what has been typed of 색인 may read 색ㅇ or 색이; and names are looked for by their
initials alone, 한글 by ㅎㄱ. The arithmetic of syllables is that of the Unicode Standard, 3.12.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_FIRST, _LAST = ord("가"), ord("힣")
_FINALS = 28
_PER_INITIAL = 21 * _FINALS
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_CLUSTERS = str.maketrans(
    {
        "ㄳ": "ㄱㅅ",
        "ㄵ": "ㄴㅈ",
        "ㄶ": "ㄴㅎ",
        "ㄺ": "ㄹㄱ",
        "ㄻ": "ㄹㅁ",
        "ㄼ": "ㄹㅂ",
        "ㄽ": "ㄹㅅ",
        "ㄾ": "ㄹㅌ",
        "ㄿ": "ㄹㅍ",
        "ㅀ": "ㄹㅎ",
        "ㅄ": "ㅂㅅ",
    }
)
"""Consonants that keyboards join, though each was meant for a syllable of its own."""

_FROM_CONJOINING = str.maketrans({chr(0x1100 + i): letter for i, letter in enumerate(_INITIALS)})
_JAMO = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\ud7b0-\ud7fb"
_ANY_JAMO = re.compile(f"[{_JAMO}]")
_LOOSE = re.compile(rf"(?<=[가-힣])[{_JAMO}]+(?![{_JAMO}가-힣])")
_INITIALS_WORD = re.compile(rf"(?=[가-힣]*[{_INITIALS}])[가-힣{_INITIALS}]{{1,16}}\Z")
_ONLY_INITIALS = re.compile(rf"[{_INITIALS}]+\Z")
_TWO_SYLLABLES = re.compile("[가-힣]{2}")


def whole_syllables(text: str) -> str:
    """The text without letters that hang on a syllable as its next one begins: 인ㄷ is 인.

    Letters between syllables, or with none before them, stay as they are.
    """
    if not _ANY_JAMO.search(text):
        return text
    return _LOOSE.sub("", unicodedata.normalize("NFC", text))


def without_initials(text: str) -> str:
    """The text without words that are initial consonants alone."""
    if not _ANY_JAMO.search(text):
        return text
    return " ".join(word for word in text.split() if not _ONLY_INITIALS.match(_letters(word)))


def half_typed(word: str) -> bool:
    """Whether the word ends in a letter that hangs on a syllable, as in 인ㄷ."""
    loose = _LOOSE.search(unicodedata.normalize("NFC", word)) if _ANY_JAMO.search(word) else None
    return loose is not None and len(loose[0]) == 1


def initials(word: str) -> str:
    """The word as initials and syllables, if it has initials: ㅎㄱ, 한ㄱ; empty if not."""
    if not _ANY_JAMO.search(word):
        return ""
    letters = _letters(word)
    return letters if _INITIALS_WORD.match(letters) else ""


def named_by(pattern: str, names: str, k: int) -> list[str]:
    """What stands for `pattern`, see `initials`, in names, one a line: the `k` best matches.

    Spaces do not count. A match at the start of a name comes before one at that of a word; matches
    inside of words are none. The more names have a match, the better it is.
    """
    found = Counter(_matches(pattern, names, start=True))
    best = [text for text, _ in found.most_common(k)]
    if len(best) < k:
        others = Counter(_matches(pattern, names, start=False))
        best += [text for text, _ in others.most_common(k) if text not in found]
    return best[:k]


def continued(word: str) -> list[str]:
    """What the last two syllables of an unfinished word may become as it is typed on.

    An open last syllable may take any final; a final may move on to begin the next syllable.
    Empty for a word that does not end in two syllables.
    """
    if not _TWO_SYLLABLES.fullmatch(word[-2:]):
        return []
    before, last = word[-2:]
    final = (ord(last) - _FIRST) % _FINALS
    opened = chr(ord(last) - final)
    if final:
        return [before + opened]
    syllables = (chr(ord(opened) + i) for i in range(1, _FINALS))
    return [before + syllable for syllable in syllables if _in_use(syllable)]


def decomposed(text: str) -> str:
    """The letters of the syllables, for comparing words letter by letter."""
    return unicodedata.normalize("NFD", text)


def _in_use(syllable: str) -> bool:
    """Whether it is among the 2,350 syllables of KS X 1001, which hold nearly all that is written.

    A fifth of what the alphabet allows. The codec spells all others out, letter by letter.
    """
    return len(syllable.encode("euc_kr")) == 2


def _letters(word: str) -> str:
    """The word in syllables and compatibility letters, as keyboards without a syllable give."""
    composed = unicodedata.normalize("NFC", word).translate(_FROM_CONJOINING)
    return composed.translate(_CLUSTERS)


def _matches(pattern: str, names: str, *, start: bool) -> list[str]:
    return [" ".join(match[0].split()) for match in _pattern(pattern, start).finditer(names)]


@lru_cache(maxsize=64)
def _pattern(pattern: str, start: bool) -> re.Pattern[str]:
    before = "(?m:^)" if start else r"(?<=[^\w\n])"
    # One letter alone is the beginning of a word.
    after = "[가-힣]*" if len(pattern) == 1 else ""
    return re.compile(before + " ?".join(map(_unit, pattern)) + after)


def _unit(letter: str) -> str:
    if letter not in _INITIALS:
        return re.escape(letter)
    first = _FIRST + _INITIALS.index(letter) * _PER_INITIAL
    return f"[{chr(first)}-{chr(first + _PER_INITIAL - 1)}]"
