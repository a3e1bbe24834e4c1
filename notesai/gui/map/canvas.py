"""The map in a person's hands: what mouse and keys do to it."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.map.plane import Plane
from notesai.gui.theme import Size

_STEP = 1.25
_WHEEL = 1.0015
_CLICK = 4
_BY_KEY = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}


class MapCanvas(Plane):
    """A map that can be steered. All signals bring points by their number among those shown.

    `picked` is a click on one, or an arrow key; `pile_picked` a click on several at one place;
    `opened` Enter on the chosen note; `lassoed` a line drawn around some; `cluster_picked` a click
    on a cluster's name, by its id; `emptied` a click on nothing, or Escape.
    """

    picked = Signal(int)
    pile_picked = Signal(object)
    opened = Signal()
    lassoed = Signal(object)
    cluster_picked = Signal(str)
    emptied = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._grabbed: QPointF | None = None
        self._dragged = False
        self._lasso_mode = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show_cursor()

    def set_lasso_mode(self, on: bool) -> None:
        """While on, dragging draws a line around notes without Shift."""
        self._lasso_mode = on
        self._show_cursor()

    def _point_at(self, at: QPointF) -> int:
        x, y = self._lens.to_map(at.x(), at.y())
        reach = max(Size.MAP_REACH, self._radius + 2) / self._lens.scale
        return self.points.nearest(x, y, reach, self._shown)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the map, or with Shift to draw a line around notes."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._grabbed, self._dragged = event.position(), False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if shift or self._lasso_mode:
            self._lasso = [event.position()]
            self.setCursor(Qt.CursorShape.CrossCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, draw the line, or look what is under the pointer."""
        at = event.position()
        if self._grabbed is None:
            self.point_to(at)
            return
        way = at - self._grabbed
        self._dragged = self._dragged or abs(way.x()) + abs(way.y()) > _CLICK
        if self._lasso is not None:
            self._lasso.append(at)
            self.update()
        elif self._dragged:
            self._hovered = -1
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._grabbed = at
            self.pan(way.x(), way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the line, or take a click that was no drag."""
        if event.button() is not Qt.MouseButton.LeftButton or self._grabbed is None:
            return
        self._grabbed = None
        self._show_cursor()
        lasso, self._lasso = self._lasso, None
        if lasso is not None and self._dragged:
            outline = [self._lens.to_map(place.x(), place.y()) for place in lasso]
            self.lassoed.emit([at for at in self.points.within(outline) if self._shown(at)])
            self.update()
        elif not self._dragged:
            self._click(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom toward the pointer."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self._hovered = -1
            self.zoom(_WHEEL**turned, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Two fingers on a pad zoom as well."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom(1 + event.value(), event.position())
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        super().leaveEvent(event)
        self._hover(-1)

    def point_to(self, at: QPointF) -> None:
        """Tell of the note at a pixel, if there is one."""
        self._hover(self._point_at(at))

    def _hover(self, point: int) -> None:
        if point != self._hovered:
            self._hovered = point
            self._show_cursor()
            self.update()

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.OpenHandCursor
        if self._hovered >= 0:
            shape = Qt.CursorShape.PointingHandCursor
        elif self._lasso_mode:
            shape = Qt.CursorShape.CrossCursor
        self.setCursor(shape)

    def _click(self, at: QPointF) -> None:
        point = self._point_at(at)
        if point >= 0:
            pile = [other for other in self.points.at_place_of(point) if self._shown(other)]
            if len(pile) > 1:
                self.pile_picked.emit(pile)
            else:
                self.picked.emit(point)
            return
        label = next((label for label, room in self._label_at if room.contains(at)), None)
        if label is not None:
            self.cluster_picked.emit(label.cluster)
        else:
            self.emptied.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by keyboard sees where it is."""
        super().focusInEvent(event)
        self.show_frame(event.reason() in _BY_KEY)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.show_frame(False)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from note to note, with Control they move the map; plus and minus zoom."""
        ways = {
            Qt.Key.Key_Left: (-1.0, 0.0),
            Qt.Key.Key_Right: (1.0, 0.0),
            Qt.Key.Key_Up: (0.0, 1.0),
            Qt.Key.Key_Down: (0.0, -1.0),
        }
        way = ways.get(Qt.Key(event.key()))
        if way is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pan(-way[0] * self.width() / 8, way[1] * self.height() / 8)
        elif way is not None:
            self._step(*way)
        elif event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / _STEP)
        elif event.key() in {Qt.Key.Key_0, Qt.Key.Key_Home}:
            self.fit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._chosen.point >= 0:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self._lasso = None
            self.emptied.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, dx: float, dy: float) -> None:
        """Choose the next point in a direction; at first the one nearest to the middle."""
        point = self._chosen.point
        if point < 0:
            reach = max(self.width(), self.height()) / self._lens.scale
            point = self.points.nearest(self._lens.x, self._lens.y, reach, self._shown)
        else:
            point = self.points.toward(point, dx, dy, self._shown)
        if point >= 0 and point != self._chosen.point:
            self.reveal(point)
            self.picked.emit(point)
