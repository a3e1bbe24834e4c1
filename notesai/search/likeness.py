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
from notesai.index.note_words import NUMBERS, NoteWords, Table, name_numbers, tf, title_numbers
from notesai.search.subject import Subject

Scores = NDArray[np.float32]
Codes = NDArray[np.uint16]

_SMALLEST = 1e-6
_MOST_CODES = 65_535
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


def evidence(words: NoteWords, vectors: NoteVectors, subject: Subject) -> Evidence:
    """What speaks for each note, the subject itself among them if it is indexed."""
    meaning, meant = _meaning(words, vectors, subject)
    note = subject.note
    title = title_numbers(note.title)
    codes, code_of = _coded(words, [*title, *subject.numbers])
    return Evidence(
        words.note_ids,
        meaning,
        meant,
        _alike(words, subject.numbers, codes, code_of),
        _half(_mentioned(words, subject.numbers) + _mentioning(words, title, codes, code_of)),
        _named_alike(words, name_numbers(note.title, note.path, note.tags)),
    )


def centred(vectors: Vectors, middle: Vectors) -> Vectors:
    """Vectors, shape (n, dimension), less `middle`, at unit length or zero."""
    found = vectors - middle
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return np.where(norms > _SMALLEST, found / np.maximum(norms, _SMALLEST), 0.0)


def drawn(
    words: NoteWords, vectors: NoteVectors, pinned: Iterable[str], hidden: Iterable[str]
) -> Scores:
    """How much nearer each note is to the pinned than to the hidden notes, -1..1."""
    found = np.zeros(len(words), np.float32)
    for note_ids, sign in ((pinned, 1.0), (hidden, -1.0)):
        known = [vector for vector in map(vectors.of, note_ids) if vector is not None]
        if known:
            near, _ = _on_notes(words, vectors, nearness(vectors, _mean(np.stack(known))))
            found += sign * np.maximum(near, 0.0)
    return found


def _meaning(
    words: NoteWords, vectors: NoteVectors, subject: Subject
) -> tuple[Scores, NDArray[np.bool_]]:
    if not len(vectors) or not len(subject.vectors):
        return np.zeros(len(words), np.float32), np.zeros(len(words), bool)
    return _on_notes(words, vectors, nearness(vectors, _mean(subject.vectors)))


def _on_notes(
    words: NoteWords, vectors: NoteVectors, values: Scores
) -> tuple[Scores, NDArray[np.bool_]]:
    """What there is a value of for each row of `vectors`, for each of `words`; where there is."""
    places = vectors.places
    rows = np.fromiter((places.get(i, -1) for i in words.note_ids), np.int64, len(words))
    known = rows >= 0
    return np.where(known, values[rows], 0.0).astype(np.float32), known


def _mean(vectors: Vectors) -> Vectors:
    found = vectors.mean(axis=0)
    return found / max(float(np.linalg.norm(found)), _SMALLEST)


def nearness(vectors: NoteVectors, own: Vectors) -> Scores:
    """The centred cosine of each note with a unit vector, shape (n,)."""
    direction = centred(own[None, :], vectors.common)[0]
    found = vectors.products(direction)
    found -= float(vectors.common @ direction)
    return _single(found / np.maximum(vectors.distances, _SMALLEST))


def _coded(words: NoteWords, numbers: Iterable[int]) -> tuple[Codes, Codes]:
    """The words of all texts as codes that only these numbers have, 0 for all others.

    Looking something up for each word of all notes costs most of the time, and far less in a
    table of a few codes than in one of all numbers. The second value is the code of each number.
    """
    asked = np.fromiter(dict.fromkeys(numbers), np.int32)[:_MOST_CODES]
    code_of = np.zeros(NUMBERS, np.uint16)
    code_of[asked] = np.arange(1, len(asked) + 1)
    return code_of.take(words.text.numbers), code_of


def _by_code(code_of: Codes, numbers: NDArray[np.int32], values: Scores) -> Scores:
    """One value for each code: that of its number, else 0."""
    found = np.zeros(_MOST_CODES + 1, np.float32)
    found[code_of[numbers]] = values
    found[0] = 0.0
    return found


def _alike(words: NoteWords, counts: Mapping[int, int], codes: Codes, code_of: Codes) -> Scores:
    numbers, values = _arrays(counts, np.uint8)
    if not len(numbers) or not len(words):
        return np.zeros(len(words), np.float32)
    rarity = words.rarity(numbers)
    weights = tf(values) * rarity
    products = _by_code(code_of, numbers, weights * rarity).take(codes)
    products *= tf(words.text.values)
    length = float(np.linalg.norm(weights))
    # What all notes hold counts next to nothing, but for equal notes it is all there is.
    cosines = words.text.sums(products) / np.maximum(words.lengths * length, _LEAST)
    return np.sqrt(np.clip(cosines, 0.0, 1.0))


def _mentioned(words: NoteWords, counts: Mapping[int, int]) -> Scores:
    """How much of each title stands in the subject's text."""
    here = _spread_out(_arrays(counts, np.uint8)[0], 1.0)
    weights = words.titles.values * words.rarity(words.titles.numbers)
    whole = words.titles.sums(weights)
    found = words.titles.sums(weights * here[words.titles.numbers])
    return _single(found / np.maximum(whole, _SMALLEST))


def _mentioning(
    words: NoteWords, title: Mapping[int, float], codes: Codes, code_of: Codes
) -> Scores:
    """How much of the subject's title stands in each text."""
    numbers, values = _arrays(title, np.float32)
    weights = values * words.rarity(numbers)
    whole = float(weights.sum())
    if whole <= _SMALLEST:
        return np.zeros(len(words), np.float32)
    return words.text.sums(_by_code(code_of, numbers, weights / whole).take(codes))


def _named_alike(words: NoteWords, names: Iterable[int]) -> Scores:
    numbers = np.array(sorted(names), np.int32)
    weights = words.name_rarity(words.names.numbers)
    here = _spread_out(numbers, 1.0)
    shared = words.names.sums(weights * here[words.names.numbers])
    whole = words.names.sums(weights) * float(words.name_rarity(numbers).sum())
    return _single(shared / np.maximum(np.sqrt(whole), _SMALLEST))


def _half(values: Scores) -> Scores:
    return _single(values / 2)


def _single(values: NDArray[Any]) -> Scores:
    return values.astype(np.float32, copy=False)


def _arrays(row: Mapping[int, float], kind: type[Any]) -> tuple[NDArray[np.int32], NDArray[Any]]:
    table = Table.of([row], kind)
    return table.numbers, table.values


def _spread_out(numbers: NDArray[np.int32], values: Scores | float) -> Scores:
    """One value for every number there is, 0 for all others."""
    found = np.zeros(NUMBERS, np.float32)
    found[numbers] = values
    return found
