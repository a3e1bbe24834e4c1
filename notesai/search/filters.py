"""Which notes pass the filters of a query, decided on what is in memory of them.

A search with a filter looks at all notes. What it looks at is laid out by column, each made when it
is first asked for, and kept for as long as the notes stay the same.
"""

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
        _ = self.paths, self.tags, self.days

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
    def tags(self) -> list[list[str]]:
        """Their tags without `#`, case folded, each with a `/` at its end."""
        return [[f"{tag.lstrip('#').casefold()}/" for tag in note.tags] for note in self._notes]

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
    kept: Iterable[int] = range(len(of))
    if query.within is not None:
        kept = [i for i in kept if of.ids[i] in query.within]
    if query.languages or query.not_languages:
        kept = [i for i in kept if _speaks(of.languages[i], query)]
    if query.paths or query.not_paths:
        kept = [i for i in kept if _lies_right(of.paths[i], query)]
    if query.tags or query.not_tags:
        kept = [i for i in kept if _tags_fit(of.tags[i], query)]
    if query.after:
        first = max(query.after)
        kept = [i for i in kept if of.days[i] >= first]
    if query.before:
        end = min(query.before)
        kept = [i for i in kept if of.days[i] < end]
    return {of.ids[i] for i in kept}


def _speaks(language: str, query: Query) -> bool:
    if query.languages and language not in query.languages:
        return False
    return language not in query.not_languages


def _lies_right(path: str, query: Query) -> bool:
    if query.paths and not any(_lies_in(path, wanted) for wanted in query.paths):
        return False
    return not any(_lies_in(path, unwanted) for unwanted in query.not_paths)


def _lies_in(path: str, wanted: str) -> bool:
    return path.startswith(wanted) if wanted.startswith("/") else f"/{wanted}" in path


def _tags_fit(tags: list[str], query: Query) -> bool:
    def has(wanted: str) -> bool:
        return any(tag.startswith(f"{wanted}/") for tag in tags)

    return all(map(has, query.tags)) and not any(map(has, query.not_tags))
