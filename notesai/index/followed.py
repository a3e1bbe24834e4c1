"""The lexical index in memory, following the tables.

It is read in a quiet moment and then follows the notes that change, each by its content. Until it
is there, and while much has changed at once, LanceDB's own index answers.
"""

# pyarrow ships no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np

from notesai.index.corpus import Block, Corpus, Integers, keys, one
from notesai.index.lexicon import Lexicon, Side, Version
from notesai.index.notebook import Notebook
from notesai.index.postings import MOST, Mask, postings
from notesai.index.vocabulary import Check, nothing
from notesai.index.word_pairs import none, word_pairs
from notesai.model import Note

Rows = Callable[[Sequence[str] | None], Iterator[Any]]
"""Gives the rows of these notes, or of all, as record batches."""

FEW = 50
"""Changed notes that a search reads itself; more are left to a quiet moment."""

_DEAD = 0.2
"""Share of documents that are gone from which their memory is freed."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What documents a table has of a note.

    `rows` gives record batches with the columns `whose`, `terms`, `_rowid` and, where a note may
    have several rows, `ordinal` and `text`. `owner` is what `whose` holds for a note's rows, `size`
    how many there are, and `state` all that decides on them.
    """

    rows: Rows
    whose: Sequence[str]
    owner: Callable[[Note], Version]
    state: Callable[[Note], Hashable]
    size: Callable[[Note], int]


class Followed:
    """The lexicon of two tables. Any number of threads read it, one at a time renews it."""

    def __init__(self, chunks: Rows, titles: Rows, places: Callable[[], Iterable[Any]]) -> None:
        self._chunks = _Documents(
            Kind(chunks, ("note_id", "content_hash"), _content, _content, lambda n: n.n_chunks)
        )
        self._titles = _Documents(
            Kind(titles, ("note_id",), lambda note: (note.note_id, ""), _names, lambda note: 1)
        )
        self._places = places
        self._placed = -1
        self._version = -1
        self._lexicon: Lexicon | None = None
        self._lock = threading.Lock()

    def now(self, book: Notebook, version: int) -> Lexicon | None:
        """The lexicon of these notes; `version` differs whenever they do.

        None if it has not been read yet, if that would take long, or while another thread does it.
        """
        if version == self._version or self._lexicon is None:
            return self._lexicon
        if not self._lock.acquire(blocking=False):
            return None
        try:
            if version != self._version:
                if len(self._chunks.changed(book)) > FEW or len(self._titles.changed(book)) > FEW:
                    return None
                self._follow(book, version, nothing)
            return self._lexicon
        finally:
            self._lock.release()

    def read(self, book: Notebook, version: int, places: int, check: Check = nothing) -> Lexicon:
        """As `now`, however long it takes: about two seconds for 100,000 chunks.

        `places` differs whenever rows may lie elsewhere; `check` may raise `Cancelled`.
        """
        with self._lock:
            lexicon = self._lexicon
            if version != self._version or lexicon is None:
                lexicon = self._follow(book, version, check)
            if places != self._placed:
                check()
                self._chunks.place(self._places())
                lexicon = self._lexicon = Lexicon(self._chunks.side, self._titles.side)
                self._placed = places
            return lexicon

    def _follow(self, book: Notebook, version: int, check: Check) -> Lexicon:
        self._chunks.follow(book, check)
        self._titles.follow(book, check)
        self._lexicon = Lexicon(self._chunks.side, self._titles.side)
        self._version = version
        return self._lexicon


