"""What a view shows when it has nothing to show: one line of what, one button of what next."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.icons import pixmap
from notesai.gui.states import Describe
from notesai.gui.theme import Size, Space


class StatePane(QWidget):
    """An empty, loading or error state: an icon, a line, perhaps a second line and a button."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon_name = ""
        self._describe: Describe | None = None
        self._action: Callable[[], None] | None = None
        self._icon = QLabel(self)
        self._what = _centred("what", self)
        self._more = _centred("faint", self)
        self._button = QPushButton(self)
        self._button.clicked.connect(self._act)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._what)
        column.addWidget(self._more)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        look.changed.connect(self._tint)

    @property
    def what(self) -> str:
        """The line shown."""
        return self._what.text()

    @property
    def button(self) -> QPushButton:
        """The button, hidden where there is nothing to do."""
        return self._button

    def say(self, describe: Describe, action: Callable[[], None] | None = None) -> None:
        """Show what `describe` answers, now and in each language to come.

        `action` is done when the button is pressed; without one there is no button.
        """
        self._describe, self._action = describe, action
        self._show()

    def _show(self) -> None:
        if self._describe is None:
            return
        state = self._describe()
        self._icon_name = state.icon
        self._what.setText(state.what)
        self._more.setText(state.more)
        self._more.setVisible(bool(state.more))
        self._button.setText(state.button)
        self._button.setVisible(self._action is not None and bool(state.button))
        self._tint()

    def _act(self) -> None:
        if self._action is not None:
            self._action()

    def _tint(self) -> None:
        self._icon.setVisible(bool(self._icon_name))
        if self._icon_name:
            ratio = self.devicePixelRatioF()
            colour = self._look.tokens.faint
            self._icon.setPixmap(pixmap(self._icon_name, colour, Size.ILLUSTRATION, ratio))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)


def _centred(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
