"""A small button that shows one of several values and lets another one be chosen."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.icons import icon
from notesai.gui.theme import Size

T = TypeVar("T")


class _Teller(QObject):
    chosen = Signal(object)


class ChoiceButton(QToolButton, Generic[T]):
    """The value in words, a small arrow, and a menu. `teller.chosen` brings a value chosen."""

    def __init__(
        self, look: Appearance, values: Sequence[T], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.teller = _Teller(self)
        self.setObjectName("choice")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(Size.CAPS, Size.CAPS))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._value = values[0]
        self._menu = QMenu(self)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        group = QActionGroup(self._menu)
        self._actions: dict[T, QAction] = {}
        for value in values:
            action = QAction(self._menu)
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.triggered.connect(lambda _=False, value=value: self.choose(value))
            group.addAction(action)
            self._menu.addAction(action)
            self._actions[value] = action
        self.setMenu(self._menu)
        look.changed.connect(self._tint)
        self._tint()

    @property
    def value(self) -> T:
        """The value that is chosen."""
        return self._value

    def choose(self, value: T) -> None:
        """Choose a value as a person does."""
        self.show_value(value)
        self.teller.chosen.emit(value)

    def show_value(self, value: T) -> None:
        """Show a value as the chosen one."""
        self._value = value
        self._actions[value].setChecked(True)
        self.setText(self._actions[value].text())

    def name_values(self, names: dict[T, str], what: str) -> None:
        """Say what the values are called, and what is chosen among them."""
        for value, name in names.items():
            self._actions[value].setText(name)
        self.setText(names[self._value])
        self.setToolTip(what)
        self.setAccessibleName(what)
        self.setAccessibleDescription(names[self._value])

    def _tint(self) -> None:
        self.setIcon(icon("chevron-down", self._look.tokens, Size.CAPS))


def quiet_choice(parent: QWidget) -> QPushButton:
    """A button without a frame, which stays down as long as what it says is chosen."""
    button = QPushButton(parent)
    button.setObjectName("quiet")
    button.setCheckable(True)
    return button
