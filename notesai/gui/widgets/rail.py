"""The rail at the left: one icon for each view, below them the folders and the settings."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.theme import Size, Space
from notesai.gui.views.registry import KEYS, RAIL, SETTINGS, VIEWS, View
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.vault_button import Known, VaultButton


class Rail(QFrame):
    """Switches between the views; `switched` brings the name of one."""

    switched = Signal(str)

    def __init__(self, look: Appearance, known: Known, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(Size.RAIL)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons = {name: self._button(look, view) for name, view in VIEWS.items()}
        self.vaults = VaultButton(look, known, self)
        column = QVBoxLayout(self)
        side = (Size.RAIL - Size.BUTTON_RAIL) // 2
        column.setContentsMargins(side, Space.L, side, Space.L)
        column.setSpacing(Space.S)
        for view in RAIL:
            column.addWidget(self._buttons[view.name], 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        for button in (self.vaults, self._buttons[SETTINGS.name]):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._retranslate()

    def show_view(self, name: str) -> None:
        """Show `name` as the current view."""
        self._buttons[name].setChecked(True)

    def _button(self, look: Appearance, view: View) -> IconButton:
        button = IconButton(look, view.icon, self, kind="rail")
        button.setCheckable(True)
        button.clicked.connect(lambda: self.switched.emit(view.name))
        self._group.addButton(button)
        return button

    def _retranslate(self) -> None:
        form = QKeySequence.SequenceFormat.NativeText
        for name, view in VIEWS.items():
            self._buttons[name].name_it(view.title(), QKeySequence(KEYS[name]).toString(form))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
