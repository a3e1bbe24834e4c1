"""The text of an answer while it is written: only its last blocks are laid out anew."""

from collections.abc import Collection

from PySide6.QtGui import QTextDocument

from notesai.gui.asking.answer_text import open_block, render
from notesai.gui.widgets.note_writer import NoteWriter

_LONG = 500
"""Characters that may be laid out with each part; behind them, blocks that are closed stay."""


class GrowingText:
    """Keeps one document at a text that grows at its end.

    What more text cannot change stays as it is. The rest is one step of the document's own undoing,
    which takes tables and lists back to the last character.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._settled = ""
        self._state = -1
        self._made_for: tuple[frozenset[int], str] | None = None

    def forget(self) -> None:
        """The document is about to hold something else."""
        self._made_for = None
        self._document.setUndoRedoEnabled(False)

    def write(self, text: str, numbers: Collection[int], style: str) -> None:
        """Show `text` with citations of the sources of these numbers, in this style sheet."""
        made_for = frozenset(numbers), style
        if made_for != self._made_for or not text.startswith(self._settled):
            self._begin(style)
            self._made_for = made_for
        elif self._document.isUndoAvailable():
            self._document.undo()
            # Of what stands on it (see `note_blocks`) undoing knows nothing.
            self._document.lastBlock().setUserState(self._state)
        self._document.setUndoRedoEnabled(False)
        rest = text[len(self._settled) :]
        closed = open_block(rest) if len(rest) > _LONG else 0
        self._append(rest[:closed], numbers)
        self._settled += rest[:closed]
        self._state = self._document.lastBlock().userState()
        self._document.setUndoRedoEnabled(True)
        self._append(rest[closed:], numbers)

    def _begin(self, style: str) -> None:
        self.forget()
        self._document.clear()
        self._document.setDefaultStyleSheet(style)
        self._settled = ""

    def _append(self, text: str, numbers: Collection[int]) -> None:
        html = render(text, (), numbers).html if text.strip() else ""
        if html:
            NoteWriter(self._document, "", "").append(html)
