"""Editing one note: what was seen, what is unsaved, saving, and what if two have changed it."""

from PySide6.QtCore import QObject, QTimer, Signal

from notesai.engine.protocol import Failure
from notesai.gui import explain
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.editing.conflict import Choice, ConflictDialog
from notesai.gui.editing.drafts import Draft, Drafts
from notesai.gui.editing.edit_page import EditPage
from notesai.gui.editing.plain_text import editable, too_large
from notesai.gui.reading.read_only import why_read_only
from notesai.gui.requests import Replies
from notesai.model import NoteContent, SavedNote

DRAFT_MS = 1000


class EditSession(QObject):
    """Drives an edit page. `said` brings what there is to say; `saved` the path of a saved note.

    `done` follows when editing ends.
    """

    said = Signal(str)
    saved = Signal(str)
    done = Signal()

    def __init__(
        self, look: Appearance, client: EngineClient, drafts: Drafts, page: EditPage
    ) -> None:
        super().__init__(page)
        self._look, self._client, self._drafts, self._page = look, client, drafts, page
        self._path = self._title = self._seen = ""
        self._saving = False
        self._dialog: ConflictDialog | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MS)
        self._timer.timeout.connect(self.keep_draft)
        page.save_wanted.connect(self.save)
        page.done_wanted.connect(self.leave)
        page.editor.document().contentsChanged.connect(self._changed)
        page.editor.modificationChanged.connect(self._show_state)

    @property
    def path(self) -> str:
        """The path of the note that is edited, empty if none is."""
        return self._path

    @property
    def unsaved(self) -> bool:
        """True if there is text that is not in the file."""
        return bool(self._path) and self._page.editor.document().isModified()

    def begin(self, note: NoteContent, draft: Draft | None = None) -> bool:
        """Edit `note`, going on from `draft` if there is one. False if it cannot be edited here."""
        text = editable(note.text)
        if note.document:
            self.said.emit(why_read_only(note.path))
            return False
        if not note.seen:
            self.said.emit(self.tr("Some of this file is no text, so it cannot be edited here."))
            return False
        editor = self._page.editor
        if too_large(text) or not editor.show_text(text):
            self.said.emit(self.tr("This note cannot be edited here. Open it in your editor."))
            return False
        self._path, self._title, self._seen = note.path, note.title or note.path, note.seen
        if draft is not None and draft.text != text:
            editor.replace_text(draft.text)
            self._seen = draft.seen
        self._show_state()
        return True

    def leave(self) -> None:
        """End editing; what is unsaved stays as a draft."""
        if not self._path:
            return
        self.keep_draft()
        self._path = ""
        self._timer.stop()
        if self._dialog is not None:
            self._dialog.reject()
        self.done.emit()

    def keep_draft(self) -> None:
        """Keep what is unsaved in the data folder."""
        if not self.unsaved:
            return
        self._timer.stop()
        try:
            self._drafts.keep(self._path, self._page.editor.text, self._seen)
        except OSError as error:
            text = self.tr("Unsaved text could not be kept for the case of a crash: %1")
            self.said.emit(text.replace("%1", error.strerror or str(error)))

    def save(self) -> None:
        """Write the text into the note's file."""
        if self.unsaved and not self._saving:
            self._write(self._page.editor.text, self._seen)

    def note_changed(self, note: NoteContent) -> None:
        """The file has another content now: show it, or say that saving will ask."""
        if note.path != self._path or self._saving or note.seen == self._seen:
            return
        text = editable(note.text)
        if not self.unsaved:
            self._page.editor.replace_text(text)
            self._page.editor.document().setModified(False)
            self._seen = note.seen
        elif text == self._page.editor.text:
            self._settle(note.seen)
        else:
            self.said.emit(self.tr("Another program has changed this note. Saving will ask."))

    def _write(self, text: str, seen: str, *, beside: bool = False) -> None:
        self._saving = True
        self._show_state()
        path = self._path

        def done(saved: SavedNote) -> None:
            self._saving = False
            self._written(path, text, saved, beside=beside)

        def failed(error: Failure) -> None:
            self._saving = False
            self._show_state()
            self._failed(path, error)

        self.keep_draft()
        replies = Replies(ok=done, failed=failed)
        self._client.save(path, text, seen, replies, beside=beside)

    def _written(self, path: str, text: str, saved: SavedNote, *, beside: bool) -> None:
        if beside:
            self._settle_left(path, text, saved.seen)
            self._say(self.tr("Your text was saved as “%1”."), saved.path)
            self._reload(path)
            self.saved.emit(saved.path)
            return
        if path == self._path:
            self._seen = saved.seen
            if self._page.editor.text == text:
                self._settle(saved.seen)
            self.keep_draft()
            self._show_state()
        else:
            self._settle_left(path, text, saved.seen)
        if saved.rescued:
            self._say(self.tr("What another program wrote meanwhile is in “%1”."), saved.rescued)
        elif saved.recoded:
            self.said.emit(self.tr("Saved as UTF-8: the old encoding lacks some characters."))
        else:
            self.said.emit("")
        self.saved.emit(path)

    def _settle_left(self, path: str, text: str, seen: str) -> None:
        """The draft of a note that may have been left is in a file, unless it has grown since."""
        draft = self._drafts.find(path)
        if draft is not None and draft.text == text:
            self._drafts.drop(path)
        elif draft is not None:
            self._drafts.keep(path, draft.text, seen)

    def _settle(self, seen: str) -> None:
        """The file holds what the editor shows."""
        self._seen = seen
        self._timer.stop()
        self._page.editor.document().setModified(False)
        self._drafts.drop(self._path)

    def _failed(self, path: str, error: Failure) -> None:
        if error.code in {"save.conflict", "save.exists"} and path == self._path:
            replies = Replies(ok=self._compare, failed=self._say_failure)
            self._client.read(path, replies)
            return
        if error.code == "save.gone" and path == self._path:
            self._seen = ""
        self._say_failure(error)

    def _say_failure(self, error: Failure) -> None:
        meaning = explain.failure(error)
        self.said.emit(f"{meaning.what} {meaning.hint}".strip())

    def _compare(self, theirs: NoteContent) -> None:
        """Show both versions; what is chosen is saved against the version that was shown."""
        if theirs.path != self._path or self._dialog is not None:
            return
        mine, text = self._page.editor.text, editable(theirs.text)
        if mine == text:
            self._settle(theirs.seen)
            return
        dialog = ConflictDialog(self._look, self._title, mine, text, self._page)

        def chosen(choice: Choice, merged: str) -> None:
            self._resolve(choice, merged, text, theirs.seen)

        dialog.chosen.connect(chosen)
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.open()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _resolve(self, choice: Choice, merged: str, theirs: str, seen: str) -> None:
        editor = self._page.editor
        match choice:
            case Choice.MINE:
                self._write(editor.text, seen)
            case Choice.MERGED:
                editor.replace_text(merged)
                self._write(merged, seen)
            case Choice.THEIRS:
                editor.replace_text(theirs)
                self._settle(seen)
                self._show_state()
                self.said.emit("")
            case Choice.BOTH:
                self._write(editor.text, seen, beside=True)

    def _reload(self, path: str) -> None:
        """Show the file as it is; the text that stood here has been saved elsewhere."""

        def arrived(note: NoteContent) -> None:
            if note.path == self._path:
                self._page.editor.replace_text(editable(note.text))
                self._settle(note.seen)
                self._show_state()

        self._client.read(path, Replies(ok=arrived, failed=self._say_failure))

    def _changed(self) -> None:
        if self.unsaved and not self._timer.isActive():
            self._timer.start()

    def _show_state(self, _: object = None) -> None:
        self._page.show_state(unsaved=self.unsaved, saving=self._saving)

    def _say(self, text: str, name: str) -> None:
        self.said.emit(text.replace("%1", name))
