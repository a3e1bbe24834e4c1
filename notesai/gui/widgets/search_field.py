"""The search field: searches while typing, and never on half a syllable."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.icons import pixmap
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.window_keys import left_to_window

PAUSE_MS = 60
COMPOSED_PAUSE_MS = 500
_LONGEST_QUERY = 2000
_FIRST_SYLLABLE, _LAST_SYLLABLE = "가", "힣"


class QueryEdit(QLineEdit):
    """The line itself. `query_changed` brings what is to be searched, once typing pauses.

    Text that an input method is still composing is no part of the text, so a half typed syllable
    is never searched. But Korean keyboards keep the last syllable in composition for as long as
    nothing follows it: after a longer pause a whole syllable counts as typed.
    """

    query_changed = Signal(str)
    stepped = Signal(int)
    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composed = ""
        self._last = ""
        self._timer = _once(self)
        self._timer.timeout.connect(self._announce_typed)
        self._composed_timer = _once(self)
        self._composed_timer.timeout.connect(self._announce_composed)
        self.setFrame(False)
        self.setMaxLength(_LONGEST_QUERY)
        self.textChanged.connect(self._text_changed)

    @property
    def query(self) -> str:
        """What was last announced."""
        return self._last

    def announce_now(self) -> None:
        """Do not wait for a pause."""
        if self._timer.isActive():
            self._timer.stop()
            self._announce_typed()

    def event(self, event: QEvent) -> bool:
        """Leave some keys to the window."""
        return not left_to_window(event) and super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note what is being composed."""
        composing = event.preeditString()
        super().inputMethodEvent(event)
        whole = all(_FIRST_SYLLABLE <= char <= _LAST_SYLLABLE for char in composing)
        self._composed = composing if whole else ""
        if self._composed:
            self._composed_timer.start(COMPOSED_PAUSE_MS)
        else:
            self._composed_timer.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move through the results."""
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -5,
            Qt.Key.Key_PageDown: 5,
        }
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the frame."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the frame."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def _text_changed(self) -> None:
        self._timer.start(PAUSE_MS)

    def _announce_typed(self) -> None:
        self._announce(self.text())

    def _announce_composed(self) -> None:
        at = self.cursorPosition()
        self._announce(self.text()[:at] + self._composed + self.text()[at:])

    def _announce(self, text: str) -> None:
        # One space behind the last word says that it is whole.
        words = text.strip()
        query = words + " " if words and text[-1].isspace() else words
        if query != self._last:
            self._last = query
            self.query_changed.emit(query)


def _once(parent: QObject) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    return timer


class SearchField(QFrame):
    """The field with its icon, the shortcut as a hint, and a button that clears it."""

    query_changed = Signal(str)
    stepped = Signal(int)
    entered = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("field")
        self.setFixedHeight(Size.FIELD)
        self.edit = QueryEdit(self)
        self._icon = QLabel(self)
        self._keys = QLabel(self)
        self._keys.setObjectName("faint")
        self._clear = IconButton(look, "close", self)
        self._clear.setIconSize(QSize(Size.ICON_SMALL, Size.ICON_SMALL))
        self._clear.clicked.connect(self.clear)
        self._lay_out()
        self._connect()
        self._tint()
        self._retranslate()
        self._text_changed("")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, 0, Space.XS, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._icon)
        row.addWidget(self.edit, 1)
        row.addWidget(self._keys)
        row.addSpacing(Space.S)
        row.addWidget(self._clear)
        self.setFocusProxy(self.edit)

    def _connect(self) -> None:
        self.edit.query_changed.connect(self.query_changed)
        self.edit.stepped.connect(self.stepped)
        self.edit.textChanged.connect(self._text_changed)
        self.edit.focus_changed.connect(self._show_focus)
        self.edit.installEventFilter(self)
        self._look.changed.connect(self._tint)

    def focus_all(self) -> None:
        """Put the cursor here and select what stands here."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def clear(self) -> None:
        """Empty the field at once and stay in it."""
        self.edit.clear()
        self.edit.announce_now()
        self.edit.setFocus()

    def set_query(self, query: str) -> None:
        """Search for `query` as if it had been typed."""
        self.edit.setText(query)
        self.edit.announce_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens what is selected; Escape clears."""
        if watched is self.edit and isinstance(event, QKeyEvent):
            if event.type() is not QEvent.Type.KeyPress:
                return False
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.edit.announce_now()
                self.entered.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.edit.text():
                self.clear()
                return True
        return False

    def _text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._keys.setVisible(not text)

    def _show_focus(self, focused: bool) -> None:
        self.setProperty("focused", focused)
        self.style().unpolish(self)
        self.style().polish(self)

    def _tint(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(pixmap("search", self._look.tokens.faint, Size.ICON, ratio))

    def _retranslate(self) -> None:
        keys = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
        self.edit.setPlaceholderText(self.tr("Search your notes by word or by meaning"))
        self.edit.setAccessibleName(self.tr("Search your notes"))
        self._keys.setText(keys)
        self._clear.name_it(self.tr("Clear the search"), "Esc")

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
