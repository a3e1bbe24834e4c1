"""The small buttons over the row that is pointed at: pin, hide, copy a link."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.rows import Row
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.row_list import RowList
from notesai.gui.widgets.row_model import ROW


class RowActions(QWidget):
    """Lies over one row of a list. `pin_wanted`, `hide_wanted` and `copy_wanted` bring the row."""

    pin_wanted = Signal(object)
    hide_wanted = Signal(object)
    copy_wanted = Signal(object)

    def __init__(self, look: Appearance, rows: RowList) -> None:
        super().__init__(rows.viewport())
        self._look, self._rows = look, rows
        self._row: Row | None = None
        self.pin = IconButton(look, "pin", self)
        self.pin.setCheckable(True)
        self.hiding = IconButton(look, "hide", self)
        self.hiding.setCheckable(True)
        self.copy = IconButton(look, "link", self)
        line = QHBoxLayout(self)
        line.setContentsMargins(Space.XS, 0, Space.XS, 0)
        line.setSpacing(0)
        wanted = (self.pin_wanted, self.hide_wanted, self.copy_wanted)
        for button, signal in zip((self.pin, self.hiding, self.copy), wanted, strict=True):
            button.setFixedSize(Size.BUTTON, Size.ICON + Space.S)
            # They go when they are pressed: the keyboard, which has keys for all three, stays put.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, told=signal: told.emit(self._row))
            line.addWidget(button)
        self.adjustSize()
        rows.viewport().installEventFilter(self)
        rows.verticalScrollBar().valueChanged.connect(self.hide)
        rows.model().modelReset.connect(self.hide)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Speak the window's language."""
        row = self._row
        pinned, hidden = row is not None and row.pinned, row is not None and row.hidden
        self.pin.name_it(self.tr("Unpin") if pinned else self.tr("Pin to the top"))
        self.hiding.name_it(self.tr("Bring it back") if hidden else self.tr("Hide here"))
        self.copy.name_it(self.tr("Copy as [[link]]"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer from row to row."""
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseMove:
            self._point_at(event.position().toPoint())
        elif event.type() in {QEvent.Type.Leave, QEvent.Type.Wheel}:
            self._leave()
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        if not self.underMouse():
            self.hide()

    def _point_at(self, place: QPoint) -> None:
        index = self._rows.indexAt(place)
        row = index.data(ROW)
        if not isinstance(row, Row) or not row.markable:
            self.hide()
            return
        self._row = row
        self.pin.setChecked(row.pinned)
        self.hiding.setChecked(row.hidden)
        self.retranslate()
        box = self._rows.visualRect(index)
        self.move(box.right() - self.width() - Space.S, box.bottom() - self.height() - Space.XS)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what lies below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._look.colour("line"))
        painter.setBrush(self._look.colour("raised"))
        inside = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inside, Size.RADIUS / 2, Size.RADIUS / 2)
