"""Writing what the window shows into a file of the person's choice."""

import secrets
import shutil
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
    made = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
    try:
        # As readable to others as any new file: what `tempfile` makes is for its owner alone.
        with made.open("xb") as target:
            target.write(data)
        if file.exists():
            shutil.copymode(file, made)
        made.replace(file)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
