"""What the kinds of documents differ in."""

from notesai.model import suffix_of

LARGEST_TEXT = 20_000_000
"""Characters of text that a document may have."""


def has_pages(path: str) -> bool:
    """True if the text of the file at `path` comes in pages or slides."""
    return suffix_of(path) in {".pdf", ".pptx"}
