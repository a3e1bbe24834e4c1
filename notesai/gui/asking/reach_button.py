"""Choosing which notes are asked: all, a folder, a tag, one note, or the results of a search."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.asking.exchange import Reach
from notesai.gui.asking.pick_dialog import PickDialog
from notesai.gui.asking.wording import reach_words
from notesai.gui.icons import icon
from notesai.gui.theme import Size
from notesai.gui.titles import Titles
from notesai.gui.widgets.tag_list import tag_counts
from notesai.model import Scope


class ReachButton(QToolButton):
    """Says which notes are asked; a click offers others. `changed` follows each choice."""

    changed = Signal()

    def __init__(self, look: Appearance, titles: Titles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._titles = look, titles
        self._reach = Reach()
        self.setObjectName("choice")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(Size.CAPS, Size.CAPS))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        look.changed.connect(self._tint)
        titles.changed.connect(self._show)
        self._tint()
        self._show()

    @property
    def reach(self) -> Reach:
        """The notes that are asked."""
        return self._reach

    def choose(self, reach: Reach) -> None:
        """Ask these notes from now on."""
        self._reach = reach
        self._show()
        self.changed.emit()

    def pick_folder(self) -> None:
        """Ask for a folder."""
        folders: set[str] = set()
        for note in self._titles.notes:
            parts = note.path.split("/")[:-1]
            folders.update("/".join(parts[: at + 1]) + "/" for at in range(len(parts)))
        entries = [(folder.rstrip("/"), folder) for folder in sorted(folders)]
        self._pick(self.tr("Ask a folder"), entries, lambda value: Scope(folder=value))

    def pick_tag(self) -> None:
        """Ask for a tag."""
        entries = [(f"#{tag}", tag) for tag, _ in tag_counts(self._titles.notes)]
        self._pick(self.tr("Ask a tag"), entries, lambda value: Scope(tag=value))

    def pick_note(self) -> None:
        """Ask for a note."""
        notes = sorted(self._titles.notes, key=lambda note: -note.mtime_ns)
        entries = [(note.title or note.path, note.path) for note in notes]
        self._pick(self.tr("Ask a note"), entries, lambda value: Scope(paths=(value,)))

    def _pick(
        self, title: str, entries: list[tuple[str, str]], scope: Callable[[str], Scope]
    ) -> None:
        def picked(value: str) -> None:
            self.choose(Reach(scope=scope(value)))

        dialog = PickDialog(title, entries, self.window())
        dialog.picked.connect(picked)
        dialog.open()

    def _fill(self) -> None:
        """Offer what there is to choose from now."""
        menu = self._menu
        menu.clear()
        everything = menu.addAction(self.tr("All notes"))
        everything.triggered.connect(lambda: self.choose(Reach()))
        notes = self._titles.notes
        for words, pick, possible in (
            (self.tr("A folder…"), self.pick_folder, any("/" in note.path for note in notes)),
            (self.tr("A tag…"), self.pick_tag, any(note.tags for note in notes)),
            (self.tr("A note…"), self.pick_note, bool(notes)),
        ):
            action = menu.addAction(words)
            action.setEnabled(possible)
            action.triggered.connect(pick)

    def _tint(self) -> None:
        self.setIcon(icon("chevron-down", self._look.tokens, Size.CAPS))

    def _show(self) -> None:
        titles = {note.path: note.title for note in self._titles.notes}
        words = reach_words(self._reach, titles if self._reach.scope.paths else {})
        self.setText(words)
        name = self.tr("Which notes are asked")
        self.setToolTip(name)
        self.setAccessibleName(f"{name}: {words}")

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)
