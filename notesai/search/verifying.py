"""Phrases and excluded words that chunks hold the terms of: whether they stand there is read.

Reading many chunks at once takes a third of the time of reading them in parts, so that each step
reads as many as are likely to be enough, by what the steps before have shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from notesai.index.corpus import Integers
from notesai.index.lexicon import Lexicon
from notesai.index.postings import Mask
from notesai.index.store import Store

_FIRST = 120
"""Chunks that the first step reads."""

_LARGEST = 4096
_MORE = 1.5
"""Chunks that a step reads, to those that should do."""


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """A phrase or an excluded word, and all chunks that hold its terms.

    `titled` are ids of the notes whose title, path or tags hold it, for sure.
    """

    stands_in: Callable[[str], bool]
    chunks: Mask
    titled: frozenset[str]


class Doubts:
    """Tells of chunks whether they are hits of one search.

    A note has to hold all `phrases` and none of the `excluded`. It is shown by chunks that hold a
    phrase, and by its first one where its title does.
    """

    def __init__(
        self, store: Store, lexicon: Lexicon, phrases: Sequence[Sought], excluded: Sequence[Sought]
    ) -> None:
        self._store = store
        self._lexicon = lexicon
        self._phrases = tuple(phrases)
        self._excluded = tuple(excluded)
        self._sought = (*self._phrases, *self._excluded)
        # A chunk that holds the only phrase decides on its note.
        self._note_wise = (*(self._phrases if len(self._phrases) > 1 else ()), *self._excluded)
        self._held: list[set[int]] = [set() for _ in self._sought]
        self._read: set[int] = set()
        self._passing: dict[int, bool] = {}

    def sure(self, numbers: Integers, enough: int) -> list[int]:
        """The first of these chunks that are hits, up to `enough`, as places in `numbers`."""
        sure: list[int] = []
        at, step = 0, _FIRST
        while at < len(numbers) and len(sure) < enough:
            part = numbers[at : at + step]
            self._look_at(part)
            sure += [at + i for i, number in enumerate(part.tolist()) if self._is_hit(number)]
            at += step
            likely = _MORE * (enough - len(sure)) * at / max(1, len(sure))
            step = min(_LARGEST, max(_FIRST, int(likely)))
        return sure[:enough]

    def _look_at(self, numbers: Integers) -> None:
        """Read these chunks, and all that decide on their notes."""
        wanted = [numbers]
        if self._note_wise:
            owners = self._lexicon.chunks.corpus.owners
            theirs = np.isin(owners, owners[numbers])
            wanted += [np.flatnonzero(theirs & sought.chunks) for sought in self._note_wise]
        new = [n for n in np.unique(np.concatenate(wanted)).tolist() if n not in self._read]
        self._read.update(new)
        texts = self._store.texts_at(self._lexicon.keys(np.array(new, np.int64)))
        for number, text in zip(new, texts, strict=True):
            for sought, held in zip(self._sought, self._held, strict=True):
                if text is not None and sought.chunks[number] and sought.stands_in(text):
                    held.add(number)

    def _is_hit(self, number: int) -> bool:
        return self._is_shown(number) and self._passes(number)

    def _is_shown(self, number: int) -> bool:
        if not self._phrases or any(number in self._held[i] for i in range(len(self._phrases))):
            return True
        first = self._lexicon.chunks.corpus.ordinals[number] == 0
        note_id = self._lexicon.chunks.owner(number)[0]
        return bool(first) and any(note_id in phrase.titled for phrase in self._phrases)

    def _passes(self, number: int) -> bool:
        """Whether its note holds all phrases and nothing that is excluded."""
        if not self._note_wise:
            return True
        owner = int(self._lexicon.chunks.corpus.owners[number])
        if owner not in self._passing:
            self._passing[owner] = self._note_passes(owner, self._lexicon.chunks.owner(number)[0])
        return self._passing[owner]

    def _note_passes(self, owner: int, note_id: str) -> bool:
        theirs = set(np.flatnonzero(self._lexicon.chunks.corpus.owners == owner).tolist())
        holds = [not theirs.isdisjoint(held) for held in self._held]
        wanted = zip(self._phrases, holds, strict=False)
        if not all(held or note_id in phrase.titled for phrase, held in wanted):
            return False
        return not any(holds[len(self._phrases) :])
