"""All tags with how many notes have them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from notesai.engine.protocol import NoteTitle
from notesai.gui.appearance import Appearance
from notesai.gui.i18n import number
from notesai.gui.theme import Size, Space, font

TAG = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


def tag_counts(notes: Iterable[NoteTitle]) -> list[tuple[str, int]]:
    """Tags and how many notes have them, the most frequent first. Case does not tell tags apart."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for note in notes:
        for key, tag in {tag.casefold(): tag for tag in note.tags}.items():
            counts[key] += 1
            written.setdefault(key, tag)
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(written[key], count) for key, count in order]


def tagged(notes: Iterable[NoteTitle], tag: str) -> list[NoteTitle]:
    """The notes that have `tag`, or one below it (`project/alpha` is below `project`)."""
    key = tag.casefold()

    def has(note: NoteTitle) -> bool:
        return any(f"{own.casefold()}/".startswith(f"{key}/") for own in note.tags)

    return [note for note in notes if has(note)]


class _TagModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tags: list[tuple[str, int]] = []

    def show_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        self.beginResetModel()
        self.tags = list(tags)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.tags)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        tag, count = self.tags[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tag
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{tag}, {number(count)}"
            case _:
                return (tag, count) if role == TAG else None


class TagList(QListView):
    """Tags to choose from; `picked` brings the one that is clicked or entered."""

    picked = Signal(str)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags = _TagModel(self)
        self.setModel(self._tags)
        self.setItemDelegate(_TagDelegate(look, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._clicked)
        look.changed.connect(self.viewport().update)

    @property
    def tags(self) -> list[tuple[str, int]]:
        """What is shown."""
        return self._tags.tags

    def show_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        """Show `tags`; the one that is selected stays so, and the list where it is scrolled to."""
        if list(tags) == self._tags.tags:
            return
        chosen, scroll = self.currentIndex().data(), self.verticalScrollBar().value()
        self._tags.show_tags(tags)
        for row, (tag, _) in enumerate(tags):
            if tag == chosen:
                self.setCurrentIndex(self._tags.index(row))
        self.verticalScrollBar().setValue(scroll)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter picks."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._clicked(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(str(index.data()))


class _TagDelegate(QStyledItemDelegate):
    """One line: the tag, and its count at the right."""

    def __init__(self, look: Appearance, view: TagList) -> None:
        super().__init__(view)
        self._look = look
        self._face, self._small = font(Size.BASE), font(Size.CAPS)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One row."""
        return QSize(0, Size.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a tag."""
        tag, count = index.data(TAG)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("tint" if selected else "hover"))
            painter.drawRoundedRect(option.rect, Size.RADIUS_SMALL, Size.RADIUS_SMALL)
        room = option.rect.adjusted(Space.M, 0, -Space.M, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._small)
        painter.setPen(self._look.colour("soft" if selected else "faint"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, number(count))
        room.setRight(room.right() - QFontMetrics(self._small).horizontalAdvance(number(count)))
        painter.setFont(self._face)
        painter.setPen(self._look.colour("text"))
        side = Qt.TextElideMode.ElideRight
        shown = QFontMetrics(self._face).elidedText(f"#{tag}", side, room.width() - Space.S)
        painter.drawText(room, middle | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()
