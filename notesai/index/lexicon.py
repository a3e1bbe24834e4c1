"""The lexical index in memory as of one moment: what LanceDB's answers, several times as quick.

`notesai.index.followed` reads it from the tables and has it follow them. It lies nowhere else, so
that there is nothing that could disagree with the tables.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from notesai.index.corpus import Corpus, Integers
from notesai.index.postings import Mask
from notesai.index.schema import ChunkKey, ScoredKey

Version = tuple[str, str]
"""A note's id and the hash of its content."""


class Side:
    """The documents of one table as of one moment, and whose they are."""

    def __init__(self, corpus: Corpus, owners: Sequence[Version], own: Mapping[str, int]) -> None:
        self.corpus = corpus
        self._owners = owners
        self._own = own

    def owner(self, number: int) -> Version:
        """Whose a document is."""
        return self._owners[int(self.corpus.owners[number])]

    def of_notes(self, note_ids: Iterable[str]) -> Mask:
        """Of every document whether it is of one of these notes."""
        numbers = map(self._own.get, note_ids)
        return self.owned(np.array([n for n in numbers if n is not None], np.int64))

    def owned(self, numbers: npt.NDArray[np.integer]) -> Mask:
        """Of every document whether its owner has one of these numbers; -1 is nobody's."""
        # The last one stands for what has no owner.
        chosen = np.zeros(len(self._owners) + 1, np.bool_)
        chosen[numbers] = True
        return chosen[self.corpus.owners]

    def owners_of(self, documents: Mask) -> Mask:
        """Of every owner's number whether it has one of these documents."""
        owners = self.nobody()
        owners[self.corpus.owners[documents]] = True
        return owners

    def nobody(self) -> Mask:
        """None of the owners' numbers."""
        return np.zeros(len(self._owners), np.bool_)

    def notes(self, documents: Mask) -> set[str]:
        """Ids of the notes that have one of these documents."""
        numbers = np.flatnonzero(self.owners_of(documents)).tolist()
        return {self._owners[number][0] for number in numbers}

    def number(self, note_id: str) -> int | None:
        """What the documents of a note have for their owner."""
        return self._own.get(note_id)

    def owned_by(self, version: Version) -> int | None:
        """As `number`, of this content of a note alone."""
        number = self.number(version[0])
        return number if number is not None and self._owners[number] == version else None

    def sizes(self) -> dict[Version, int]:
        """How many documents each owner has."""
        counts = np.bincount(self.corpus.owners, minlength=len(self._owners)).tolist()
        return {self._owners[number]: counts[number] for number in self._own.values()}

    def rows(self, rows: Mapping[Version, int]) -> Integers:
        """For each owner's number the row that is given for it, else -1."""
        found = np.full(len(self._owners), -1, np.int64)
        for version, row in rows.items():
            number = self.owned_by(version)
            if number is not None:
                found[number] = row
        return found


class Lexicon:
    """Chunks and titles in memory as of one moment."""

    def __init__(self, chunks: Side, titles: Side) -> None:
        self.chunks = chunks
        self.titles = titles

    @property
    def nbytes(self) -> int:
        """What the arrays take up."""
        return self.chunks.corpus.nbytes + self.titles.corpus.nbytes

    def best_chunks(
        self, terms: Mapping[str, float], k: int, among: Mask | None = None
    ) -> list[ScoredKey]:
        """The `k` best chunks by BM25 for terms and what each counts."""
        numbers, scores = self.chunks.corpus.best(terms, k, among)
        pairs = zip(self.keys(numbers), scores.tolist(), strict=True)
        return [ScoredKey(key, score) for key, score in pairs]

    def best_notes(
        self, terms: Mapping[str, float], k: int, among: Mask | None = None
    ) -> dict[str, float]:
        """Ids and BM25 of the `k` notes whose title, path or tags match best."""
        numbers, scores = self.titles.corpus.best(terms, k, among)
        owners = map(self.titles.owner, numbers.tolist())
        return {owner[0]: score for owner, score in zip(owners, scores.tolist(), strict=True)}

    def keys(self, numbers: Integers) -> list[ChunkKey]:
        """What the chunks of these numbers are called elsewhere."""
        corpus = self.chunks.corpus
        ordinals, places = corpus.ordinals[numbers].tolist(), corpus.places(numbers).tolist()
        owners = map(self.chunks.owner, numbers.tolist())
        return [
            ChunkKey(*owner, ordinal, place)
            for owner, ordinal, place in zip(owners, ordinals, places, strict=True)
        ]

    def keys_of(self, notes: Iterable[Version]) -> dict[str, list[ChunkKey]]:
        """The chunks of these contents of notes by the note's id, as far as they are known here.

        Those of a note are in its order.
        """
        owners = [number for note in notes if (number := self.chunks.owned_by(note)) is not None]
        chosen = np.isin(self.chunks.corpus.owners, np.array(owners, np.uint32))
        found: dict[str, list[ChunkKey]] = {}
        for key in sorted(self.keys(np.flatnonzero(chosen)), key=lambda key: key.ordinal):
            found.setdefault(key.note_id, []).append(key)
        return found

    def sizes(self) -> dict[Version, int]:
        """How many chunks are known of each content of a note."""
        return self.chunks.sizes()

    def counted(self, rows: Mapping[Version, int]) -> Iterator[tuple[Integers, Integers]]:
        """How often terms stand in contents of notes, given a row for each: a part at a time.

        As `row * NUMBERS + number` and counts; a pair may come in several parts.
        """
        of_owner = self.chunks.rows(rows)
        for postings, owners in self.chunks.corpus.parts():
            yield from postings.counted(of_owner[owners])

    def located(self, found: Sequence[ChunkKey]) -> list[ChunkKey]:
        """The same, with where they lie as far as that is known here."""
        numbers = self.numbers(found)
        known = numbers >= 0
        there = iter(self.keys(numbers[known]))
        return [next(there) if here else key for key, here in zip(found, known, strict=True)]

    def numbers(self, found: Sequence[ChunkKey]) -> Integers:
        """The numbers of these chunks, -1 for what is not known here."""
        owners = [self.chunks.number(key.note_id) for key in found]
        wanted = [
            -1 if owner is None else (owner << 32) | key.ordinal
            for owner, key in zip(owners, found, strict=True)
        ]
        return self.chunks.corpus.at(np.array(wanted, np.int64))
