"""A key on macOS: Carbon's hotkeys, which need no permission to watch the keyboard."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject

from notesai.gui.desktop.hotkey.binding import Binding
from notesai.gui.desktop.hotkey.keys import Keys, Refusal

_COMMAND, _SHIFT, _OPTION, _CONTROL = 1 << 8, 1 << 9, 1 << 11, 1 << 12

Register = Callable[..., Callable[[Callable[[], None]], Any]]
"""quickmachotkey's `quickHotKey`."""


class MacBinding(Binding):
    """Registers through quickmachotkey; `register` is its function, for tests another."""

    def __init__(self, parent: QObject | None = None, register: Register | None = None) -> None:
        """Raises `ImportError` where quickmachotkey is not installed."""
        super().__init__(parent)
        if register is None:
            # By name: it is installed on macOS alone.
            register = import_module("quickmachotkey").quickHotKey
        self._register: Any = register
        self._registered: Any = None

    def bind(self, keys: Keys) -> Refusal | None:
        """Register `keys`. macOS lets several programs have the same ones."""
        self.release()

        def hotkey() -> None:
            self.pressed.emit("")

        wanted = self._register(virtualKey=keys.key.mac, modifierMask=modifiers(keys))
        self._registered = wanted(hotkey)
        return None

    def release(self) -> None:
        """Give the keys back."""
        registered, self._registered = self._registered, None
        if registered is not None:
            registered.unregister()


def modifiers(keys: Keys) -> int:
    """The modifiers of `keys` as Carbon counts them. Qt calls the Command key Ctrl."""
    held = (
        (keys.control, _COMMAND),
        (keys.shift, _SHIFT),
        (keys.alt, _OPTION),
        (keys.meta, _CONTROL),
    )
    return sum(flag for on, flag in held if on)
