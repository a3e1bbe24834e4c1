"""Words that stand in for what was typed: how an unfinished word goes on, what a wrong one meant.

Stand-ins count less than what was typed wherever that is found as well. A stand-in is a word as it
is written; the lexical index is asked for its terms.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from notesai.index.vocabulary import LONGEST, Vocabulary
from notesai.notes.stop_words import ENGLISH
from notesai.notes.terms import query_weights
from notesai.notes.words import CJK, WORD
from notesai.search.hangul import continued, decomposed, half_typed, initials, named_by
from notesai.search.query import QUOTES, Query

COMPLETION = 0.3
"""What a continuation counts where the word as typed is found too.

It counts in full where that is not found or far rarer: then BM25 itself sets it ahead. Terms of one
weight are quicker to look up than those of several.
"""

CORRECTION = 0.5
"""What the word that was probably meant counts beside other words; alone, it counts in full."""

CONTINUATIONS = 5
NEAREST = 3
TITLE_WORDS = 3
"""Words of a query up to which it may be a title; in longer ones Korean words have endings."""

ENOUGH = 100
"""Finds of a word as typed from which nothing stands in for it."""

_BEGUN = 2
_RARER = 50
_SHORTEST_WRONG = 4
_TWO_MISTAKES = 8
_LONGEST_HANGUL = 12
_JAMO_MISTAKES = 0.2
_MAX_WORDS = 16
_MAX_CHARACTERS = 1000
_HANGUL_WORD = re.compile("[가-힣]{2,}")
_ENDS_OPEN = re.compile(rf"[^\s{QUOTES}]\Z")
_LAST_WORD = re.compile(rf"[^\W\d_{CJK}][^\W_{CJK}]*\Z")

StandIns = Mapping[str, float]
"""Words and what each of them counts, above 0 and at most 1."""


def unfinished(query: Query) -> str:
    """The last word of a query that is being typed, in NFC; empty if something closes it."""
    words = query.words.split()
    if not words or not _ENDS_OPEN.search(query.source) or not query.source.endswith(words[-1]):
        return ""
    return unicodedata.normalize("NFC", words[-1])


def continuations(vocabulary: Vocabulary, word: str) -> StandIns:
    """How the end of an unfinished word goes on in the notes, in an alphabetic script."""
    end = unicodedata.normalize("NFKC", word[-2 * LONGEST :]).lower()
    begun = _LAST_WORD.search(end)
    if not begun or not _BEGUN <= len(begun[0]) <= LONGEST:
        return {}
    known = vocabulary.count(begun[0])
    if known >= ENOUGH:
        return {}
    k = CONTINUATIONS if len(begun[0]) > _BEGUN else NEAREST
    found = _unlike(vocabulary.starting(begun[0], 3 * k))[:k]
    frequent = [near for near in found if vocabulary.count(near) >= _RARER * known]
    return dict.fromkeys(frequent, 1.0) if frequent else dict.fromkeys(found, COMPLETION)


def continued_hangul(word: str) -> StandIns:
    """What an unfinished word of Hangul may become with its next letter."""
    return dict.fromkeys(continued(word), COMPLETION)


def meant_by_initials(vocabulary: Vocabulary, words: Iterable[str]) -> StandIns:
    """What stands in titles, tags and headings for words that have initial consonants in them.

    인ㄷ is as likely 인 and the beginning of a syllable: what it may stand for counts less then.
    """
    near: dict[str, float] = {}
    for word in list(dict.fromkeys(filter(initials, words)))[:NEAREST]:
        weight = COMPLETION if half_typed(word) else 1.0
        found = named_by(initials(word), vocabulary.names(), CONTINUATIONS)
        near.update(dict.fromkeys(found, weight))
    return near


def doubtful(text: str) -> list[str]:
    """The words that may be written wrongly: long enough, of Latin letters or Hangul alone.

    Korean ones only in what may be a title: in a question they have endings that no note has.
    """
    normal = unicodedata.normalize("NFKC", text[:_MAX_CHARACTERS])
    words = WORD.findall(normal.lower())
    if len(normal.split()) <= TITLE_WORDS:
        words += _HANGUL_WORD.findall(normal)
    return list(dict.fromkeys(filter(_may_be_wrong, words)))[:_MAX_WORDS]


def corrections(vocabulary: Vocabulary, word: str) -> StandIns:
    """What a word that no note holds was to be: the words that begin with it, else the nearest."""
    if _HANGUL_WORD.fullmatch(word):
        return dict.fromkeys(_near_hangul(vocabulary, word), CORRECTION)
    if vocabulary.count(word):
        return {}
    found = vocabulary.starting(word, CONTINUATIONS) or _near(vocabulary, word)
    telling = [near for near in found if near not in ENGLISH]
    return dict.fromkeys(_unlike(telling)[:NEAREST], CORRECTION)


def with_stand_ins(sought: Mapping[str, float], near: StandIns) -> dict[str, float]:
    """The terms of a query and those of its stand-ins; what is sought anyway keeps its weight."""
    weights = dict(sought)
    for word, weight in near.items():
        for term, share in query_weights(word).items():
            if term not in sought:
                weights[term] = max(weight * share, weights.get(term, 0.0))
    return weights


def _near(vocabulary: Vocabulary, word: str) -> list[str]:
    """Nearest first: by the fewest mistakes, then by how frequent they are."""
    allowed = 1 if len(word) < _TWO_MISTAKES else 2
    found: list[tuple[int, bool, int, str]] = []
    for words in vocabulary.of_length(len(word) - allowed, len(word) + allowed):
        for near, distance, _ in process.extract(
            word, words, scorer=OSA.distance, score_cutoff=allowed, limit=None
        ):
            found.append((int(distance), near[0] != word[0], -vocabulary.count(near), near))
    # More mistakes than it takes are no better guess.
    return [near for distance, *_, near in sorted(found) if distance == min(found)[0]]


def _near_hangul(vocabulary: Vocabulary, word: str) -> list[str]:
    """Words of titles, tags and headings that differ in one letter of five at most."""
    letters = decomposed(word)
    allowed = max(1, int(len(letters) * _JAMO_MISTAKES))
    near = process.extract(
        letters,
        vocabulary.hangul_words(),
        scorer=OSA.distance,
        score_cutoff=allowed,
        limit=NEAREST,
    )
    return [unicodedata.normalize("NFC", found) for found, *_ in near if found != letters]


def _may_be_wrong(word: str) -> bool:
    if _HANGUL_WORD.fullmatch(word):
        return len(word) <= _LONGEST_HANGUL
    return _SHORTEST_WRONG <= len(word) <= LONGEST and word.isalpha()


def _unlike(words: Iterable[str]) -> list[str]:
    """One word for each stem."""
    by_terms: dict[str, str] = {}
    for word in words:
        by_terms.setdefault(" ".join(query_weights(word)), word)
    return list(by_terms.values())
