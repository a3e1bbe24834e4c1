import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from notesai.gui.desktop.hotkey.hotkey import Hotkey
from notesai.gui.desktop.hotkey.keys import Keys, read_keys

if sys.platform != "linux":
    pytest.skip("only Linux has the portal", allow_module_level=True)

from notesai.gui.desktop.hotkey.portal import PortalBinding, trigger

PORTAL = Path(__file__).with_name("fake_portal.py")

needs_bus = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a session bus of its own."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
        daemon.kill()


class Portal:
    def __init__(self, answer: str) -> None:
        command = [sys.executable, str(PORTAL), "--answer", answer]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.expect("ready")

    def expect(self, line: str) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == line

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


@pytest.fixture
def desktop(bus: str) -> Iterator[Callable[[str], Portal]]:
    portals: list[Portal] = []

    def start(answer: str) -> Portal:
        portals.append(Portal(answer))
        return portals[-1]

    yield start
    for portal in portals:
        portal.end()


@pytest.fixture
def binding(bus: str, qtbot: QtBot) -> Iterator[PortalBinding]:
    made = PortalBinding(lambda: "Quick search")
    yield made
    made.close()


@pytest.fixture
def hotkey(binding: PortalBinding) -> Iterator[Hotkey]:
    made = Hotkey(binding)
    yield made
    binding.setParent(None)


def keys(text: str) -> Keys:
    found = read_keys(text)
    assert isinstance(found, Keys)
    return found


def test_keys_are_written_as_the_specification_has_them() -> None:
    assert trigger(keys("Ctrl+Shift+Space")) == "CTRL+SHIFT+space"
    assert trigger(keys("Meta+Alt+K")) == "ALT+LOGO+k"


@needs_bus
def test_the_portal_gives_the_keys_and_tells_of_presses(
    desktop: Callable[[str], Portal], binding: PortalBinding, hotkey: Hotkey, qtbot: QtBot
) -> None:
    portal = desktop("yes")
    with qtbot.waitSignal(binding.settled):
        assert hotkey.try_set("Ctrl+Shift+Space").ok
    portal.expect("CreateSession")
    portal.expect("BindShortcuts")
    portal.expect("CTRL+SHIFT+space")
    qtbot.waitUntil(lambda: hotkey.description == "Press <Control><Shift>space")
    with qtbot.waitSignal(hotkey.pressed) as pressed:
        portal.say("press")
    assert pressed.args == ["tok"]
    with qtbot.waitSignal(hotkey.changed):
        portal.say("change Press <Super>n")
    assert hotkey.description == "Press <Super>n"


@needs_bus
def test_other_keys_take_another_session(
    desktop: Callable[[str], Portal], binding: PortalBinding, qtbot: QtBot
) -> None:
    portal = desktop("yes")
    for text in ("Ctrl+Shift+Space", "Ctrl+Alt+N"):
        with qtbot.waitSignal(binding.settled):
            assert binding.bind(keys(text)) is None
    for line in ("CreateSession", "BindShortcuts", "CTRL+SHIFT+space", "Close"):
        portal.expect(line)
    for line in ("CreateSession", "BindShortcuts", "CTRL+ALT+n"):
        portal.expect(line)
    with qtbot.waitSignal(binding.pressed):
        portal.say("press")


@needs_bus
def test_a_person_who_says_no_is_told_what_that_means(
    desktop: Callable[[str], Portal], binding: PortalBinding, hotkey: Hotkey, qtbot: QtBot
) -> None:
    desktop("no")
    with qtbot.waitSignal(binding.settled):
        hotkey.try_set("Ctrl+Shift+Space")
    assert hotkey.keys == ""
    assert "Ctrl+Shift+Space" in hotkey.trouble
    assert hotkey.supported


@needs_bus
@pytest.mark.parametrize("answer", ["broken", ""])
def test_a_desktop_without_the_portal_leaves_the_command(
    desktop: Callable[[str], Portal],
    binding: PortalBinding,
    hotkey: Hotkey,
    qtbot: QtBot,
    answer: str,
) -> None:
    if answer:
        desktop(answer)
    with qtbot.waitSignal(binding.settled):
        hotkey.try_set("Ctrl+Shift+Space")
    assert not hotkey.supported
    assert "notesai quick" in hotkey.trouble


@needs_bus
def test_a_session_that_the_desktop_ends_is_noticed(
    desktop: Callable[[str], Portal], binding: PortalBinding, hotkey: Hotkey, qtbot: QtBot
) -> None:
    portal = desktop("yes")
    with qtbot.waitSignal(binding.settled):
        hotkey.try_set("Ctrl+Shift+Space")
    with qtbot.waitSignal(hotkey.changed):
        portal.say("close")
    assert hotkey.keys == ""
    with qtbot.assertNotEmitted(hotkey.pressed, wait=100):
        portal.say("press")


@needs_bus
def test_a_bus_that_goes_away_is_no_failure(bus: str, qtbot: QtBot) -> None:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:
        assert daemon.stdout is not None
        made = PortalBinding(lambda: "", bus=daemon.stdout.readline().strip())
        with qtbot.waitSignal(made.settled):
            daemon.kill()
    assert made.bind(keys("Ctrl+Shift+Space")) is not None
    made.close()


def test_without_a_bus_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
    with pytest.raises(OSError, match=r"bus|socket|file"):
        PortalBinding(lambda: "")
