"""Painting the rows of results, notes and neighbours."""

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from notesai.gui.appearance import Appearance
from notesai.gui.rows import Row
from notesai.gui.theme import Size, Space, font
from notesai.gui.widgets.row_layout import Paragraph
from notesai.gui.widgets.row_model import ROW

_CACHED = 400

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Title and badge, perhaps a bar, a snippet of at most `lines` lines, and a last faint line."""

    def __init__(self, look: Appearance, lines: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines = lines
        self._cache: dict[tuple[str, int], Paragraph] = {}
        self._title = font(Size.BASE, bold=True)
        self._text = font(Size.BASE)
        self._small = font(Size.SMALL)
        self._badge = font(Size.CAPS, bold=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the row's text at the list's width."""
        row = index.data(ROW)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 0
        return QSize(width, self.height(row, width)) if isinstance(row, Row) else QSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if selected or hovered:
            colour = "tint" if selected else "hover"
            self._fill(painter, QRectF(option.rect), colour, Size.RADIUS - 2)
        if selected and focused:
            self._outline(painter, QRectF(option.rect))
        self._paint_text(painter, row, _inside(option.rect), selected=selected)
        painter.restore()

    def _paint_text(self, painter: QPainter, row: Row, room: QRect, *, selected: bool) -> None:
        top = room.top()
        below = self._badge_below(row, room.width())
        right = room.right()
        if row.badge and not below:
            right = self._paint_badge(painter, row, room, top + 1, selected=selected)
        title = QRect(room.left(), top, right - room.left(), Size.TITLE_LINE)
        self._line(painter, row.title, title, "text", bold=True)
        top += Size.TITLE_LINE
        if row.score >= 0:
            self._paint_bar(painter, row.score, QRect(room.left(), top + 3, room.width(), 0))
            top += Size.BAR + Space.S
        if row.snippet:
            top += self._paint_snippet(painter, row, room, top)
        if row.detail:
            right = room.right()
            if below:
                right = self._paint_badge(painter, row, room, top, selected=selected)
            place = QRect(room.left(), top, right - room.left(), Size.DETAIL_LINE)
            self._line(painter, row.detail, place, "soft" if selected else "faint")

    def _paint_snippet(self, painter: QPainter, row: Row, room: QRect, top: int) -> int:
        """Paint the snippet; returns the height that it takes."""
        paragraph = self._paragraph(row.snippet, room.width())
        marks = paragraph.formats(row.marks, self._look.colour("text"), self._look.colour("mark"))
        painter.setPen(self._look.colour("soft"))
        paragraph.layout.draw(painter, QPointF(room.left(), top + 2), marks)
        return paragraph.height + Space.XS

    def _badge_below(self, row: Row, width: int) -> bool:
        """True if the badge gives its place to a long title and moves to the last line."""
        if not row.badge or not row.detail:
            return False
        title = QFontMetrics(self._title).horizontalAdvance(row.title)
        return title + Space.S + self._badge_width(row) > width

    def _badge_width(self, row: Row) -> int:
        return QFontMetrics(self._badge).horizontalAdvance(row.badge) + 2 * Space.S

    def _line(
        self, painter: QPainter, text: str, place: QRect, colour: str, *, bold: bool = False
    ) -> None:
        face = self._title if bold else self._small
        painter.setFont(face)
        painter.setPen(self._look.colour(colour))
        # Of a path the end tells most, of words the first ones.
        path = not bold and "/" in text
        side = Qt.TextElideMode.ElideMiddle if path else Qt.TextElideMode.ElideRight
        shown = QFontMetrics(face).elidedText(text, side, place.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, flags | Qt.TextFlag.TextSingleLine, shown)

    def _paint_badge(
        self, painter: QPainter, row: Row, room: QRect, top: int, *, selected: bool
    ) -> int:
        """Paint the badge at the right; returns where the text beside it has to end."""
        width = self._badge_width(row)
        place = QRect(room.right() + 1 - width, top, width, Size.BADGE)
        quiet = "hover" if row.warns else "tint"
        self._fill(painter, QRectF(place), "surface" if selected else quiet, Size.BADGE / 2)
        painter.setFont(self._badge)
        painter.setPen(self._look.colour("warn" if row.warns else "link"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, row.badge)
        return place.left() - Space.S

    def _paint_bar(self, painter: QPainter, score: float, place: QRect) -> None:
        bar = QRectF(place.left(), place.top(), place.width(), Size.BAR)
        self._fill(painter, bar, "line", Size.BAR / 2)
        bar.setWidth(max(Size.BAR, bar.width() * score))
        self._fill(painter, bar, "accent", Size.BAR / 2)

    def _fill(self, painter: QPainter, rect: QRectF, colour: str, radius: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(colour))
        painter.drawRoundedRect(rect, radius, radius)

    def _outline(self, painter: QPainter, rect: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._look.colour("accent"))
        painter.drawRoundedRect(
            rect.adjusted(0.5, 0.5, -0.5, -0.5), Size.RADIUS - 2, Size.RADIUS - 2
        )

    def height(self, row: Row, width: int) -> int:
        """How high the row is in a list of that width, in pixels."""
        height = 2 * Space.S + Space.XS + Size.TITLE_LINE
        if row.score >= 0:
            height += Size.BAR + Space.S
        if row.snippet:
            room = width - 2 * Space.M
            height += self._paragraph(row.snippet, room).height + Space.XS
        return height + (Size.DETAIL_LINE if row.detail else 0)

    def _paragraph(self, text: str, width: int) -> Paragraph:
        key = (text, width)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            found = Paragraph(text, self._text, width, self._lines, Size.SNIPPET_LINE)
            self._cache[key] = found
        return found


def _inside(rect: QRect) -> QRect:
    return rect.adjusted(Space.M, Space.S + 2, -Space.M, -Space.S - 2)
