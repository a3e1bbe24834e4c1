"""Notes similar to a note.

All notes are rated by what is in memory of them (`likeness`). The best are compared passage by
passage (`late`), and the sum of all evidence, each kind with its share, puts them in order. What
cannot be known of a note, such as its meaning while it waits for vectors, takes no share.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from notesai.embedding.base import Embedder
from notesai.index.note_words import NoteWords
from notesai.index.store import Store
from notesai.model import Neighbour, Note, SimilarResult
from notesai.search.ground import Ground, ground
from notesai.search.late import Match, Pair, matches, pairs_by_word, shown
from notesai.search.likeness import Evidence, Scores, drawn, evidence
from notesai.search.naming import links_to
from notesai.search.shared_words import shared_words
from notesai.search.subject import Meaning, Subject, indexed

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

_UNKNOWN = Meaning((), np.zeros((0, 0), np.float32))


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
    subject = note if isinstance(note, Subject) else indexed(store, note, check)
    on = ground(store, embedder.card.languages, check)
    ranked = rank(store, on, subject, k=k, marks=marks, check=check)
    away = () if marks.with_hidden else marks.hidden
    best = [note_id for note_id in ranked.scores if note_id not in away]
    best = sorted(best, key=lambda note_id: note_id not in marks.pinned)[:k]
    check()
    hidden = sum(store.known.get(note_id) is not None for note_id in marks.hidden)
    found = neighbours(store, on, subject, ranked, best, marks)
    return SimilarResult(subject.note.path, found, hidden)


def rank(
    store: Store,
    on: Ground,
    subject: Subject,
    *,
    k: int,
    marks: Marks = UNMARKED,
    check: Check = lambda: None,
) -> Ranked:
    """The notes most like the subject, at least `k` of them if so many are like it at all."""
    check()
    words, trust = on.words, on.trust(subject.note.language)
    own = subject.meaning_in(store) if trust else _UNKNOWN
    found = _in_languages(on, evidence(on, subject, own.vectors))
    pull = PULL * drawn(on, marks.pinned, marks.hidden) if trust else 0.0
    scores = _without(words, subject.note, total(found, found.meaning, trust) + pull)
    best = _candidates(words, scores, max(CANDIDATES, k + len(marks.hidden)), marks)
    check()
    meant = [words.note_ids[row] for row in best if found.meant[row]]
    late = matches(store, own, meant, on.vectors.common)
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
    store: Store,
    on: Ground,
    subject: Subject,
    ranked: Ranked,
    best: Iterable[str],
    marks: Marks = UNMARKED,
) -> tuple[Neighbour, ...]:
    """These notes as they are shown."""
    others = [note for note in map(store.known.get, best) if note is not None]
    if not others:
        return ()
    ids = [note.note_id for note in others]
    pairs = _pairs(store, subject, ranked, others)
    keys = {key for pair in chain(*pairs.values()) for key in (pair.here, pair.there)}
    passages = subject.passages(store, [*subject.some, *keys.difference(subject.some)])
    text = " ".join(passages[k.chunk_id].text for k in subject.some if k.chunk_id in passages)
    shared = shared_words(on.words, subject.note, text, ids)
    return tuple(
        Neighbour(
            other.path,
            other.title,
            round(min(1.0, max(0.0, ranked.scores[other.note_id])), 4),
            shown(passages, pairs.get(other.note_id, ())),
            links_to(subject.note, other) or links_to(other, subject.note),
            shared.get(other.note_id, ()),
            other.note_id in marks.pinned,
            other.note_id in marks.hidden,
        )
        for other in others
    )


def _pairs(
    store: Store, subject: Subject, ranked: Ranked, others: Sequence[Note]
) -> dict[str, tuple[Pair, ...]]:
    """The passages of each of these notes that match: by meaning, or else by word."""
    matched = [note.note_id for note in others if note.note_id in ranked.matches]
    found = {note_id: ranked.matches[note_id].pairs() for note_id in matched}
    rest = [note for note in others if not found.get(note.note_id)]
    return found | {i: (pair,) for i, pair in pairs_by_word(store, subject, rest).items()}


def _in_languages(on: Ground, found: Evidence) -> Evidence:
    """The same, without the meaning of notes in languages that the model does not know."""
    known = np.isin(on.words.languages, np.array(["", *on.languages]))
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
