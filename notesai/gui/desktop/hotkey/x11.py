"""A key on X11: grabbed by itself, on a connection of its own, so no other key is ever seen."""

import logging
from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any

import xcffib
import xcffib.xproto
from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from notesai.gui.desktop.hotkey.binding import Binding
from notesai.gui.desktop.hotkey.keys import Keys, Refusal

log = logging.getLogger(__name__)

_NUM_LOCK, _SCROLL_LOCK = 0xFF7F, 0xFF14
_REMAP_MS = 200

# Generated from the protocol, without types.
x: Any = xcffib.xproto


class X11Binding(Binding):
    """Grabs with every combination of the locks, as a grab counts them among the modifiers."""

    def __init__(self, parent: QObject | None = None, display: str | None = None) -> None:
        """Connects to `display`, or that of `DISPLAY`. Raises `OSError` if there is none."""
        super().__init__(parent)
        self._connection = _connected(display)
        self._core = self._connection.core
        self._root = self._connection.get_setup().roots[0].root
        self._keys: Keys | None = None
        self._grabbed: list[tuple[int, int]] = []
        self._released_at = -1
        self._notifier = QSocketNotifier(
            self._connection.get_file_descriptor(), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._read)
        self._remap = QTimer(self)
        self._remap.setSingleShot(True)
        self._remap.setInterval(_REMAP_MS)
        self._remap.timeout.connect(self._grab_anew)

    def bind(self, keys: Keys) -> Refusal | None:
        """Grab `keys`; whatever was grabbed before is given back."""
        self.release()
        refusal = self._grab(keys)
        if refusal is None:
            self._keys = keys
        return refusal

    def release(self) -> None:
        """Give the keys back."""
        self._keys = None
        self._ungrab()

    def close(self) -> None:
        """Give the keys back and leave the display."""
        self._notifier.setEnabled(False)
        self._remap.stop()
        self._connection.disconnect()

    def _grab(self, keys: Keys) -> Refusal | None:
        codes = self._codes(keys.key.keysym)
        if not codes:
            return Refusal.NO_SUCH_KEY
        wanted = [(code, _mask(keys) | locks) for code in codes for locks in self._lock_masks()]
        cookies = [
            self._core.GrabKey(
                False, self._root, mask, code, x.GrabMode.Async, x.GrabMode.Async, is_checked=True
            )
            for code, mask in wanted
        ]
        taken = False
        for combination, cookie in zip(wanted, cookies, strict=True):
            try:
                cookie.check()
                self._grabbed.append(combination)
            except xcffib.XcffibException:
                taken = True
        if taken:
            self._ungrab()
        return Refusal.TAKEN if taken else None

    def _ungrab(self) -> None:
        for code, mask in self._grabbed:
            self._core.UngrabKey(code, self._root, mask)
        self._grabbed.clear()
        self._connection.flush()

    def _grab_anew(self) -> None:
        """The keyboard's layout has changed, and with it where the keys are."""
        keys = self._keys
        if keys is not None:
            self._ungrab()
            if (refusal := self._grab(keys)) is not None:
                self.settled.emit(refusal)
            self._read()

    def _codes(self, keysym: int) -> list[int]:
        """The key codes that give `keysym` without modifiers in any of the layouts."""
        setup = self._connection.get_setup()
        first, last = setup.min_keycode, setup.max_keycode
        reply = self._core.GetKeyboardMapping(first, last - first + 1).reply()
        wide = reply.keysyms_per_keycode
        rows = [reply.keysyms[at : at + wide] for at in range(0, len(reply.keysyms), wide)]
        # Columns come in pairs: plain and with Shift.
        return [first + at for at, row in enumerate(rows) if keysym in list(row)[::2]]

    def _lock_masks(self) -> list[int]:
        """Every combination of Caps Lock, Num Lock and Scroll Lock, as masks."""
        reply = self._core.GetModifierMapping().reply()
        codes = list(reply.keycodes)
        wide = reply.keycodes_per_modifier
        locks = {int(x.ModMask.Lock)}
        for keysym in (_NUM_LOCK, _SCROLL_LOCK):
            ours = set(self._codes(keysym))
            locks |= {1 << at for at in range(8) if ours & set(codes[at * wide : (at + 1) * wide])}
        return [sum(some) for some in _subsets(sorted(locks))]

    def _read(self) -> None:
        try:
            while (event := self._connection.poll_for_event()) is not None:
                self._take(event)
        except (xcffib.ConnectionException, xcffib.XcffibException) as error:
            log.warning("the X display is gone: %s", error)
            self._notifier.setEnabled(False)

    def _take(self, event: Any) -> None:
        # A key that is held repeats as a release and a press of the same time.
        if isinstance(event, x.KeyReleaseEvent):
            self._released_at = int(event.time)
        elif isinstance(event, x.KeyPressEvent):
            if event.time != self._released_at:
                self.pressed.emit(str(event.time))
        elif isinstance(event, x.MappingNotifyEvent):
            self._remap.start()


def _mask(keys: Keys) -> int:
    """The modifiers of `keys`. Alt and the logo key are where every desktop puts them."""
    held = (
        (keys.control, x.ModMask.Control),
        (keys.shift, x.ModMask.Shift),
        (keys.alt, x.ModMask._1),
        (keys.meta, x.ModMask._4),
    )
    return sum(int(mask) for on, mask in held if on)


def _subsets(values: list[int]) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(values, size) for size in range(len(values) + 1))


def composited() -> bool:
    """True if the display shows what is behind a window (EWMH, `_NET_WM_CM_S0`).

    Raises `OSError` if there is no display.
    """
    connection = _connected(None)
    name = f"_NET_WM_CM_S{connection.pref_screen}"
    atom = connection.core.InternAtom(False, len(name), name).reply().atom
    owner = connection.core.GetSelectionOwner(atom).reply().owner
    connection.disconnect()
    return bool(owner)


def activate(window: int, time: int) -> None:
    """Ask the window manager for `window` to have the keyboard (EWMH, `_NET_ACTIVE_WINDOW`).

    `time` is that of the key pressed, 0 if there was none. Raises `OSError` without a display.
    """
    connection = _connected(None)
    try:
        core = connection.core
        root = connection.get_setup().roots[connection.pref_screen].root
        name = "_NET_ACTIVE_WINDOW"
        atom = core.InternAtom(False, len(name), name).reply().atom
        # Source 2 stands for a direct wish of the person, as of a pager.
        data = x.ClientMessageData.synthetic([2, time, 0, 0, 0], "I" * 5)
        event = x.ClientMessageEvent.synthetic(32, window, atom, data)
        mask = x.EventMask.SubstructureRedirect | x.EventMask.SubstructureNotify
        core.SendEvent(False, root, mask, event.pack())
        connection.flush()
        core.GetInputFocus().reply()
    except xcffib.XcffibException as error:
        raise OSError(f"not sent: {error}") from error
    finally:
        connection.disconnect()


def _connected(display: str | None) -> Any:
    try:
        return xcffib.connect(display=display)
    except (xcffib.ConnectionException, xcffib.XcffibException) as error:
        raise OSError(f"no X display: {error}") from error
