"""What an installer says of notesai; run inside `.venv`: python -m devtool.installers.facts FOLDER.

Writes `licences/`, what is shipped and under which terms, with the versions of all that it was made
with in `built-with.txt`, a file like packaging/pinned.txt; `commands.json`, the commands with their
options, for shells to complete; `icons/`, the icon in the forms that systems take.
"""

import importlib.metadata
import json
import platform
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import msgspec
import typer.main
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QIcon

from notesai import about
from notesai.cli.commands import app
from notesai.paths import resources

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_FORMS = {"notesai.ico": 256, "notesai.icns": 512}


def write(folder: Path) -> None:
    """Write all of it below `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    _write_licences(folder / "licences")
    (folder / "commands.json").write_text(json.dumps(commands(), ensure_ascii=False), "utf-8")
    _write_icons(folder / "icons")


def commands() -> dict[str, Any]:
    """Help and options of each command, and its subcommands, by name."""
    root: Any = typer.main.get_command(app)
    return {name: _described(command) for name, command in sorted(root.commands.items())}


def _described(command: Any) -> dict[str, Any]:
    options = [option for one in command.params for option in one.opts if option.startswith("-")]
    below: dict[str, Any] = getattr(command, "commands", {})
    return {
        "help": (command.help or "").strip().split("\n")[0],
        "options": [*options, "--help"],
        "below": {name: _described(one) for name, one in sorted(below.items())},
    }


def _write_licences(folder: Path) -> None:
    # Qt comes without the text of its licence.
    shutil.copytree(Path(__file__).resolve().parents[2] / "licences", folder)
    parts = about.gathered(texts=True)
    (folder / "parts.json").write_bytes(msgspec.json.encode(parts))
    (folder / "built-with.txt").write_text(built_with(), "utf-8")


def built_with() -> str:
    """Versions of the packages in `.venv`, one a line, and of Python, as pip takes constraints."""
    system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    found = {
        re.sub(r"[-_.]+", "-", one.name).lower(): one.version
        for one in importlib.metadata.distributions()
    }
    for own in ("notesai", "pip", "setuptools"):
        found.pop(own, None)
    # An index may not have what was built for one machine, "2.9+cpu".
    lines = [f"{name}=={of}" for name, of in sorted(found.items()) if "+" not in of]
    return "\n".join([f"# {system}", *lines, ""])


def _write_icons(folder: Path) -> None:
    folder.mkdir()
    QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    icon = QIcon(str(resources() / "icons" / "notesai.svg"))
    for size in SIZES:
        icon.pixmap(QSize(size, size)).save(str(folder / f"notesai-{size}.png"))
    for name, size in _FORMS.items():
        if not icon.pixmap(QSize(size, size)).save(str(folder / name)):
            raise RuntimeError(f"Qt cannot write {name}")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
