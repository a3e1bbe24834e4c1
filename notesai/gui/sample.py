"""The sample notes: a copy of their own, so that they can be changed at will."""

import shutil
import tempfile
from pathlib import Path

from notesai.paths import home, sample_vault


def sample_notes() -> Path:
    """The folder of the person's copy, made if it is not there. Raises `OSError`."""
    target = home().sample
    if not target.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".sample-") as name:
            # Copied first, named then: half of a copy never looks like all of it.
            made = Path(name) / target.name
            shutil.copytree(sample_vault(), made, copy_function=shutil.copyfile)
            made.rename(target)
    return target
