"""Notes similar to a note.

All notes are rated by what is in memory of them (`likeness`). The best are compared passage by
passage (`late`), and the sum of all evidence, each kind with its share, puts them in order. What
cannot be known of a note, such as its meaning while it waits for vectors, takes no share.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from notesai.embedding.base import Embedder
from notesai.index.note_words import NoteWords
from notesai.index.store import Store
from notesai.model import Neighbour, Note, SimilarResult
from notesai.search.calibration import calibration
from notesai.search.late import Match, matches, pairs_by_word, pairs_of
from notesai.search.likeness import Evidence, Scores, drawn, evidence
from notesai.search.naming import links_to
from notesai.search.shared_words import shared_words
from notesai.search.subject import Subject, indexed

MEAN, PASSAGES, WORDS, MENTIONS, NAMES = 0.2, 0.2, 0.3, 0.2, 0.1
"""The share of each kind of evidence; they add up to 1."""

CANDIDATES = 40
"""Notes that are compared passage by passage, or more if more are asked for; 80 find no more."""

LEAST = 0.02
"""Up to this score two notes have nothing to do with each other."""

PULL = 0.15
"""How far a note that was pinned draws up what is like it, and a hidden one draws it down."""

Check = Callable[[], None]


@dataclass(frozen=True)
class Marks:
    """Notes, by their ids, that a person wants to stand first beside the subject, or not at all.

    With `with_hidden` the hidden ones are listed too, at their place.
    """

    pinned: Collection[str] = field(default=())
    hidden: Collection[str] = field(default=())
    with_hidden: bool = False


UNMARKED = Marks()


@dataclass(frozen=True, slots=True)
class Ranked:
    """Scores of the best notes by id, best first, and how their passages match."""

    scores: Mapping[str, float]
    matches: Mapping[str, Match]


def similar(
    store: Store,
    embedder: Embedder,
    note: Note | Subject,
    *,
    k: int = 10,
    marks: Marks = UNMARKED,
    check: Check = lambda: None,
) -> SimilarResult:
    """The `k` notes most similar to `note`, each with the passages that match best.

    Pinned ones stand first, whatever their score. `check` may raise `Cancelled`.
    """
    subject = note if isinstance(note, Subject) else indexed(store, note)
    ranked = rank(store, embedder, subject, k=k, marks=marks, check=check)
    away = () if marks.with_hidden else marks.hidden
    best = [note_id for note_id in ranked.scores if note_id not in away]
    best = sorted(best, key=lambda note_id: note_id not in marks.pinned)[:k]
    check()
    hidden = sum(store.known.get(note_id) is not None for note_id in marks.hidden)
    shown = neighbours(store, subject, ranked, best, marks)
    return SimilarResult(subject.note.path, shown, hidden)


def rank(
    store: Store,
    embedder: Embedder,
    subject: Subject,
    *,
    k: int,
    marks: Marks = UNMARKED,
    check: Check = lambda: None,
) -> Ranked:
    """The notes most like the subject, at least `k` of them if so many are like it at all."""
    vectors, words = store.note_vectors(check), store.note_words(check)
    check()
    trust = _trust(store, embedder, subject.note)
    if not trust:
        subject = replace(subject, vectors=subject.vectors[:0], embedded=())
    found = _in_languages(words, evidence(words, vectors, subject), embedder.card.languages)
    pull = PULL * drawn(words, vectors, marks.pinned, marks.hidden) if trust else 0.0
    scores = _without(words, subject.note, total(found, found.meaning, trust) + pull)
    best = _candidates(words, scores, max(CANDIDATES, k + len(marks.hidden)), marks)
    meant = [words.note_ids[row] for row in best if found.meant[row]]
    late = matches(store, subject, meant, vectors.common) if trust else {}
    passages = found.meaning.copy()
    for note_id, match in late.items():
        passages[words.places[note_id]] = match.score
    scores = total(found, passages, trust) + pull
    ordered = sorted(best, key=lambda row: (-scores[row], words.note_ids[row]))
    return Ranked({words.note_ids[row]: float(scores[row]) for row in ordered}, late)


def total(found: Evidence, passages: Scores, trust: float) -> Scores:
    """All evidence for each note in 0..1, meaning as far as it is known and trusted."""
    rest = WORDS * found.words + MENTIONS * found.mentions + NAMES * found.names
    meaning = np.maximum(0.0, MEAN * found.meaning + PASSAGES * passages)
    share = trust * found.meant
    whole = WORDS + MENTIONS + NAMES + share * (MEAN + PASSAGES)
    return ((rest + share * meaning) / whole).astype(np.float32)


def neighbours(
    store: Store, subject: Subject, ranked: Ranked, best: Iterable[str], marks: Marks = UNMARKED
) -> tuple[Neighbour, ...]:
    """These notes as they are shown."""
    others = [note for note in map(store.known.get, best) if note is not None]
    ids = [note.note_id for note in others]
    pairs = pairs_of(store, subject, {i: ranked.matches[i] for i in ids if i in ranked.matches})
    pairs |= pairs_by_word(store, subject, [note_id for note_id in ids if not pairs.get(note_id)])
    shared = shared_words(store.note_words(), subject, ids)
    return tuple(
        Neighbour(
            other.path,
            other.title,
            round(min(1.0, max(0.0, ranked.scores[other.note_id])), 4),
            pairs.get(other.note_id, ()),
            links_to(subject.note, other) or links_to(other, subject.note),
            shared.get(other.note_id, ()),
            other.note_id in marks.pinned,
            other.note_id in marks.hidden,
        )
        for other in others
    )


def _trust(store: Store, embedder: Embedder, note: Note) -> float:
    """How far the model is believed on this note, 0 to 1."""
    languages = embedder.card.languages
    if not languages or (note.language and note.language not in languages):
        return 0.0
    return calibration(store).trust(note.language)


def _in_languages(words: NoteWords, found: Evidence, languages: Collection[str]) -> Evidence:
    """The same, without the meaning of notes in languages that the model does not know."""
    known = np.isin(words.languages, np.array(["", *languages]))
    return replace(found, meant=found.meant & known)


def _without(words: NoteWords, note: Note, scores: Scores) -> Scores:
    """The scores, in which the subject itself is out of the question."""
    row = words.places.get(note.note_id)
    if row is not None:
        scores[row] = -1.0
    return scores


def _candidates(words: NoteWords, scores: Scores, most: int, marks: Marks) -> list[int]:
    """The rows of the best notes, best first, and those of pinned ones."""
    order = np.argsort(-scores, kind="stable")[:most]
    best = [int(row) for row in order if scores[row] > LEAST]
    pinned = (words.places[note_id] for note_id in marks.pinned if note_id in words.places)
    return list(dict.fromkeys([*best, *pinned]))
