"""Which notes pass the filters of a query, decided on what is in memory of them.

A search with a filter looks at all notes. What it looks at is laid out by column, each made when it
is first asked for, and kept for as long as the notes stay the same.
"""

from collections import defaultdict
from collections.abc import Container, Iterable
from functools import cached_property
from pathlib import PurePosixPath
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from notesai.index.lexicon import Side
from notesai.index.notebook import Notebook
from notesai.index.postings import Mask
from notesai.model import Note
from notesai.search.dates import day_of
from notesai.search.query import Query

Numbers = NDArray[np.int32]

_NONE: Numbers = np.zeros(0, np.int32)


class Facets:
    """What filters ask for, of some notes, in the order of these."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._notes = list(notes)
        self._numbers: WeakKeyDictionary[Side, Numbers] = WeakKeyDictionary()

    def __len__(self) -> int:
        return len(self._notes)

    def warm(self) -> None:
        """Lay out the columns that take longest to make."""
        _ = self.paths, self.tagged, self.days

    @cached_property
    def ids(self) -> list[str]:
        """Ids of the notes."""
        return [note.note_id for note in self._notes]

    @cached_property
    def languages(self) -> NDArray[np.str_]:
        """Codes of their languages."""
        return np.array([note.language for note in self._notes], np.str_)

    @cached_property
    def paths(self) -> list[str]:
        """Their paths from the root of the vault, `/` included, case folded."""
        return ["/" + note.path.casefold() for note in self._notes]

    @cached_property
    def names(self) -> list[str]:
        """Their file names and titles, case folded."""
        return [f"{PurePosixPath(n.path).name}\n{n.title}".casefold() for n in self._notes]

    @cached_property
    def tagged(self) -> dict[str, Numbers]:
        """Which notes have a tag, or one below it; tags are without `#` and case folded."""
        found: dict[str, dict[int, None]] = defaultdict(dict)
        for number, note in enumerate(self._notes):
            for tag in note.tags:
                names = f"{tag.lstrip('#').casefold()}/"
                for end in (at for at, sign in enumerate(names) if sign == "/"):
                    found[names[:end]][number] = None
        return {tag: np.fromiter(numbers, np.int32) for tag, numbers in found.items()}

    @cached_property
    def days(self) -> NDArray[np.str_]:
        """The days that they are of; see `day_of`."""
        return np.array([day_of(note) for note in self._notes], np.str_)

    def numbers(self, side: Side) -> Numbers:
        """What the documents of each note have for their owner, -1 where there is no such note."""
        found = self._numbers.get(side)
        if found is None:
            owners = ((-1 if n is None else n) for n in map(side.number, self.ids))
            found = self._numbers[side] = np.fromiter(owners, np.int32, len(self))
        return found

    def of_ids(self, note_ids: Container[str]) -> Mask:
        """Of every note whether its id is among these."""
        return np.fromiter((i in note_ids for i in self.ids), np.bool_, len(self))


_kept: WeakKeyDictionary[Notebook, tuple[int, Facets]] = WeakKeyDictionary()


def facets(book: Notebook) -> Facets:
    """The facets of the notes as of now."""
    kept, changes = _kept.get(book), book.changes
    if kept is None or kept[0] != changes:
        kept = _kept[book] = (changes, Facets(book))
    return kept[1]


def passing(of: Facets, query: Query) -> Mask:
    """Of every note within the query whether its tags, path, names, language and day are wanted."""
    kept = np.ones(len(of), np.bool_)
    if query.within is not None:
        kept &= of.of_ids(query.within)
    if query.languages:
        kept &= np.isin(of.languages, query.languages)
    if query.not_languages:
        kept &= ~np.isin(of.languages, query.not_languages)
    for tag in query.tags:
        kept &= _tagged(of, tag)
    for tag in query.not_tags:
        kept &= ~_tagged(of, tag)
    if query.paths:
        kept &= np.logical_or.reduce([lying_in(of, path) for path in query.paths])
    for path in query.not_paths:
        kept &= ~lying_in(of, path)
    for name in query.files:
        kept &= _named(of, name)
    for name in query.not_files:
        kept &= ~_named(of, name)
    for group in query.either:
        kept &= np.logical_or.reduce([passing(of, one) for one in group])
    if query.after:
        kept &= of.days >= max(query.after)
    if query.before:
        kept &= of.days < min(query.before)
    return kept


def _tagged(of: Facets, tag: str) -> Mask:
    found = np.zeros(len(of), np.bool_)
    found[of.tagged.get(tag, _NONE)] = True
    return found


def _named(of: Facets, part: str) -> Mask:
    return np.array([part in names for names in of.names], np.bool_)


def lying_in(of: Facets, wanted: str) -> Mask:
    """Of every note whether its path has this, casefolded, as `path:` means it."""
    if wanted.startswith("/"):
        return np.array([path.startswith(wanted) for path in of.paths], np.bool_)
    part = f"/{wanted}"
    return np.array([part in path for path in of.paths], np.bool_)
