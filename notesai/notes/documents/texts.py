"""The text of any file of a vault: decoded if it is text, turned into Markdown if a document."""

from notesai.model import is_document, suffix_of
from notesai.notes.documents.kept import KeptTexts
from notesai.notes.documents.process import Check, DocumentReader
from notesai.notes.formats import decode
from notesai.notes.hashing import content_hash


def _nothing() -> None:
    """Stop nothing."""


class Texts:
    """Gives texts of files; for documents a process of its own is started on first need.

    To be closed; may be used again after that. May be pickled. Without `keep` nothing is written.
    """

    def __init__(self, *, keep: bool = True) -> None:
        self._keep = keep
        self._reader = DocumentReader()
        self._kept: KeptTexts | None = None

    def __enter__(self) -> "Texts":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def of(self, data: bytes, path: str, check: Check = _nothing) -> str:
        """The text of the file at `path`, whose bytes are `data`.

        Raises `NoteError`, or `Cancelled` where `check` does.
        """
        if not is_document(path):
            return decode(data)
        check()
        kept = self._kept = self._kept or KeptTexts()
        digest, suffix = content_hash(data), suffix_of(path)
        text = kept.find(digest, suffix)
        if text is None:
            text = self._reader.convert(data, suffix, check)
            if self._keep:
                kept.keep(digest, suffix, text)
        return text

    def close(self) -> None:
        """End the process, and see that the cache does not grow for ever."""
        self._reader.close()
        if self._kept is not None:
            self._kept.tidy()
