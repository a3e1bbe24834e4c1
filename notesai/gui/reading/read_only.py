"""Documents in the reader: why they are not edited, and what a link to one of their pages means."""

import re

from PySide6.QtCore import QCoreApplication

from notesai.model import suffix_of

translate = QCoreApplication.translate

_PAGE = re.compile(r"(?:page|slide)=(\d{1,6})", re.IGNORECASE)


def why_read_only(path: str) -> str:
    """Why the document at `path` is not edited here, in the window's language."""
    match suffix_of(path):
        case ".pdf":
            return translate(
                "ReadOnly", "This is a PDF: it is read here, and changed in its own program."
            )
        case ".docx":
            return translate(
                "ReadOnly", "This is a Word file: it is read here, and changed in its own program."
            )
        case ".pptx":
            return translate(
                "ReadOnly",
                "These are slides: they are read here, and changed in their own program.",
            )
        case ".ipynb":
            return translate(
                "ReadOnly", "This is a notebook: it is read here, and changed in its own program."
            )
        case _:
            return translate(
                "ReadOnly", "This is a web page: it is read here, and changed in another program."
            )


def headings_of(target: str) -> tuple[str, ...]:
    """What the heading may be called that the end of a link means: `#page=3` is that of a page."""
    page = _PAGE.fullmatch(target.strip())
    if page is None:
        return (target,)
    return tuple(f"{name}{page[1]}{end}" for name, end in (("Page ", ""), ("", "쪽"))) + tuple(
        f"{name} {page[1]}" for name in ("Slide", "슬라이드")
    )
