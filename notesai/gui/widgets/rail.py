"""The rail at the left: one icon for each view."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.icon_button import IconButton

VIEWS = ("search", "notes", "status")


class Rail(QFrame):
    """Switches between the views; `switched` brings one of `VIEWS`."""

    switched = Signal(str)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(Size.RAIL)
        column = QVBoxLayout(self)
        side = (Size.RAIL - Size.BUTTON_RAIL) // 2
        column.setContentsMargins(side, Space.L, side, Space.L)
        column.setSpacing(Space.S)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, IconButton] = {}
        for name in VIEWS:
            button = IconButton(look, name, self, kind="rail")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self.switched.emit(name))
            self._group.addButton(button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._buttons[name] = button
        column.addStretch(1)
        self._retranslate()

    def show_view(self, name: str) -> None:
        """Show `name` as the current view."""
        self._buttons[name].setChecked(True)

    def _retranslate(self) -> None:
        names = (self.tr("Search"), self.tr("Notes"), self.tr("Status"))
        for number, (view, name) in enumerate(zip(VIEWS, names, strict=True), start=1):
            keys = QKeySequence(f"Ctrl+{number}")
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            self._buttons[view].name_it(name, shown)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
