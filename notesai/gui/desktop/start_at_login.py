"""Starting with the session, in the background: written when asked for, removed without a trace."""

import plistlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import platformdirs

_LABEL = "ai.notesai.app"
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_NAME = "notesai"
_RESERVED = set(" \t\n\"'\\><~|&;$*?#()`")


def enabled() -> bool:
    """True if notesai starts when the user logs in."""
    if sys.platform == "win32":
        return _registered() is not None
    return entry().is_file()


def enable(command: Sequence[str] | None = None) -> None:
    """Have `command`, by default this program in the background, started at login.

    Raises `OSError` if the entry cannot be written.
    """
    command = command or background_command()
    if sys.platform == "win32":
        _register(windows_line(command))
        return
    text = plist(command) if sys.platform == "darwin" else desktop_entry(command)
    file = entry()
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(text)
    fresh.replace(file)


def disable() -> None:
    """Start at login no more. Raises `OSError` if the entry cannot be removed."""
    if sys.platform == "win32":
        _unregister()
    else:
        entry().unlink(missing_ok=True)


def entry() -> Path:
    """The file that has us started, on systems where it is one."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
    return Path(platformdirs.user_config_path()) / "autostart" / f"{_NAME}.desktop"


def background_command() -> list[str]:
    """The command line that starts this very program without showing a window."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--hidden"]
    return [sys.executable, "-m", "notesai", "--hidden"]


def desktop_entry(command: Sequence[str]) -> bytes:
    """An autostart entry (freedesktop.org's Desktop Entry and Autostart specifications)."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=notesai",
        "Comment=Search your notes",
        "Comment[ko]=노트 검색",
        f"Exec={' '.join(map(_quoted, command))}",
        "Icon=notesai",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    )
    return ("\n".join(lines) + "\n").encode()


def _quoted(argument: str) -> str:
    """An argument as `Exec` has it: in quotes where it must be, percent signs doubled."""
    argument = argument.replace("%", "%%")
    if argument and not _RESERVED & set(argument):
        return argument
    for char in '\\"`$':
        argument = argument.replace(char, f"\\{char}")
    # The value of a key is itself unescaped once before the quotes are looked at.
    return '"' + argument.replace("\\", "\\\\") + '"'


def plist(command: Sequence[str]) -> bytes:
    """A launch agent of macOS."""
    return plistlib.dumps(
        {
            "Label": _LABEL,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
    )


def windows_line(command: Sequence[str]) -> str:
    """The command as one line, as Windows splits it again."""
    from subprocess import list2cmdline

    return list2cmdline(command)


def _registry() -> Any:
    import winreg

    return winreg


def _registered() -> str | None:
    registry = _registry()
    try:
        with registry.OpenKey(registry.HKEY_CURRENT_USER, _RUN) as key:
            return str(registry.QueryValueEx(key, _NAME)[0])
    except FileNotFoundError:
        return None


def _register(line: str) -> None:
    registry = _registry()
    with registry.CreateKey(registry.HKEY_CURRENT_USER, _RUN) as key:
        registry.SetValueEx(key, _NAME, 0, registry.REG_SZ, line)


def _unregister() -> None:
    registry = _registry()
    access = registry.KEY_SET_VALUE
    try:
        with registry.OpenKey(registry.HKEY_CURRENT_USER, _RUN, 0, access) as key:
            registry.DeleteValue(key, _NAME)
    except FileNotFoundError:
        return
