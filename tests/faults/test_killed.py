"""Killed at random moments, the index still ends as a clean build would."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from contents import contents
from fakes import Folder

from notesai.engine.workspace import Workspace

KILLS = 4
"""A sample for every run; tests/bench/bench_kill.py does a hundred."""


def command(vault: Path) -> list[str]:
    return [sys.executable, "-m", "notesai", "index", "--json", "--vault", str(vault)]


def test_a_killed_run_leaves_nothing_wrong(folder: Folder, own_home: Path):
    chance = random.Random(7)
    for number in range(30):
        words = " ".join(
            chance.choices(["garden", "물주기", "index", "rain", "서울", "query"], k=120)
        )
        folder.write(
            f"{number % 7}/{number}.md", f"# Note {number}\n\n{words}\n\n## More\n\n{words}"
        )
    started = time.monotonic()
    subprocess.run(command(folder.path), check=True, capture_output=True)
    whole = time.monotonic() - started
    (place,) = own_home.glob("data/indexes/*")
    clean = contents(place)
    assert len(clean) > 30
    for _ in range(KILLS):
        shutil.rmtree(place)
        with subprocess.Popen(
            command(folder.path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(chance.uniform(0.3, 1.0) * whole)
            process.kill()
        with Workspace.open(folder.path, write=True) as workspace:
            workspace.index()
        assert contents(place) == clean
