"""A line for the keys of a global hotkey: typed, or recorded by pressing them."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

_ALONE = {
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
}


class KeyEntry(QLineEdit):
    """`recorded` brings the keys that were pressed, `ended` follows every end of recording."""

    recorded = Signal(str)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recording = False
        self._before = ""

    @property
    def recording(self) -> bool:
        """True while the next keys are taken for what is to be set."""
        return self._recording

    def record(self, invitation: str) -> None:
        """Take the next keys that are pressed; `invitation` stands here until then."""
        self._recording, self._before = True, self.text()
        self.setPlaceholderText(invitation)
        self.clear()
        self.setReadOnly(True)
        self.setFocus()

    def give_up(self) -> None:
        """Record no more and show what was there before."""
        if self._recording:
            self._end(self._before)

    def _end(self, text: str) -> None:
        self._recording = False
        self.setReadOnly(False)
        self.setPlaceholderText("")
        self.setText(text)
        self.ended.emit()

    def _take(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ALONE:
            return
        if key is Qt.Key.Key_Escape and not event.modifiers():
            self.give_up()
            return
        form = QKeySequence.SequenceFormat.PortableText
        keys = QKeySequence(event.keyCombination()).toString(form)
        self._end(keys)
        self.recorded.emit(keys)

    def event(self, event: QEvent) -> bool:
        """While recording, all keys are meant for this line, the window's own ones too."""
        if self._recording and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress:
                self._take(event)
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who goes elsewhere wants no keys any more."""
        self.give_up()
        super().focusOutEvent(event)
