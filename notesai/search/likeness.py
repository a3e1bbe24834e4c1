"""How alike a note and each other one are, from what is in memory of all notes.

Four kinds of evidence, each in 0..1, over all notes at once:

- meaning: the cosine of the notes' mean vectors, less what all notes have in common;
- words: the square root of the cosine of tf-idf weights (Salton and Buckley, 1988); the root lets
  the few words that two notes share count, whatever else they say;
- mentions: how much of one note's title stands in the other's text, weighed by rarity, both ways:
  what a person would have linked;
- names: the words that titles, folders and tags have in common.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.index.note_vectors import NoteVectors
from notesai.index.note_words import NoteWords, name_numbers, tf, title_numbers
from notesai.index.number_table import NUMBERS, Entries, Numbers
from notesai.search.ground import Ground
from notesai.search.subject import Subject

Scores = NDArray[np.float32]

_SMALLEST = 1e-6
_LEAST = 1e-20


@dataclass(frozen=True)
class Evidence:
    """One value for each note of `note_ids`, all in 0..1 but for `meaning`, which ends at -1.

    `meant` says of which notes the meaning is known; of others it is 0.
    """

    note_ids: tuple[str, ...]
    meaning: Scores
    meant: NDArray[np.bool_]
    words: Scores
    mentions: Scores
    names: Scores


def evidence(ground: Ground, subject: Subject, own: Vectors) -> Evidence:
    """What speaks for each note, the subject itself among them if it is indexed.

    `own` are vectors of the subject's passages, shape (n, dimension); if there are none, its
    meaning is not known.
    """
    words, note = ground.words, subject.note
    meaning, meant = _meaning(ground, own)
    title = title_numbers(note.title)
    asked = np.union1d(subject.numbers, np.fromiter(title, np.int32, len(title)))
    entries = words.holders.entries(asked)
    return Evidence(
        words.note_ids,
        meaning,
        meant,
        _alike(words, subject, asked, entries),
        _half(_mentioned(words, subject.numbers) + _mentioning(words, title, asked, entries)),
        _named_alike(words, name_numbers(note.title, note.path, note.tags)),
    )


def centred(vectors: Vectors, middle: Vectors) -> Vectors:
    """Vectors, shape (n, dimension), less `middle`, at unit length or zero."""
    found = vectors - middle
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return np.where(norms > _SMALLEST, found / np.maximum(norms, _SMALLEST), 0.0)


def drawn(ground: Ground, pinned: Iterable[str], hidden: Iterable[str]) -> Scores:
    """How much nearer each note is to the pinned than to the hidden notes, -1..1."""
    found = np.zeros(len(ground.rows), np.float32)
    for note_ids, sign in ((pinned, 1.0), (hidden, -1.0)):
        known = [v for v in map(ground.vectors.of, note_ids) if v is not None]
        if known:
            near, _ = _meaning(ground, np.stack(known))
            found += sign * np.maximum(near, 0.0)
    return found


def _meaning(ground: Ground, own: Vectors) -> tuple[Scores, NDArray[np.bool_]]:
    """How near each note is to the mean of these vectors, and of which that is known."""
    known = ground.rows >= 0
    if not len(own) or not known.any():
        return np.zeros(len(known), np.float32), np.zeros(len(known), np.bool_)
    mean = own.mean(axis=0)
    mean /= max(float(np.linalg.norm(mean)), _SMALLEST)
    return np.where(known, nearness(ground.vectors, mean)[ground.rows], np.float32(0)), known


def nearness(vectors: NoteVectors, own: Vectors) -> Scores:
    """The centred cosine of each note with a unit vector, shape (n,)."""
    direction = centred(own[None, :], vectors.common)[0]
    found = vectors.products(direction)
    found -= float(vectors.common @ direction)
    return _single(found / np.maximum(vectors.distances, _SMALLEST))


def _alike(words: NoteWords, subject: Subject, asked: Numbers, entries: Entries) -> Scores:
    """The root of the cosine of each note's tf-idf weights with those of the subject's words."""
    if not len(subject.numbers) or not len(words):
        return np.zeros(len(words), np.float32)
    rarity = words.rarity(subject.numbers)
    weights = tf(subject.counts) * rarity
    products = _spread(subject.numbers, weights * rarity, asked)[entries.asked]
    products *= tf(entries.values)
    length = float(np.linalg.norm(weights))
    # What all notes hold counts next to nothing, but for equal notes it is all there is.
    cosines = _sums(words, entries, products) / np.maximum(words.lengths * length, _LEAST)
    return np.sqrt(np.clip(cosines, 0.0, 1.0))


def _mentioned(words: NoteWords, numbers: Numbers) -> Scores:
    """How much of each title stands in the subject's text."""
    weights, whole = words.title_weights
    here = _among(numbers, words.titles.numbers)
    found = words.titles.sums(np.where(here, weights, np.float32(0)))
    return _single(found / np.maximum(whole, _SMALLEST))


def _mentioning(
    words: NoteWords, title: Mapping[int, float], asked: Numbers, entries: Entries
) -> Scores:
    """How much of the subject's title stands in each text."""
    numbers = np.fromiter(title, np.int32, len(title))
    weights = np.fromiter(title.values(), np.float32, len(title)) * words.rarity(numbers)
    whole = float(weights.sum())
    if whole <= _SMALLEST:
        return np.zeros(len(words), np.float32)
    return _sums(words, entries, _spread(numbers, weights / whole, asked)[entries.asked])


def _named_alike(words: NoteWords, names: Iterable[int]) -> Scores:
    """What the names of each note and these have in common, as a cosine of their rarities."""
    numbers = np.array(sorted(names), np.int32)
    weights, sums = words.name_weights
    here = _among(numbers, words.names.numbers)
    shared = words.names.sums(np.where(here, weights, np.float32(0)))
    whole = sums * float(words.name_rarity(numbers).sum())
    return _single(shared / np.maximum(np.sqrt(whole), _SMALLEST))


def _sums(words: NoteWords, entries: Entries, products: Scores) -> Scores:
    """For each note the sum over its entries."""
    return _single(np.bincount(entries.rows, products, len(words)))


def _half(values: Scores) -> Scores:
    return _single(values / 2)


def _single(values: NDArray[Any]) -> Scores:
    return values.astype(np.float32, copy=False)


def _spread(numbers: Numbers, values: Scores, asked: Numbers) -> Scores:
    """One value for each number asked for, 0 for those that have none."""
    found = np.zeros(len(asked), np.float32)
    found[np.searchsorted(asked, numbers)] = values
    return found


def _among(numbers: Numbers, all_of: Numbers) -> NDArray[np.bool_]:
    """Whether each of `all_of` is one of these numbers."""
    there = np.zeros(NUMBERS, np.bool_)
    there[numbers] = True
    return there[all_of]
