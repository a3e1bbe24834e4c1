"""A key on Windows: `RegisterHotKey`, which sends this thread a message for that key alone."""

import ctypes
import sys
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject

from notesai.gui.desktop.hotkey.binding import Binding
from notesai.gui.desktop.hotkey.keys import Keys, Refusal

WM_HOTKEY = 0x0312
_ALT, _CONTROL, _SHIFT, _WIN, _NO_REPEAT = 1, 2, 4, 8, 0x4000
# Applications have the numbers below 0xC000 to themselves.
NUMBER = 0xA11


class _Messages(QAbstractNativeEventFilter):
    def __init__(self, binding: "WindowsBinding") -> None:
        super().__init__()
        self._binding = binding

    def nativeEventFilter(
        self,
        eventType: QByteArray | bytes | bytearray | memoryview,  # noqa: N803
        message: int,
    ) -> object:
        """Tell of our hotkey and leave every message to those who come after."""
        found = wintypes.MSG.from_address(int(message))
        if found.message == WM_HOTKEY and found.wParam == NUMBER:
            self._binding.pressed.emit("")
        return False, 0


class WindowsBinding(Binding):
    """Registers with the thread of the window; `user32` is the library, for tests another."""

    def __init__(self, parent: QObject | None = None, user32: Any = None) -> None:
        super().__init__(parent)
        self._user32 = user32 or _user32()
        self._bound = False
        self._messages = _Messages(self)
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._messages)

    def bind(self, keys: Keys) -> Refusal | None:
        """Register `keys`; what was registered before is given back."""
        self.release()
        flags = modifiers(keys) | _NO_REPEAT
        self._bound = bool(self._user32.RegisterHotKey(None, NUMBER, flags, keys.key.windows))
        return None if self._bound else Refusal.TAKEN

    def release(self) -> None:
        """Give the keys back."""
        if self._bound:
            self._user32.UnregisterHotKey(None, NUMBER)
            self._bound = False


def modifiers(keys: Keys) -> int:
    """The modifiers of `keys` as Windows counts them."""
    held = ((keys.alt, _ALT), (keys.control, _CONTROL), (keys.shift, _SHIFT), (keys.meta, _WIN))
    return sum(flag for on, flag in held if on)


def _user32() -> Any:
    if sys.platform != "win32":
        raise OSError("there is no user32 here")
    return ctypes.WinDLL("user32", use_last_error=True)
