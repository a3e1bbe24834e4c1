"""A number with its name beneath."""

from PySide6.QtWidgets import QLabel, QWidget

from notesai.gui.i18n import number
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.card import Card


class FigureTile(Card):
    """One figure of the index."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(Size.TILE)
        self.column.setContentsMargins(Space.CARD, Space.M, Space.CARD, Space.M)
        self._figure = QLabel("–", self)
        self._figure.setObjectName("figure")
        self._name = QLabel(self)
        self._name.setObjectName("soft")
        self.column.addWidget(self._figure)
        self.column.addWidget(self._name)

    @property
    def figure(self) -> str:
        """The number as shown."""
        return self._figure.text()

    def show_figure(self, value: int) -> None:
        """Show `value`."""
        self._figure.setText(number(value))

    def name_it(self, name: str) -> None:
        """Say what is counted."""
        self._name.setText(name)
        self._figure.setAccessibleName(name)
