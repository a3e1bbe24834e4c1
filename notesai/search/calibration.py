"""How far a model's cosines may be believed, measured on the notes themselves.

Two passages that share many words are mostly about the same thing. A model that reads their
language puts them near each other; one that does not, or whose vectors are damaged, puts them
anywhere. Neither labels nor a query are needed for that, only vectors that are there already.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.index.store import Store

SAMPLE = 400
"""Passages that are looked at."""

LEAST_PASSAGES = 60
"""With fewer in a language nothing is measured, and the model is believed."""

NEIGHBOURS = 3
"""Passages nearest by word, for each one, that are to be near by meaning."""

BLIND, SURE = 0.6, 0.8
"""Agreement up to which a model is not believed, and from which it is believed wholly.

Vectors drawn at random come to 0.47 to 0.53, an English model on Korean text to 0.65 to 0.75, the
bundled model on vaults in either language to 0.80 to 0.94.
"""

CLEAR = 2.0
"""Standard deviations above the background from which a cosine tells likeness."""

UNRELATED = 0.1
"""The cosine of what has nothing in common, where nothing was measured."""

_GROWN = 1.2

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Background:
    """Cosines of one query: those that tell nothing, and those from which they tell likeness."""

    floor: float = UNRELATED
    clear: float = 0.3


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a sample of the passages says of the model; `agreement` by language.

    A language of too few passages takes the mean of the others.
    """

    vectors: Vectors
    agreement: Mapping[str, float]

    def trust(self, language: str) -> float:
        """0 (its cosines are noise) to 1, in a language."""
        if not self.agreement:
            return 1.0
        found = self.agreement.get(language, fmean(self.agreement.values()))
        return float(np.clip((found - BLIND) / (SURE - BLIND), 0.0, 1.0))

    def background(self, query: Vectors) -> Background:
        """What the cosines of this query, a vector of shape (dimension,), are to be held against.

        Models differ: some put all texts at 0.7. An average passage of the vault answers nothing.
        """
        if len(self.vectors) < LEAST_PASSAGES:
            return Background()
        cosines = self.vectors @ query
        mean = float(cosines.mean())
        return Background(mean, mean + CLEAR * float(cosines.std()))


UNMEASURED = Calibration(np.zeros((0, 0), np.float32), {})


@dataclass(slots=True)
class _Kept:
    chunks: int
    version: int
    calibration: Calibration


_kept: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_measuring = threading.Lock()


def calibration(store: Store) -> Calibration:
    """The calibration of this index; measured again when the index has grown by a fifth."""
    with _measuring:
        kept = _kept.get(store)
        version = store.version
        if kept is not None and kept.version == version:
            return kept.calibration
        chunks = store.count_chunks() - store.count_pending()
        if kept is not None and kept.chunks / _GROWN < chunks < kept.chunks * _GROWN:
            kept.version = version
            return kept.calibration
        measured = measure(store)
        _kept[store] = _Kept(chunks, version, measured)
        return measured


def measure(store: Store) -> Calibration:
    """Look at a sample of the index; about 0.1 s."""
    rows, vectors = store.sample(SAMPLE)
    if len(rows) < LEAST_PASSAGES:
        return UNMEASURED
    book = store.notebook()
    notes = [book.get(row.note_id) for row in rows]
    languages = np.array([note.language if note else "" for note in notes])
    owners = np.array([row.note_id for row in rows])
    documents = [row.terms.split() for row in rows]
    found: dict[str, float | None] = {}
    for language in sorted(set(languages.tolist())):
        of = np.flatnonzero(languages == language)
        if len(of) >= LEAST_PASSAGES:
            found[language] = agreement([documents[i] for i in of], owners[of], vectors[of])
    return Calibration(vectors, {name: value for name, value in found.items() if value is not None})


def agreement(
    documents: Sequence[Sequence[str]], owners: NDArray[np.str_], vectors: Vectors
) -> float | None:
    """How far nearness by word foretells nearness by cosine: 0.5 by chance, 1 always.

    For each of n documents, given as terms, its `NEIGHBOURS` nearest by tf-idf among those of
    other `owners`: the mean share of the others whose cosine is lower. None if no document has
    a neighbour that shares a word.
    """
    words = tf_idf(documents)
    words = words @ words.T
    cosines = vectors @ vectors.T
    shares: list[float] = []
    for at, owner in enumerate(owners):
        others = np.flatnonzero(owners != owner)
        nearest = others[np.argsort(-words[at, others], kind="stable")[:NEIGHBOURS]]
        nearest = nearest[words[at, nearest] > 0]
        compared = cosines[at, others]
        for cosine in cosines[at, nearest]:
            # What ties counts half: notes made from one template are no sign of a blind model.
            lower = np.count_nonzero(compared < cosine) + np.count_nonzero(compared <= cosine)
            shares.append(float(lower - 1) / 2 / max(1, len(others) - 1))
    return float(np.mean(shares)) if shares else None


def tf_idf(documents: Sequence[Sequence[str]]) -> Matrix:
    """Unit rows of `(1 + log tf) * idf`, shape (n, terms), over the terms of two documents or more.

    Salton and Buckley, "Term-weighting approaches in automatic text retrieval" (1988).
    """
    counts = [np.unique(document, return_counts=True) for document in map(_filled, documents)]
    terms, df = np.unique(np.concatenate([term for term, _ in counts]), return_counts=True)
    terms, df = terms[df > 1], df[df > 1]
    idf = np.log(len(documents) / df)
    table = np.zeros((len(documents), len(terms)), np.float32)
    for row, (found, count) in zip(table, counts, strict=True):
        shared = np.isin(found, terms, assume_unique=True)
        places = np.searchsorted(terms, found[shared])
        row[places] = (1.0 + np.log(count[shared])) * idf[places]
    norms = np.linalg.norm(table, axis=1, keepdims=True)
    return table / np.maximum(norms, 1e-9)


def _filled(document: Sequence[str]) -> Sequence[str]:
    """numpy needs to know that no terms are texts too."""
    return document or [""]
