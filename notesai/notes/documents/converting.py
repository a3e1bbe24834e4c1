"""From the bytes of a document to its Markdown text, in the process that it is called in.

The same bytes always give the same text: offsets in it are what the index keeps.
"""

import logging
from collections.abc import Callable

from notesai.errors import NoteError
from notesai.notes.documents.kinds import LARGEST_TEXT
from notesai.notes.documents.refusals import damaged, empty, too_large

log = logging.getLogger(__name__)

VERSION = 1
"""Goes up whenever the same bytes come to give another text."""

Tick = Callable[[], None]


def convert(data: bytes, suffix: str, tick: Tick) -> str:
    """The text of a document whose name ends in `suffix` (as `kinds` gives it).

    `tick` is called at short intervals and may raise to stop the work. Raises `NoteError`,
    skipped, for whatever cannot be read, and nothing else besides what `tick` raises.
    """
    if not data:
        raise empty()
    stopped: list[BaseException] = []

    def watched() -> None:
        try:
            tick()
        except BaseException as error:
            stopped.append(error)
            raise

    try:
        text = _reader(suffix)(data, watched)
    except NoteError:
        raise
    except MemoryError:
        raise too_large() from None
    except Exception as error:
        if error in stopped:
            raise
        # Files are broken in more ways than can be foreseen; the log keeps the traceback.
        log.info("a %s file could not be read", suffix, exc_info=True)
        raise damaged() from error
    if len(text) > LARGEST_TEXT:
        raise too_large()
    return text


def _reader(suffix: str) -> Callable[[bytes, Tick], str]:
    """What reads files of this kind, loaded on first need."""
    match suffix:
        case ".pdf":
            from notesai.notes.documents.pdf import pdf as reader
        case ".docx":
            from notesai.notes.documents.word import word as reader
        case ".pptx":
            from notesai.notes.documents.slides import presentation as reader
        case ".hwpx" | ".hwp":
            from notesai.notes.documents.hangul import hangul as reader
        case ".ipynb":
            from notesai.notes.documents.notebook import notebook as reader
        case _:
            from notesai.notes.documents.web import web_page as reader
    return reader
