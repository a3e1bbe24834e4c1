"""What lists with lines below lines have in common: how they behave and how a line is painted."""

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtCore import QPersistentModelIndex as PersistentIndex
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from notesai.gui.appearance import Appearance
from notesai.gui.i18n import number
from notesai.gui.icons import pixmap
from notesai.gui.theme import Size, Space, font

Index = QModelIndex | PersistentIndex


class TreeLines(QTreeView):
    """A tree whose delegate paints everything, indents included."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look.changed.connect(self.viewport().update)


class LineDelegate(QStyledItemDelegate):
    """Paints parts of a line; those that stand at an end give the room that is left."""

    def __init__(self, look: Appearance, view: TreeLines) -> None:
        super().__init__(view)
        self.look = look
        self.face = font(Size.BASE)
        self._small = font(Size.CAPS)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One row."""
        return QSize(0, Size.ROW)

    def surface(self, painter: QPainter, option: QStyleOptionViewItem) -> bool:
        """What lies behind a line that is selected or pointed at; True if it is selected."""
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.look.colour("tint" if selected else "hover"))
            painter.drawRoundedRect(option.rect, Size.RADIUS_SMALL, Size.RADIUS_SMALL)
        return selected

    def chevron(self, painter: QPainter, option: QStyleOptionViewItem, left: int) -> None:
        """Whether the line is open."""
        opened = bool(option.state & QStyle.StateFlag.State_Open)
        name = "chevron-down" if opened else "chevron-right"
        ratio = painter.device().devicePixelRatioF()
        picture = pixmap(name, self.look.tokens.faint, Size.ICON_SMALL, ratio)
        top = option.rect.top() + (option.rect.height() - Size.ICON_SMALL) // 2
        painter.drawPixmap(QPoint(left, top), picture)

    def count(self, painter: QPainter, many: int, room: QRect, *, selected: bool) -> QRect:
        """A number at the right end."""
        return self.end(painter, number(many), room, selected=selected)

    def end(self, painter: QPainter, text: str, room: QRect, *, selected: bool) -> QRect:
        """A few letters at the right end."""
        painter.setFont(self._small)
        painter.setPen(self.look.colour("soft" if selected else "faint"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, text)
        width = QFontMetrics(self._small).horizontalAdvance(text)
        return room.adjusted(0, 0, -width - Space.S, 0)

    def name(
        self, painter: QPainter, name: str, room: QRect, face: QFont, colour: str = "text"
    ) -> None:
        """A name, cut where it is too long."""
        painter.setFont(face)
        painter.setPen(self.look.colour(colour))
        shown = QFontMetrics(face).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags | Qt.TextFlag.TextSingleLine, shown)
