"""Finding words in a shown note, whatever their case and Unicode form."""

import re
import unicodedata

MOST_FOUND = 10_000

_JAMO_AFTER = "(?![\u1160-\u11ff])"
_ACCENT_AFTER = "(?![\u0300-\u036f])"


def find_all(text: str, query: str) -> list[tuple[int, int]]:
    """Where `query` stands in `text`: start and end in UTF-16 units, `MOST_FOUND` at most.

    Case does not matter, nor if letters are composed (NFC) or not (NFD, as macOS writes them);
    any white space stands for any other, line breaks included.
    """
    pattern = _pattern(query)
    if pattern is None:
        return []
    found: list[tuple[int, int]] = []
    wide = bool(text) and max(text) > "\uffff"
    units = at = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        if wide:
            units += _units(text, at, start)
            length = _units(text, start, end)
            found.append((units, units + length))
            units, at = units + length, end
        else:
            found.append((start, end))
        if len(found) >= MOST_FOUND:
            break
    return found


def _pattern(query: str) -> re.Pattern[str] | None:
    words = unicodedata.normalize("NFC", query).split()
    if not words:
        return None
    return re.compile(r"\s+".join(map(_word, words)), re.IGNORECASE)


def _word(word: str) -> str:
    return "".join(map(_letter, word))


def _letter(letter: str) -> str:
    """One letter in either form; the decomposed one must not be the beginning of another."""
    apart = unicodedata.normalize("NFD", letter)
    if apart == letter:
        return re.escape(letter) + (_ACCENT_AFTER if letter.isalpha() else "")
    after = _JAMO_AFTER if "가" <= letter <= "힣" else _ACCENT_AFTER
    return f"(?:{re.escape(letter)}|{re.escape(apart)}{after})"


def _units(text: str, start: int, end: int) -> int:
    part = text[start:end]
    return len(part) + sum(char > "\uffff" for char in part)
