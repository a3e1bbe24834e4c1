"""Which languages a model understands, found out by asking it, where its maker does not say."""

from collections.abc import Callable, Sequence

import numpy as np

from notesai.embedding.base import Vectors

NEEDED = 0.75
"""Share of sentences that a model must match with their paraphrase to speak for a language."""

# Sentence and paraphrase share few words: a model that only compares spelling fails.
_PARAPHRASES = {
    "en": (
        ("The meeting was put off until next week.", "They will gather seven days later."),
        ("My dog is ill.", "The pet needs to see a vet."),
        ("How do I get my password back?", "Recovering access to an account."),
        ("It will rain tomorrow.", "The forecast says wet weather."),
        ("He bought a second-hand car.", "A used vehicle was purchased."),
        ("The soup is too salty.", "There is too much seasoning in this broth."),
        ("Prices rose faster than wages.", "Inflation outpaced pay."),
        ("The computer has become slow.", "This machine takes ages to respond."),
    ),
    "ko": (
        ("회의가 다음 주로 미뤄졌다.", "모임 일정이 연기되었습니다."),
        ("우리 강아지가 아프다.", "반려견을 동물 병원에 데려가야 해요."),
        ("비밀번호를 잊어버렸어요.", "계정 암호를 다시 설정하는 방법"),
        ("내일 비가 온다고 한다.", "일기 예보에서 우산을 챙기라고 했다."),
        ("그는 중고차를 샀다.", "남이 타던 자동차를 구입했습니다."),
        ("국이 너무 짜다.", "찌개에 소금이 많이 들어갔어요."),
        ("물가가 월급보다 빨리 올랐다.", "임금 상승이 인플레이션을 따라가지 못한다."),
        ("컴퓨터가 느려졌다.", "노트북 속도가 예전 같지 않아요."),
    ),
}

SENTENCES = tuple(text for pairs in _PARAPHRASES.values() for pair in pairs for text in pair)
"""Plain sentences, English and Korean."""


def understood(embed: Callable[[Sequence[str]], Vectors]) -> tuple[str, ...]:
    """The languages, of Korean and English, whose paraphrases the model finds; English if none.

    `embed` gives the unit vectors of texts, shape (n, dimension).
    """
    found = tuple(code for code, pairs in _PARAPHRASES.items() if _share(embed, pairs) >= NEEDED)
    return found or ("en",)


def recognised(rate: Callable[[str, Sequence[str]], Vectors]) -> tuple[str, ...]:
    """The same for a model that rates texts: it must rate a sentence's own paraphrase best.

    `rate` gives the scores of texts for one text, shape (n,).
    """

    def share(pairs: Sequence[tuple[str, str]]) -> float:
        texts = [paraphrase for _, paraphrase in pairs]
        best = [int(np.argmax(rate(sentence, texts))) for sentence, _ in pairs]
        return sum(found == own for own, found in enumerate(best)) / len(pairs)

    found = tuple(code for code, pairs in _PARAPHRASES.items() if share(pairs) >= NEEDED)
    return found or ("en",)


def _share(embed: Callable[[Sequence[str]], Vectors], pairs: Sequence[tuple[str, str]]) -> float:
    """Share of the first sentences whose nearest second sentence is their own."""
    first = embed([sentence for sentence, _ in pairs])
    second = embed([paraphrase for _, paraphrase in pairs])
    nearest: list[int] = np.argmax(first @ second.T, axis=1).tolist()
    return sum(found == own for own, found in enumerate(nearest)) / len(pairs)
