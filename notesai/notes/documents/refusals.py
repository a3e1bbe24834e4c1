"""Why a document has no text to offer: one error each, all of them skips.

A skipped document is left alone until it changes: reading a damaged one again would only cost
time. The reasons are known to the window, which says them in its own language.
"""

from notesai.errors import NoteError

_KEPT = "The file is unchanged."


def damaged() -> NoteError:
    """The file is cut off or broken."""
    return _refused("document.damaged", "it is damaged", "Open it elsewhere and save it anew.")


def crashed() -> NoteError:
    """What reads such files stopped over it, twice."""
    return _refused(
        "document.damaged",
        "it is damaged so badly that reading it fails",
        "Open it elsewhere and save it anew.",
    )


def locked() -> NoteError:
    """The file is encrypted."""
    return _refused(
        "document.locked",
        "it is protected by a password",
        "Save a copy without a password to have it indexed.",
    )


def empty() -> NoteError:
    """There is nothing to read in it."""
    return _refused("document.empty", "there is no text in it")


def only_pictures() -> NoteError:
    """Its pages were scanned."""
    return _refused(
        "document.only_pictures",
        "there is no text in it, only pictures",
        "A program that recognises text in pictures (OCR) can add it.",
    )


def not_its_name() -> NoteError:
    """It is of another kind than its name says."""
    return _refused(
        "document.not_its_name",
        "it is not what its name says",
        "Give it the name of what it is, or save it anew.",
    )


def old_format() -> NoteError:
    """Written by an Office of before 2007."""
    return _refused(
        "document.old_format",
        "it is in an old Office format",
        "Save it as .docx or .pptx to have it indexed.",
    )


def not_here() -> NoteError:
    """What reads such files is not made for this kind of machine."""
    return _refused(
        "document.not_here",
        "files of its kind cannot be read on this machine",
        "Save it as .hwpx to have it indexed.",
    )


def too_long() -> NoteError:
    """Reading it takes longer than any document deserves."""
    return _refused("document.too_long", "reading it takes too long")


def too_large() -> NoteError:
    """It unpacks to more than can be held, or its text is larger than any book's."""
    return _refused("document.too_large", "it unpacks to too much")


def _refused(code: str, reason: str, hint: str = "") -> NoteError:
    return NoteError(
        code, f"The file was left out: {reason}.", f"{_KEPT} {hint}".strip(), skipped=True
    )
