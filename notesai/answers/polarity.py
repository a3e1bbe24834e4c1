"""Which words of a sentence are denied: `need not cool` denies cooling, `먹지 않는다` eating.

In English what follows a negation is denied up to the end of the clause, in Korean the verb or noun
right before it, or right behind `안` and `못`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from notesai.answers.wording import Wording, alike, share, stem, words
from notesai.notes.terms import terms

_REACH = 4
"""Words that say something, behind an English negation, that it denies."""

_MOST = 0.6
"""Share of a claim's words from which one sentence is what it was taken from."""

_DENIES = re.compile(
    r"\b(?:not(?! only| just)|never|nor|no(?! later| more| sooner| longer than)|nothing|without"
    r"|cannot|instead of|rather than)\b|n['’]t\b",
    re.IGNORECASE,
)
_DENIES_BACKWARDS = re.compile(r"\b(?:none|nothing|nowhere)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:,!?()]|\b(?:but|because|so|if|when|while|although)\b", re.IGNORECASE)

_KO_AFTER = re.compile(
    r"([가-힣]+)지(?:는|도|를)?\s?(?:않|못|마|말)|([가-힣]+)(?:이|가|은|는|도)?\s(?:수(?:는|가|도)?\s)?없"
    r"|([가-힣]+)(?:이|가)\s아(?:니다|닙|니에)"
)
_KO_BEFORE = re.compile(r"(?<![가-힣])(?:안|못)\s([가-힣]+)")
_KO_ONLY = re.compile(r"밖에\s[^.]{0,6}(?:안|않|못|없)")

Polarity = Mapping[str, frozenset[bool]]
"""Stems of words, and whether they are denied: both, where a text does both."""


def contradicted(claim: str, sentences: Iterable[str]) -> bool:
    """Whether some word is denied in `claim` and never in `sentences`, or the other way round.

    These are the sentences of its passages; where some hold most of its words, they alone speak.
    """
    given = [_polarity(sentence) for sentence in _nearest(claim, list(sentences))]
    for word, denied in _polarity(claim).items():
        there = {d for polarity in given for d in _of(word, polarity)}
        if there and not denied & there:
            return True
    return False


def _nearest(claim: str, sentences: Sequence[str]) -> Sequence[str]:
    wanted = words(claim)
    shares = [share(wanted, [Wording(sentence)]) for sentence in sentences]
    best = max(shares, default=0.0)
    if best < _MOST:
        return sentences
    return [s for s, held in zip(sentences, shares, strict=True) if held >= best]


def _of(word: str, polarity: Polarity) -> frozenset[bool]:
    """How a word stands in a text; of none that is alike, empty."""
    if word in polarity or word.isascii():
        return polarity.get(word, frozenset())
    near = [denied for other, denied in polarity.items() if alike(word, other)]
    return frozenset(way for denied in near for way in denied)


def _polarity(text: str) -> dict[str, frozenset[bool]]:
    found: dict[str, set[bool]] = {}
    for word, denied in (*_english(text), *_korean(text)):
        found.setdefault(word, set()).add(denied)
    return {word: frozenset(denied) for word, denied in found.items()}


def _english(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for end in [*(match.start() for match in _CLAUSE_END.finditer(text)), len(text)]:
        yield from _clause(text[at:end])
        at = end


def _clause(text: str) -> Iterator[tuple[str, bool]]:
    negation = _DENIES.search(text)
    backwards = _DENIES_BACKWARDS.search(text)
    before = text[: negation.start()] if negation else text
    behind = text[negation.end() :] if negation else ""
    for word in _latin(before):
        yield word, backwards is not None
    for place, word in enumerate(_latin(behind)):
        if place < _REACH:
            yield word, True


def _latin(text: str) -> list[str]:
    return [terms(word.text)[0] for word in words(text) if word.latin and terms(word.text)]


def _korean(text: str) -> Iterator[tuple[str, bool]]:
    text = unicodedata.normalize("NFC", text)
    denied: set[str] = set()
    if not _KO_ONLY.search(text):
        for match in (*_KO_AFTER.finditer(text), *_KO_BEFORE.finditer(text)):
            denied.add(stem(next(group for group in match.groups() if group)))
    for word in denied:
        yield word, True
    for word in Wording(text).stems - denied:
        yield word, False
