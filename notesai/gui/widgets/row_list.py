"""A list of rows that keeps its selection and its place while the rows change.

`notesai.gui.widgets.anchor` says which row stays where it is when newer rows come, and why.
"""

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QToolTip, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.rows import Row
from notesai.gui.theme import Space
from notesai.gui.widgets.anchor import around, at_rank
from notesai.gui.widgets.row_delegate import RowDelegate
from notesai.gui.widgets.row_model import ROW, RowModel

SETTLED_SECONDS = 0.4
"""How long a row that was selected by itself is on the screen before a person may aim at it."""

_ROUNDS = 3
"""A scroll bar that comes or goes makes the rows narrower or wider: they are laid out again."""

_TIP_SHIFT = QPoint(0, 12)
"""A tooltip stands so far above where Qt would put it: right below its row."""


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
        self._ranked: tuple[Row, ...] = ()
        self._replacing = False
        self._touched = False
        self._selected_at: float | None = None
        self._pointer: QPoint | None = None
        self._held_by_pointer = False
        self._blank = (0, 0)
        self._delegate = RowDelegate(look, lines, self)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setSpacing(0)
        self.verticalScrollBar().setSingleStep(Space.XL)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
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
        note stays chosen, the row that the person attends to stays where it is on the screen, and
        the list stays where it is scrolled to."""
        chosen, scroll = self.current, self.verticalScrollBar().value()
        anchor = self._anchor() if same_subject else None
        keep = same_subject and (self._touched or self._settled)
        if not same_subject:
            self._touched, self._selected_at, self._pointer = False, None, None
        self._ranked = tuple(rows)
        if anchor is None:
            self._put(rows, chosen if keep else None)
            self.verticalScrollBar().setValue(scroll if same_subject else 0)
        else:
            self._held_by_pointer = anchor == self._pointed
            self._put_around(anchor, chosen if keep else None)

    def select_first(self) -> None:
        """Select the first row unless one is selected."""
        if not self.currentIndex().isValid() and self._rows.rows:
            self._select(0)
            self._selected_at = time.monotonic()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say the path of a row below it: where the pointer is may be something to press."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            box = self.visualRect(index)
            text = index.data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else ""
            place = self.viewport().mapToGlobal(box.bottomLeft()) - _TIP_SHIFT
            QToolTip.showText(place, text or "", self.viewport(), box)
            return True
        return super().viewportEvent(event)

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

    def release(self) -> None:
        """Hold no row in its place when the next rows come: the person wants the list to change."""
        self._touched, self._selected_at, self._pointer = False, None, None
        self.setCurrentIndex(QModelIndex())

    def step(self, by: int) -> None:
        """Move the selection by so many rows, as the arrow keys do."""
        if not self._rows.rows:
            return
        at = self.currentIndex().row() + by if self.currentIndex().isValid() else 0
        self._touched, self._pointer = True, None
        self._select(min(max(at, 0), len(self._rows.rows) - 1))
        self._settle()

    def open_current(self) -> None:
        """Open the selected row."""
        if self.current is not None:
            self.opened.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the arrow keys choose."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_current()
            return
        before = self.currentIndex().row()
        self._touched, self._pointer = True, None
        super().keyPressEvent(event)
        if self.currentIndex().row() != before:
            self._settle()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Remember where the person points."""
        super().mouseMoveEvent(event)
        self._pointer = self.viewport().mapToParent(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        """Put the rows in order that were held for the pointer."""
        super().leaveEvent(event)
        self._pointer = None
        if self._held_by_pointer:
            self._settle()

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

    @property
    def _settled(self) -> bool:
        """True if the first row, selected by itself, has been there for a while."""
        at = self._selected_at
        return at is not None and time.monotonic() - at >= SETTLED_SECONDS

    @property
    def _pointed(self) -> Row | None:
        if self._pointer is None:
            return None
        row = self.indexAt(self.viewport().mapFromParent(self._pointer)).data(ROW)
        return row if isinstance(row, Row) else None

    def _anchor(self) -> Row | None:
        """The row that the person attends to."""
        if self._pointed is not None:
            return self._pointed
        if (self._touched or self._settled) and self._is_visible(self.currentIndex()):
            return self.current
        if self.verticalScrollBar().value() == 0:
            return None
        row = self.indexAt(QPoint(Space.M, 0)).data(ROW)
        return row if isinstance(row, Row) else None

    def _is_visible(self, index: QModelIndex) -> bool:
        return index.isValid() and self.visualRect(index).intersects(self.viewport().rect())

    def _put(self, rows: Sequence[Row], chosen: Row | None) -> None:
        self._replacing, self._held_by_pointer = True, False
        self._leave_blank(0, 0)
        self._rows.set_rows(rows)
        if chosen is not None:
            self._select(self._rows.position(chosen.path), seen=False)
        self.executeDelayedItemsLayout()
        self._replacing = False

    def _put_around(self, anchor: Row, chosen: Row | None) -> None:
        """Show the ranked rows with the anchor where it is on the screen."""
        y = self._top(anchor.path)
        scroll, held = self.verticalScrollBar().value() - self._blank[0], self._held_by_pointer
        others = [row for row in self._ranked if row.path != anchor.path]
        now = next((row for row in self._ranked if row.path == anchor.path), anchor)
        place = around(self._heights(others), y, scroll, gap=Space.XL)
        self._put([*others[: place.position], now, *others[place.position :]], chosen)
        self._held_by_pointer = held
        self._scroll_until(anchor.path, y, place.scroll)

    def _settle(self) -> None:
        """Put all rows in the order of their rank: the person has moved on."""
        row, scroll = self.current, self.verticalScrollBar().value()
        if self._rows.rows == self._ranked or (row is not None and row not in self._ranked):
            return
        if row is not None:
            rank, y = self._ranked.index(row), self._top(row.path)
            scroll = at_rank(self._heights(self._ranked), rank, y).scroll
        self._put(self._ranked, row)
        self.verticalScrollBar().setValue(scroll)

    def _heights(self, rows: Sequence[Row]) -> list[int]:
        width = self.viewport().width()
        return [self._delegate.height(row, width) for row in rows]

    def _top(self, path: str) -> int:
        """Where the row at `path` begins, below the list's own upper edge."""
        index = self._rows.index(self._rows.position(path), 0)
        return self.visualRect(index).top() + self.viewport().y()

    def _scroll_until(self, path: str, y: int, scroll: int) -> None:
        """Scroll until the row at `path` is at `y`, with blank above or below if need be."""
        self._replacing = True
        for _ in range(_ROUNDS):
            beyond = scroll - (self.contentsSize().height() - self._height)
            self._leave_blank(max(0, -scroll), max(0, beyond) if scroll > 0 else 0)
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(max(0, scroll))
            if self._top(path) == y:
                break
            scroll += self._top(path) - y
        self._replacing = False

    def _leave_blank(self, above: int, below: int) -> None:
        if (above, below) != self._blank:
            self._blank = (above, below)
            self.setViewportMargins(0, above, 0, below)

    @property
    def _height(self) -> int:
        """The height that there is for rows while nothing is left blank."""
        return self.viewport().height() + sum(self._blank)

    def _scrolled(self, value: int) -> None:
        """What is left blank is given up as soon as that can be done without a jump."""
        value -= self._blank[0]
        end = max(0, self.contentsSize().height() - self._height)
        if any(self._blank) and not self._replacing and 0 <= value <= end:
            self._replacing = True
            self._leave_blank(0, 0)
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(value)
            self._replacing = False

    def _select(self, at: int, *, seen: bool = True) -> None:
        index = self._rows.index(at, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.setAutoScroll(seen)
        self.selectionModel().setCurrentIndex(index, flags)
        self.setAutoScroll(True)

    def _current_changed(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, Row) and not self._replacing:
            self.chosen.emit(row)
