"""Every sentence of an answer is held against the passages that it cites.

What can be looked up decides alone: whether there is such a passage, numbers and dates, names, and
whether one denies what the other says. What is left is how much of the sentence the passages hold,
by word and by meaning: one line parts the supported from the rest (`tests/bench/bench_citations.py`
draws it from one half of its sentences and measures on the other).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from notesai.answers.claims import Claim, claims
from notesai.answers.evidence import Sentence, Source, Support
from notesai.answers.likeness import Likeness
from notesai.answers.wording import words
from notesai.embedding.base import Embedder
from notesai.model import Answer, AnswerKind, Citation, SentenceCheck, Verdict

WORDS, MEANING, BEHIND, LEAST = 1.7, 2.9, 0.9, 3.1
"""A sentence holds if `WORDS * words + MEANING * meaning + BEHIND * min(0, ahead) >= LEAST`."""

LEAST_WORDS = 0.5
"""Share of its words that must be there where no model compares meanings."""

LEAST_FOREIGN = 0.2
"""Likeness from which a sentence holds that is in another language than its passages."""

_ASKS_OR_LEADS = re.compile(r"[?？:：]\s*\Z")
_SAYS_NOTHING = re.compile(
    r"\b(?:notes?|passages?|sources?|texts?)\b[^.]{0,40}\b(?:do|does|did)(?:n['’]t| not)\b"
    r"|\bnot (?:mentioned|covered|stated|said|found) in (?:the|your)\b"
    r"|\bno (?:information|mention)\b|\bI (?:do not|don['’]t|cannot|can['’]t)\b"
    r"|(?:노트|구절|자료|내용|정보)[가-힣]*\s(?:[가-힣]+\s){0,5}(?:없|않|못)"
    r"|알 수 없|찾을 수 없|나와 있지 않"
    r"|^(?:안녕|감사|도움이|hello|hi\b|thanks?\b|you['’]re welcome|sure\b)",
    re.IGNORECASE,
)


def check(
    answer: str, passages: Sequence[Citation], embedder: Embedder
) -> tuple[SentenceCheck, ...]:
    """What the check of each sentence of `answer` comes to, in their order.

    `passages` are all that the answer was made from, with the numbers that it cites them by. Raises
    `ModelError` if the model fails; with one that reads no language words alone are compared.
    """
    likeness = Likeness(embedder)
    sources = {passage.n: Source(passage, likeness) for passage in passages}
    return tuple(_checked(claim, sources, likeness) for claim in claims(answer))


def verified(answer: Answer, embedder: Embedder) -> Answer:
    """A generated answer with its checks; any other as it is. Raises as `check` does."""
    if answer.kind is not AnswerKind.GENERATED:
        return answer
    checks = check(answer.answer, answer.passages, embedder)
    return replace(answer, checks=checks, unsupported=unsupported(answer.answer, checks))


def unsupported(answer: str, checks: Sequence[SentenceCheck]) -> tuple[str, ...]:
    """The sentences that their passages do not bear, as they stand in the answer."""
    return tuple(answer[c.start : c.end] for c in checks if c.verdict is Verdict.UNSUPPORTED)


def rests_on_nothing(answer: Answer) -> bool:
    """Whether an answer claims something and names not one passage for it."""
    said = list(claims(answer.answer)) if answer.kind is AnswerKind.GENERATED else []
    return bool(said) and not any(c.cited or _SAYS_NOTHING.search(c.text) for c in said)


def score(support: Support) -> float:
    """How far a sentence is on the side of those that hold; 0 and more is supported."""
    behind = BEHIND * min(0.0, support.ahead)
    if support.meaning is None:
        return support.words + behind - LEAST_WORDS
    if support.foreign:
        return support.meaning - LEAST_FOREIGN
    return WORDS * support.words + MEANING * support.meaning + behind - LEAST


def _checked(claim: Claim, sources: Mapping[int, Source], likeness: Likeness) -> SentenceCheck:
    def verdict(found: Verdict, reason: str = "") -> SentenceCheck:
        return SentenceCheck(claim.start, claim.end, claim.cited, found, reason)

    if any(n not in sources for n in claim.cited):
        return verdict(Verdict.UNSUPPORTED, "source")
    if free(claim):
        return verdict(Verdict.FREE)
    if not claim.cited:
        return verdict(Verdict.UNCITED)
    cited = [sources[n] for n in claim.cited]
    others = [source for n, source in sources.items() if n not in claim.cited]
    reason = lacking(Sentence(claim.text, likeness).support(cited, others))
    return verdict(Verdict.UNSUPPORTED if reason else Verdict.SUPPORTED, reason)


def lacking(support: Support) -> str:
    """What a sentence lacks, as in `SentenceCheck`; empty for one that holds."""
    far = score(support) < 0
    if far and support.ahead < -0.2:
        return "source"
    if support.numbers_missing:
        return "number"
    if support.names_missing:
        return "name"
    if support.contradicted:
        return "meaning"
    if not far:
        return ""
    return "words" if support.words < LEAST_WORDS and not support.foreign else "meaning"


def free(claim: Claim) -> bool:
    """Whether a sentence claims nothing that a source would have to bear."""
    if _SAYS_NOTHING.search(claim.text) or not words(claim.text):
        return True
    return not claim.cited and _ASKS_OR_LEADS.search(claim.text) is not None
