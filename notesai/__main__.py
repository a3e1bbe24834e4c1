"""The `notesai` command: the app, the engine process, or one of the commands.

The app and the engine are started without loading the command line's own libraries: both are
waited for by a person.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notesai.gui.desktop.single_instance import Show
    from notesai.model import NoteMap

APP_WORDS = ("quick", "--hidden")

ENGINE_NICENESS = 5
"""The engine yields to the window by this much, and its writer lane to its readers by more."""


def main() -> None:
    """Run what the arguments ask for and exit with its status."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["engine"]:
        sys.exit(_engine(arguments[1:]))
    if arguments[:1] == ["llm"]:
        sys.exit(_llm(arguments[1:]))
    if arguments[:1] == ["survey"]:
        sys.exit(_survey(arguments[1:]))
    if _asks_for_app(arguments):
        sys.exit(window())
    from notesai.cli.commands import run

    sys.exit(run(arguments, quick, draw))


def window() -> int:
    """Open the app, as the arguments of this process say."""
    options = _app_parser().parse_args(sys.argv[1:])
    if options.command == "quick":
        return quick(options.vault)
    return _show(options.vault, "nothing" if options.hidden else "main")


def quick(vault: str) -> int:
    """Show the quick search of the running app, or start it for that."""
    return _show(vault, "quick")


def draw(found: "NoteMap", kind: str) -> bytes:
    """A map as the content of a file: "png", "svg" or "csv"."""
    from notesai.gui.map.printing import drawn

    return drawn(found, kind)


def _show(vault: str, show: "Show") -> int:
    """Have the running app show something, or become it; on `vault`, or the one remembered."""
    from notesai import log, paths, settings
    from notesai.gui.desktop import display
    from notesai.gui.desktop.attention import own_token
    from notesai.gui.desktop.single_instance import Summons, summon

    asked = str(paths.expanded(vault).absolute()) if vault else ""
    if summon(Summons(show=show, vault=asked, token=own_token())):
        return 0
    from notesai.gui import garbage

    garbage.wait()
    if trouble := display.trouble():
        sys.stderr.write(trouble)
        return 1
    from notesai.gui.app import run

    home = paths.home()
    log.start(home.logs, "app")
    known = settings.load(home.settings_file)
    name = asked or os.environ.get("NOTESAI_VAULT") or known.last_vault
    return run(paths.expanded(name).absolute() if name else None, sys.argv[:1], show=show)


def _asks_for_app(arguments: list[str]) -> bool:
    """True for `notesai`, `notesai quick` and their options; help on them is the command line's."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--vault":
            next(rest, "")
        elif not argument.startswith("--vault=") and argument not in APP_WORDS:
            return False
    return True


def _app_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="notesai")
    parser.add_argument("command", nargs="?", choices=("quick",))
    parser.add_argument("--vault", default="")
    parser.add_argument("--hidden", action="store_true")
    return parser


def _survey(arguments: list[str]) -> int:
    from notesai import log, paths
    from notesai.engine.survey import print_survey

    parser = argparse.ArgumentParser(prog="notesai survey")
    parser.add_argument("--vault", type=Path, required=True)
    log.start(paths.home().logs, "survey")
    print_survey(parser.parse_args(arguments).vault)
    return 0


def _llm(arguments: list[str]) -> int:
    from notesai import log, paths
    from notesai.answers.llm.child import serve

    parser = argparse.ArgumentParser(prog="notesai llm")
    parser.add_argument("--idle", type=float, required=True, metavar="SECONDS")
    idle: float = parser.parse_args(arguments).idle
    serve(idle, lambda: log.start(paths.home().logs, "llm"))
    return 0


def _engine(arguments: list[str]) -> int:
    # Before anything is loaded, and before the storage library starts its threads, which inherit
    # it: a window that is typed into comes first.
    if hasattr(os, "nice"):
        os.nice(ENGINE_NICENESS)
    from notesai import log, paths
    from notesai.errors import MachineError

    parser = argparse.ArgumentParser(prog="notesai engine")
    parser.add_argument("--vault", type=Path, required=True)
    vault: Path = parser.parse_args(arguments).vault

    def started() -> None:
        log.start(paths.home().logs, "engine")

    try:
        from notesai.engine.server import serve
    except MachineError as error:
        # What is loaded refuses this computer. The window has to be told by the usual way: of an
        # engine that ends it would start one after the other.
        from notesai.engine import refusing

        refusing.serve(error, started)
        return 0
    serve(vault, started)
    return 0


if __name__ == "__main__":
    main()
