"""A quiet table: rows to choose from, no grid."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from notesai.gui.theme import Size


class Table(QTableView):
    """Whole rows are selected; Tab leaves the table, the arrow keys walk in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest = -1
        self._widths: tuple[int, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        # One height for all: thousands of rows need not be measured.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(Size.TABLE_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def name_it(self, name: str) -> None:
        """Say what is listed, to screen readers."""
        self.setAccessibleName(name)
        self.horizontalHeader().setAccessibleName(name)

    def share_width(self, rest: int, widths: Sequence[int]) -> None:
        """Give each column its width in pixels, and column `rest` what is left."""
        self._rest, self._widths = rest, tuple(widths)
        header = self.horizontalHeader()
        for at, width in enumerate(widths):
            stretch = at == rest
            header.setSectionResizeMode(
                at,
                QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Interactive,
            )
            if not stretch:
                header.resizeSection(at, width)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the row that Qt makes the current one: what is done is done to what is seen."""
        super().focusInEvent(event)
        current = self.currentIndex()
        if current.isValid() and not self.selectionModel().isSelected(current):
            self.selectRow(current.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column that takes the rest wide enough to be read: wide ones give way to it."""
        super().resizeEvent(event)
        room = self.viewport().width() - Size.COLUMN_REST
        lacking = sum(self._widths) - room
        for at in sorted(range(len(self._widths)), key=lambda at: -self._widths[at]):
            width = self._widths[at]
            if at != self._rest:
                given = max(0, min(lacking, width - Size.COLUMN_LEAST))
                lacking -= given
                self.horizontalHeader().resizeSection(at, width - given)
