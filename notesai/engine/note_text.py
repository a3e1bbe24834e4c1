"""A note's text as it is on disk now, whether the index has the note yet or not."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from notesai.errors import RequestError
from notesai.model import Note, NoteContent, NoteStatus, is_document
from notesai.notes.documents.texts import Texts
from notesai.notes.ignore import IgnoreRules
from notesai.notes.names import is_note, normal
from notesai.notes.saving import seen_hash
from notesai.notes.scanner import stat_note

_ANY_SIZE = 1 << 62


def content(
    vault: Path, rules: IgnoreRules, note: Note, check: Callable[[], None] = lambda: None
) -> NoteContent:
    """The text of `note`. Raises `RequestError` (gone) or `NoteError` (no text).

    A document that was not read before takes a while: `check` may raise `Cancelled`.
    """
    file = stat_note(vault, note.path, rules, max_bytes=_ANY_SIZE)
    try:
        if file is None:
            raise FileNotFoundError(note.path)
        data = (vault / file.disk_path).read_bytes()
        with Texts() as texts:
            text = texts.of(data, note.path, check)
    except OSError as error:
        raise RequestError(
            "note.gone",
            f"{note.path} cannot be read any more ({error.strerror or 'it is gone'}).",
            "It may have been moved or deleted; the index follows in a moment.",
        ) from error
    document = is_document(note.path)
    seen = "" if document else seen_hash(data, text)
    return NoteContent(
        note.path, note.title, text, note.tags, note.status, note.reason, seen, document
    )


def awaited(vault: Path, rules: IgnoreRules, name: str) -> Note | None:
    """The note at the path `name` if there is such a file, of which the index does not know yet."""
    path = normal(name)
    if not is_note(path) or stat_note(vault, path, rules, max_bytes=_ANY_SIZE) is None:
        return None
    title = PurePosixPath(path).stem
    return Note("", path, title, "", 0, 0, status=NoteStatus.PENDING)
