"""An answer made of the notes' own sentences: nothing is generated, everything is quoted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from notesai.answers.coverage import Bearing, Sentence, covered
from notesai.answers.readable import readable
from notesai.answers.retrieval import Source
from notesai.model import Answer, AnswerKind, Citation

PASSAGES = 5
"""Passages that are quoted from: the right one is the first in nine of ten cases, and among five
in 98 of a hundred.
"""

OPENING = 2
"""Sentences quoted from the best passage; from each other one the best."""

NEAREST = 3
"""Notes that are shown where the question is not covered."""

SEARCH = 6.0
"""What the score of the search, 0..1, counts beside that of the bearing."""

BEHIND = 3.5
"""A passage that bears on the question so much less than the best one is not quoted from."""


LEAST = 0.4
"""What the words and the likeness of a sentence add up to where it is worth quoting."""


def answer(
    found: Sequence[Bearing], sources: Sequence[Source], *, not_covered: str, lead: str
) -> Answer:
    """The best sentences of what was found for a question, quoted with sources.

    `lead` opens the answer and says that it is quoted; `not_covered` is the text when the notes do
    not seem to hold an answer, with the nearest notes as sources.
    """
    quotes = list(_quotes(_chosen(found))) if covered(found) else []
    if not quotes:
        return Answer(not_covered, AnswerKind.NOT_COVERED, _nearest(sources), (), 0.0)
    citations = tuple(_citation(n, *quote) for n, quote in enumerate(quotes, start=1))
    text = "\n".join(f"> {readable(c.text)} [{c.n}]" for c in citations)
    return Answer(f"{lead}\n\n{text}", AnswerKind.EXTRACTIVE, citations, (), 0.0)


def _chosen(found: Sequence[Bearing]) -> list[Bearing]:
    """The passages to quote from, best first: by what search makes of them, and the question."""
    ordered = sorted(found, key=lambda bearing: -(bearing.score + SEARCH * bearing.source.score))
    quotable = [bearing for bearing in ordered if bearing.sentences]
    least = max((bearing.score for bearing in quotable), default=0.0) - BEHIND
    return [bearing for bearing in quotable if bearing.score >= least][:PASSAGES]


def _quotes(chosen: Iterable[Bearing]) -> Iterator[tuple[Source, Sentence]]:
    """The best sentences of each passage, none of them twice; of the best passage one at least."""
    seen: set[str] = set()
    for place, bearing in enumerate(chosen):
        source, kept = bearing.source, 0
        worth = [s for s in bearing.sentences if s.score >= LEAST]
        for sentence in worth or bearing.sentences[: place == 0]:
            text = source.text[sentence.start : sentence.end]
            if kept < (OPENING if place == 0 else 1) and text not in seen:
                seen.add(text)
                kept += 1
                yield source, sentence


def _citation(n: int, source: Source, sentence: Sentence) -> Citation:
    line = source.line + source.text.count("\n", 0, sentence.start)
    return replace(
        source.cited(n),
        line=line,
        start=source.start + sentence.start,
        end=source.start + sentence.end,
        text=source.text[sentence.start : sentence.end],
    )


def _nearest(sources: Sequence[Source]) -> tuple[Citation, ...]:
    """The best passages of the best notes."""
    best = list({source.path: source for source in reversed(sources)}.values())
    best.sort(key=lambda source: -source.score)
    return tuple(source.cited(n) for n, source in enumerate(best[:NEAREST], start=1))
