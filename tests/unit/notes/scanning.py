"""What the tests of the scanner share."""

import os
from pathlib import Path
from typing import Any

import pytest

from notesai.notes.ignore import IgnoreRules
from notesai.notes.scanner import Scan, scan, scan_notes
from notesai.progress import Silent

MIB = 1 << 20


def put(vault: Path, *names: str, text: str = "text") -> None:
    for name in names:
        path = vault / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def look(vault: Path, *patterns: str, max_bytes: int = MIB) -> Scan:
    return scan(vault, IgnoreRules(patterns), max_bytes=max_bytes, progress=Silent())


def look_at(vault: Path, *paths: str, max_bytes: int = MIB) -> Scan:
    return scan_notes(vault, IgnoreRules(), paths, max_bytes=max_bytes)


def deny(monkeypatch: pytest.MonkeyPatch, *folders: Path, error: type[OSError]) -> None:
    """Make these folders unreadable: file permissions do not stop an administrator."""
    really = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path) in folders:
            raise error(13, "denied by the test", str(path))
        return really(path)

    monkeypatch.setattr(os, "scandir", scandir)
