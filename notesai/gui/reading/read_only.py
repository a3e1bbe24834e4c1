"""Documents in the reader: why they are not edited, and what a link to one of their pages means."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from notesai.model import suffix_of

translate = QCoreApplication.translate

_PAGE = re.compile(r"(?:page|slide)=(\d{1,6})", re.IGNORECASE)


def why_read_only(path: str) -> str:
    """Why the document at `path` is not edited here, in the window's language."""
    match suffix_of(path):
        case ".pdf":
            return translate("ReadOnly", "PDF files are only read here.")
        case ".docx":
            return translate("ReadOnly", "Word files are only read here.")
        case ".pptx":
            return translate("ReadOnly", "Slides are only read here.")
        case ".hwp" | ".hwpx":
            return translate("ReadOnly", "Hangul files are only read here.")
        case ".ipynb":
            return translate("ReadOnly", "Notebooks are only read here.")
        case _:
            return translate("ReadOnly", "Web pages are only read here.")


def about(path: str, known: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What a document says of itself, with names in the window's language."""
    names = {
        "author": translate("ReadOnly", "Author"),
        "created": translate("ReadOnly", "Created"),
    }
    kind = (translate("ReadOnly", "Kind"), suffix_of(path)[1:].upper())
    return [kind, *((names.get(name, name), value) for name, value in known)]


def headings_of(target: str) -> tuple[str, ...]:
    """What the heading may be called that the end of a link means: `#page=3` is that of a page."""
    page = _PAGE.fullmatch(target.strip())
    if page is None:
        return (target,)
    return tuple(f"{name}{page[1]}{end}" for name, end in (("Page ", ""), ("", "쪽"))) + tuple(
        f"{name} {page[1]}" for name in ("Slide", "슬라이드")
    )
