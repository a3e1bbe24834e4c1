"""Requests that write notes: they need the folder alone, no index."""

from datetime import datetime
from pathlib import Path

from notesai.engine import protocol
from notesai.model import SavedNote
from notesai.notes.saving import create, save, save_beside

WRITES = (protocol.Save, protocol.Create)
"""The requests that `written` answers, one after the other."""


def written(vault: Path, request: protocol.WriteRequest) -> SavedNote:
    """Do what `request` asks for. Raises `SaveError` or `VaultError`."""
    match request:
        case protocol.Create():
            return create(vault, request.folder, request.title)
        case protocol.Save() if request.beside:
            return save_beside(vault, request.path, request.text, datetime.now())
        case protocol.Save():
            return save(vault, request.path, request.text, request.seen)
