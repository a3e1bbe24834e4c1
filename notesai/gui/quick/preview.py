"""The note chosen in quick search, as the reader shows it, from the passage found."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.reading.html import Words
from notesai.gui.reading.note_text import NoteText
from notesai.gui.rows import Row
from notesai.gui.theme import Space
from notesai.gui.widgets.elided_label import ElidedLabel
from notesai.gui.widgets.note_head import NoteHead
from notesai.gui.widgets.note_page import NotePage, Page
from notesai.model import NoteContent


class Preview(QWidget):
    """One note, read-only and without the keyboard."""

    link_clicked = Signal(object)
    tag_clicked = Signal(str)

    def __init__(self, look: Appearance, vault: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note: NoteContent | None = None
        self._row: Row | None = None
        self._folder = ElidedLabel("faint", self, Qt.TextElideMode.ElideMiddle)
        self._head = NoteHead()
        self.page = NotePage(look, vault, self._head, self)
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.L, Space.S, 0)
        column.setSpacing(Space.XS)
        self._folder.setContentsMargins(Space.XL, 0, Space.XL, 0)
        column.addWidget(self._folder)
        column.addWidget(self.page, 1)
        self._head.tag_clicked.connect(self.tag_clicked)
        self.page.link_clicked.connect(self.link_clicked)
        look.changed.connect(self._recolour)
        self._retranslate()

    @property
    def path(self) -> str:
        """The path of the note shown, empty if there is none."""
        return self._note.path if self._note is not None else ""

    def expect(self, row: Row | None) -> None:
        """`row` is chosen; its note is on the way. None clears the preview."""
        before, self._row = self._row, row
        if row is None:
            self.clear()
        elif self._note is not None and self._note.path == row.path and _differ(before, row):
            self._show(self._note, row)

    def clear(self) -> None:
        """Show nothing: no note is chosen, or it cannot be read."""
        self._note = None
        self._folder.setText("")
        self._head.show_note("", ())
        self.page.clear_note()

    def show_note(self, note: NoteContent) -> None:
        """Show `note` if it is the one expected and has not been shown as it is."""
        row = self._row
        if row is not None and note.path == row.path and note != self._note:
            self._show(note, row)

    def close_preview(self) -> None:
        """Stop all work; the window is closing."""
        self.page.close_page()

    def _show(self, note: NoteContent, row: Row) -> None:
        self._note = note
        self._folder.setText(note.path.replace("/", " / "))
        self._head.show_note(note.title or note.path, note.tags)
        self.page.show_note(self._page_of(note, row))

    def _page_of(self, note: NoteContent, row: Row) -> Page:
        words = Words(
            web_image=self.tr("Image on the web"),
            more=self.tr("Show more"),
            start=self.tr("Show from the beginning"),
        )
        text = NoteText.of(note, row.spans)
        return Page(note.path, text.html(words), text.marks, text.passage, words.more)

    def _recolour(self) -> None:
        if self._note is not None and self._row is not None:
            self.page.refresh_note(self._page_of(self._note, self._row))

    def _retranslate(self) -> None:
        self.page.setAccessibleName(self.tr("Preview of the note"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _differ(before: Row | None, row: Row) -> bool:
    """True if the two are not the same passages of the same note."""
    return before is None or (before.path, before.spans) != (row.path, row.spans)
