"""What each system's way to take a key has in common."""

from PySide6.QtCore import QObject, Signal

from notesai.gui.desktop.hotkey.keys import Keys, Refusal


class Binding(QObject):
    """Takes one combination of keys from the system.

    `pressed` brings what the system wants to see before it gives a window the keyboard: a time on
    X11, an activation token on Wayland, else nothing. Systems that ask the person first answer
    later: `settled` then brings the `Refusal`, or None; `description` is their word for the keys.
    """

    pressed = Signal(str)
    settled = Signal(object)

    @property
    def description(self) -> str:
        """The keys as the desktop names them, where it has its own word; else empty."""
        return ""

    def bind(self, keys: Keys) -> Refusal | None:
        """Take `keys`; None if they are ours, or will be once the person has agreed."""
        raise NotImplementedError

    def release(self) -> None:
        """Give the keys back."""
        raise NotImplementedError

    def close(self) -> None:
        """Give the keys back and hold nothing more."""
        self.release()
