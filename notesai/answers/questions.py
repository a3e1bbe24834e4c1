"""What a question is about: its words without those that only ask."""

import re

from notesai.notes.stop_words import ENGLISH
from notesai.notes.terms import terms

_WORD = re.compile(r"[^\W_]+(?:['’.+#-]+[^\W_]+|[+#]+)*")
_HANGUL = re.compile(r"[가-힣]")
_PARTICLES = "은는이가을를에도만의로와과"

_ASKING_KO = re.compile(
    r"(?:어떤|어떻게|어떠|언제|어디|어느|무엇|무슨|뭐|뭘|왜|누가|누구|얼마|몇|그리고|그런|이런|있는|없는"
    r"|대해|대한|(?:하|되|있|없|쓰|좋|인|이)(?:나요|는가|는지|을까|지|니|냐|어|면)"
    r"|해야|하려|할|될|인가|일까|입니|합니|됩니|있을|있습|했|되었|됐|알려|설명)"
)


def question_words(question: str) -> set[str]:
    """Terms that a passage about the question would hold.

    Of a Hangul word only the first two syllables count, or the one before a particle: what follows
    are mostly particles and endings, which a passage need not share. The last word of a Korean
    question is its verb, which asks more than it names.
    """
    words = [match[0] for match in _WORD.finditer(question)]
    if len(words) > 1 and _HANGUL.match(words[-1]):
        words.pop()
    found = {term for word in words for term in _naming(word)}
    return found or {term for term in terms(question) if len(term) > 1}


def names_something(word: str) -> bool:
    """Whether a word of a question says what it is about, rather than only asks."""
    return bool(_naming(word))


def _naming(word: str) -> list[str]:
    if _HANGUL.match(word):
        if _ASKING_KO.match(word):
            return []
        short = len(word) == 2 and word[1] in _PARTICLES
        return [word[:1] if short else word[:2]]
    return [] if word.lower() in ENGLISH else terms(word)[:1]
