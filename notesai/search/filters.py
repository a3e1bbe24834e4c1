"""Which notes pass the filters of a query, decided on what is in memory of them.

A search with a filter looks at all notes. What it looks at is laid out by column, each made when it
is first asked for, and kept for as long as the notes stay the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from weakref import WeakKeyDictionary

from notesai.index.notebook import Notebook
from notesai.model import Note
from notesai.search.dates import day_of
from notesai.search.query import Query


class Facets:
    """What filters ask for, of some notes, in the order of these."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._notes = list(notes)

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
    def languages(self) -> list[str]:
        """Codes of their languages."""
        return [note.language for note in self._notes]

    @cached_property
    def paths(self) -> list[str]:
        """Their paths from the root of the vault, `/` included, case folded."""
        return ["/" + note.path.casefold() for note in self._notes]

    @cached_property
    def tagged(self) -> dict[str, set[int]]:
        """Which notes have a tag, or one below it; tags are without `#` and case folded."""
        found: dict[str, set[int]] = defaultdict(set)
        for number, note in enumerate(self._notes):
            for tag in note.tags:
                names = f"{tag.lstrip('#').casefold()}/"
                for end in (at for at, sign in enumerate(names) if sign == "/"):
                    found[names[:end]].add(number)
        return dict(found)

    @cached_property
    def days(self) -> list[str]:
        """The days that they are of; see `day_of`."""
        return [day_of(note) for note in self._notes]


_kept: WeakKeyDictionary[Notebook, tuple[int, Facets]] = WeakKeyDictionary()


def facets(book: Notebook) -> Facets:
    """The facets of the notes as of now."""
    kept, changes = _kept.get(book), book.changes
    if kept is None or kept[0] != changes:
        kept = _kept[book] = (changes, Facets(book))
    return kept[1]


def passing(of: Facets, query: Query) -> set[str]:
    """Ids of the notes within the query whose tags, path, language and day are as it wants them."""
    kept = set(range(len(of)))
    if query.within is not None:
        kept = {i for i in kept if of.ids[i] in query.within}
    if query.languages or query.not_languages:
        kept = {i for i in kept if _speaks(of.languages[i], query)}
    for tag in query.tags:
        kept &= of.tagged.get(tag, set())
    for tag in query.not_tags:
        kept -= of.tagged.get(tag, set())
    if query.paths:
        kept &= set[int]().union(*(_lying_in(of, path) for path in query.paths))
    for path in query.not_paths:
        kept -= _lying_in(of, path)
    if query.after:
        first = max(query.after)
        kept = {i for i in kept if of.days[i] >= first}
    if query.before:
        end = min(query.before)
        kept = {i for i in kept if of.days[i] < end}
    return {of.ids[i] for i in kept}


def _speaks(language: str, query: Query) -> bool:
    if query.languages and language not in query.languages:
        return False
    return language not in query.not_languages


def _lying_in(of: Facets, wanted: str) -> set[int]:
    if wanted.startswith("/"):
        return {i for i, path in enumerate(of.paths) if path.startswith(wanted)}
    part = f"/{wanted}"
    return {i for i, path in enumerate(of.paths) if part in path}
