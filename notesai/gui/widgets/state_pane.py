"""What a view shows when it has nothing to show: one line of what, one button of what next."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.icons import pixmap
from notesai.gui.theme import Size, Space


class StatePane(QWidget):
    """An empty, loading or error state: an icon, a line, perhaps a second line and a button."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon_name = ""
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

    def show_state(
        self,
        icon: str,
        what: str,
        more: str = "",
        button: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """Say `what`; offer `action` if there is one."""
        self._icon_name = icon
        self._what.setText(what)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._action = action
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


def _centred(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
