"""Showing a file in the system's file browser."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def reveal(file: Path) -> bool:
    """Show `file` in its folder, selected where the system can do that. False if that failed."""
    if sys.platform == "win32" and file.exists():
        return QProcess.startDetached("explorer", ["/select,", str(file)])[0]
    if sys.platform == "darwin" and file.exists():
        return QProcess.startDetached("open", ["-R", str(file)])[0]
    folder = file if file.is_dir() else file.parent
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
