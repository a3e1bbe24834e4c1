"""What a question is about: its words without those that only ask."""

import re

from notesai.notes.stop_words import ENGLISH

_WORD = re.compile(r"[^\W_]+(?:['’.+#-]+[^\W_]+|[+#]+)*")
_HANGUL = re.compile(r"[가-힣]")

_ASKING_KO = re.compile(
    r"(?:어떤|어떻게|어떠|언제|어디|어느|무엇|무슨|뭐|뭘|왜|누가|누구|얼마|몇|그리고|그런|이런|있는|없는"
    r"|대해|대한|(?:하|되|있|없|쓰|좋|인|이)(?:나요|는가|는지|을까|지|니|냐|어|면)"
    r"|해야|하려|할|될|인가|일까|입니|합니|됩니|있을|있습|했|되었|됐|알려|설명)"
)


def telling(question: str) -> str:
    """The question without the words that only ask; all of it if it has no others."""
    words = [match[0] for match in _WORD.finditer(question)]
    return " ".join(word for word in words if names_something(word)) or question


def names_something(word: str) -> bool:
    """Whether a word of a question says what it is about, rather than only asks."""
    if _HANGUL.match(word):
        return _ASKING_KO.match(word) is None
    return word.lower() not in ENGLISH
