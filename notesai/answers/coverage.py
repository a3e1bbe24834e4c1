"""Whether the notes cover a question, and how far each passage bears on it.

A passage bears on a question as far as it holds its words, by their rarity in the notes, as far as
one of its sentences does, and as far as that sentence means the same. A sentence is read below its
heading, for what a section is about is often said nowhere else. A logistic regression over
the three, drawn by `tests/bench/bench_answers.py --fit` from half of the questions of two public
sets (one Korean, one English; half of them asked of notes that hold no answer), puts 0 where an
answer is as likely as none. The other half is measured.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from notesai.answers.likeness import Likeness
from notesai.answers.questions import telling
from notesai.answers.retrieval import Source
from notesai.answers.sentences import sentences
from notesai.answers.wording import Word, Wording, asks, words
from notesai.index.store import Store
from notesai.notes.language import language_of

PASSAGES = 8
"""The best passages are looked at; the answer is among them or not at all."""

WORDS, SENTENCE, MEANING, LEAST = 3.5, 3.0, 5.3, 5.7
"""A passage bears on a question from `WORDS * w + SENTENCE * s + MEANING * m - LEAST >= 0` on."""

WORDS_ALONE, SENTENCE_ALONE, LEAST_ALONE = 5.4, 4.3, 4.4
"""The same where no model compares meanings."""

VERB = 0.5
"""What the verb of a question counts beside its other words: answers seldom repeat it."""

FOREIGN = 0.6
"""Likeness of a sentence from which a passage in another language bears on a question."""

LONGEST = 400
"""Characters of a sentence; longer pieces are code or tables rather than sentences."""

PROSE = 0.75
"""Share of letters and spaces from which a line is prose: tables, links and code answer nothing."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUESTION = re.compile(r"[?？][*_)\]]*(?P<quoted>[\"”’'»」』]?)[*_)\]]*\Z")
_SHORTEST = 8
_COUNTED = 500
"""Passages with a word that are counted; a word that is in more tells hardly less."""

Weights = Mapping[Word, float]
"""The words of a question, and what share of it each is; they add up to 1."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, `passage.text[start:end]`, and how far it answers a question.

    `words` is the share of the question that it and its heading hold, `meaning` its likeness to
    the question, alone or below its heading, or None.
    """

    start: int
    end: int
    words: float
    meaning: float | None

    @property
    def score(self) -> float:
        """What it counts among the sentences of its passage."""
        return self.words + (self.meaning or 0.0)


@dataclass(frozen=True, slots=True)
class Bearing:
    """How far a passage bears on a question. `sentences` are its own, the best first."""

    source: Source
    words: float
    sentences: tuple[Sentence, ...]
    foreign: bool

    @property
    def score(self) -> float:
        """0 and more where the passage seems to hold an answer."""
        meanings = [s.meaning for s in self.sentences if s.meaning is not None]
        held = max((sentence.words for sentence in self.sentences), default=0.0)
        if not meanings:
            return WORDS_ALONE * self.words + SENTENCE_ALONE * held - LEAST_ALONE
        score = WORDS * self.words + SENTENCE * held + MEANING * max(meanings) - LEAST
        return max(score, max(meanings) - FOREIGN) if self.foreign else score


def weights(store: Store, question: str) -> Weights:
    """What the words of a question count, by how rare they are in the notes."""
    passages = store.count_chunks()

    def rarity(term: str) -> float:
        return _rarity(len(store.lexical_keys({term: 1.0}, _COUNTED)), passages)

    asking = telling(question)
    wanted = [*words(asking), *(Word(number, True) for number in _NUMBER.findall(asking))]
    found = {
        word: max(map(rarity, word.terms), default=0.0) * (VERB if asks(word) else 1.0)
        for word in wanted
    }
    total = sum(found.values()) or 1.0
    return {word: weight / total for word, weight in found.items()}


def bearings(
    question: str, asked: Weights, sources: Sequence[Source], likeness: Likeness
) -> list[Bearing]:
    """How far the best of `sources` bear on a question, in their order. Raises `ModelError`."""
    language = language_of(question)
    best = sources[:PASSAGES]
    cut = [quotable(source.text) for source in best]
    texts = [s.text[a:b] for s, spans in zip(best, cut, strict=True) for a, b in spans]
    headed = [
        f"{_heading(s)}. {s.text[a:b]}"
        for s, spans in zip(best, cut, strict=True)
        for a, b in spans
    ]
    alone = _meanings(question, language, texts, likeness)
    below = _meanings(question, language, headed, likeness)
    found = iter(
        (held(asked, Wording(text)), one if other is None or one is None else max(one, other))
        for text, one, other in zip(headed, alone, below, strict=True)
    )
    return [
        Bearing(
            source,
            held(asked, Wording(f"{source.title} {source.heading} {source.text}")),
            tuple(
                sorted(
                    (Sentence(*span, *next(found)) for span in spans),
                    key=lambda sentence: -sentence.score,
                )
            ),
            language_of(source.text) != language,
        )
        for source, spans in zip(best, cut, strict=True)
    ]


def covered(found: Sequence[Bearing]) -> bool:
    """Whether some passage seems to hold an answer."""
    return any(bearing.score >= 0.0 for bearing in found)


def held(asked: Weights, given: Wording) -> float:
    """The share of a question, by the weight of its words, that is in a text."""
    return sum(weight * given.holds(word) for word, weight in asked.items())


def _rarity(with_it: int, passages: int) -> float:
    """The weight of a term in BM25, never negative (Lucene's form of Robertson's idf)."""
    return math.log1p((max(0, passages - with_it) + 0.5) / (with_it + 0.5))


def _heading(source: Source) -> str:
    """The heading that a passage stands below: its nearest, else the note's title."""
    return source.heading.rpartition(" › ")[2] or source.title


def _meanings(
    question: str, language: str, texts: Sequence[str], likeness: Likeness
) -> list[float | None]:
    """Likeness of each text to the question; None where the model does not read both."""
    read = [likeness.reads(language, language_of(text)) for text in texts]
    kept = [text for text, reads in zip(texts, read, strict=True) if reads]
    if not kept:
        return [None] * len(texts)
    cosines = iter(likeness.vectors(kept) @ likeness.query(question))
    return [likeness.scaled(float(next(cosines))) if reads else None for reads in read]


def quotable(text: str) -> list[tuple[int, int]]:
    """Where the sentences are that can be quoted; a question is one with what follows it."""
    return [
        (start, end)
        for start, end in _with_answers(text, list(sentences(text)))
        if _SHORTEST <= end - start <= LONGEST and _prose(text[start:end]) >= PROSE
    ]


def _with_answers(text: str, cut: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, without questions that somebody is only quoted with."""
    begun: int | None = None
    for start, end in cut:
        asking = _QUESTION.search(text, start, end)
        if asking is None:
            yield (start if begun is None else begun), end
            begun = None
        elif asking["quoted"]:
            begun = None
        elif begun is None:
            begun = start


def _prose(text: str) -> float:
    """Share of letters and spaces."""
    return sum(character.isalnum() or character.isspace() for character in text) / len(text)
