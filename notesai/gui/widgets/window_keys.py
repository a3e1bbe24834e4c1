"""Keys that mean one thing to a line of text and another to the window, which is to have them."""

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

_OF_THE_WINDOW = tuple(
    QKeyCombination(Qt.KeyboardModifier.ControlModifier, key)
    for key in (Qt.Key.Key_E, Qt.Key.Key_K)
)
"""To a line of text they mean what they mean in Emacs."""


def left_to_window(event: QEvent) -> bool:
    """Whether the event asks if such a key is a line's own; then it is told that it is not."""
    if (
        event.type() is QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.keyCombination() in _OF_THE_WINDOW
    ):
        event.ignore()
        return True
    return False
