"""What notes are held against: the words and vectors of all, and how far those tell something."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notesai.index.note_vectors import NoteVectors
from notesai.index.note_words import NoteWords
from notesai.index.store import Store
from notesai.search.calibration import UNMEASURED, Calibration, calibration


@dataclass(frozen=True)
class Ground:
    """The notes of an index as of one moment, and the languages that its model knows.

    `rows` has for each note of `words` its row in `vectors`, -1 if it has none.
    """

    words: NoteWords
    vectors: NoteVectors
    rows: NDArray[np.int32]
    languages: Collection[str]
    calibration: Calibration

    def trust(self, language: str) -> float:
        """How far the model is believed on a note in this language, 0 to 1."""
        if not self.languages or (language and language not in self.languages):
            return 0.0
        return self.calibration.trust(language)


def ground(
    store: Store, languages: Collection[str], check: Callable[[], None] = lambda: None
) -> Ground:
    """What the notes of an index are held against now; `check` may raise `Cancelled`.

    Seconds for 100,000 chunks the first time, from then on as long as what has changed.
    """
    vectors, words = store.note_vectors(check), store.note_words(check)
    places = vectors.places
    rows = np.fromiter((places.get(i, -1) for i in words.note_ids), np.int32, len(words))
    measured = calibration(store) if languages else UNMEASURED
    return Ground(words, vectors, rows, languages, measured)
