"""The hotkey as the rest of the window knows it: its keys, whether they work, and its presses."""

import logging
import sys
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication

from notesai.gui.desktop.hotkey.binding import Binding
from notesai.gui.desktop.hotkey.keys import Keys, Refusal, read_keys

translate = QCoreApplication.translate

PARTS = {"xcb": ("ctypes.util", "pycparser.c_parser", "cffi", "xcffib", "xcffib.xproto")}
"""What `system_binding` imports on a platform, bottom up: in one go that takes 50 ms."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether keys were taken; if not, `reason` says why, in the window's language."""

    ok: bool
    reason: str = ""


class Hotkey(QObject):
    """One combination of keys that works from every program.

    `pressed` brings what `attention.call_up` needs to raise a window. `changed` tells that the
    keys, their description or what is wrong with them are others; where the desktop asks the
    person first, that is some time after `try_set`.
    """

    pressed = Signal(str)
    changed = Signal()

    def __init__(self, binding: Binding | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._binding: Binding | None = None
        self._keys: Keys | None = None
        self._refused = ""
        self._refusal: Refusal | None = None
        self.use(binding)

    def use(self, binding: Binding | None) -> None:
        """Take keys by way of `binding` from now on; there is none until then."""
        if self._binding is not None or binding is None:
            return
        self._binding = binding
        binding.setParent(self)
        binding.pressed.connect(self.pressed)
        binding.settled.connect(self._settled)

    @property
    def supported(self) -> bool:
        """False where this desktop gives no program a key."""
        return self._binding is not None and self._refusal is not Refusal.UNSUPPORTED

    @property
    def keys(self) -> str:
        """The keys in use, as `Ctrl+Shift+Space` on every system; empty if there are none."""
        return self._keys.text if self._keys is not None else ""

    @property
    def description(self) -> str:
        """The keys in use as the desktop names them; empty if there are none."""
        if self._keys is None or self._binding is None:
            return ""
        return self._binding.description or self._keys.shown

    @property
    def trouble(self) -> str:
        """What is wrong with the keys asked for last, in the window's language; else empty."""
        return self._reason(self._refusal, self._refused) if self._refusal is not None else ""

    def try_set(self, keys: str) -> Outcome:
        """Use `keys` from now on; empty for none. If they cannot be had, the old ones stay."""
        if not keys.strip():
            return self._set_none()
        wanted = read_keys(keys)
        if isinstance(wanted, Keys):
            refusal = self._take(wanted)
            shown = wanted.shown
        else:
            refusal, shown = wanted, keys
        self._refusal, self._refused = refusal, shown
        self.changed.emit()
        return Outcome(refusal is None, self.trouble)

    def close(self) -> None:
        """Give the keys back; the app is ending."""
        if self._binding is not None:
            self._binding.close()

    def _set_none(self) -> Outcome:
        if self._binding is not None:
            self._binding.release()
        self._keys = self._refusal = None
        self.changed.emit()
        return Outcome(True)

    def _take(self, wanted: Keys) -> Refusal | None:
        if self._binding is None:
            return Refusal.UNSUPPORTED
        if self._keys == wanted:
            return None
        before = self._keys
        refusal = self._binding.bind(wanted)
        if refusal is None:
            self._keys = wanted
        elif before is not None and self._binding.bind(before) is not None:
            self._keys = None
        return refusal

    def _settled(self, refusal: Refusal | None) -> None:
        """The desktop has asked the person, or has changed its mind."""
        if refusal is not None:
            self._refused = self._keys.shown if self._keys is not None else self._refused
            self._keys = None
        self._refusal = refusal
        self.changed.emit()

    def _reason(self, refusal: Refusal, keys: str) -> str:
        match refusal:
            case Refusal.UNREADABLE:
                text = self.tr("“%1” is not a combination of keys.")
            case Refusal.BARE:
                text = self.tr("“%1” is needed for typing. Add Ctrl, Alt or the like.")
            case Refusal.NO_SUCH_KEY:
                text = self.tr("“%1” has a key that cannot be used, or that this keyboard lacks.")
            case Refusal.TAKEN:
                text = self.tr("Another program already uses “%1”.")
            case Refusal.DECLINED:
                text = self.tr("The desktop did not give notesai the keys “%1”.")
            case Refusal.UNSUPPORTED:
                text = self.tr(
                    "This desktop gives no program keys of its own. In its keyboard settings, "
                    "have the keys “%1” run the command: notesai quick"
                )
        return text.replace("%1", keys)


def system_binding() -> Binding | None:
    """This desktop's way to take a key; None if it has none."""
    try:
        return _binding(QGuiApplication.platformName())
    except (OSError, ImportError) as error:
        log.info("no global hotkey here: %s", error)
        return None


def _binding(platform: str) -> Binding | None:
    if sys.platform == "win32" and platform == "windows":
        from notesai.gui.desktop.hotkey.windows import WindowsBinding

        return WindowsBinding()
    if platform == "cocoa":
        from notesai.gui.desktop.hotkey.macos import MacBinding

        return MacBinding()
    if platform == "xcb":
        from notesai.gui.desktop.hotkey.x11 import X11Binding

        return X11Binding()
    if platform.startswith("wayland"):
        from notesai.gui.desktop.hotkey.portal import PortalBinding

        return PortalBinding(lambda: translate("Hotkey", "Quick search"))
    return None
