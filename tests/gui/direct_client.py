"""A client without an engine: it reads and saves the files of a folder with the real code."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from notesai.engine.protocol import Done, Failure, IndexChanged, NoteTitle, NoteTitles
from notesai.errors import NotesaiError
from notesai.gui.requests import Replies
from notesai.model import (
    NoteContent,
    NoteStatus,
    SavedNote,
    SimilarResult,
    is_document,
    suffix_of,
)
from notesai.notes import saving
from notesai.notes.documents.converting import convert
from notesai.notes.formats import decode

NOON = datetime(2026, 3, 14, 12, 0)


class DirectClient(QObject):
    """Answers in the next turn of the event loop. `failing` is the code that saving fails with."""

    state_changed = Signal(object)
    index_changed = Signal(object)
    index_progress = Signal(object)

    def __init__(self, vault: Path) -> None:
        super().__init__()
        self.vault = vault
        self.failing = ""
        self.ready = self.looked_through = False
        self.held: list[Callable[[], None]] | None = None
        self.saves: list[str] = []
        self._calls: set[int] = set()
        self._last = 0

    def changed_outside(self, path: str, text: str) -> None:
        """Another program writes a note, and the engine has seen it."""
        (self.vault / path).write_text(text, "utf-8")
        self.index_changed.emit(IndexChanged(paths=(path,)))

    def release(self) -> None:
        """Answer what was held back."""
        held, self.held = self.held or [], None
        for answer in held:
            answer()

    def read(self, path: str, replies: Replies[NoteContent]) -> int:
        return self._answer(replies, lambda: self._content(path))

    def save(
        self, path: str, text: str, seen: str, replies: Replies[SavedNote], *, beside: bool = False
    ) -> int:
        def write() -> SavedNote:
            if self.failing:
                raise NotesaiError(self.failing, "It failed.", "Try again.")
            self.saves.append(text)
            if beside:
                return saving.save_beside(self.vault, path, text, NOON)
            return saving.save(self.vault, path, text, seen)

        return self._answer(replies, write)

    def create(self, folder: str, title: str, replies: Replies[SavedNote]) -> int:
        return self._answer(replies, lambda: saving.create(self.vault, folder, title))

    def similar(
        self,
        path: str,
        replies: Replies[SimilarResult],
        *,
        text: str | None = None,
        with_hidden: bool = False,
    ) -> int:
        return self._answer(replies, lambda: SimilarResult(path, ()))

    def list_notes(self, replies: Replies[NoteTitles]) -> int:
        def titles() -> NoteTitles:
            files = sorted(self.vault.rglob("*.md"))
            return NoteTitles(
                notes=tuple(
                    NoteTitle(path=self._path(file), title=file.stem, mtime_ns=1) for file in files
                )
            )

        return self._answer(replies, titles)

    def status(self, replies: Replies[Done]) -> int:
        return self._answer(replies, Done)

    def cancel(self, call: int) -> None:
        self._calls.discard(call)

    def _path(self, file: Path) -> str:
        return unicodedata.normalize("NFC", file.relative_to(self.vault).as_posix())

    def _content(self, path: str) -> NoteContent:
        try:
            data = (self.vault / path).read_bytes()
        except OSError as error:
            raise NotesaiError("note.gone", "It is gone.") from error
        document = is_document(path)
        text = convert(data, suffix_of(path), lambda: None) if document else decode(data)
        seen = "" if document else saving.seen_hash(data, text)
        title = Path(path).stem
        return NoteContent(path, title, text, (), NoteStatus.INDEXED, "", seen, document)

    def _answer(self, replies: Replies, work: Callable[[], object]) -> int:  # type: ignore[type-arg]
        self._last += 1
        call = self._last
        self._calls.add(call)

        def answer() -> None:
            if call not in self._calls:
                return
            self._calls.discard(call)
            try:
                value = work()
            except NotesaiError as error:
                replies.failed(Failure(id=call, code=error.code, message=error.message))
            else:
                replies.ok(value)

        if self.held is not None:
            self.held.append(answer)
        else:
            QTimer.singleShot(0, self, answer)
        return call
