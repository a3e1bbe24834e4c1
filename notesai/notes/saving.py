"""Saving notes into the vault: atomically, and never over a change that has not been seen.

What was seen is told by the content hash of the file's bytes. Raises `SaveError`, whose codes are:
`save.conflict` (the file has another content by now), `save.gone` (there is no such file any
more), `save.exists`, `save.outside`, `save.read_only`, `save.not_text`, `save.document` (a PDF,
a Word file and such are only ever read), and those of
`file_writing`: `save.disk_full`, `save.no_permission`, `save.folder_gone`, `save.failed`.
"""

import contextlib
import os
from collections.abc import Generator
from datetime import datetime
from pathlib import Path, PurePosixPath

from notesai.errors import NoteError, SaveError
from notesai.model import SavedNote, is_document
from notesai.notes.file_writing import failures_said, replace, write_new
from notesai.notes.formats import decode
from notesai.notes.hashing import content_hash
from notesai.notes.names import join, normal
from notesai.notes.new_names import conflict_stem, free_name, stem_for
from notesai.notes.scanner import check_vault
from notesai.notes.text_form import UTF8, Form, form_of, with_line_ends

_TRIES = 20
_KEPT = "Your text stays in the editor."


def seen_hash(data: bytes, text: str) -> str:
    """What to save a note against that was read as `text` from `data`.

    Empty if the note cannot be saved without loss, because some of its bytes are no text.
    """
    return content_hash(data) if form_of(data, text) is not None else ""


def save(vault: Path, path: str, text: str, seen: str) -> SavedNote:
    """Write `text` (lines end in "\\n") to the note at `path`, if its content hash is `seen`.

    Encoding, byte order mark, line ends, rights and links stay as they are. With an empty `seen`
    the note is made anew where no file is. Raises `VaultError` or `SaveError`.
    """
    vault = check_vault(vault)
    with failures_said(path):
        target = _located(vault, path)
        _is_note(path, target)
        if not seen:
            return _made(path, target, text)
        if not target.exists():
            raise _gone(path, target)
        return _replaced(vault, path, target, text, seen)


def save_beside(vault: Path, path: str, text: str, when: datetime) -> SavedNote:
    """Write `text` to a new file beside the note at `path`, named after it and the time."""
    vault = check_vault(vault)
    with failures_said(path):
        target = _located(vault, path)
        _is_note(path, target)
        form, ends = _form_there(target)
        data, recoded = _encoded(path, with_line_ends(text, ends), form)
        saved = _beside(vault, target, data, when)
    return SavedNote(saved, content_hash(data), recoded=recoded)


def create(vault: Path, folder: str, title: str) -> SavedNote:
    """Make a note of this title, with it as its heading, in `folder` (relative to the vault)."""
    vault = check_vault(vault)
    title = " ".join(title.split())
    with failures_said(title):
        where = _located(vault, folder) if folder else vault
        data, _ = _encoded(title, f"# {title}\n\n" if title else "", UTF8)
        made = _new_file(where, stem_for(title), ".md", data)
    return SavedNote(join(folder, normal(made.name)), content_hash(data))


def _made(path: str, target: Path, text: str) -> SavedNote:
    data, _ = _encoded(path, text, UTF8)
    try:
        write_new(target, data)
    except FileExistsError as error:
        message = f"{path} is there already."
        raise SaveError("save.exists", message, f"It is as it was. {_KEPT}") from error
    return SavedNote(path, content_hash(data))


def _replaced(vault: Path, path: str, target: Path, text: str, seen: str) -> SavedNote:
    before = target.read_bytes()
    _same(path, before, seen)
    if not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK):
        hint = f"The file is as it was. {_KEPT} Allow writing to the file, and save again."
        raise SaveError("save.read_only", f"{path} was not saved: it is read-only.", hint)
    original = decode(before)
    form = form_of(before, original)
    if form is None:
        hint = f"The file is as it was. {_KEPT} Edit it in another program."
        raise SaveError("save.not_text", f"{path} has bytes that are no text.", hint)
    data, recoded = _encoded(path, with_line_ends(text, original), form)
    rescued = ""
    if data != before:
        with _late_change(target) as late:
            replace(target, data, lambda: _same(path, target.read_bytes(), seen))
            written = late()
        if written is not None and content_hash(written) != seen:
            rescued = _beside(vault, target, written, datetime.now())
    return SavedNote(path, content_hash(data), recoded=recoded, rescued=rescued)


