"""Which files are documents: known by their suffix alone, before any of them is opened."""

DOCUMENT_SUFFIXES: frozenset[str] = frozenset(
    {".html", ".htm", ".ipynb", ".pdf", ".docx", ".pptx", ".hwpx", ".hwp"}
)
"""Suffixes, in lower case, of the files that are turned into Markdown text to be read."""


def suffix_of(path: str) -> str:
    """The suffix of a path or name in lower case, with its dot; "" if it has none."""
    name = path.rpartition("/")[2]
    return name[name.rfind(".") :].lower() if "." in name else ""


def is_document(path: str) -> bool:
    """True if the file at `path` is to be turned into text; it is never written to."""
    return suffix_of(path) in DOCUMENT_SUFFIXES
