"""What can be done with a note or a folder in a list: its context menu."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from notesai.gui.reveal import reveal
from notesai.model import is_document

translate = QCoreApplication.translate


def wikilink(path: str) -> str:
    """The link to the note at `path` as other notes write it."""
    name = PurePosixPath(path)
    return f"[[{name.stem if name.suffix.lower() in ('.md', '.markdown') else name.name}]]"


def note_menu(
    parent: QWidget,
    vault: Path,
    path: str,
    *,
    is_note: bool,
    open_outside: Callable[[str], None],
    new_note: Callable[[str], None],
    see_tokens: Callable[[str], None],
    ask: Callable[[], object],
) -> QMenu:
    """The menu of the note or folder at `path`; an empty path is the vault itself."""
    menu = QMenu(parent)
    folder = path.rpartition("/")[0] if is_note else path

    def add(text: str, action: Callable[[], object]) -> None:
        menu.addAction(text).triggered.connect(lambda: action())

    if is_note:
        document = translate("NoteMenu", "Open in its program")
        name = document if is_document(path) else translate("NoteMenu", "Open in your editor")
        add(name, lambda: open_outside(path))
    add(translate("NoteMenu", "Show in the file browser"), lambda: reveal(vault / path))
    menu.addSeparator()
    if is_note:
        add(translate("NoteMenu", "Copy as [[link]]"), lambda: _copy(wikilink(path)))
        add(translate("NoteMenu", "As the model sees it…"), lambda: see_tokens(path))
    add(translate("NoteMenu", "Copy the path"), lambda: _copy(str(vault / path)))
    menu.addSeparator()
    add(translate("NoteMenu", "New note here…"), lambda: new_note(folder))
    if path:
        about = translate("NoteMenu", "Ask this note") if is_note else ""
        add(about or translate("NoteMenu", "Ask this folder"), ask)
    return menu


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
