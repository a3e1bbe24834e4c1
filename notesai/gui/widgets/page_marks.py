"""What is marked on a page: the passages of a hit, and the places of words that were looked for."""

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from notesai.gui.appearance import Appearance

_MOST_PAINTED = 1_000


def selection(document: QTextDocument, start: int, end: int) -> QTextCursor:
    """A selection from `start` to `end` (UTF-16 units), as far as the document reaches."""
    last = max(0, document.characterCount() - 1)
    cursor = QTextCursor(document)
    cursor.setPosition(min(start, last))
    cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def passage_marks(
    passages: Sequence[QTextCursor], look: Appearance
) -> Iterator[QTextEdit.ExtraSelection]:
    """Marks for passages, block by block: list numbers stay free of them."""
    for passage in passages:
        for lines in _by_block(passage):
            yield _mark(lines, look, "mark", "text")
            for link in _links(lines):
                # A line tells links here: their colour does not stand out enough from the mark.
                underlined = _mark(link, look, "mark", "text")
                underlined.format.setFontUnderline(True)
                yield underlined


def found_marks(
    document: QTextDocument, found: Sequence[tuple[int, int]], at: int, look: Appearance
) -> Iterator[QTextEdit.ExtraSelection]:
    """Marks for found places, as many around the one at index `at` as are painted in no time."""
    first = max(0, at - _MOST_PAINTED // 2)
    for index in range(first, min(len(found), first + _MOST_PAINTED)):
        behind, text = ("link", "on_accent") if index == at else ("mark", "text")
        yield _mark(selection(document, *found[index]), look, behind, text)


def _mark(
    cursor: QTextCursor, look: Appearance, behind: str, text: str
) -> QTextEdit.ExtraSelection:
    mark = QTextEdit.ExtraSelection()
    mark.cursor = cursor
    mark.format.setBackground(look.colour(behind))
    mark.format.setForeground(look.colour(text))
    return mark


def _by_block(passage: QTextCursor) -> Iterator[QTextCursor]:
    """The parts of a selection, one for each block."""
    block = passage.document().findBlock(passage.selectionStart())
    while block.isValid() and block.position() < passage.selectionEnd():
        part = QTextCursor(block)
        part.setPosition(max(block.position(), passage.selectionStart()))
        end = min(block.position() + block.length() - 1, passage.selectionEnd())
        part.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        if part.hasSelection():
            yield part
        block = block.next()


def _links(part: QTextCursor) -> Iterator[QTextCursor]:
    """The links within a selection in one block."""
    document = part.document()
    fragments = document.findBlock(part.selectionStart()).begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        start = max(fragment.position(), part.selectionStart())
        end = min(fragment.position() + fragment.length(), part.selectionEnd())
        if start < end and fragment.charFormat().anchorHref():
            yield selection(document, start, end)
        fragments += 1
