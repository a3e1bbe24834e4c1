"""The rail at the left: one icon for each view, below them the folders and the settings."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from notesai.gui import shortcuts
from notesai.gui.appearance import Appearance
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.vault_button import Known, VaultButton

VIEWS = ("search", "notes", "status")
SETTINGS = "settings"


class Rail(QFrame):
    """Switches between the views; `switched` brings one of `VIEWS`, or `SETTINGS`."""

    switched = Signal(str)

    def __init__(self, look: Appearance, known: Known, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(Size.RAIL)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons = {name: self._button(look, name) for name in (*VIEWS, SETTINGS)}
        self.vaults = VaultButton(look, known, self)
        column = QVBoxLayout(self)
        side = (Size.RAIL - Size.BUTTON_RAIL) // 2
        column.setContentsMargins(side, Space.L, side, Space.L)
        column.setSpacing(Space.S)
        for name in VIEWS:
            column.addWidget(self._buttons[name], 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        for button in (self.vaults, self._buttons[SETTINGS]):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._retranslate()

    def show_view(self, name: str) -> None:
        """Show `name` as the current view."""
        self._buttons[name].setChecked(True)

    def _button(self, look: Appearance, name: str) -> IconButton:
        button = IconButton(look, name, self, kind="rail")
        button.setCheckable(True)
        button.clicked.connect(lambda: self.switched.emit(name))
        self._group.addButton(button)
        return button

    def _retranslate(self) -> None:
        names = {
            "search": self.tr("Search"),
            "notes": self.tr("Notes"),
            "status": self.tr("Status"),
            SETTINGS: self.tr("Settings"),
        }
        for view, name in names.items():
            self._buttons[view].name_it(name, shortcuts.keys_of(view))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
