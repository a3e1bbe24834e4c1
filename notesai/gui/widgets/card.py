"""A quiet surface with a line around it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from notesai.gui.theme import Size, Space


class Card(QFrame):
    """A surface; its content goes into `column`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)

    def add_head(self, *widgets: QWidget, left: int = Space.EDGE) -> None:
        """A first line, of the same height in every card; the first widget takes what is free."""
        head = QHBoxLayout()
        head.setContentsMargins(left, Space.S, Space.M, Space.XS)
        head.setSpacing(Space.XS)
        head.addStrut(Size.BUTTON)
        for at, widget in enumerate(widgets):
            head.addWidget(widget, 0 if at else 1)
        self.column.addLayout(head)

    def add_list(self, widget: QWidget) -> None:
        """What fills the card, set in so that a selected row keeps clear of the card's line."""
        body = QHBoxLayout()
        body.setContentsMargins(Space.S, 0, Space.S, Space.S)
        body.addWidget(widget)
        self.column.addLayout(body, 1)