class _Documents:
    """The documents of one table and what is known of their notes, for one thread at a time."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._seen: dict[str, Hashable] = {}
        self._own: dict[str, int] = {}
        self._owners: list[Version] = []
        self._alive: Mask = np.zeros(0, np.bool_)
        self.side = Side(Corpus([], self._alive), (), {})

    def changed(self, book: Notebook) -> list[Note]:
        """The notes that are new or other than they were."""
        state = self._kind.state
        return [note for note in book if self._seen.get(note.note_id) != state(note)]

    def follow(self, book: Notebook, check: Check) -> None:
        """Read what has changed, and forget what is gone; everything if much has changed."""
        changed = self.changed(book)
        if 2 * len(changed) >= len(book):
            changed, own, owners, corpus = list(book), dict[str, int](), list[Version](), None
        else:
            own = {note_id: n for note_id, n in self._own.items() if book.get(note_id) is not None}
            owners, corpus = self._owners, self.side.corpus
        if not changed and len(own) == len(self._own):
            return
        numbers = {self._kind.owner(note): len(owners) + at for at, note in enumerate(changed)}
        owners = [*owners, *numbers]
        own |= {owner[0]: number for owner, number in numbers.items()}
        ids = None if corpus is None else [note.note_id for note in changed]
        blocks = list(self._read(ids, numbers, check))
        alive = np.zeros(len(owners), np.bool_)
        alive[list(own.values())] = True
        corpus = (corpus or Corpus([], alive)).extended(blocks, alive)
        if corpus.count < (1 - _DEAD) * len(corpus) or len(owners) > 2 * len(own) + FEW:
            # Numbered anew as well, or each edit would make the list of owners longer for ever.
            corpus = corpus.without_dead(alive).renumbered(np.cumsum(alive) - 1)
            owners, alive = list(compress(owners, alive)), alive[alive]
            own = {owner[0]: number for number, owner in enumerate(owners)}
        self._own, self._owners, self._alive = own, owners, alive
        self.side = Side(corpus, owners, own)
        self._remember(changed, anew=ids is None)

    def _remember(self, changed: Sequence[Note], *, anew: bool) -> None:
        held = np.bincount(self.side.corpus.owners, minlength=len(self._owners))
        seen = {} if anew else {i: state for i, state in self._seen.items() if i in self._own}
        for note in changed:
            seen.pop(note.note_id, None)
            # What was just being written, and is not whole, is looked for again.
            if held[self._own[note.note_id]] == self._kind.size(note):
                seen[note.note_id] = self._kind.state(note)
        self._seen = seen

    def _read(
        self, note_ids: Sequence[str] | None, numbers: Mapping[Version, int], check: Check
    ) -> Iterator[Block]:
        """The rows of these notes, or of all, in as few blocks as may be."""
        waiting: list[Block] = []
        for batch in self._kind.rows(note_ids) if numbers else ():
            check()
            block = self._block(batch, numbers)
            if waiting and sum(map(len, waiting)) + len(block) > MOST:
                yield one(waiting)
                waiting = []
            waiting.append(block)
        if waiting:
            yield one(waiting)

    def _block(self, batch: Any, numbers: Mapping[Version, int]) -> Block:
        columns = [batch.column(name).to_pylist() for name in self._kind.whose]
        whose = zip(*columns, strict=True) if len(columns) > 1 else ((i, "") for i in columns[0])
        owners = np.array([numbers.get(owner, -1) for owner in whose], np.int64)
        kept = owners >= 0
        several = "ordinal" in batch.schema.names
        ordinals = batch.column("ordinal").to_numpy() if several else np.zeros(len(owners))
        pairs = word_pairs(batch.column("text").to_pylist()) if several else none(len(owners))
        return Block(
            postings(batch.column("terms")).only(kept),
            pairs.only(kept),
            owners[kept].astype(np.uint32),
            ordinals[kept].astype(np.uint32),
            batch.column("_rowid").to_numpy()[kept].astype(np.int64),
        )

    def place(self, batches: Iterable[Any]) -> None:
        """Learn anew where the rows lie, from batches of `note_id`, `ordinal` and `_rowid`."""
        wanted: list[Integers] = []
        places: list[Integers] = []
        for batch in batches:
            ids, ordinals = batch.column("note_id").to_pylist(), batch.column("ordinal").to_numpy()
            owners = np.array([self._own.get(note_id, -1) for note_id in ids], np.int64)
            wanted.append(keys(owners, ordinals))
            places.append(batch.column("_rowid").to_numpy().astype(np.int64))
        if wanted:
            found = np.concatenate(wanted), np.concatenate(places)
            self.side = Side(self.side.corpus.placed(*found, self._alive), self._owners, self._own)


def _content(note: Note) -> Version:
    return note.note_id, note.content_hash


def _names(note: Note) -> Hashable:
    return note.title, note.path, note.tags
