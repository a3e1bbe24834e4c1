"""Writing a note's HTML into a text document piece by piece, and finding its passages there."""

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFragment

from notesai.gui.widgets.note_blocks import tag_blocks

# Qt joins the first paragraph of inserted HTML to the block at the cursor, which costs that
# paragraph its format. So a joint is inserted in front for it to spend, and taken out again.
_JOINT = "\u2060"


class NoteWriter:
    """Appends to one document. `passages` are the marked places found so far, as selections."""

    def __init__(self, document: QTextDocument, opening: str, closing: str) -> None:
        self.passages: list[QTextCursor] = []
        self._document = document
        self._opening = opening
        self._closing = closing
        self._open_at: QTextCursor | None = None
        self._images: dict[str, list[QTextCursor]] = {}

    def images(self, address: str) -> list[QTextCursor]:
        """The places of the image with this address."""
        return self._images.get(address, [])

    def append(self, html: str) -> None:
        """Write `html` at the end."""
        document = self._document
        empty = document.isEmpty()
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        start = cursor.position()
        cursor.beginEditBlock()
        cursor.insertHtml(html if empty else f"<p>{_JOINT}</p>{html}")
        if not empty:
            cursor.setPosition(start)
            if document.characterAt(start) == _JOINT:
                cursor.deleteChar()
        first = document.findBlock(start)
        first = first if empty else first.next()
        tag_blocks(document, first)
        if "<img" in html:
            self._find_images(first)
        if "<a name" in html:
            self._mend_links(first)
        self._find_passages(start)
        cursor.endEditBlock()

    def drop_last_block(self) -> None:
        """Take the last paragraph away."""
        cursor = QTextCursor(self._document.lastBlock())
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.removeSelectedText()

    def _find_images(self, block: QTextBlock) -> None:
        for fragment in _fragments(block):
            if fragment.charFormat().isImageFormat():
                name = fragment.charFormat().toImageFormat().name()
                cursor = QTextCursor(self._document)
                cursor.setPosition(fragment.position())
                self._images.setdefault(name, []).append(cursor)

    def _mend_links(self, block: QTextBlock) -> None:
        """Make links whole: where a named place leads one, Qt takes its first character for all."""
        link = QTextCharFormat()
        link.setAnchor(True)
        broken = [
            (fragment.position(), fragment.length())
            for fragment in _fragments(block)
            if fragment.charFormat().anchorHref() and not fragment.charFormat().isAnchor()
        ]
        for position, length in broken:
            cursor = QTextCursor(self._document)
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(link)

    def _find_passages(self, start: int) -> None:
        """Take the marks out of what was written since `start`, and remember where they were."""
        if not self._opening:
            return
        position = start
        while True:
            mark = self._closing if self._open_at is not None else self._opening
            found = self._document.find(mark, position)
            if found.isNull():
                return
            position = found.selectionStart()
            found.removeSelectedText()
            if self._open_at is None:
                self._open_at = _fixed(self._document, position)
            else:
                self._close(self._open_at, position)
                self._open_at = None

    def _close(self, opened: QTextCursor, position: int) -> None:
        passage = QTextCursor(self._document)
        passage.setPosition(opened.position())
        passage.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        if passage.hasSelection():
            self.passages.append(passage)


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """The runs of one format in `block` and all blocks after it."""
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            yield fragments.fragment()
            fragments += 1
        block = block.next()


def _fixed(document: QTextDocument, position: int) -> QTextCursor:
    """A cursor that stays before what is inserted at its place."""
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    cursor.setKeepPositionOnInsert(True)
    return cursor
