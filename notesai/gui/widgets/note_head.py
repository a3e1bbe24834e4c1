"""The top of a shown note: its title, and its tags as chips."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from notesai.gui.theme import Space
from notesai.gui.widgets.flow_layout import FlowLayout

_MOST_TAGS = 40


class NoteHead(QWidget):
    """Title and tags. `tag_clicked` brings a tag without its `#`."""

    tag_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._title.setObjectName("title")
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._properties = QLabel(self)
        self._properties.setObjectName("faint")
        self._properties.setWordWrap(True)
        self._properties.setTextFormat(Qt.TextFormat.PlainText)
        self._properties.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._tags = QWidget(self)
        self._flow = FlowLayout(self._tags, Space.S)
        self._chips: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self._title)
        column.addWidget(self._properties)
        column.addWidget(self._tags)

    def show_note(
        self, title: str, tags: Sequence[str], properties: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show a note's title, its tags, and in one line what its front matter says besides."""
        self._title.setText(title)
        # Spaces that do not break keep a name with its value.
        said = (f"{name}\u00a0\u00a0{value}" for name, value in properties)
        self._properties.setText("   ·   ".join(said))
        self._properties.setVisible(bool(properties))
        for chip in self._chips:
            chip.deleteLater()
        while self._flow.count():
            self._flow.takeAt(0)
        self._chips = [self._chip(tag) for tag in tags[:_MOST_TAGS]]
        self._tags.setVisible(bool(self._chips))
        self._retranslate()

    def _chip(self, tag: str) -> QPushButton:
        name = tag.removeprefix("#")
        chip = QPushButton("#" + name.replace("&", "&&"), self._tags)
        chip.setObjectName("chip")
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.clicked.connect(lambda: self.tag_clicked.emit(name))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _retranslate(self) -> None:
        for chip in self._chips:
            chip.setToolTip(self.tr("Find notes tagged %1").replace("%1", chip.text()))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
