"""What clusters are about: the words that their notes hold and others do not.

Class-based TF-IDF as in Grootendorst, "BERTopic" (2022): all notes of a cluster are one text. Words
count by the notes that hold them, not by how often one note repeats them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from notesai.embedding.base import Vectors
from notesai.maps.korean_nouns import Nouns, written
from notesai.maps.words import Word, english_words, korean_words, most_written, prose
from notesai.progress import Progress

PHASE = "naming"

TERMS = 10
"""Words that are kept of each cluster."""

LABEL_TERMS = 3
"""Words that make a label."""

SEPARATOR = " · "

_LEAST_NOTES = 2
_TITLE_WEIGHT = 1.5
_BATCH = 64

_CANDIDATES = 40
"""Words of a cluster, the best by their counts, that the model is asked about."""

_NEARNESS = 3.0
"""A word that points where the cluster does weighs so many powers of e more than one that does not.
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a note says: its title, and the beginning of its text."""

    title: str
    text: str


@dataclass(slots=True)
class Vocabulary:
    """The words of notes: how much each note is about each, and how each is written."""

    of_notes: list[dict[str, float]] = field(default_factory=list[dict[str, float]])
    forms: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, words: Iterable[Word], title: Iterable[Word]) -> None:
        """The words of the next note."""
        weights: dict[str, float] = {}
        for word in words:
            weights.setdefault(word.key, 1.0)
            self.forms[word.key][word.form] += 1
        for word in title:
            weights[word.key] = _TITLE_WEIGHT
            self.forms[word.key][word.form] += 1
        self.of_notes.append(weights)


def vocabulary(notes: Sequence[Said], progress: Progress) -> Vocabulary:
    """The words of notes, in their order."""
    parts: list[tuple[_Read, _Read]] = []
    for at, said in enumerate(notes):
        if at % _BATCH == 0:
            progress.report(PHASE, at, len(notes))
        parts.append((_read(said.text), _read(said.title)))
    nouns = Nouns(
        (word for both in parts for part in both for word in part.korean),
        (title.korean[0] for _, title in parts if len(title.korean) == 1 and not title.english),
    )
    found = Vocabulary()
    for text, title in parts:
        found.add(text.words(nouns), title.words(nouns))
    progress.report(PHASE, len(notes), len(notes))
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """English words of a text, and what is written in Korean, of which all tell the nouns."""

    english: list[Word]
    korean: list[str]

    def words(self, nouns: Nouns) -> Iterator[Word]:
        yield from self.english
        yield from korean_words(self.korean, nouns)


def _read(text: str) -> _Read:
    bare = prose(text)
    return _Read(list(english_words(bare)), written(bare))


@dataclass(frozen=True, slots=True)
class Aboutness:
    """How far a word is about what a cluster is about, by the model that made the vectors.

    `embed` gives vectors of words, shape (n, dimension); `middles`, shape (clusters, dimension),
    are the mean vectors of the clusters, less what all notes have in common.
    """

    embed: Callable[[Sequence[str]], Vectors]
    middles: Vectors

    def of(self, words: Sequence[Sequence[str]]) -> list[Vectors]:
        """For each cluster the cosines of its words with it, less what words have in common."""
        distinct = sorted({word for some in words for word in some})
        if not distinct:
            return [np.zeros(0, np.float32) for _ in words]
        vectors = self.embed(distinct)
        vectors = _unit(vectors - vectors.mean(axis=0))
        place = {word: row for row, word in enumerate(distinct)}
        middles = _unit(self.middles)
        return [
            vectors[[place[word] for word in some]] @ middle
            for some, middle in zip(words, middles, strict=True)
        ]


def terms_of(
    words: Vocabulary, clusters: Sequence[Sequence[int]], about: Aboutness | None = None
) -> list[tuple[str, ...]]:
    """For each cluster, given by its notes' places in `words`, its `TERMS` best words.

    Words that only one of its notes holds are taken only where there are no others. With `about`,
    a word's weight grows with how near it is to the cluster, as in KeyBERT (Grootendorst, 2020):
    in a few notes, chance repeats words that say nothing.
    """
    shares = [_shares(words.of_notes, members) for members in clusters]
    total: dict[str, float] = defaultdict(float)
    for share in shares:
        for key, value in share.items():
            total[key] += value[0]
    mean = sum(total.values()) / max(1, len(clusters))
    rarity = {key: float(np.log1p(mean / value)) for key, value in total.items()}
    found = [_candidates(share, rarity, words.forms) for share in shares]
    if about is None:
        return [_chosen(candidates) for candidates in found]
    near = about.of([[form for form, _ in candidates] for candidates in found])
    return [
        _chosen(
            [
                (form, weight * float(np.exp(_NEARNESS * cosine)))
                for (form, weight), cosine in zip(candidates, cosines, strict=True)
            ]
        )
        for candidates, cosines in zip(found, near, strict=True)
    ]


def _shares(
    of_notes: Sequence[Mapping[str, float]], members: Sequence[int]
) -> dict[str, tuple[float, int]]:
    """For each word its weight in the cluster, for each of its notes, and how many hold it."""
    sums: dict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    for member in members:
        for key, weight in of_notes[member].items():
            sums[key] += weight
            counts[key] += 1
    return {key: (value / len(members), counts[key]) for key, value in sums.items()}


def _candidates(
    share: Mapping[str, tuple[float, int]],
    rarity: Mapping[str, float],
    forms: Mapping[str, Counter[str]],
) -> list[tuple[str, float]]:
    """The words that could stand for a cluster, as they are written, with their weights."""
    repeated = [key for key, (_, notes) in share.items() if notes >= _LEAST_NOTES]
    keys = repeated if len(repeated) >= LABEL_TERMS else list(share)
    weighed = sorted((-share[key][0] * rarity[key], key) for key in keys)
    return [(most_written(forms[key]), -weight) for weight, key in weighed[:_CANDIDATES]]


def _chosen(candidates: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """The best words, none of which holds another."""
    chosen: list[str] = []
    for form, _ in sorted(candidates, key=lambda one: (-one[1], one[0])):
        if len(chosen) < TERMS and not any(_same(form, other) for other in chosen):
            chosen.append(form)
    return tuple(chosen)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-12)


def _same(one: str, other: str) -> bool:
    """Whether one of two words holds the other: together they say nothing more."""
    a, b = one.lower(), other.lower()
    return a in b or b in a


def label(terms: Sequence[str]) -> str:
    """The name of a cluster that has been given none."""
    return SEPARATOR.join(terms[:LABEL_TERMS])


Suggest = Callable[[Sequence[str], Sequence[str]], str]
"""Makes a name of a cluster's words and of titles of its notes; empty if none comes to mind."""
