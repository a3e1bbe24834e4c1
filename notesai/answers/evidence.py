"""What passages say for a sentence: words, meaning, and what speaks against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from notesai.answers import names, polarity
from notesai.answers.figures import Figure, borne_out, figures, missing
from notesai.answers.likeness import Likeness
from notesai.answers.wording import Word, Wording, share, words
from notesai.embedding.base import Vectors
from notesai.model import Citation
from notesai.notes.language import language_of
from notesai.notes.sentences import sentence_starts

MOST_SENTENCES = 40
"""Of a longer passage only so many are compared by meaning."""


class Source:
    """One passage, ready to be compared with many sentences."""

    def __init__(self, passage: Citation, likeness: Likeness) -> None:
        self.passage = passage
        self.text = "\n".join(filter(None, (passage.title, passage.heading, passage.text)))
        self.language = language_of(passage.text)
        self.wording = Wording(self.text)
        self._likeness = likeness

    @cached_property
    def figures(self) -> list[Figure]:
        """What it states exactly."""
        return borne_out(self.text)

    @cached_property
    def sentences(self) -> list[str]:
        """Its sentences."""
        return _sentences(self.passage.text)[:MOST_SENTENCES]

    @cached_property
    def parts(self) -> list[str]:
        """Its sentences, each two in a row, and the whole."""
        pairs = (f"{one} {next_one}" for one, next_one in pairwise(self.sentences))
        return [*self.sentences, *pairs, self.passage.text]

    @cached_property
    def vectors(self) -> Vectors:
        """Those of its parts, shape (n, dimension)."""
        return self._likeness.vectors(self.parts)

    def nearness(self, vector: Vectors) -> float:
        """How near the nearest of its parts is."""
        return float((self.vectors @ vector).max())


@dataclass(frozen=True, slots=True)
class Support:
    """What the cited passages say for one sentence.

    `words`: share of its words that they hold, 0..1. `meaning`: likeness to their nearest part, or
    None where the model does not read both. `ahead`: how much more they say for it than the best
    of the other passages. `foreign`: none of them is in its language, so that words tell nothing.
    """

    words: float
    meaning: float | None
    ahead: float
    foreign: bool
    numbers_missing: bool
    names_missing: bool
    contradicted: bool


class Sentence:
    """A sentence of an answer, ready to be compared."""

    def __init__(self, text: str, likeness: Likeness) -> None:
        self.text = text
        self.language = language_of(text)
        self.words: Sequence[Word] = words(text)
        self._likeness = likeness

    @cached_property
    def _vector(self) -> Vectors:
        return self._likeness.vectors([self.text])[0]

    def support(self, cited: Sequence[Source], others: Sequence[Source]) -> Support:
        """What `cited` say for it, at least one passage, in the light of the `others`."""
        here, elsewhere = self._held(cited), max((self._held([s]) for s in others), default=0.0)
        foreign = all(source.language != self.language for source in cited)
        return Support(
            words=share(self.words, [source.wording for source in cited]),
            meaning=self._meaning(cited),
            ahead=here - elsewhere,
            foreign=foreign,
            numbers_missing=bool(missing(figures(self.text), _all_figures(cited))),
            names_missing=not foreign and self._nameless(cited),
            contradicted=polarity.contradicted(self.text, _all_sentences(cited)),
        )

    def _held(self, sources: Sequence[Source]) -> float:
        meaning = self._meaning(sources)
        held = share(self.words, [source.wording for source in sources])
        return held if meaning is None else (held + meaning) / 2

    def _meaning(self, sources: Iterable[Source]) -> float | None:
        read = [s for s in sources if self._likeness.reads(self.language, s.language)]
        if not read:
            return None
        return self._likeness.scaled(max(source.nearness(self._vector) for source in read))

    def _nameless(self, sources: Sequence[Source]) -> bool:
        return any(
            not any(names.stands_in(name, source.text) for source in sources)
            for name in names.names(self.text)
        )


def _all_figures(sources: Iterable[Source]) -> list[Figure]:
    return [figure for source in sources for figure in source.figures]


def _all_sentences(sources: Iterable[Source]) -> list[str]:
    return [sentence for source in sources for sentence in source.sentences]


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    for line in filter(str.strip, text.split("\n")):
        starts = [*sentence_starts(line, 0, len(line)), len(line)]
        found += [part for a, b in pairwise(starts) if (part := line[a:b].strip())]
    return found or [text]
