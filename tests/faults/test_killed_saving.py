"""Killed while saving, at any moment: the note has its old text or its new one, whole."""

import os
import subprocess
import sys
import time

import pytest
from fakes import Folder

from notesai.notes.hashing import content_hash
from notesai.notes.saving import save

OLD = "old line\n" * 200_000
SAVER = """
import sys
from pathlib import Path
from notesai.notes.hashing import content_hash
from notesai.notes.saving import save
vault, size = Path(sys.argv[1]), 200_000
texts = ["old line\\n" * size, "new line\\n" * size]
print("ready", flush=True)
for turn in range(10_000):
    now, then = texts[turn % 2], texts[(turn + 1) % 2]
    save(vault, "note.md", then, content_hash(now.encode()))
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX kills at once")
def test_killed_while_saving(folder: Folder) -> None:
    note = folder.path / "note.md"
    new = OLD.replace("old", "new")
    for number in range(8):
        note.write_text(OLD, "utf-8")
        command = [sys.executable, "-c", SAVER, str(folder.path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as saver:
            assert saver.stdout is not None
            saver.stdout.readline()
            time.sleep(0.003 * number)
            saver.kill()
        assert note.read_text("utf-8") in (OLD, new)
        kept = [entry.name for entry in folder.path.iterdir() if not entry.name.startswith(".")]
        assert kept == ["note.md"]
    save(folder.path, "note.md", "after\n", content_hash(note.read_bytes()))
    assert note.read_text("utf-8") == "after\n"
