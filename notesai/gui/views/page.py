"""What every view of the window is: a page, made of parts that the window has."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from notesai.gui.activity import Activity
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.preferences import Preferences
from notesai.gui.settings.desktop import Desktop
from notesai.gui.titles import Titles

if TYPE_CHECKING:
    from notesai.gui.reading_pane import ReadingPane


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page may be made of; `vault` is the folder of notes that is open.

    `reading` gives a reading pane for its notes; `into` is what the page will be in: whoever is
    there from the beginning is styled once.
    """

    look: Appearance
    client: EngineClient
    titles: Titles
    activity: Activity
    preferences: Preferences
    desktop: Desktop | None
    vault: Path
    reading: "Callable[[], ReadingPane]"
    into: QWidget | None = None


class Page(QWidget):
    """One view. What it wants of the window it asks for by signals; it knows no other view.

    `query_wanted` brings a query to search for, `place_wanted` a `Place` to read among all notes,
    `view_wanted` the name of a view, `vault_wanted` a folder to open; `folder_wanted` asks for
    another one. `heading_changed` says that `heading` is another. `part_wanted` brings the name of
    a view and that of a part of it, `ask_wanted` a question and a `Reach`, the notes to ask it of.
    """

    query_wanted = Signal(str)
    place_wanted = Signal(object)
    view_wanted = Signal(str)
    vault_wanted = Signal(object)
    folder_wanted = Signal()
    heading_changed = Signal()
    part_wanted = Signal(str, str)
    ask_wanted = Signal(str, object)

    @property
    def heading(self) -> str:
        """What the window's title begins with while the page is shown; empty for nothing."""
        return ""

    def go_to(self, part: str) -> None:
        """Show the part of this name, if the page has parts."""

    def arrive(self) -> None:
        """A person has just gone to the page: give the keyboard to what it is for."""

    def take_query(self, query: str) -> bool:
        """Show what `query`, now in the search field, finds; False if that is not done here."""
        return False

    def engine_ready(self) -> None:
        """The engine answers, or answers again: ask for what could not be answered before."""

    def leave(self) -> None:
        """Stop all work and keep what is unsaved: the folder of notes or the window is closed."""
