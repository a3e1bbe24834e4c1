import plistlib
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.gui.desktop import start_at_login


@pytest.fixture(autouse=True)
def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "config"


@pytest.mark.skipif(sys.platform != "linux", reason="a desktop entry is for Linux")
def test_an_entry_is_written_when_asked_for_and_removed(own_config: Path) -> None:
    entry = own_config / "autostart" / "notesai.desktop"
    assert not start_at_login.enabled()
    start_at_login.disable()
    start_at_login.enable()
    assert start_at_login.enabled()
    lines = entry.read_text("utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert f"Exec={sys.executable} -m notesai --hidden" in lines
    start_at_login.disable()
    assert not start_at_login.enabled()
    assert list(entry.parent.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="a desktop entry is for Linux")
def test_an_entry_that_cannot_be_written_is_an_error(own_config: Path) -> None:
    own_config.mkdir()
    (own_config / "autostart").touch()
    with pytest.raises(OSError, match="autostart"):
        start_at_login.enable()
    assert not start_at_login.enabled()


def arguments(value: str) -> list[str]:
    """What a desktop makes of `Exec`: the value unescaped, then parts, some of them in quotes."""
    value = value.replace("\\\\", "\\")
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"(?: |$)|([^ "]+)(?: |$)', value)
    plain = [re.sub(r"\\(.)", r"\1", quoted) if quoted else bare for quoted, bare in parts]
    return [part.replace("%%", "%") for part in plain]


words = st.text(st.characters(min_codepoint=32, exclude_characters="\x7f"), min_size=1).filter(
    str.isprintable
)


@given(st.lists(words, min_size=1, max_size=4))
def test_any_command_line_survives_the_entry(command: list[str]) -> None:
    text = start_at_login.desktop_entry(command).decode()
    value = next(line for line in text.split("\n") if line.startswith("Exec=")).removeprefix(
        "Exec="
    )
    assert arguments(value) == command


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert start_at_login.background_command() == [sys.executable, "--hidden"]


def test_macos_gets_a_launch_agent(own_config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    start_at_login.enable(["/Applications/notesai", "--hidden"])
    file = start_at_login.entry()
    assert file.parent.name == "LaunchAgents"
    agent = plistlib.loads(file.read_bytes())
    assert agent["ProgramArguments"] == ["/Applications/notesai", "--hidden"]
    assert agent["RunAtLoad"] is True
    start_at_login.disable()
    assert not start_at_login.enabled()


class Registry:
    """As much of `winreg` as is used, over a dictionary."""

    HKEY_CURRENT_USER, KEY_SET_VALUE, REG_SZ = 1, 2, 1

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def OpenKey(self, *_: Any) -> "Registry":
        return self

    CreateKey = OpenKey

    def __enter__(self) -> "Registry":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def QueryValueEx(self, _: object, name: str) -> tuple[str, int]:
        if name not in self.values:
            raise FileNotFoundError(name)
        return self.values[name], 1

    def SetValueEx(self, _: object, name: str, zero: int, kind: int, value: str) -> None:
        self.values[name] = value

    def DeleteValue(self, _: object, name: str) -> None:
        if self.values.pop(name, None) is None:
            raise FileNotFoundError(name)


def test_windows_gets_a_value_in_its_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry()
    monkeypatch.setattr(start_at_login, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(start_at_login, "_registry", lambda: registry)
    start_at_login.disable()
    assert not start_at_login.enabled()
    start_at_login.enable([r"C:\Program Files\notesai\notesai.exe", "--hidden"])
    assert start_at_login.enabled()
    assert registry.values == {"notesai": r'"C:\Program Files\notesai\notesai.exe" --hidden'}
    start_at_login.disable()
    assert registry.values == {}
