"""The reader: one note, rendered, with where it is and what can be done with it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.editing.draft_bar import DraftBar
from notesai.gui.editing.edit_page import EditPage
from notesai.gui.reading.embedding import EmbeddedTexts
from notesai.gui.reading.html import Words
from notesai.gui.reading.marks import Span
from notesai.gui.reading.note_text import NoteText, front_matter
from notesai.gui.reading.properties import properties
from notesai.gui.reading.read_only import about, why_read_only
from notesai.gui.reasons import reason
from notesai.gui.states import Describe, State
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.elided_label import ElidedLabel
from notesai.gui.widgets.find_bar import FindBar
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.note_head import NoteHead
from notesai.gui.widgets.note_page import NotePage, Page
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import NoteContent, NoteStatus


class Reader(Card):
    """Shows one note. Signals tell what the person asked for; the reader opens nothing itself."""

    link_clicked = Signal(object)
    tag_clicked = Signal(str)
    outside_wanted = Signal(str)
    back_wanted = Signal()
    forward_wanted = Signal()
    edit_wanted = Signal()
    new_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, look: Appearance, vault: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vault = vault
        self._note: NoteContent | None = None
        self._spans: tuple[Span, ...] = ()
        self._at = 0
        self._embeds: EmbeddedTexts = {}
        self.setMinimumWidth(Size.READER_LEAST)
        self.head = NoteHead()
        self.page = NotePage(look, vault, self.head, self)
        self.state = StatePane(look, self)
        self.edit_page = EditPage(look, self)
        self.find_bar = FindBar(look, self.page, self)
        self.draft_bar = DraftBar(self)
        self._folder = ElidedLabel("soft", self, Qt.TextElideMode.ElideMiddle)
        self._notice = ElidedLabel("warn", self)
        self._count = QLabel(self)
        self._count.setObjectName("soft")
        self._back = IconButton(look, "back", self)
        self._forward = IconButton(look, "forward", self)
        self._edit = IconButton(look, "edit", self)
        self._before = IconButton(look, "chevron-up", self)
        self._after = IconButton(look, "chevron-down", self)
        self._outside = IconButton(look, "outside", self)
        self._menu = IconButton(look, "more", self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.edit_page)
        self._lay_out()
        self._connect(look)
        self._retranslate()
        self._show_head()

    def _lay_out(self) -> None:
        self.add_head(
            self._folder,
            self._back,
            self._forward,
            self._count,
            self._before,
            self._after,
            self._edit,
            self._outside,
            self._menu,
            left=Space.XL,
        )
        lines = QVBoxLayout()
        lines.setContentsMargins(Space.L, 0, Space.L, Space.XS)
        lines.setSpacing(Space.XS)
        for line in (self._notice, self.draft_bar, self.find_bar):
            lines.addWidget(line)
        self._notice.setContentsMargins(Space.S, 0, Space.S, 0)
        self.column.addLayout(lines)
        self.column.addWidget(self._stack, 1)
        self._notice.hide()
        self._back.hide()
        self._forward.hide()

    def _connect(self, look: Appearance) -> None:
        self.page.link_clicked.connect(self.link_clicked)
        self.page.finished.connect(self._show_passages)
        self.page.finished.connect(self.find_bar.refresh)
        self.page.viewport().installEventFilter(self)
        self.find_bar.closed.connect(self.focus_page)
        self._edit.clicked.connect(self.edit_wanted)
        self._forward.clicked.connect(self.forward_wanted)
        self.head.tag_clicked.connect(self.tag_clicked)
        self._outside.clicked.connect(self._want_outside)
        self._menu.clicked.connect(self._want_menu)
        self._back.clicked.connect(self.back_wanted)
        for keys, slot in (
            ("Alt+Left", self.back_wanted.emit),
            ("Alt+Right", self.forward_wanted.emit),
            ("Ctrl+E", self.edit_wanted.emit),
            ("Ctrl+N", self.new_wanted.emit),
            ("Ctrl+F", self.open_find),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self._before.clicked.connect(lambda: self.step_passage(-1))
        self._after.clicked.connect(lambda: self.step_passage(1))
        self._before.setShortcut(QKeySequence("Shift+F3"))
        self._after.setShortcut(QKeySequence("F3"))
        look.changed.connect(self._recolour)

    @property
    def path(self) -> str:
        """The path of the note shown, empty if there is none."""
        return self._note.path if self._note is not None else ""

    @property
    def title(self) -> str:
        """The title of the note shown, empty if there is none."""
        return (self._note.title or self._note.path) if self._note is not None else ""

    def show_note(self, note: NoteContent, spans: Sequence[Span] = ()) -> None:
        """Show `note`, from the first of `spans` (offsets in its text) if there are any."""
        self._embeds = {}
        if note.path != self.path:
            self.find_bar.close_bar()
        self._note, self._spans = note, tuple(spans)
        page = self._page_of(note, self._spans)
        self._at = page.passage
        self._stack.setCurrentWidget(self.page)
        self._show_head()
        self.page.show_note(page)

    def refresh(self, note: NoteContent) -> None:
        """Show the same note as it is now, staying where the reader is."""
        if self._note is None or note.text != self._note.text:
            self._spans = ()
        self._note = note
        notice = self._notice.text()
        self._show_head()
        self.show_notice(notice)
        self.page.refresh_note(self._page_of(note, self._spans))

    def show_embeds(self, embeds: EmbeddedTexts) -> None:
        """Show other notes inside this one, at the places that name them."""
        if self._note is None or embeds == self._embeds:
            return
        self._embeds = embeds
        page = self._page_of(self._note, self._spans)
        if self._spans:
            self.page.show_note(page)
        else:
            self.page.refresh_note(page)

    def show_from_start(self) -> None:
        """Show a long note from its beginning instead of its passage."""
        if self._note is not None:
            self.show_note(self._note)

    def show_state(self, describe: Describe, action: Callable[[], None] | None = None) -> None:
        """Show no note but what there is to say instead."""
        self._note, self._spans = None, ()
        self.page.clear_note()
        self.find_bar.close_bar()
        self.draft_bar.offer(None)
        self._stack.setCurrentWidget(self.state)
        self._show_head()
        self.state.say(describe, action)

    def show_nothing(self, open_latest: Callable[[], None] | None = None) -> None:
        """No note is open."""
        self.show_state(self._nothing, open_latest)

    def show_loading(self) -> None:
        """The note is on its way."""
        self.show_state(lambda: State("notes", self.tr("Opening the note…")))

    def _nothing(self) -> State:
        what = self.tr("Choose a note to read it here.")
        return State("notes", what, button=self.tr("Open the latest note"))

    def offer_ways(self, *, back: bool, forward: bool) -> None:
        """Show the ways back to the note before and forward again, where there are any."""
        self._back.setVisible(back)
        self._forward.setVisible(forward)

    @property
    def editing(self) -> bool:
        """True while the editor is shown."""
        return self._stack.currentWidget() is self.edit_page

    def show_editor(self) -> None:
        """Show the editor in the place of the page."""
        self.find_bar.close_bar()
        self.draft_bar.offer(None)
        self._stack.setCurrentWidget(self.edit_page)
        self._show_head()
        self.edit_page.focus_editor()

    def show_page(self) -> None:
        """Show the page again."""
        if self.editing:
            self.edit_page.find_bar.close_bar()
            self._stack.setCurrentWidget(self.page)
            self._show_head()
            self.focus_page()

    def open_find(self) -> None:
        """Open the bar that finds words in the note."""
        if self.editing:
            self.edit_page.open_find()
        elif self._note is not None:
            self.page.show_all()
            words = self.page.textCursor().selectedText()
            self.find_bar.open_bar("" if "\u2029" in words else words)

    def say_missing(self, target: str) -> None:
        """A link leads to a note that is not there."""
        self.show_notice(self.tr("There is no note “%1” yet.").replace("%1", target))

    def say_vanished(self) -> None:
        """The note shown is no longer in the folder."""
        self.show_notice(self.tr("This note is no longer in the folder."))

    def show_notice(self, text: str) -> None:
        """Say a line above the note, until another note is shown."""
        self._notice.setText(text)
        self._notice.setVisible(bool(text))

    def step_passage(self, by: int) -> None:
        """Go to the next or the previous passage, round the ends."""
        if self.page.passages:
            self._at = (self._at + by) % self.page.passages
            self.page.go_to_passage(self._at)
            self._show_passages()

    def go_to_heading(self, heading: str) -> None:
        """Go to a heading of the note shown."""
        if not self.page.go_to_heading(heading):
            self.show_notice(self.tr("There is no heading “%1” here.").replace("%1", heading))

    def focus_page(self) -> None:
        """Give the page the keyboard."""
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_reader(self) -> None:
        """Stop all work; the window is closing."""
        self.page.close_page()

    def _page_of(self, note: NoteContent, spans: Sequence[Span]) -> Page:
        words = Words(
            web_image=self.tr("Image on the web"),
            more=self.tr("Show more"),
            start=self.tr("Show from the beginning"),
        )
        text = NoteText.of(note, spans)
        html = text.html(words, self._embeds)
        return Page(note.path, html, text.marks, text.passage, words.more)

    def _show_head(self) -> None:
        note = self._note
        for button in (self._outside, self._menu):
            button.setVisible(note is not None)
        self._edit.setVisible(note is not None)
        self._edit.setEnabled(note is None or not note.document)
        self._edit.show_icon("notes" if self.editing else "edit")
        self._name_edit()
        self._show_passages()
        self.show_notice("")
        if note is None:
            self._folder.setText("")
            return
        folder = note.path.rpartition("/")[0]
        self._folder.setText(folder.replace("/", " / ") or self._vault.name)
        known = properties(front_matter(note.text))
        if note.document:
            known = about(note.path, known)
        self.head.show_note(note.title or note.path, note.tags, known)
        if note.status in {NoteStatus.SKIPPED, NoteStatus.FAILED}:
            self.show_notice(self.tr("Not in the index: %1").replace("%1", reason(note.reason)))

    def _show_passages(self) -> None:
        found = self.page.passages if self._note is not None else 0
        several = found > 1 and not self.editing
        for widget in (self._count, self._before, self._after):
            widget.setVisible(several)
        if several:
            text = self.tr("Passage %1 of %2")
            self._count.setText(text.replace("%1", str(self._at + 1)).replace("%2", str(found)))

    def _name_edit(self) -> None:
        name = self.tr("Read") if self.editing else self.tr("Edit")
        self._edit.name_it(name, _native("Ctrl+E"))
        document = self._note is not None and self._note.document
        if document:
            self._edit.setToolTip(why_read_only(self.path))
            self._outside.name_it(self.tr("Open in its program"))
        else:
            self._outside.name_it(self.tr("Open in your editor"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The mouse's own buttons for back and forward."""
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            if event.button() is Qt.MouseButton.BackButton:
                self.back_wanted.emit()
                return True
            if event.button() is Qt.MouseButton.ForwardButton:
                self.forward_wanted.emit()
                return True
        return False

    def _want_outside(self) -> None:
        if self._note is not None:
            self.outside_wanted.emit(self._note.path)

    def _want_menu(self) -> None:
        self.menu_wanted.emit(self._menu.mapToGlobal(self._menu.rect().bottomLeft()))

    def _recolour(self) -> None:
        if self._note is not None:
            self.refresh(self._note)

    def _retranslate(self) -> None:
        self.page.setAccessibleName(self.tr("The note"))
        self._menu.name_it(self.tr("More"))
        self._back.name_it(self.tr("Back"), "Alt+←")
        self._forward.name_it(self.tr("Forward"), "Alt+→")
        self._name_edit()
        self._before.name_it(self.tr("Previous passage"), "Shift+F3")
        self._after.name_it(self.tr("Next passage"), "F3")
        self._show_passages()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
