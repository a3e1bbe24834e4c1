#!/usr/bin/env python3
"""notesai from a fresh checkout: run it, test it, measure it.

    python3 packaging/dev.py run [VAULT] [--text] [--llm]
    python3 packaging/dev.py test [--models] [--llm] [pytest arguments]
    python3 packaging/dev.py bench NAME...
    python3 packaging/dev.py screenshots [NAME...]
    python3 packaging/dev.py installer [FORMAT...] [--all-models]
    python3 packaging/dev.py system

This file keeps to what Python 3.8 understands, so that an unsuitable Python gets a sentence
instead of a syntax error; the work is done in `devtool` beside it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 13)

_INSTALL = {
    "linux": "Install one with your package manager (Debian 12, Ubuntu 24.04: "
    "sudo apt-get install python3 python3-venv; Fedora: sudo dnf install python3.13)",
    "darwin": "Install one (brew install python@3.13)",
    "win32": "Install one (winget install Python.Python.3.13)",
}


def suitable(version: tuple[int, ...]) -> bool:
    """Whether notesai runs on this version of Python."""
    return OLDEST <= tuple(version[:2]) <= NEWEST


def starts(name: str) -> bool:
    """Whether this program is on the path and runs; the stand-ins of pyenv may not."""
    program = shutil.which(name)
    return (
        program is not None and subprocess.call([program, "-c", ""], stderr=subprocess.DEVNULL) == 0
    )


def advice(version: tuple[int, ...], executable: str, found: list[str], platform: str) -> str:
    """What to tell somebody with an unsuitable Python; `found` are suitable ones on the path."""
    this = ".".join(str(number) for number in version[:3])
    if tuple(version[:2]) < OLDEST:
        fault = "is too old"
    else:
        fault = "is newer than the libraries of notesai allow"
    lines = [
        f"Python {this} ({executable}) {fault}. notesai needs Python 3.11, 3.12 or 3.13.",
    ]
    if found:
        lines.append(f"There is a suitable one here: {found[0]} packaging/dev.py run")
    else:
        lines.append(_INSTALL.get(platform, _INSTALL["linux"]) + ",")
        lines.append(
            "or take one from https://www.python.org/downloads/, "
            "then: python3.13 packaging/dev.py run"
        )
    return "\n".join(lines)


def main() -> int:
    """Check the Python, then hand over. Returns the exit code."""
    version = sys.version_info[:3]
    if not suitable(version):
        names = ("python3.13", "python3.12", "python3.11")
        found = [name for name in names if starts(name)]
        print(advice(version, sys.executable, found, sys.platform), file=sys.stderr)
        return 2
    from devtool import commands

    return commands.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
