"""The text of a note as an editor holds it: lines that end in line feeds."""

import re

_LINE_END = re.compile("\r\n|[\r\u2029]")
LONGEST_LINE = 100_000
"""Longer lines would hold up the editor, which lays a line out as a whole."""

LARGEST = 5_000_000


def editable(text: str) -> str:
    """`text` with line feeds for all line ends; the engine puts back those that were there."""
    return _LINE_END.sub("\n", text)


def shown(raw: str) -> str:
    """The text of a document from Qt's raw form of it. Halves of characters are taken out."""
    text = raw.replace("\u2029", "\n")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def too_large(text: str) -> bool:
    """True for what cannot be edited here without holding up the window."""
    return len(text) > LARGEST or max(map(len, text.split("\n"))) > LONGEST_LINE
