"""Asking for a folder, and naming one."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

translate = QCoreApplication.translate


def choose_folder(parent: QWidget) -> Path | None:
    """The folder of notes that the person chooses; None if they think better of it."""
    title = translate("Folders", "Choose a folder of notes")
    name = QFileDialog.getExistingDirectory(parent, title, str(Path.home()))
    return Path(name).absolute() if name else None


def shown_name(vault: Path) -> str:
    """The name of a folder; a drive has none and is called by its path."""
    return vault.name or str(vault)


def shown_path(place: Path | str) -> str:
    """The path of a folder, short: where that is the custom, "~" stands for the home folder."""
    path, home = Path(place), Path.home()
    if sys.platform == "win32" or not path.is_relative_to(home):
        return str(place)
    return str("~" / path.relative_to(home))
