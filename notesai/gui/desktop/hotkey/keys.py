"""Combinations of keys: read from text, checked, and named as each system names them."""

from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase, digits
from typing import Any, cast

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier


class Refusal(StrEnum):
    """Why keys cannot be the hotkey."""

    UNREADABLE = "unreadable"
    """No single combination of keys."""
    BARE = "bare"
    """A key that is needed for typing, without Ctrl, Alt or the like."""
    NO_SUCH_KEY = "no_such_key"
    """Not on this keyboard, or not a key that can be taken."""
    TAKEN = "taken"
    """Another program has them."""
    DECLINED = "declined"
    """The person, or the desktop for them, said no when asked."""
    UNSUPPORTED = "unsupported"
    """This desktop gives no program a key."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: X keysym and its name in xkb, Windows virtual key, macOS virtual key code."""

    keysym: int
    xkb: str
    windows: int
    mac: int


# The ANSI key codes of Carbon's `Events.h`: a letter's or digit's place is its code.
_MAC_TYPED = "ASDFHGZXCV-BQWERYT123465-97-80-OU-IP-LJ-K----NM"
_MAC_FUNCTION = (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111)

_NAMED: dict[Qt.Key, Key] = {
    _Key.Key_Space: Key(0x20, "space", 0x20, 49),
    _Key.Key_Return: Key(0xFF0D, "Return", 0x0D, 36),
    _Key.Key_Insert: Key(0xFF63, "Insert", 0x2D, 114),
    _Key.Key_Home: Key(0xFF50, "Home", 0x24, 115),
    _Key.Key_End: Key(0xFF57, "End", 0x23, 119),
    _Key.Key_PageUp: Key(0xFF55, "Prior", 0x21, 116),
    _Key.Key_PageDown: Key(0xFF56, "Next", 0x22, 121),
    _Key.Key_Left: Key(0xFF51, "Left", 0x25, 123),
    _Key.Key_Up: Key(0xFF52, "Up", 0x26, 126),
    _Key.Key_Right: Key(0xFF53, "Right", 0x27, 124),
    _Key.Key_Down: Key(0xFF54, "Down", 0x28, 125),
    _Key.Key_Minus: Key(0x2D, "minus", 0xBD, 27),
    _Key.Key_Equal: Key(0x3D, "equal", 0xBB, 24),
    _Key.Key_Comma: Key(0x2C, "comma", 0xBC, 43),
    _Key.Key_Period: Key(0x2E, "period", 0xBE, 47),
    _Key.Key_Slash: Key(0x2F, "slash", 0xBF, 44),
    _Key.Key_Semicolon: Key(0x3B, "semicolon", 0xBA, 41),
    _Key.Key_QuoteLeft: Key(0x60, "grave", 0xC0, 50),
}


def _typed() -> dict[Qt.Key, Key]:
    return {
        Qt.Key(ord(char)): Key(ord(char.lower()), char.lower(), ord(char), _MAC_TYPED.index(char))
        for char in ascii_uppercase + digits
    }


def _function() -> dict[Qt.Key, Key]:
    return {
        Qt.Key(_Key.Key_F1 + at): Key(0xFFBE + at, f"F{at + 1}", 0x70 + at, mac)
        for at, mac in enumerate(_MAC_FUNCTION)
    }


_FUNCTION = _function()
KEYS: dict[Qt.Key, Key] = {**_NAMED, **_typed(), **_FUNCTION}
"""Every key that a hotkey can have."""


@dataclass(frozen=True, slots=True)
class Keys:
    """One combination. The names of the modifiers are Qt's: on macOS `control` is Command."""

    text: str
    key: Key
    control: bool
    shift: bool
    alt: bool
    meta: bool

    @property
    def shown(self) -> str:
        """The combination as this system writes it: "Ctrl+Shift+Space", "⇧⌘Space"."""
        return QKeySequence(self.text).toString(QKeySequence.SequenceFormat.NativeText)


def read_keys(text: str) -> Keys | Refusal:
    """The combination that `text` ("Ctrl+Shift+Space") names, or why it cannot be the hotkey."""
    sequence = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1:
        return Refusal.UNREADABLE
    combination = cast(QKeyCombination, cast(Any, sequence)[0])
    key, modifiers = combination.key(), combination.keyboardModifiers()
    if key is _Key.Key_unknown:
        return Refusal.UNREADABLE
    if key not in KEYS:
        return Refusal.NO_SUCH_KEY
    held = modifiers & ~_Modifier.ShiftModifier
    if held == _Modifier.NoModifier and key not in _FUNCTION:
        return Refusal.BARE
    return Keys(
        sequence.toString(QKeySequence.SequenceFormat.PortableText),
        KEYS[key],
        control=bool(modifiers & _Modifier.ControlModifier),
        shift=bool(modifiers & _Modifier.ShiftModifier),
        alt=bool(modifiers & _Modifier.AltModifier),
        meta=bool(modifiers & _Modifier.MetaModifier),
    )
