"""An answer made of the notes' own sentences: nothing is generated, everything is quoted."""

import math
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from notesai.answers.questions import question_words
from notesai.answers.retrieval import Source
from notesai.answers.sentences import sentences
from notesai.embedding.base import Embedder
from notesai.model import Answer, AnswerKind, Citation
from notesai.notes.terms import terms
from notesai.search.candidates import speaks

PASSAGES = 12
"""The best passages are quoted from."""

QUOTES = 3
LONGEST = 400
"""Characters of one quoted sentence; longer pieces are code or tables rather than sentences."""

PROSE = 0.75
"""Share of letters and spaces from which a line is prose: tables, links and code answer nothing."""

COVERED_WORDS = 0.5
"""Share of the question's words, by rarity, that a passage must hold to be about it."""

COVERED_MEANING = 0.45
"""Cosine between question and sentence from which meaning alone is enough."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def around(self) -> str:
        return f"{self.passage.title} {self.passage.heading} {self.passage.text}"


def answer(
    sources: Sequence[Source], embedder: Embedder, question: str, *, not_covered: str, lead: str
) -> Answer:
    """The best sentences of what was found for a question, quoted with sources.

    `lead` opens the answer and says that it is quoted; `not_covered` is the text when the notes do
    not seem to hold an answer, with the nearest notes as sources.
    """
    started = time.perf_counter()
    candidates = list(_candidates(sources[:PASSAGES]))
    scores = _scores(embedder, question, candidates)
    best = sorted(range(len(candidates)), key=lambda i: -scores[i])
    chosen = [candidates[i] for i in _distinct(best, candidates) if scores[i] > 0.0][:QUOTES]
    if not chosen:
        return _answer(not_covered, AnswerKind.NOT_COVERED, _nearest(sources), started)
    citations = tuple(_citation(n, sentence) for n, sentence in enumerate(chosen, start=1))
    quotes = "\n".join(f"> {_on_one_line(c.text)} [{c.n}]" for c in citations)
    return _answer(f"{lead}\n\n{quotes}", AnswerKind.EXTRACTIVE, citations, started)


def _candidates(sources: Iterable[Source]) -> Iterable[_Sentence]:
    for source in sources:
        for start, end in sentences(source.text):
            if 8 <= end - start <= LONGEST and _prose(source.text[start:end]) >= PROSE:
                yield _Sentence(source, start, end)


def _scores(embedder: Embedder, question: str, candidates: Sequence[_Sentence]) -> list[float]:
    """How well each sentence answers; 0 where nothing shows that it is on topic."""
    words, around = _word_scores(question, candidates)
    meaning = _meaning_scores(embedder, question, candidates)
    return [
        sentence.passage.score + around[i] + words[i] + meaning[i]
        if around[i] >= COVERED_WORDS or meaning[i] >= COVERED_MEANING
        else 0.0
        for i, sentence in enumerate(candidates)
    ]


def _word_scores(question: str, candidates: Sequence[_Sentence]) -> tuple[list[float], list[float]]:
    """Share of the question's words, by rarity, in each sentence and in what is around it."""
    wanted = question_words(question)
    around = {id(s.passage): set(terms(s.around)) for s in candidates}
    seen = Counter(word for held in around.values() for word in held & wanted)
    rarity = {word: math.log1p(len(around) / (1 + seen[word])) for word in wanted}
    total = sum(rarity.values()) or 1.0

    def share(held: set[str]) -> float:
        return sum(rarity[word] for word in wanted & held) / total

    own = [share(set(terms(sentence.text))) for sentence in candidates]
    return own, [share(around[id(sentence.passage)]) for sentence in candidates]


def _meaning_scores(
    embedder: Embedder, question: str, candidates: Sequence[_Sentence]
) -> list[float]:
    if not candidates or not speaks(embedder.card.languages, question):
        return [0.0] * len(candidates)
    vectors = embedder.embed_documents([sentence.text for sentence in candidates])
    cosines = vectors @ embedder.embed_query(question)
    return [float(value) for value in np.clip(cosines, 0.0, 1.0)]


def _prose(text: str) -> float:
    """Share of letters and spaces."""
    return sum(character.isalnum() or character.isspace() for character in text) / len(text)


def _distinct(order: Iterable[int], candidates: Sequence[_Sentence]) -> Iterable[int]:
    seen: set[str] = set()
    for index in order:
        text = candidates[index].text
        if text not in seen:
            seen.add(text)
            yield index


def _citation(n: int, sentence: _Sentence) -> Citation:
    passage = sentence.passage
    line = passage.line + passage.text.count("\n", 0, sentence.start)
    start, end = passage.start + sentence.start, passage.start + sentence.end
    whole = passage.cited(n)
    return replace(whole, line=line, start=start, end=end, text=sentence.text)


def _nearest(sources: Sequence[Source]) -> tuple[Citation, ...]:
    """The best passages of the best notes."""
    best = list({source.path: source for source in reversed(sources)}.values())
    best.sort(key=lambda source: -source.score)
    return tuple(source.cited(n) for n, source in enumerate(best[:QUOTES], start=1))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _answer(text: str, kind: AnswerKind, citations: tuple[Citation, ...], started: float) -> Answer:
    milliseconds = round(1000 * (time.perf_counter() - started), 1)
    return Answer(text, kind, citations, (), milliseconds)
