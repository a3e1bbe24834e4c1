"""Writing what the window shows into a file of the person's choice."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from notesai.engine.protocol import NoteState
from notesai.model import VaultStatus

translate = QCoreApplication.translate


def choose_file(parent: QWidget) -> Path | None:
    """The file that the person chooses to write into; None if they think better of it."""
    title = translate("Exporting", "Export as JSON")
    proposed = str(Path.home() / "notesai-status.json")
    name, _ = QFileDialog.getSaveFileName(parent, title, proposed, "JSON (*.json)")
    return Path(name).absolute() if name else None


def write_status(file: Path, status: VaultStatus, notes: Sequence[NoteState]) -> None:
    """Write `status` with all `notes` as one JSON object. Raises `OSError`."""
    value: dict[str, Any] = msgspec.to_builtins(status)
    data = msgspec.json.format(msgspec.json.encode({**value, "all": notes}), indent=2)
    write_file(file, data + b"\n")


def write_file(file: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises `OSError`."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(data)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