def _same(path: str, data: bytes, seen: str) -> None:
    if content_hash(data) != seen:
        message = f"{path} was changed by another program meanwhile."
        raise SaveError("save.conflict", message, f"Both versions are safe. {_KEPT}")


@contextlib.contextmanager
def _late_change(target: Path) -> Generator["_Late"]:
    """Keep hold of the file that is about to be replaced.

    A program that writes into it at that very moment writes into a file without a name: what it
    wrote is still there to be read. Windows allows no replacing of a file that is open.
    """
    if os.name == "nt":
        yield _Late(None)
        return
    handle = os.open(target, os.O_RDONLY)
    try:
        yield _Late(handle)
    finally:
        os.close(handle)


class _Late:
    """Reads what has become of a replaced file."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    def __call__(self) -> bytes | None:
        if self._handle is None:
            return None
        with open(self._handle, "rb", closefd=False) as file:
            return file.read()


def _form_there(target: Path) -> tuple[Form, str]:
    """The form and the text of the file at `target`; UTF-8 and nothing if it is not to be read."""
    try:
        data = target.read_bytes()
        text = decode(data)
    except (OSError, NoteError):
        return UTF8, ""
    return form_of(data, text) or UTF8, text


def _encoded(path: str, text: str, form: Form) -> tuple[bytes, bool]:
    """The bytes of `text`, and if they had to be UTF-8 because `form` cannot hold it."""
    data = form.encode(text)
    if data is not None:
        return data, False
    data = UTF8.encode(text)
    if data is None:
        hint = f"The file is as it was. {_KEPT} Take out control characters and save again."
        raise SaveError("save.not_text", f"{path} has characters that are no text.", hint)
    return data, True


def _beside(vault: Path, target: Path, data: bytes, when: datetime) -> str:
    made = _new_file(target.parent, conflict_stem(target.stem, when), target.suffix, data)
    return _path(vault, made)


def _new_file(folder: Path, stem: str, suffix: str, data: bytes) -> Path:
    """A new file of this name, or of the next free one. Another program may be naming files too."""
    for _ in range(_TRIES):
        target = folder / free_name(stem, suffix, _names(folder))
        with contextlib.suppress(FileExistsError):
            write_new(target, data)
            return target
    raise SaveError("save.exists", f"{stem}{suffix} is there already.", "Try another name.")


def _located(vault: Path, path: str) -> Path:
    """Where `path` (NFC) lies on the disk, links followed. Raises `SaveError` for outside."""
    place = vault
    for name in PurePosixPath(path).parts:
        place /= _disk_name(place, name)
    real = place.resolve()
    if not real.is_relative_to(vault.resolve()) or real == vault.resolve():
        message = f"{path} leads out of the folder of notes."
        raise SaveError("save.outside", message, f"Nothing was written. {_KEPT}")
    return real


def _is_note(path: str, target: Path) -> None:
    if is_document(path) or is_document(target.name):
        message = f"{path} is not written to: notesai only reads files of this kind."
        raise SaveError("save.document", message, f"The file is as it was. {_KEPT}")


def _disk_name(folder: Path, name: str) -> str:
    """The name as it is on disk, where it may be in another Unicode form."""
    if name.isascii() or (folder / name).exists() or not folder.is_dir():
        return name
    return next((other for other in _names(folder) if normal(other) == name), name)


def _path(vault: Path, file: Path) -> str:
    return normal(file.relative_to(vault.resolve()).as_posix())


def _gone(path: str, target: Path) -> SaveError:
    if not target.parent.is_dir():
        do = "Connect the drive or put the folder back, and save again."
        return SaveError(
            "save.folder_gone", f"{path} was not saved: its folder is not there.", f"{_KEPT} {do}"
        )
    return SaveError("save.gone", f"{path} was moved or deleted meanwhile.", _KEPT)


def _names(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()]
