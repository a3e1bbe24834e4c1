import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from x_desktop import tools_there, x_display

from notesai.gui.desktop.hotkey.hotkey import Hotkey
from notesai.gui.desktop.hotkey.keys import Keys, Refusal, read_keys

if sys.platform != "linux":
    pytest.skip("only Linux has X11", allow_module_level=True)

from notesai.gui.desktop.hotkey.x11 import X11Binding

pytestmark = pytest.mark.skipif(not tools_there(), reason="needs Xvfb, openbox and xdotool")


@pytest.fixture(scope="module")
def display() -> Iterator[dict[str, str]]:
    with x_display(tray=False) as environment:
        yield environment


Bind = Callable[[], X11Binding]


@pytest.fixture
def new_binding(display: dict[str, str], qtbot: QtBot) -> Iterator[Bind]:
    made: list[X11Binding] = []

    def make() -> X11Binding:
        made.append(X11Binding(display=display["DISPLAY"]))
        return made[-1]

    yield make
    for binding in made:
        binding.close()


def keys(text: str) -> Keys:
    found = read_keys(text)
    assert isinstance(found, Keys)
    return found


def xdotool(display: dict[str, str], *arguments: str) -> None:
    subprocess.run(["xdotool", *arguments], env=display, check=True)


@pytest.mark.parametrize("locks", [(), ("Num_Lock",), ("Caps_Lock",), ("Num_Lock", "Caps_Lock")])
def test_a_press_is_told_whatever_is_locked(
    display: dict[str, str], new_binding: Bind, qtbot: QtBot, locks: tuple[str, ...]
) -> None:
    binding = new_binding()
    assert binding.bind(keys("Ctrl+Shift+Space")) is None
    for lock in locks:
        xdotool(display, "key", lock)
    try:
        with qtbot.waitSignal(binding.pressed) as pressed:
            xdotool(display, "key", "ctrl+shift+space")
        assert int(pressed.args[0]) > 0
        with qtbot.assertNotEmitted(binding.pressed, wait=150):
            xdotool(display, "key", "ctrl+space")
            xdotool(display, "type", "any other key")
    finally:
        for lock in locks:
            xdotool(display, "key", lock)


def test_a_key_that_is_held_is_one_press(
    display: dict[str, str], new_binding: Bind, qtbot: QtBot
) -> None:
    binding = new_binding()
    binding.bind(keys("Ctrl+Shift+Space"))
    pressed: list[str] = []
    binding.pressed.connect(pressed.append)
    xdotool(display, "keydown", "ctrl", "keydown", "shift", "keydown", "space")
    qtbot.wait(1200)
    xdotool(display, "keyup", "space", "keyup", "shift", "keyup", "ctrl")
    qtbot.waitUntil(lambda: bool(pressed))
    assert len(pressed) == 1


def test_keys_that_another_program_has_are_refused(
    display: dict[str, str], new_binding: Bind, qtbot: QtBot
) -> None:
    first, second = new_binding(), new_binding()
    assert first.bind(keys("Ctrl+Shift+Space")) is None
    assert second.bind(keys("Ctrl+Shift+Space")) is Refusal.TAKEN
    with qtbot.waitSignal(first.pressed):
        xdotool(display, "key", "ctrl+shift+space")
    first.release()
    assert second.bind(keys("Ctrl+Shift+Space")) is None


def test_other_keys_replace_the_old_ones(
    display: dict[str, str], new_binding: Bind, qtbot: QtBot
) -> None:
    binding = new_binding()
    hotkey = Hotkey(binding)
    assert hotkey.try_set("Ctrl+Shift+Space").ok
    assert hotkey.try_set("Ctrl+Alt+N").ok
    with qtbot.waitSignal(hotkey.pressed):
        xdotool(display, "key", "ctrl+alt+n")
    with qtbot.assertNotEmitted(hotkey.pressed, wait=150):
        xdotool(display, "key", "ctrl+shift+space")
    binding.setParent(None)


@pytest.mark.skipif(shutil.which("setxkbmap") is None, reason="needs setxkbmap")
def test_keys_follow_another_layout(
    display: dict[str, str], new_binding: Bind, qtbot: QtBot
) -> None:
    binding = new_binding()
    binding.bind(keys("Ctrl+Alt+Y"))
    subprocess.run(["setxkbmap", "de"], env=display, check=True)
    try:
        time.sleep(0.2)
        qtbot.wait(500)
        with qtbot.waitSignal(binding.pressed):
            xdotool(display, "key", "ctrl+alt+y")
    finally:
        subprocess.run(["setxkbmap", "us"], env=display, check=True)


def test_without_a_display_there_is_an_error() -> None:
    with pytest.raises(OSError, match="display"):
        X11Binding(display=":987")
