"""Which notes a question is asked of."""

from notesai.index.store import Store
from notesai.model import Note, Scope
from notesai.search.selection import Selection

FEW = 3
"""So many notes, named one by one, are meant as a whole: all that they say is of interest."""


def scoped(store: Store, scope: Scope) -> Selection | None:
    """The notes of `scope`; None for all of them."""
    if scope == Scope():
        return None
    book = store.notebook()
    inside = [note for note in book if _lies_in(note, scope)]
    ids = frozenset(note.note_id for note in inside)
    total = sum(note.n_chunks for note in book)
    share = sum(note.n_chunks for note in inside) / max(1, total)
    return Selection(ids, frozenset(note.note_id for note in book) - ids, None, share)


def names_few(scope: Scope) -> bool:
    """Whether the scope is a handful of notes that a person pointed at."""
    return 0 < len(scope.paths) <= FEW


def _lies_in(note: Note, scope: Scope) -> bool:
    if scope.folder and not note.path.startswith(scope.folder.rstrip("/") + "/"):
        return False
    if scope.paths and note.path not in scope.paths:
        return False
    return not scope.tag or any(_is_below(tag, scope.tag) for tag in note.tags)


def _is_below(tag: str, wanted: str) -> bool:
    tag, wanted = tag.lstrip("#").casefold(), wanted.lstrip("#").strip("/").casefold()
    return tag == wanted or tag.startswith(f"{wanted}/")
