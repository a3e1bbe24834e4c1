"""Finds the nouns of Korean notes by how all of them together use a word.

No dictionary and no model: what stands between two spaces comes apart into a stem and a tail of a
closed grammar, and a stem is a noun if it is met with tails that nouns alone have, as in the noun
extractors of soynlp (Kim, H., "soynlp", 2017, L-R graphs of words). A tail that is part of a
longer one (`시간으로는`: not `시간으로` and `는`) says nothing of what is before it, so that
`고양이` and `속도` keep their last syllables by `고양이가` and `속도를`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from notesai.maps.korean_grammar import (
    LIGHT,
    MAY_END_WORDS,
    TAILS,
    VERB_ENDINGS,
    VERBAL,
    agrees,
    is_stem_of_verb,
    may_be_noun,
    weight,
    weight_alone,
)
from notesai.maps.plain_words import NO_NOUNS

_WRITTEN = re.compile(r"(?<![0-9A-Za-z가-힣_])[A-Za-z]*[가-힣]+(?![0-9A-Za-z가-힣_])")
_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile("[A-Za-z]+")
_ENOUGH = 0.7
_OFTEN = 3
_OF_VERB = 0.6
_OF_VERBS = frozenset("아어여와워게")
_BOUND = frozenset("시중상")


@dataclass(slots=True)
class _Use:
    """How a stem is met: with which tails, how sure each; and as a verb with which endings."""

    tails: dict[str, float] = field(default_factory=dict[str, float])
    verbal: set[str] = field(default_factory=set[str])
    alone: bool = False
    times: int = 0

    @property
    def sure(self) -> float:
        """Above `_ENOUGH`, it is a noun."""
        return sum(self.tails.values())

    @property
    def half(self) -> bool:
        """Whether it may be the half of a word: it is never met but with what a word may end in."""
        often = self.times >= _OFTEN and not self.alone
        return often and len(self.tails) == 1 and self.tails.keys() <= MAY_END_WORDS


def written(text: str) -> list[str]:
    """What is Korean between two spaces or signs, with Latin letters before it; no figures."""
    return _WRITTEN.findall(text)


class Nouns:
    """The nouns of texts that were counted together: the more of them, the surer."""

    def __init__(self, words: Iterable[str], names: Iterable[str] = ()) -> None:
        """`words` are what `written` finds in all texts, `names` titles that are one word."""
        self._names = frozenset(names)
        counts = Counter(words)
        self._known: frozenset[str] = frozenset()
        self._uses: dict[str, _Use] = {}
        self._found: dict[str, str | None] = {}
        # The second time, compounds of nouns that were found keep their ends: 검색결과, 고속도로.
        for _ in range(2):
            self._uses = self._used(counts)
            self._known = frozenset(
                stem for stem, use in self._uses.items() if self._is_noun(stem, use)
            )

    def of(self, word: str) -> str | None:
        """The noun in what stands between two spaces, without what hangs on it; None if none."""
        if word not in self._found:
            self._found[word] = self._noun(word)
        return self._found[word]

    def _used(self, counts: Counter[str]) -> dict[str, _Use]:
        uses: dict[str, _Use] = defaultdict(_Use)
        for word, times in counts.items():
            if is_tail(word) or word in NO_NOUNS:
                continue
            for stem, ending in _verb_splits(word):
                uses[stem].verbal.add(ending)
            stem, form, sure = self._told(word)
            if not form:
                uses[stem].alone = True
            elif sure > 0 and len(stem) > 1 and _HANGUL.search(stem):
                uses[stem].tails[form] = sure
                uses[stem].times += times
        return uses

    def _told(self, word: str) -> tuple[str, str, float]:
        """The stem that a written word tells something of, the tail on it and how sure that is.

        The shortest one, as a long chain of particles is no noun with a short one; but a compound
        of two nouns is one.
        """
        told = (word, "", 0.0)
        if len(word) < 3:
            return told
        for stem, form, sure in _splits(word):
            tail = TAILS.get(form)
            if LIGHT.fullmatch(form) or (tail is not None and tail.weight > 0):
                if self._compound(told[0]) and not self._other_tails(stem, form):
                    break
                told = (stem, form, sure)
        return told

    def _other_tails(self, stem: str, form: str) -> bool:
        """Whether a stem is met with tails that do not begin as this one."""
        use = self._uses.get(stem)
        return use is not None and any(other[0] != form[0] for other in use.tails)

    def _compound(self, word: str) -> bool:
        return len(word) > 3 and any(
            word[:at] in self._known and word[at:] in self._known for at in range(2, len(word) - 1)
        )

    def _is_noun(self, stem: str, use: _Use) -> bool:
        if len(_LATIN.sub("", stem)) < 2 or stem in NO_NOUNS or not may_be_noun(stem):
            return False
        sure = use.sure
        if use.alone:
            sure += _ENOUGH if stem in self._names else weight_alone(stem)
        if use.half:
            return False
        if len(use.verbal) > 1 and len(use.verbal) >= sure:
            return False
        # 만들기, 배움: made of verbs.
        if stem[-1] == "기" and len(stem) > 2 and self._is_verb(stem[:-1]):
            return False
        return sure > _ENOUGH - 1e-9

    def _is_verb(self, stem: str) -> bool:
        use = self._uses.get(stem) if self._uses else None
        return use is not None and not use.verbal <= {"기"} and use.sure < _ENOUGH

    def _noun(self, word: str) -> str | None:
        if is_tail(word) or word in NO_NOUNS:
            return None
        if word in self._known:
            return _bare(word, self._known)
        if self._compound(word) and not any(s in self._known for s, _, _ in _splits(word)):
            return word if may_be_noun(word) else None
        for stem, form, _ in _splits(word):
            if stem in self._known or (self._compound(stem) and may_be_noun(stem)):
                if LIGHT.fullmatch(form) and form not in TAILS and not self._makes_verb(stem, form):
                    return None
                return _bare(stem, self._known)
        return None

    def _makes_verb(self, stem: str, form: str) -> bool:
        """Whether it is a verb that the tail makes of the noun, no adjective (`필요한`)."""
        if VERBAL.match(form):
            return True
        use = self._uses.get(stem)
        return use is not None and any(VERBAL.match(tail) for tail in use.tails)


def is_tail(word: str) -> bool:
    """Whether a word is no more than what hangs on another one, as behind code or a link."""
    return word in TAILS or LIGHT.fullmatch(word) is not None


def _splits(word: str) -> Iterator[tuple[str, str, float]]:
    """Stems with the tail on each and how sure it makes them nouns; the longest first."""
    for at in range(len(word) - 1, 0, -1):
        stem, form = word[:at], word[at:]
        tail = TAILS.get(form)
        if tail is not None and agrees(stem, tail.after):
            yield stem, form, weight(stem, form, tail)
        elif LIGHT.fullmatch(form) and _HANGUL.match(stem[-1]):
            verb = VERBAL.match(form) and stem[-1] not in _OF_VERBS
            yield stem, form, _OF_VERB if verb else 0.0


def _verb_splits(word: str) -> Iterator[tuple[str, str]]:
    for at in range(max(1, len(word) - 3), len(word)):
        ending = word[at:]
        if ending in VERB_ENDINGS and is_stem_of_verb(word[at - 1], ending):
            yield word[:at], ending


def _bare(stem: str, known: frozenset[str]) -> str:
    """The noun without the bound one behind it: 실행시, 실행중."""
    shorter = stem[:-1]
    return shorter if len(stem) > 2 and stem[-1] in _BOUND and shorter in known else stem
