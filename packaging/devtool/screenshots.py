"""Pictures of every view of the window, taken without a display into resources/screenshots."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from devtool import environment, steps, system
from devtool.environment import Environment
from devtool.steps import Problem

_SCREEN = (1920, 1080)
_DESKTOP = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "NOTESAI_HOME", "NOTESAI_VAULT")
RATIOS = (1, 2)
"""Pixels a side of a point: all views in one, the essential ones in two as well."""


def take(checkout: Path, names: Sequence[str]) -> int:
    """Take all pictures, or those of the scenes `names`. Returns the exit code.

    Raises `Problem` without the libraries of the window, or without a face that has Hangul.
    """
    lacking = system.provide(system.PYTHON + system.QT + system.HANGUL, "the pictures")
    if lacking:
        raise Problem("Pictures cannot be taken without them.")
    made = environment.prepare(checkout, ("group:pictures",))
    folder = checkout / "resources" / "screenshots"
    # One home for all sizes: the notes are indexed once.
    with tempfile.TemporaryDirectory(prefix="notesai-", ignore_cleanup_errors=True) as home:
        for ratio in RATIOS:
            with steps.step(f"pictures at {ratio}x"):
                code, output = steps.capture(
                    command(made, folder, ratio, names),
                    cwd=checkout,
                    env=variables(made, Path(home), ratio),
                )
            if code:
                print(steps.tail(output))
                return code
    files = sorted(folder.glob("*.png"))
    size = sum(file.stat().st_size for file in files)
    print(f"  {len(files)} pictures, {size / 1e6:.1f} MB in {folder}")
    return 0


def command(made: Environment, folder: Path, ratio: int, names: Sequence[str]) -> list[str]:
    """The command that takes the pictures of one size."""
    program = [made.python, "-m", "devtool.pictures"]
    return [*program, "--ratio", str(ratio), str(folder), *names]


def variables(made: Environment, home: Path, ratio: int) -> dict[str, str]:
    """Its variables: a screen that is not there, a home of its own, nothing of this desktop."""
    width, height = (ratio * side for side in _SCREEN)
    screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height}
    screens = home / f"screens-{ratio}.json"
    whole = {**screen, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens.write_text(json.dumps({"screens": [whole]}), "utf-8")
    kept = {k: v for k, v in made.variables.items() if k not in _DESKTOP and k[:3] != "QT_"}
    return {
        **kept,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
        "QT_SCALE_FACTOR": str(ratio),
    }
