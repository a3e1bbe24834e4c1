"""What the frozen `notesai` runs: the app, the engine process, or one of the commands."""

import sys
from contextlib import suppress
from multiprocessing import freeze_support
from pathlib import Path

from notesai.__main__ import main

_ITSELF = Path("/proc/self/exe")


def stay_with_the_program_that_runs() -> None:
    """On Linux, load modules from the very file that was started, whatever bears its name now.

    PyInstaller opens the program by name for each module. After an upgrade that is another file,
    in which modules lie elsewhere, and a window that is still open could show nothing new.
    """
    importers = sys.modules.get("pyimod02_importers")
    reader = getattr(importers, "pyz_archive", None)
    with suppress(OSError, AttributeError):
        if reader is not None and _ITSELF.samefile(reader._filename):
            reader._filename = str(_ITSELF)


if __name__ == "__main__":
    freeze_support()
    stay_with_the_program_that_runs()
    main()
