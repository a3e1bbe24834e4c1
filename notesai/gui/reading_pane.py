"""One note being read and its neighbours: what opens, what follows, and the way back."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from notesai import settings
from notesai.engine.protocol import Failure, IndexChanged
from notesai.gui import explain, states
from notesai.gui.appearance import Appearance
from notesai.gui.client import CANCELLED, EngineClient
from notesai.gui.editing.drafts import Draft, Drafts
from notesai.gui.editing.new_note import NewNoteDialog
from notesai.gui.editing.plain_text import editable
from notesai.gui.editing.session import EditSession
from notesai.gui.editor_command import open_note
from notesai.gui.embeds import Embeds
from notesai.gui.note_actions import NoteActions
from notesai.gui.reading.embedding import EmbeddedTexts
from notesai.gui.reading.history import History, Place
from notesai.gui.reading.links import Link, NoteLink, StartLink, TagLink, WebLink
from notesai.gui.relating.compare_dialog import CompareDialog
from notesai.gui.relating.neighbours import Neighbours
from notesai.gui.requests import Replies
from notesai.gui.rows import Row
from notesai.gui.titles import Titles
from notesai.gui.widgets.reader import Reader
from notesai.model import NoteContent, NoteStatus, SavedNote
from notesai.paths import home

_LOADING_MS = 250


class ReadingPane(QObject):
    """Drives a reader and the related notes beside it.

    `tag_clicked` brings a tag to search for; `note_shown` path and title of each note
    that is shown; `related_found` the `SimilarResult` of what is like it.
    """

    tag_clicked = Signal(str)
    note_shown = Signal(str, str)
    related_found = Signal(object)

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        titles: Titles,
        vault: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.reader = Reader(look, vault)
        self.neighbours = Neighbours(look, client, vault, self._written, self)
        self.related = self.neighbours.pane
        self.drafts = Drafts(vault)
        self.session = EditSession(look, client, self.drafts, self.reader.edit_page)
        self._look, self._client, self._titles, self._vault = look, client, titles, vault
        self._note: NoteContent | None = None
        # What is to be edited once it is there, if it was just made; if drafts were spoken of.
        self._edits, self._made = "", False
        self._reminded = False
        self._place: Place | None = None
        self._wanted: Place | None = None
        self._lost: Place | None = None
        self._history, self._read_call = History(), 0
        self._loading = QTimer(self, singleShot=True, interval=_LOADING_MS)
        self._loading.timeout.connect(self._show_loading)
        self._embeds = Embeds(client, titles, self)
        self.actions = NoteActions(look, client, self.reader, vault, self)
        self._connect()
        self.show_empty()

    def _connect(self) -> None:
        reader = self.reader
        reader.link_clicked.connect(self._follow)
        reader.tag_clicked.connect(self.tag_clicked)
        reader.outside_wanted.connect(self.open_outside)
        reader.back_wanted.connect(self.go_back)
        reader.forward_wanted.connect(self.go_forward)
        reader.edit_wanted.connect(self.toggle_editor)
        reader.new_wanted.connect(self.ask_new_note)
        reader.draft_bar.continue_wanted.connect(self._continue_draft)
        reader.draft_bar.discard_wanted.connect(self._discard_draft)
        self.session.said.connect(reader.show_notice)
        self.session.done.connect(self._editing_done)
        self._embeds.arrived.connect(self._show_embeds)
        self.related.picked.connect(self._open_related)
        self.related.compare_wanted.connect(self._compare)
        self.neighbours.note_wanted.connect(self.show_note)
        self.neighbours.found.connect(self.related_found)
        reader.edit_page.editor.document().contentsChanged.connect(self.neighbours.text_changed)
        self._client.index_changed.connect(self._index_changed)
        self._titles.changed.connect(self._titles_changed)

    @property
    def path(self) -> str:
        """The path of the note shown, empty if there is none."""
        return self.reader.path

    @property
    def vault(self) -> Path:
        """The folder of notes."""
        return self._vault

    @property
    def title(self) -> str:
        """The title of the note shown, empty if there is none."""
        return self.reader.title

    def show_empty(self) -> None:
        """Show no note."""
        self._cancel()
        self.session.leave()
        self._place = self._wanted = self._lost = self._note = None
        self._history.clear()
        self.neighbours.clear()
        self.reader.show_nothing(self._open_latest if self._titles.notes else None)

    def open(self, place: Place) -> None:
        """Show the note at `place`, chosen from a list: there is nothing to go back to."""
        self._history.clear()
        self._go(place)

    def show_note(self, path: str) -> None:
        """Show the note at `path` from its beginning."""
        self.open(Place(path))

    def go_back(self) -> None:
        """Show the note from which a link was followed."""
        self._go_where(self._history.back(self._place))

    def go_forward(self) -> None:
        """Show again the note from which was gone back."""
        self._go_where(self._history.forward(self._place))

    def toggle_editor(self) -> None:
        """Edit the note that is shown, or read it again."""
        if self.reader.editing:
            self.session.leave()
        elif self._note is not None:
            self._edit(self._note, self.drafts.find(self._note.path))

    def ask_new_note(self, folder: str | None = None) -> None:
        """Ask for the title of a new note in `folder`, or where the shown note is, and make it."""
        where = self.path.rpartition("/")[0] if folder is None else folder
        dialog = NewNoteDialog(where or self._vault.name, self.reader.window())

        def wanted(title: str) -> None:
            self.make_note(where, title)

        dialog.wanted.connect(wanted)
        dialog.open()

    def make_note(self, folder: str, title: str) -> None:
        """Make a note of this title in `folder` and begin to write it."""

        def made(saved: SavedNote) -> None:
            self._edits, self._made = saved.path, True
            self.open(Place(saved.path))

        def failed(error: Failure) -> None:
            meaning = explain.failure(error)
            self.reader.show_notice(f"{meaning.what} {meaning.hint}".strip())

        self._client.create(folder, title, Replies(ok=made, failed=failed))

    def show_vault(self) -> None:
        """Open the folder of notes in the system's file browser."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._vault)))

    def engine_ready(self) -> None:
        """Ask again for what the engine did not come to show."""
        place = self._wanted
        if place is not None and self.reader.path != place.path:
            self._go(place)

    def close_pane(self) -> None:
        """Stop all work; the window is closing."""
        self._cancel()
        self.session.keep_draft()
        self.reader.close_reader()

    def _open_latest(self) -> None:
        for note in self._titles.recent(1):
            self.open(Place(note.path))

    def _titles_changed(self) -> None:
        """Show what could not be read: its file, or the whole folder, may be there again."""
        if self._wanted is None and self._place is None:
            self._go_where(self._lost)
            if self._lost is None:
                self.show_empty()

    def _advance(self, place: Place) -> None:
        """Show a note that was reached from the one shown."""
        if self._place is not None and self._place.path != place.path:
            self._history.follow(self._place)
        self._go(place)

    def _go_where(self, place: Place | None) -> None:
        if place is not None:
            self._go(place)

    def _go(self, place: Place) -> None:
        if place == self._wanted and self.reader.path == place.path:
            self._show_back()
            return
        self._cancel()
        self._wanted = place
        self._loading.start()
        self._read_call = self._client.read(
            place.path, Replies(ok=self._note_arrived, failed=self._note_failed)
        )

    def _note_arrived(self, note: NoteContent) -> None:
        self._loading.stop()
        place = self._wanted
        if place is None:
            return
        if self.session.path and self.session.path != note.path:
            self.session.leave()
        self._place, self._note = place, note
        self.reader.show_note(note, place.spans)
        if self.session.path:
            self.session.leave()
        self._offer_draft(note)
        self._embeds.find(note)
        if place.heading:
            self.reader.go_to_heading(place.heading)
        self._show_back()
        if self._edits == note.path:
            self._edit(note, self.drafts.find(note.path))
            if self._made:
                self.reader.edit_page.editor.go_to_end()
        self._edits, self._made = "", False
        self.note_shown.emit(note.path, note.title)
        self._relate(note)

    def _note_failed(self, error: Failure) -> None:
        self._loading.stop()
        if error.code == CANCELLED:
            return
        self.session.leave()
        place = self._lost = self._wanted
        self._wanted = self._place = self._note = None
        edits, self._edits = self._edits, ""
        draft = self.drafts.find(edits) if edits else None
        if place is not None and draft is not None and draft.path == place.path:
            self._go_on_without_file(draft)
        elif place is not None:
            self.neighbours.clear()
            self.reader.show_state(states.failed(error), lambda: self._go(place))
            self._show_back()

    def _relate(self, note: NoteContent) -> None:
        """Find what is like the note; by its text if the index does not know it yet."""
        waits = note.status is NoteStatus.PENDING
        self.neighbours.show(note.path, note.text if waits else "")

    def _written(self) -> str | None:
        """The note's text as it is being written."""
        changed = self.session.path == self.path and self.session.unsaved
        return self.reader.edit_page.editor.text if changed else None

    def _compare(self, row: Row) -> None:
        """Show the note and a related one side by side, where they are alike."""
        if self._note is not None and self._note.path == row.beside:
            CompareDialog.of_neighbour(self._look, self._client, self._note, row, self.reader)

    def _show_loading(self) -> None:
        if not self.reader.path:
            self.reader.show_loading()

    def _show_back(self) -> None:
        self.reader.offer_ways(back=self._history.has_back, forward=self._history.has_forward)

    def _cancel(self) -> None:
        self._loading.stop()
        self._client.cancel(self._read_call)
        self.neighbours.stop()

    def _open_related(self, row: Row) -> None:
        self._advance(Place(row.path, row.spans))

    def _follow(self, link: Link) -> None:
        """Do what a click on `link` means."""
        match link:
            case NoteLink():
                self._follow_note(link)
            case TagLink():
                self.tag_clicked.emit(link.tag)
            case StartLink():
                self.reader.show_from_start()
            case WebLink():
                QDesktopServices.openUrl(QUrl(link.address))
            case _:
                pass

    def _follow_note(self, link: NoteLink) -> None:
        path = self._titles.resolve(link.target, self.reader.path)
        other = link.turned_round
        if path is None and other.target:
            path = self._titles.resolve(other.target, self.reader.path)
            link = other if path is not None else link
        if path is None:
            self.reader.say_missing(link.target)
        elif path == self.reader.path:
            self.reader.go_to_heading(link.heading)
        else:
            self._advance(Place(path, heading=link.heading))

    def open_outside(self, path: str) -> None:
        """Open the note at `path` in the person's own editor, at the passage that is shown."""
        template = settings.load(home().settings_file).editor
        line = self._line() if path == self.path else 1
        self.reader.show_notice(open_note(template, self._vault / path, line))

    def _line(self) -> int:
        """The line of the note where the person is, counted from 1."""
        if self.reader.editing:
            return self.reader.edit_page.editor.textCursor().blockNumber() + 1
        spans = self._place.spans if self._place is not None else ()
        if self._note is None or not spans:
            return 1
        return self._note.text.count("\n", 0, spans[0].start) + 1

    def _edit(self, note: NoteContent, draft: Draft | None) -> None:
        line = self._line()
        if self.session.begin(note, draft):
            self.reader.show_editor()
            self.reader.edit_page.editor.go_to_line(line)

    def _editing_done(self) -> None:
        self.reader.show_page()
        self.neighbours.index_changed()
        if self._note is not None:
            self._offer_draft(self._note)

    def _offer_draft(self, note: NoteContent) -> None:
        """Offer the text that is kept for this note, unless the note has become just that."""
        draft = self.drafts.find(note.path)
        if draft is not None and draft.text == editable(note.text):
            self.drafts.drop(note.path)
            draft = None
        elsewhere = draft is None and not self._reminded
        self._reminded = True
        if elsewhere:
            draft = next(iter(self.drafts.all()), None)
        self.reader.draft_bar.offer(draft, elsewhere=elsewhere)

    def _continue_draft(self, path: str) -> None:
        if self._note is not None and self._note.path == path:
            self._edit(self._note, self.drafts.find(path))
        else:
            self._edits = path
            self._advance(Place(path))

    def _discard_draft(self, path: str) -> None:
        self.drafts.drop(path)
        self.reader.draft_bar.offer(None)

    def _go_on_without_file(self, draft: Draft) -> None:
        """Edit the text of a note whose file is gone; saving says so, and can write it anew."""
        title = draft.path.rpartition("/")[2]
        note = NoteContent(draft.path, title, "", (), NoteStatus.PENDING, "", draft.seen or "gone")
        self._place = self._wanted = Place(draft.path)
        self._note = note
        self.reader.show_note(note)
        self._edit(note, draft)
        self._relate(note)

    def _show_embeds(self, embeds: EmbeddedTexts) -> None:
        if self._note is not None:
            self.reader.show_embeds(embeds)

    def _index_changed(self, change: IndexChanged) -> None:
        """Fetch the note anew if it changed; its neighbours may have changed in any case."""
        path = self.reader.path
        if not path:
            return
        if not change.paths or path in change.paths:
            self._client.read(path, Replies(ok=self._note_again, failed=self._note_vanished))
        self.neighbours.index_changed()

    def _note_again(self, note: NoteContent) -> None:
        if note.path != self.reader.path:
            return
        self.session.note_changed(note)
        self._note = note
        self.reader.refresh(note)
        if not self.session.path:
            self._offer_draft(note)
        self._embeds.find(note)

    def _note_vanished(self, error: Failure) -> None:
        if error.code.startswith("note."):
            self.reader.say_vanished()
