"""The `notesai` command: the app, the engine process, or one of the commands.

The app and the engine are started without loading the command line's own libraries: both are
waited for by a person.
"""

import argparse
import os
import sys
from pathlib import Path

APP_OPTIONS = ("--vault",)


def main() -> None:
    """Run what the arguments ask for and exit with its status."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["engine"]:
        sys.exit(_engine(arguments[1:]))
    if _asks_for_app(arguments):
        sys.exit(window())
    from notesai.cli.commands import run

    sys.exit(run(arguments))


def window() -> int:
    """Open the app on the vault given, remembered or, for a first look, the sample notes."""
    from notesai import log, paths, settings
    from notesai.gui.app import run

    home = paths.home()
    log.start(home.logs, "app")
    known = settings.load(home.settings_file)
    vault = _app_parser().parse_args(sys.argv[1:]).vault
    name = vault or os.environ.get("NOTESAI_VAULT") or known.last_vault
    return run(Path(name).absolute() if name else paths.sample_vault(), sys.argv[:1])


def _asks_for_app(arguments: list[str]) -> bool:
    if not arguments:
        return True
    if arguments[0].startswith("--vault="):
        return len(arguments) == 1
    return arguments[0] in APP_OPTIONS and len(arguments) == 2


def _app_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="notesai")
    parser.add_argument("--vault", default="")
    return parser


def _engine(arguments: list[str]) -> int:
    from notesai import log, paths
    from notesai.engine.server import serve

    parser = argparse.ArgumentParser(prog="notesai engine")
    parser.add_argument("--vault", type=Path, required=True)
    vault: Path = parser.parse_args(arguments).vault
    serve(vault, lambda: log.start(paths.home().logs, "engine"))
    return 0


if __name__ == "__main__":
    main()
