"""The editor with what stands around it: where it is saved, the find bar, save and done."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.editing.editor import MarkdownEditor
from notesai.gui.theme import Space
from notesai.gui.widgets.find_bar import FindBar


class EditPage(QWidget):
    """Shows the editor. `save_wanted` and `done_wanted` follow their buttons and keys."""

    save_wanted = Signal()
    done_wanted = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = MarkdownEditor(look, self)
        self.find_bar = FindBar(look, self.editor, self)
        self._state = QLabel(self)
        self._state.setObjectName("soft")
        self._unsaved = self._saving = False
        self.save_button = QPushButton(self)
        self.save_button.setObjectName("primary")
        self.done_button = QPushButton(self)
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.XL, Space.S, Space.L, Space.M)
        foot.setSpacing(Space.S)
        foot.addWidget(self._state, 1)
        foot.addWidget(self.done_button)
        foot.addWidget(self.save_button)
        find = QHBoxLayout()
        find.setContentsMargins(Space.L, 0, Space.L, 0)
        find.addWidget(self.find_bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(find)
        column.addWidget(self.editor, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.editor)

    def _connect(self) -> None:
        self.save_button.clicked.connect(self.save_wanted)
        self.done_button.clicked.connect(self.done_wanted)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save_wanted)
        self.find_bar.closed.connect(self.editor.setFocus)
        self.editor.textChanged.connect(self.find_bar.refresh)

    def open_find(self) -> None:
        """Open the find bar, with what is selected."""
        words = self.editor.textCursor().selectedText()
        self.find_bar.open_bar("" if "\u2029" in words else words)

    def focus_editor(self) -> None:
        """Give the editor the keyboard."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, *, unsaved: bool, saving: bool) -> None:
        """Show if there is text that is not in the file yet."""
        self._unsaved, self._saving = unsaved, saving
        self._show_state()

    def _show_state(self) -> None:
        if self._saving:
            self._state.setText(self.tr("Saving…"))
        elif self._unsaved:
            self._state.setText(self.tr("Not saved yet"))
        else:
            self._state.setText(self.tr("Saved"))
        self.save_button.setEnabled(self._unsaved and not self._saving)

    def _retranslate(self) -> None:
        self.editor.setAccessibleName(self.tr("The note's text"))
        self.save_button.setText(self.tr("Save"))
        self.save_button.setToolTip(_keys("Ctrl+S"))
        self.done_button.setText(self.tr("Done"))
        self.done_button.setToolTip(_keys("Ctrl+E"))
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _keys(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
