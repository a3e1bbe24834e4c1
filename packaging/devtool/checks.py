"""The checks that keep the project in order, and the benchmarks."""

import os
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from devtool import environment, steps, system
from devtool.environment import Environment
from devtool.steps import Problem

# Not resources: ruff would have the code in the sample notes formatted, too.
CODE = ("notesai", "packaging", "tests")

# Many tests wait for other processes or for a screen. More at once would want gigabytes of memory.
MOST_AT_ONCE = 4


class Outcome(NamedTuple):
    """How one check went."""

    name: str
    code: int
    seconds: float


def test(
    checkout: Path, pytest_arguments: Sequence[str], *, models: bool = False, llm: bool = False
) -> int:
    """Run all checks, each whatever became of the others. Returns 0 if all passed, else 1.

    Without `models` the tests of embedding models other than the bundled one skip themselves,
    without `llm` those of chat models do.
    """
    system.provide(system.TESTS, "the tests of the window")
    if llm:
        system.provide(system.COMPILER, "compiling llama-cpp-python")
    parts = ("extra:models", "group:weights", "group:test") if models else ("group:test",)
    made = environment.prepare(checkout, (*parts, "extra:llm") if llm else parts)
    outcomes = [_run(made, name, command) for name, command in checks(made, pytest_arguments)]
    print("\n" + summary(outcomes), flush=True)
    return int(any(outcome.code for outcome in outcomes))


def checks(made: Environment, pytest_arguments: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Name and command of each check, in order."""
    python = [made.python, "-m"]
    return [
        ("ruff check", [*python, "ruff", "check", *CODE]),
        ("ruff format", [*python, "ruff", "format", "--check", *CODE]),
        ("pyright", [*python, "pyright", "--pythonpath", made.python]),
        ("lint-imports", [str(made.programs / "lint-imports"), "--no-logo"]),
        ("pytest", [*python, "pytest", *_at_once(pytest_arguments), *pytest_arguments]),
    ]


def _at_once(pytest_arguments: Sequence[str]) -> list[str]:
    """How many processes run the tests: one for each core, unless somebody says or looks inside."""
    told = ("-n", "--numprocesses", "--pdb", "--trace", "-s", "--capture=no")
    many = min(os.cpu_count() or 1, MOST_AT_ONCE)
    if many == 1 or any(argument.startswith(told) for argument in pytest_arguments):
        return []
    return ["--numprocesses", str(many), "--dist", "worksteal"]


def summary(outcomes: Sequence[Outcome]) -> str:
    """One line a check, and one for all."""
    lines = [
        f"  {name:<14}{'ok' if code == 0 else 'FAILED':<8}{seconds:7.1f} s"
        for name, code, seconds in outcomes
    ]
    failed = [outcome.name for outcome in outcomes if outcome.code]
    verdict = f"FAILED: {', '.join(failed)}" if failed else "all checks ok"
    return "\n".join([*lines, f"  {verdict}"])


def bench(checkout: Path, names: Sequence[str]) -> int:
    """Run tests/bench/bench_NAME.py for each name. Returns 0 if all succeeded, else 1."""
    folder = checkout / "tests" / "bench"
    known = {path.stem.removeprefix("bench_"): path for path in sorted(folder.glob("bench_*.py"))}
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        what = f"No benchmark is called {', '.join(unknown)}." if unknown else "Which benchmark?"
        raise Problem(what, f"There are: {', '.join(known) or 'none'}.")
    if sys.platform == "linux" and platform.machine() == "x86_64":
        print(
            "  The benchmarks compare with PyTorch. From the ordinary index it brings CUDA along,\n"
            "  several gigabytes; the build without it is far smaller, with\n"
            "  PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu"
        )
    made = environment.prepare(checkout, ("extra:models", "group:weights"))
    outcomes = [_run(made, name, [made.python, str(known[name])]) for name in names]
    print("\n" + summary(outcomes), flush=True)
    return int(any(outcome.code for outcome in outcomes))


def _run(made: Environment, name: str, command: Sequence[str]) -> Outcome:
    print(f"\n{name}", flush=True)
    start = time.monotonic()
    try:
        code = steps.call(command, cwd=made.checkout, env=made.variables)
    except FileNotFoundError as error:
        print(f"could not be started: {error}")
        code = 127
    return Outcome(name, code, time.monotonic() - start)
