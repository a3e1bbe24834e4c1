"""What the pages of the settings are made of: a card with a heading, and fields in it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from notesai.gui.theme import Space
from notesai.gui.widgets.card import Card

_GROWS = QSizePolicy.Policy.Expanding
_FREE = 1 << 20

ON, OFF = "on", "off"
SWITCH = (ON, OFF)
"""The values of a choice that switches something."""


class Section(Card):
    """One page. Pages say their texts in `retranslate`, which is called for each language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel(self)
        self.heading.setObjectName("lead")
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.XL)
        column = QVBoxLayout()
        column.setContentsMargins(Space.XL, Space.EDGE, Space.XL, Space.XL)
        column.setSpacing(Space.EDGE)
        column.addWidget(self.heading)
        column.addLayout(self.body)
        column.addStretch(1)
        self.column.addLayout(column)

    def add(self, *fields: QWidget) -> None:
        """Put `fields` below those that there are."""
        for field in fields:
            self.body.addWidget(field)

    def retranslate(self) -> None:
        """Say all texts in the window's language."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Field(QWidget):
    """A name, a control, what it is for, and, in the colour of warnings, why it cannot be so."""

    def __init__(self, control: QWidget, parent: QWidget | None = None, *beside: QWidget) -> None:
        super().__init__(parent)
        self.control = control
        self._name = _line("value", self)
        self._hint = _line("faint", self)
        self._why = _line("warn", self)
        self._says: Callable[[], str] = str
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for widget in (control, *beside):
            row.addWidget(widget)
        if control.sizePolicy().horizontalPolicy() is not _GROWS or control.maximumWidth() < _FREE:
            row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._name)
        column.addLayout(row)
        column.addWidget(self._why)
        column.addWidget(self._hint)
        self._name.setBuddy(control)
        self.say(str)

    def name_it(self, name: str, hint: str = "") -> None:
        """Say what is set here, to the eye and to screen readers, and what it is for."""
        self._name.setText(name)
        self._name.setVisible(bool(name))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.control.setAccessibleName(name)
        self.control.setAccessibleDescription(hint)
        self.say(self._says)

    @property
    def why(self) -> str:
        """What is wrong with what was entered; empty if nothing is."""
        return self._why.text()

    def say(self, why: Callable[[], str]) -> None:
        """Say what is wrong, now and in each language to come; nothing if it answers nothing."""
        self._says = why
        self._why.setText(why())
        self._why.setVisible(bool(self._why.text()))


class Choice(QWidget):
    """A row of buttons of which one is down. `chosen` brings its value."""

    chosen = Signal(str)

    def __init__(self, values: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        for value in values:
            button = QPushButton(self)
            button.setObjectName("option")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            self._group.addButton(button)
            row.addWidget(button)
            self.buttons[value] = button
        row.addStretch(1)

    def show_value(self, value: str) -> None:
        """Show `value` as the one that is chosen."""
        if value in self.buttons:
            self.buttons[value].setChecked(True)

    def name_values(self, names: Sequence[str]) -> None:
        """Say what each value means, in their order."""
        for button, name in zip(self.buttons.values(), names, strict=True):
            button.setText(name)


def row_of(*widgets: QWidget) -> QWidget:
    """Widgets side by side, at the left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.S)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder


def _line(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
