"""Where notesai keeps its own files. Never inside the user's folder."""

import hashlib
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_NAME = "notesai"


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one installation: data (indexes, models, logs), configuration, cache."""

    data: Path
    config: Path
    cache: Path

    @property
    def logs(self) -> Path:
        """Folder of the log files."""
        return self.data / "logs"

    @property
    def connections(self) -> Path:
        """The log of all connections: one JSON object a line."""
        return self.logs / "connections.jsonl"

    @property
    def sample(self) -> Path:
        """Where the sample notes are copied to when somebody tries them, to be changed at will."""
        return self.data / "sample-notes"

    @property
    def settings_file(self) -> Path:
        """The settings, TOML."""
        return self.config / "settings.toml"

    @property
    def models(self) -> Path:
        """Folder of the models that the user added."""
        return self.data / "models"

    def index(self, vault: Path) -> Path:
        """Folder of the index of `vault`: its name, made safe, and a hash of its full path."""
        digest = hashlib.blake2b(str(vault).encode("utf-8", "surrogateescape"), digest_size=6)
        name = re.sub(r"[^\w-]+", "-", vault.name).strip("-") or "vault"
        return self.data / "indexes" / f"{name[:40]}-{digest.hexdigest()}"


def expanded(path: str | Path) -> Path:
    """The path with the home folder for `~`. `~name` of nobody stays, where pathlib would raise."""
    return Path(os.path.expanduser(path))  # noqa: PTH111


def home() -> Home:
    """The folders in use: below `NOTESAI_HOME` if set, else where the system keeps such things."""
    root = os.environ.get("NOTESAI_HOME")
    if root:
        base = expanded(root).absolute()
        return Home(base / "data", base / "config", base / "cache")
    return Home(
        platformdirs.user_data_path(_NAME, appauthor=False),
        platformdirs.user_config_path(_NAME, appauthor=False),
        platformdirs.user_cache_path(_NAME, appauthor=False),
    )


def resources() -> Path:
    """The folder of shipped files: beside the package in a checkout, inside it when installed."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def sample_vault() -> Path:
    """The notes that come with the program."""
    return resources() / "sample-vault"
