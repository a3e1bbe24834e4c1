"""Which note a name, a path or a link means."""

import unicodedata
from pathlib import PurePosixPath

from notesai.index.notebook import Notebook
from notesai.model import Note


def links_to(note: Note, other: Note) -> bool:
    """Whether a link in `note` names `other`: by title, file name, path or relative path."""
    path = PurePosixPath(other.path)
    names = {path.stem.casefold(), other.title.casefold(), other.path.casefold()}
    names.add(_bare(other.path).casefold())
    for link in filter(None, note.links):
        folded = link.casefold()
        if folded in names or _bare(folded) in names:
            return True
        relative = PurePosixPath(note.path).parent / link
        if _without_dots(relative).casefold() in names:
            return True
    return False


def note_at(book: Notebook, path: str) -> Note | None:
    """The note at a path, however a person writes it."""
    path = unicodedata.normalize("NFC", path)
    return book.at(path) or book.at(path.replace("\\", "/").removeprefix("./"))


def find_note(book: Notebook, name: str) -> Note | None:
    """The note at a path, or of that title or file name if just one has it."""
    exact = note_at(book, name)
    if exact is not None:
        return exact
    folded = unicodedata.normalize("NFC", name).casefold()
    matching = [note for note in book if is_named(note, folded)]
    return matching[0] if len(matching) == 1 else None


def is_named(note: Note, folded: str) -> bool:
    """Whether this, composed and without case, is the note's title or file name."""
    return folded in (note.title.casefold(), PurePosixPath(note.path).stem.casefold())


def _bare(name: str) -> str:
    """A name without its suffix; unlike `with_suffix`, of any name."""
    head, _, suffix = name.rpartition(".")
    return head if head and "/" not in suffix else name


def _without_dots(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ".."):
            parts.append(part)
    return "/".join(parts)
