"""The user's settings: one typed structure, one version, read leniently and written atomically.

Each field is read by itself: one that cannot be used takes its default and costs no other. A file
that is no TOML at all counts as empty. Neither is lost: before anything is written over such a
file, it is kept beside it as `settings.broken.toml`.
"""

import functools
import logging
import os
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import msgspec
import tomli_w

log = logging.getLogger(__name__)

VERSION = 2

LARGEST_NOTE_MIB = 1024
LANGUAGES = ("system", "en", "ko")
THEMES = ("system", "light", "dark")
POWER = ("full", "half", "wait")
"""What embedding does on battery: all of its threads, half of them, or wait for the mains."""

HOTKEY = "Ctrl+Shift+Space"
_LONGEST = 4096
_MOST_THREADS = 256
_LARGEST_CONTEXT = 1 << 20


class Settings(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Everything a person can set.

    `editor` is empty for the system's own; `hotkey` and `reranker`, a model's name, for none.
    Without a `chat_model`, also a name, answers are quoted and nothing is generated. Its threads
    and the tokens of its context are 0 where they follow the machine. What is asked in the window
    is kept on this computer while `keep_conversations`.
    """

    version: int = VERSION
    vaults: list[str] = []
    last_vault: str = ""
    ignore: list[str] = []
    max_note_mib: int = 20
    language: str = "system"
    theme: str = "system"
    network: bool = True
    reranker: str = ""
    chat_model: str = ""
    keep_conversations: bool = True
    llm_threads: int = 0
    llm_context: int = 0
    hotkey: str = HOTKEY
    editor: str = ""
    power: str = "half"
    start_at_login: bool = False
    told_of_tray: bool = False

    def remember(self, vault: Path) -> None:
        """Put `vault` first among the known ones."""
        name = str(vault)
        self.last_vault = name
        self.vaults = [name, *(other for other in self.vaults if other != name)]

    def forget(self, vault: Path) -> None:
        """Know `vault` no more. Its notes and its index stay where they are."""
        name = str(vault)
        self.vaults = [other for other in self.vaults if other != name]
        if self.last_vault == name:
            self.last_vault = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file holds: the settings, and which fields of it could not be used.

    `unreadable` says why nothing of it could be used at all; empty if that is not so.
    """

    settings: Settings
    unusable: tuple[str, ...] = ()
    unreadable: str = ""

    @property
    def broken(self) -> bool:
        """True if something in the file would be lost by writing over it."""
        return bool(self.unusable or self.unreadable)


def load(path: Path) -> Settings:
    """The settings in `path`; defaults for all that is not there or cannot be used."""
    return read(path).settings


def read(path: Path) -> Loaded:
    """The settings in `path`, and what is wrong with it. Changes nothing on disk."""
    try:
        values = _values(path)
    except FileNotFoundError:
        return Loaded(Settings())
    except (OSError, ValueError, RecursionError) as error:
        log.warning("settings not readable, using defaults: %s", error)
        return Loaded(Settings(), unreadable=str(error) or type(error).__name__)
    settings, unusable = Settings(), list[str]()
    for name in _FIELDS.keys() & values.keys():
        if problem(name, values[name]):
            unusable.append(name)
        else:
            setattr(settings, name, values[name])
    settings.version = VERSION
    if unusable:
        log.warning("settings that cannot be used: %s", ", ".join(sorted(unusable)))
    return Loaded(settings, tuple(sorted(unusable)))


def problem(name: str, value: object) -> str:
    """Why `value` cannot be the setting `name`; empty if it can.

    One of "type", "choice", "small", "large", "characters" (that no such text may have).
    """
    try:
        msgspec.convert(value, _FIELDS[name])
    except msgspec.ValidationError:
        return "type"
    if not all(_is_plain(text) for text in _texts(value)):
        return "characters"
    check = _CHECKS.get(name)
    return check(value) if check is not None else ""


def save(settings: Settings, path: Path) -> None:
    """Write the settings so that a crash leaves the old or the new file, never half of one.

    What a newer version has written beside them stays. Raises `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if read(path).broken:
        set_aside(path)
    values: dict[str, Any] = {**_foreign(path), **_writable(settings), "version": VERSION}
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "wb") as file:
            tomli_w.dump(values, file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def set_aside(path: Path) -> Path | None:
    """Keep a copy of a broken file; where it is, or None if that failed."""
    aside = path.with_suffix(".broken.toml")
    try:
        shutil.copyfile(path, aside)
    except OSError as error:
        log.warning("the broken settings could not be kept: %s", error)
        return None
    log.warning("the broken settings are kept as %s", aside)
    return aside


def _values(path: Path) -> dict[str, Any]:
    """What is in the file, brought to the present version."""
    values = tomllib.loads(path.read_bytes().decode("utf-8"))
    version = values.get("version", 1)
    known = version if isinstance(version, int) and version > 0 else 1
    for number in range(known, VERSION):
        values = _MIGRATIONS[number](values)
    return {**values, "version": known}


def _from_1(values: dict[str, Any]) -> dict[str, Any]:
    """Version 1 could name a last vault that was not among the known ones."""
    last, known = values.get("last_vault"), values.get("vaults", [])
    if isinstance(last, str) and last and isinstance(known, list) and last not in known:
        return {**values, "vaults": [last, *known]}
    return values


def _foreign(path: Path) -> dict[str, Any]:
    """What is in the file that this version does not know."""
    try:
        values = _values(path)
    except (OSError, ValueError, RecursionError):
        return {}
    return {name: value for name, value in values.items() if name not in _FIELDS}


def _writable(settings: Settings) -> dict[str, Any]:
    """All that differs from the defaults. A name of a vault that is no text cannot be written."""
    values: dict[str, Any] = msgspec.to_builtins(settings)
    for name, value in list(values.items()):
        if isinstance(value, list):
            values[name] = [text for text in _texts(cast(object, value)) if _is_plain(text)]
        elif isinstance(value, str) and not _is_plain(value):
            del values[name]
    return values


def _texts(value: object) -> list[str]:
    """The texts that a value is made of."""
    values = cast(list[object], value) if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]


def _is_plain(text: str) -> bool:
    """True for one line of text that can be encoded."""
    return not any(char < " " or char == "\x7f" or "\ud800" <= char <= "\udfff" for char in text)


def _one_of(choices: tuple[str, ...], value: Any) -> str:
    return "" if value in choices else "choice"


def _within(least: int, most: int, value: Any) -> str:
    return "small" if value < least else "large" if value > most else ""


def _short(value: Any) -> str:
    return "large" if len(value) > _LONGEST else ""


_FIELDS: Mapping[str, Any] = {field.name: field.type for field in msgspec.structs.fields(Settings)}
_CHECKS: Mapping[str, Callable[[Any], str]] = {
    "language": functools.partial(_one_of, LANGUAGES),
    "theme": functools.partial(_one_of, THEMES),
    "power": functools.partial(_one_of, POWER),
    "max_note_mib": functools.partial(_within, 1, LARGEST_NOTE_MIB),
    "hotkey": _short,
    "editor": _short,
    "chat_model": _short,
    "llm_threads": functools.partial(_within, 0, _MOST_THREADS),
    "llm_context": functools.partial(_within, 0, _LARGEST_CONTEXT),
}
_MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1}
