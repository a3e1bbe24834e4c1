"""A question that leans on the ones before it, made to stand by itself for the search.

Done by rule, in both languages: a question that points back, or names next to nothing, gets the
content words of the question before. The model reads the conversation and needs no such help.
"""

import re
from collections.abc import Sequence

from notesai.answers.questions import names_something
from notesai.model import Turn

_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|that|this|those|these|he|him|his|she|her|hers|there|then"
    r"|such|same|one|ones|both|former|latter|else|another|instead|more)\b"
    r"|^(?:and|but|or|so|also|what about|how about|why|why not|how so|really|for example)\b"
    # 그 뒤의 조사, 지시어, 그리고 앞말을 잇는 말.
    r"|(?<![가-힣])(?:그|이|저)(?:것|거|건|게|걸|곳|때|분|중|런|렇게|래서|러면|러나|럼|리고|동안|\s)"
    r"|(?<![가-힣])(?:그럼|거기|여기|저기|걔|얘|둘|나머지|다른|또|더|왜|예를|방금|아까|앞에서|위에서)(?![가-힣]*요리)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?<![가-힣])(?:그|이|저)(?:것|거|건|게|걸)(?:은|는|이|가|을|를|도|의|만|들은?)?(?:\s+|$)"
)
_WORD = re.compile(r"[^\W_]+(?:['’.+#-]+[^\W_]+|[+#]+)*")
_KOREAN_VERB = re.compile(r"[가-힣]*(?:[요까니냐해줘지어아다야나])")
_LEAST_WORDS = 2
_MOST_TURNS = 4
_MOST_WORDS = 12


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question with what it leans on put in front of it; itself if it leans on nothing."""
    words: list[str] = []
    leaning = question
    for turn in reversed(history[-_MOST_TURNS:]):
        if not leans(leaning):
            break
        words = [*_content(turn.question), *words]
        leaning = turn.question
    fresh = [word for word in dict.fromkeys(words) if word.casefold() not in question.casefold()]
    if not fresh:
        return question
    # What points back is now named, and would be looked for as a word of its own.
    return " ".join([*fresh[:_MOST_WORDS], _POINTER.sub("", question) or question])


def leans(question: str) -> bool:
    """Whether a question makes sense only after another one."""
    return (
        _POINTS_BACK.search(question.strip()) is not None or len(_content(question)) < _LEAST_WORDS
    )


def _content(question: str) -> list[str]:
    """The words of a question that name something, as they stand there."""
    words: list[str] = _WORD.findall(question)
    if len(words) > 1 and _KOREAN_VERB.fullmatch(words[-1]):
        words.pop()
    return [word for word in words if not _POINTS_BACK.match(word) and names_something(word)]
