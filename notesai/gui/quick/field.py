"""The large field of quick search, and the keys that mean something in it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.icons import pixmap
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.search_field import QueryEdit

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class QuickField(QWidget):
    """One line. It searches as the window's own field does; Enter, Tab and Escape are signals."""

    query_changed = Signal(str)
    stepped = Signal(int)
    open_wanted = Signal()
    edit_wanted = Signal()
    ask_wanted = Signal()
    escaped = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedHeight(Size.QUICK_FIELD)
        self.edit = QueryEdit(self)
        self._icon = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.CARD, 0, Space.CARD, 0)
        row.setSpacing(Space.M)
        row.addWidget(self._icon)
        row.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)
        self.edit.query_changed.connect(self.query_changed)
        self.edit.stepped.connect(self.stepped)
        self.edit.installEventFilter(self)
        look.changed.connect(self._tint)
        self._tint()
        self._retranslate()

    @property
    def query(self) -> str:
        """What has been typed, without the spaces around it."""
        return self.edit.text().strip()

    def set_query(self, query: str) -> None:
        """Search for `query` as if it had been typed."""
        self.edit.setText(query)
        self.edit.announce_now()

    def focus_all(self) -> None:
        """Put the cursor here and select what stands here: typing begins anew."""
        self.edit.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self.edit.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that are not for typing."""
        if watched is not self.edit or not isinstance(event, QKeyEvent):
            return False
        if event.type() is not QEvent.Type.KeyPress:
            return False
        wanted = self._meaning(event)
        if wanted is None:
            return False
        self.edit.announce_now()
        wanted()
        return True

    def _meaning(self, event: QKeyEvent) -> Callable[[], None] | None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case key if key in _ENTER:
                return self.edit_wanted.emit if control else self.open_wanted.emit
            case Qt.Key.Key_Tab:
                return self.ask_wanted.emit
            case Qt.Key.Key_Escape:
                return self.escaped.emit
            case _:
                return None

    def _tint(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(pixmap("search", self._look.tokens.faint, Size.ICON_RAIL, ratio))

    def _retranslate(self) -> None:
        self.edit.setPlaceholderText(self.tr("Search your notes"))
        self.edit.setAccessibleName(self.tr("Quick search"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
