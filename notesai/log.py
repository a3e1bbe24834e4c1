"""Logging: one rotating file per process kind; warnings and stray prints go to stderr."""

import logging
import logging.handlers
import os
import sys
from pathlib import Path
from typing import BinaryIO

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def start(folder: Path, name: str, *, verbose: bool = False) -> None:
    """Log to `folder/name.log` (3 files of 1 MiB) and warnings (INFO if `verbose`) to stderr."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    screen = logging.StreamHandler(sys.stderr)
    screen.setLevel(logging.INFO if verbose else logging.WARNING)
    screen.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    root.addHandler(screen)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(
            folder / f"{name}.log", maxBytes=1 << 20, backupCount=2, encoding="utf-8"
        )
    except OSError as error:
        root.warning("no log file: %s", error)
        return
    file.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(file)


def claim_stdout() -> BinaryIO:
    """Keep descriptor 1 for a protocol; whatever else prints goes to stderr from now on."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(own, "wb")
