"""The user's settings: one typed structure, one version, read leniently and written atomically."""

import logging
import os
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import tomli_w

log = logging.getLogger(__name__)

VERSION = 1


class Settings(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Everything a person can set. Unknown keys of a newer version are ignored."""

    version: int = VERSION
    vaults: list[str] = []
    last_vault: str = ""
    ignore: list[str] = []
    max_note_mib: int = 20
    language: str = "system"
    theme: str = "system"
    network: bool = True

    def remember(self, vault: Path) -> None:
        """Put `vault` first among the known ones."""
        name = str(vault)
        self.last_vault = name
        self.vaults = [name, *(other for other in self.vaults if other != name)]


def load(path: Path) -> Settings:
    """The settings in `path`; defaults if there are none. A broken file is set aside, not fatal."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        log.warning("settings not readable, using defaults: %s", error)
        return Settings()
    try:
        return msgspec.toml.decode(data, type=Settings)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        aside = path.with_suffix(".broken.toml")
        log.warning("settings file is broken (%s); set aside as %s, using defaults", error, aside)
        try:
            path.replace(aside)
        except OSError as failure:
            log.warning("could not set it aside: %s", failure)
        return Settings()


def save(settings: Settings, path: Path) -> None:
    """Write the settings so that a crash leaves the old or the new file, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    values: dict[str, Any] = msgspec.to_builtins(settings)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "wb") as file:
            tomli_w.dump({"version": VERSION, **values}, file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
