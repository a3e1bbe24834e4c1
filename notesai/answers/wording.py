"""Words of a sentence as they are compared with those of another one: without what inflects them.

No dictionary is asked. A Korean word loses its particles and endings, letter by letter, as endings
share syllables with stems (`주다`, `줍니다`, `준다`); an English one is stemmed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from notesai.answers.inflections import ASKING, BEHIND_STEMS, SUFFIXES, in_letters
from notesai.notes.stop_words import ENGLISH
from notesai.notes.terms import terms

_WORD = re.compile(r"[^\W_]+(?:['’.+#-]+[^\W_]+|[+#]+)*")
_HANGUL = re.compile(r"[가-힣]+")
# What hangs on a number is its unit.
_LATIN = re.compile(
    r"(?<![\d])(?!(?:[ap]\.m|\w+n['’]t)\b)[A-Za-z][A-Za-z0-9]*(?:['’.+#_-]+[A-Za-z0-9]+|[+#]+)*"
)
_DIGITS = re.compile(r"[\d.,]+")

_LIGHT = re.compile(
    r"(?:하|되|되었|됩|됐|했|합|한|할|해|있|없|주|줍|준|쓰|씁|쓴|같|이|그|저|것|수|때|때문|등|및|또|더|잘|매우|아주|위해|통해"
    r"|대한|대해|따라|경우|정도|모두|각각|않|안|못|아니|좋|나|둡|둔|두|보|봅|본|오|온|가|간|됨|함|임|입니|이며|뒤|후|다음|전|중|동안"
    r"|원|달|번|개|시간|명|회|세|네|씨|님|밖|곳|째|당|각|매|반|하루|이틀|사흘|나흘"
    r"|하지만|그리고|그러나|따라서|또한|그래서|바로|약|즉|이는|이런|그런|어떤|여러|모든|노트|따르면)"
    r"(?:[가-힣]?[는은를을이가에의도만로고며면지다요서니]|니다|습니다|합니다|됩니다|세요|해요|어요|아요)*"
)
_MORE_ENGLISH = frozenset(
    """
    according across after against along also although among another around because before
    between both despite during each either even every except first get gets got he her hers him
    his however just make makes may might must near note notes once one only other per said same
    say says second shall she should since so state states such then though through thus toward
    two under unlike until upon us use used uses using very via while within
        """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Word:
    """One word that says something; `latin` tells its script, `forms` are what is compared."""

    text: str
    latin: bool

    @cached_property
    def forms(self) -> frozenset[str]:
        """Its stems: terms of the index, or a Hangul stem in letters (NFD)."""
        if self.latin:
            return frozenset(terms(self.text))
        return frozenset((stem(self.text),))

    @property
    def terms(self) -> frozenset[str]:
        """Its stems as the index has them: pairs of syllables, or the one there is."""
        if self.latin:
            return self.forms
        syllables = "".join(_HANGUL.findall(unicodedata.normalize("NFC", next(iter(self.forms)))))
        syllables = syllables or self.text
        return frozenset(map("".join, pairwise(syllables))) or frozenset(syllables)


class Wording:
    """The words of a text, ready to look others up among; `stems` are those in Hangul."""

    def __init__(self, text: str) -> None:
        self._terms = frozenset(terms(text))
        self.stems = frozenset(stem(found) for found in _HANGUL.findall(text))

    def holds(self, word: Word) -> float:
        """How far the word stands there, 0..1."""
        if word.latin:
            return 1.0 if word.forms & self._terms else 0.0
        sought = next(iter(word.forms))
        if sought in self.stems or any(alike(sought, other) for other in self.stems):
            return 1.0
        # A compound may be written apart, and the other way round.
        syllables = unicodedata.normalize("NFC", sought)
        pairs = [syllables[i : i + 2] for i in range(len(syllables) - 1)]
        pairs = [pair for pair in pairs if _HANGUL.fullmatch(pair)]
        return sum(pair in self._terms for pair in pairs) / len(pairs) if pairs else 0.0


def words(text: str) -> list[Word]:
    """The words of `text` that say something, each once; numbers are figures, not words."""
    found: dict[str, Word] = {}
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        for word in _of(match[0]):
            found.setdefault(word.text.lower(), word)
    return list(found.values())


def share(wanted: Sequence[Word], given: Iterable[Wording]) -> float:
    """Share of the words that some of `given` holds, 0..1; 1 for no words."""
    known = list(given)
    if not wanted:
        return 1.0
    return sum(max((w.holds(word) for w in known), default=0.0) for word in wanted) / len(wanted)


def is_hangul(text: str) -> bool:
    """Whether there is a Hangul syllable in `text`."""
    return _HANGUL.search(text) is not None


def _of(text: str) -> Iterable[Word]:
    if _DIGITS.fullmatch(text):
        return
    for latin in _LATIN.findall(text) if not text.isdigit() else ():
        if latin.lower() not in ENGLISH and latin.lower() not in _MORE_ENGLISH and len(latin) > 1:
            yield Word(latin, True)
    if text[0].isdigit():
        # What follows a number is its unit.
        return
    hangul = _HANGUL.search(text)
    if hangul and hangul.start() == 0 and not _LIGHT.fullmatch(hangul[0]):
        yield Word(hangul[0], False)


def asks(word: Word) -> bool:
    """Whether it is the verb of a question, by its ending."""
    return not word.latin and in_letters(word.text).endswith(ASKING)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A Hangul word in letters, without particle and ending; at least its first syllable's."""
    letters, passes = in_letters(word), 2
    first = len(in_letters(word[0]))
    for ending in ASKING:
        # What only a verb has may leave a syllable without a final consonant: 내나요, 쓰는가.
        if letters.endswith(ending) and len(letters) - len(ending) >= min(first, 2):
            letters, passes = letters[: -len(ending)], 1
            break
    # A syllable with a final consonant can be a verb's whole stem (먹), one without rarely is.
    least = first if first == 3 or len(word) < 3 else 4
    for _ in range(passes):
        for suffix in SUFFIXES:
            if letters.endswith(suffix) and len(letters) - len(suffix) >= min(least, len(letters)):
                letters = letters[: -len(suffix)]
                break
    return letters


_VOWELS = frozenset({"ᅵᅧ", "ᅮᅯ", "ᅩᅪ", "ᅳᅥ", "ᅳᅡ", "ᅢᅣ", "ᅬᅫ"})
"""Last vowels of a verb's stem, and what they become before a vowel: 식히 and 식혀."""


def alike(one: str, other: str) -> bool:
    """Whether two stems are one word's."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        # What is longer has an ending that is in no list, or is a compound.
        more = long[len(short) :]
        return len(short) >= 4 or len(more) <= 1 or more in BEHIND_STEMS
    begin, last = short[:-1], short[-1]
    if len(short) < 4 or not long.startswith(begin):
        return False
    follows = long[len(begin)]
    return last + follows in _VOWELS or follows + last in _VOWELS
