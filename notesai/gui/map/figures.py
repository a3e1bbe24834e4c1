"""The figures of the space: what the notes, or those of one cluster, are like together."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from notesai.gui.i18n import number
from notesai.gui.theme import Space
from notesai.gui.widgets.elided_label import ElidedLabel
from notesai.model import SpaceFigures

_ROWS = 4


class Figures(QWidget):
    """Four figures, each with a line that says what it means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: SpaceFigures | None = None
        self._of = ""
        self.heading = ElidedLabel("caps", self)
        self._names = [QLabel(self) for _ in range(_ROWS)]
        self._values = [QLabel(self) for _ in range(_ROWS)]
        self._means = [QLabel(self) for _ in range(_ROWS)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for at in range(_ROWS):
            self._names[at].setObjectName("value")
            self._values[at].setObjectName("value")
            self._means[at].setObjectName("faint")
            self._means[at].setWordWrap(True)
            grid.addWidget(self._names[at], 3 * at, 0)
            grid.addWidget(self._values[at], 3 * at, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self._means[at], 3 * at + 1, 0, 1, 2)
            grid.setRowMinimumHeight(3 * at + 2, Space.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.heading)
        column.addLayout(grid)
        self._retranslate()

    @property
    def values(self) -> list[str]:
        """The figures as shown."""
        return [label.text() for label in self._values]

    def show_figures(self, figures: SpaceFigures | None, of: str = "") -> None:
        """Show the figures of the cluster named `of`, or of all notes."""
        self._figures, self._of = figures, of
        self._retranslate()

    def _retranslate(self) -> None:
        self.heading.setText(self._of or self.tr("All notes together"))
        figures = self._figures
        rows: tuple[tuple[str, Callable[[SpaceFigures], str], str], ...] = (
            (
                self.tr("Spread"),
                lambda figures: _fraction(figures.spread),
                self.tr("How far notes are from their middle. Low: all about one thing."),
            ),
            (
                self.tr("Mean similarity"),
                lambda figures: _fraction(figures.mean_similarity),
                self.tr("How alike any two notes are; 1 is the same."),
            ),
            (
                self.tr("Near-duplicates"),
                lambda figures: number(figures.near_duplicates),
                self.tr("Pairs of notes that say nearly the same."),
            ),
            (
                self.tr("Orphans"),
                lambda figures: number(figures.orphans),
                self.tr("Notes that no other one is near to."),
            ),
        )
        for at, (name, value, meaning) in enumerate(rows):
            self._names[at].setText(name)
            self._values[at].setText(value(figures) if figures is not None else "–")
            self._values[at].setAccessibleName(f"{name}: {self._values[at].text()}")
            self._means[at].setText(meaning)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _fraction(value: float) -> str:
    return QLocale().toString(value, "f", 2)
