"""The commands of `dev.py` and what becomes of their failures."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from devtool import checks, failures, launch, screenshots, system
from devtool.installers import make
from devtool.steps import Problem

CHECKOUT = Path(__file__).resolve().parents[2]
INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Run one command. Returns the exit code: 0, 1 failed, 2 wrong usage, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        return _dispatch(arguments)
    except Problem as problem:
        return _tell(problem)
    except KeyboardInterrupt:
        print("\nStopped. Run the same command to go on.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe has left. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except OSError as error:
        return _tell(failures.of_system(error, CHECKOUT / ".venv"))


def parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """The options, and what is left over for pytest. Exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="dev.py", description="notesai from a fresh checkout.", allow_abbrev=False
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="open the app on the sample notes", allow_abbrev=False)
    run.add_argument("vault", nargs="?", type=Path, help="another folder of notes")
    run.add_argument("--text", action="store_true", help="in the terminal, even with a display")
    run.add_argument("--llm", action="store_true", help="with generated answers (compiles)")
    test = commands.add_parser(
        "test",
        help="ruff, pyright, import contracts, pytest; further arguments go to pytest",
        allow_abbrev=False,
    )
    test.add_argument(
        "--models", action="store_true", help="also what needs sentence-transformers and torch"
    )
    test.add_argument(
        "--llm", action="store_true", help="also what needs llama-cpp-python (compiles)"
    )
    bench = commands.add_parser("bench", help="run benchmarks of tests/bench", allow_abbrev=False)
    bench.add_argument("names", nargs="*", metavar="NAME", help="bench_NAME.py")
    pictures = commands.add_parser(
        "screenshots", help="picture every view into resources/screenshots", allow_abbrev=False
    )
    pictures.add_argument("names", nargs="*", metavar="NAME", help="only these scenes")
    installer = commands.add_parser(
        "installer", help="build the program and pack it into dist", allow_abbrev=False
    )
    installer.add_argument("formats", nargs="*", metavar="FORMAT", help="deb, tar; default: all")
    installer.add_argument(
        "--all-models", action="store_true", help="with torch inside, for any embedding model"
    )
    installer.add_argument(
        "--pinned", action="store_true", help="of the versions in packaging/pinned.txt"
    )
    commands.add_parser("system", help="get what the window and the tests need of the system")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command != "test":
        parser.error(f"unknown: {' '.join(rest)}")
    return options, rest


def _dispatch(arguments: Sequence[str]) -> int:
    options, rest = parse(arguments)
    match options.command:
        case "run":
            return launch.run(CHECKOUT, options.vault, text=options.text, llm=options.llm)
        case "test":
            return checks.test(CHECKOUT, rest, models=options.models, llm=options.llm)
        case "bench":
            return checks.bench(CHECKOUT, options.names)
        case "screenshots":
            return screenshots.take(CHECKOUT, options.names)
        case "installer":
            pinned = CHECKOUT / "packaging" / "pinned.txt" if options.pinned else None
            return make.make(CHECKOUT, options.formats, pinned, all_models=options.all_models)
        case _:
            lacking = system.provide(system.TESTS, "the window and its tests")
            print("  Something is missing still." if lacking else "  Nothing is missing.")
            return int(bool(lacking))


def _tell(problem: Problem) -> int:
    sys.stdout.flush()
    print(f"\n{problem.message}", file=sys.stderr)
    if problem.hint:
        print(problem.hint, file=sys.stderr)
    return 1
