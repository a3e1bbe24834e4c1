"""File names in a vault: their normal form, and what they alone tell about a file."""

import unicodedata

from notesai.model import DOCUMENT_SUFFIXES, suffix_of
from notesai.notes.formats import TEXT_SUFFIXES

PLACEHOLDER_SUFFIXES = (".nextcloud", ".owncloud")
"""What Nextcloud and ownCloud add, on Linux, to the name of a file whose content is not here."""


def normal(name: str) -> str:
    """`name` in NFC, so that a note written by macOS (NFD) is the same note everywhere."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def join(folder: str, name: str) -> str:
    """The relative path of `name` in `folder`, which is empty for the vault itself."""
    return f"{folder}/{name}" if folder else name


def hidden(name: str) -> bool:
    """True for names that are never looked into: dot files and folders, `node_modules`.

    Office keeps `~$report.docx` beside a file for as long as it is open.
    """
    return name.startswith((".", "~$")) or name == "node_modules"


def is_note(name: str) -> bool:
    """True if a file of this name is a note, by its suffix."""
    suffix = suffix_of(name)
    return suffix in TEXT_SUFFIXES or suffix in DOCUMENT_SUFFIXES


def placeholder_for(name: str) -> str | None:
    """The note whose place the file `name` keeps: iCloud writes `.a.md.icloud` for `a.md`."""
    if name.startswith(".") and name.endswith(".icloud"):
        note = name[1 : -len(".icloud")]
    elif name.endswith(PLACEHOLDER_SUFFIXES):
        note = name[: name.rindex(".")]
    else:
        return None
    return note if is_note(note) and not hidden(note) else None


def is_utf8(name: str) -> bool:
    """False if the name on disk is not valid UTF-8 (Python then holds it with surrogates)."""
    if name.isascii():
        return True
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def printable(path: str) -> str:
    """`path` for people and for JSON: what is not valid UTF-8 is written as an escape."""
    return path.encode("utf-8", "backslashreplace").decode()
