"""A note and a related one side by side, each at the passage that they have in common."""

from typing import Self

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from notesai.engine.protocol import Failure
from notesai.gui import states
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.relating.side_by_side import SideBySide
from notesai.gui.requests import Replies
from notesai.gui.rows import Row
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import NoteContent


class CompareDialog(QDialog):
    """Shows `note`, and the note of `row` as soon as it has been read."""

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        note: NoteContent,
        row: Row,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._client, self._note, self._row = client, note, row
        self.setWindowTitle(
            self.tr("“%1” and “%2”").replace("%1", note.title or note.path).replace("%2", row.title)
        )
        self.resize(Size.WINDOW_LEAST[0] + 2 * Size.RAIL, Size.WINDOW_LEAST[1])
        self.texts = SideBySide(look, self)
        self.texts.name_them(note.title or note.path, row.title)
        self.state = StatePane(look, self)
        self.state.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.addWidget(self.texts, 1)
        column.addWidget(self.state, 1)
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.reject)
        self._call = client.read(row.path, Replies(ok=self._arrived, failed=self._failed))
        self.finished.connect(lambda: client.cancel(self._call))

    @classmethod
    def of_neighbour(
        cls,
        look: Appearance,
        client: EngineClient,
        note: NoteContent,
        row: Row,
        parent: QWidget | None = None,
    ) -> Self:
        """Open the dialog for a row of the related notes."""
        dialog = cls(look, client, note, row, parent)
        dialog.open()
        return dialog

    def _arrived(self, other: NoteContent) -> None:
        self.texts.show_passages(self._note.text, self._row.here, other.text, self._row.spans)

    def _failed(self, error: Failure) -> None:
        self.texts.hide()
        self.state.say(states.failed(error))
        self.state.show()
