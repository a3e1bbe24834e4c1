"""A list of rows that keeps its selection and its place while the rows change."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.rows import Row
from notesai.gui.theme import Space
from notesai.gui.widgets.row_delegate import RowDelegate
from notesai.gui.widgets.row_model import ROW, RowModel


class RowList(QListView):
    """Rows to choose from. `chosen` follows the selection, `picked` a click, `opened` Enter.

    All bring a `Row`. `chosen` is emitted for changes that the person made, and for a first
    selection made by `select_first`; never because the rows were replaced.
    """

    chosen = Signal(object)
    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, look: Appearance, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowModel(self)
        self._replacing = False
        self._touched = False
        self.setModel(self._rows)
        self.setItemDelegate(RowDelegate(look, lines, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setSpacing(0)
        self.verticalScrollBar().setSingleStep(Space.XL)
        self.selectionModel().currentChanged.connect(self._current_changed)
        look.changed.connect(self.viewport().update)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in order."""
        return self._rows.rows

    @property
    def current(self) -> Row | None:
        """The selected row."""
        row = self.currentIndex().data(ROW)
        return row if isinstance(row, Row) else None

    @property
    def touched(self) -> bool:
        """True once the person has chosen a row among those of this list's subject."""
        return self._touched

    def show_rows(self, rows: Sequence[Row], *, same_subject: bool) -> None:
        """Replace the rows. With `same_subject` (a fuller answer to the same question) the chosen
        note stays chosen wherever it is now, and the list stays where it is scrolled to."""
        chosen, scroll = self.current, self.verticalScrollBar().value()
        keep = same_subject and self._touched
        if not same_subject:
            self._touched = False
        self._replacing = True
        self._rows.set_rows(rows)
        if keep and chosen is not None:
            self._select(self._rows.position(chosen.path))
        self._replacing = False
        self.verticalScrollBar().setValue(scroll if same_subject else 0)

    def select_first(self) -> None:
        """Select the first row unless one is selected."""
        if not self.currentIndex().isValid() and self._rows.rows:
            touched = self._touched
            self._select(0)
            self._touched = touched

    def select_path(self, path: str) -> None:
        """Show the note at `path` as selected, if it is in the list, without choosing it."""
        self._replacing = True
        at = self._rows.position(path)
        if at >= 0:
            self._select(at)
        else:
            self.setCurrentIndex(QModelIndex())
        self._replacing = False

    def hold(self) -> None:
        """Keep the selected note selected while fuller answers come, as if it had been chosen."""
        self._touched = True

    def step(self, by: int) -> None:
        """Move the selection by so many rows, as the arrow keys do."""
        if not self._rows.rows:
            return
        at = self.currentIndex().row() + by if self.currentIndex().isValid() else 0
        self._touched = True
        self._select(min(max(at, 0), len(self._rows.rows) - 1))

    def open_current(self) -> None:
        """Open the selected row."""
        if self.current is not None:
            self.opened.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the arrow keys choose."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_current()
            return
        self._touched = True
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click picks."""
        super().mouseReleaseEvent(event)
        left = event.button() is Qt.MouseButton.LeftButton
        if left and self.indexAt(event.position().toPoint()).isValid():
            self._touched = True
            self.picked.emit(self.current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out for the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _select(self, at: int) -> None:
        index = self._rows.index(at, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags)

    def _current_changed(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, Row) and not self._replacing:
            self.chosen.emit(row)
