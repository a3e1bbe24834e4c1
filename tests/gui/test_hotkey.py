import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from pytestqt.qtbot import QtBot

from notesai.gui.desktop.hotkey import macos, windows
from notesai.gui.desktop.hotkey.binding import Binding
from notesai.gui.desktop.hotkey.hotkey import Hotkey, system_binding
from notesai.gui.desktop.hotkey.keys import KEYS, Keys, Refusal, read_keys
from notesai.gui.i18n import Language


class Scripted(Binding):
    """Gives all keys but those in `taken`."""

    def __init__(self, *taken: str) -> None:
        super().__init__()
        self.taken = set(taken)
        self.bound = ""

    def bind(self, keys: Keys) -> Refusal | None:
        self.bound = "" if keys.text in self.taken else keys.text
        return None if self.bound else Refusal.TAKEN

    def release(self) -> None:
        self.bound = ""


def keys(text: str) -> Keys:
    found = read_keys(text)
    assert isinstance(found, Keys)
    return found


def test_a_combination_is_read() -> None:
    found = keys("ctrl+shift+space")
    assert (found.text, found.control, found.shift) == ("Ctrl+Shift+Space", True, True)
    assert (found.alt, found.meta) == (False, False)
    assert (found.key.keysym, found.key.windows, found.key.mac) == (0x20, 0x20, 49)
    assert keys("Meta+F5").key.xkb == "F5"
    assert keys("F9").key.keysym == 0xFFC6
    assert keys("Alt+A").key == KEYS[Qt.Key.Key_A]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", Refusal.UNREADABLE),
        ("Ctrl+K, Ctrl+L", Refusal.UNREADABLE),
        ("Ctrl+Quux", Refusal.UNREADABLE),
        ("a", Refusal.BARE),
        ("Shift+Space", Refusal.BARE),
        ("Ctrl+한", Refusal.NO_SUCH_KEY),
        ("Ctrl+Media Play", Refusal.NO_SUCH_KEY),
    ],
)
def test_what_cannot_be_a_hotkey_is_refused(text: str, refusal: Refusal) -> None:
    assert read_keys(text) is refusal


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read_keys(text)
    if isinstance(found, Keys):
        assert read_keys(found.text) == found


def test_every_key_has_its_own_codes() -> None:
    for field in ("keysym", "xkb", "windows", "mac"):
        assert len({getattr(key, field) for key in KEYS.values()}) == len(KEYS)
    for key in KEYS:
        assert QKeySequence(key).toString()


def test_taken_keys_leave_the_old_ones_in_use(qtbot: QtBot, language: Language) -> None:
    binding = Scripted("Ctrl+Alt+T")
    hotkey = Hotkey(binding)
    assert hotkey.try_set("Ctrl+Shift+Space").ok
    outcome = hotkey.try_set("Ctrl+Alt+T")
    assert not outcome.ok
    assert outcome.reason == "Another program already uses “Ctrl+Alt+T”."
    assert hotkey.keys == binding.bound == "Ctrl+Shift+Space"
    language.choose("ko")
    assert "Ctrl+Alt+T" in hotkey.trouble
    assert hotkey.trouble != outcome.reason
    assert hotkey.try_set("Ctrl+Shift+Space").ok
    assert hotkey.trouble == ""


def test_no_keys_is_a_choice(qtbot: QtBot) -> None:
    binding = Scripted()
    hotkey = Hotkey(binding)
    hotkey.try_set("Ctrl+Shift+Space")
    with qtbot.waitSignal(hotkey.changed):
        assert hotkey.try_set(" ").ok
    assert (hotkey.keys, hotkey.description, binding.bound) == ("", "", "")


def test_presses_are_told(qtbot: QtBot) -> None:
    binding = Scripted()
    hotkey = Hotkey(binding)
    with qtbot.waitSignal(hotkey.pressed) as pressed:
        binding.pressed.emit("12")
    assert pressed.args == ["12"]


def test_a_desktop_that_gives_no_keys_names_the_command(qtbot: QtBot) -> None:
    hotkey = Hotkey(None)
    outcome = hotkey.try_set("Ctrl+Shift+Space")
    assert not outcome.ok
    assert "notesai quick" in outcome.reason
    assert not hotkey.supported


def test_offscreen_there_is_no_binding() -> None:
    assert QGuiApplication.platformName() == "offscreen"
    assert system_binding() is None


def test_windows_registers_the_keys_and_gives_them_back(qtbot: QtBot) -> None:
    calls: list[tuple[Any, ...]] = []

    def register(*arguments: Any) -> int:
        calls.append(arguments)
        return int(arguments[3] != ord("T"))

    user32 = SimpleNamespace(
        RegisterHotKey=register, UnregisterHotKey=lambda *rest: calls.append(rest)
    )
    binding = windows.WindowsBinding(user32=user32)
    assert binding.bind(keys("Ctrl+Shift+Space")) is None
    assert calls == [(None, windows.NUMBER, 0x4000 | 2 | 4, 0x20)]
    assert binding.bind(keys("Ctrl+Alt+T")) is Refusal.TAKEN
    assert calls[1] == (None, windows.NUMBER)
    binding.release()
    assert len(calls) == 3


def test_macos_registers_the_keys_and_gives_them_back(qtbot: QtBot) -> None:
    made: list[dict[str, Any]] = []
    handlers: list[Any] = []

    def quick_hot_key(**wanted: Any) -> Callable[[Any], Any]:
        made.append(wanted)

        def decorate(handler: Any) -> Any:
            handler.unregister = lambda: handlers.remove(handler)
            handlers.append(handler)
            return handler

        return decorate

    binding = macos.MacBinding(register=quick_hot_key)
    assert binding.bind(keys("Ctrl+Shift+Space")) is None
    assert made == [{"virtualKey": 49, "modifierMask": (1 << 8) | (1 << 9)}]
    with qtbot.waitSignal(binding.pressed):
        handlers[0]()
    binding.bind(keys("Meta+Alt+K"))
    assert len(handlers) == 1
    binding.release()
    assert handlers == []


@pytest.mark.skipif(sys.platform == "win32", reason="there it is")
def test_elsewhere_there_is_no_windows_library(qtbot: QtBot) -> None:
    with pytest.raises(OSError, match="user32"):
        windows.WindowsBinding()
