"""Killed at random moments of a switch, the index still ends as a clean build of the new model."""

import random
from pathlib import Path

from fakes import Folder
from switch_trial import SWITCHES, Trial

KILLS = 3
"""A sample for every run; tests/bench/bench_kill_switching.py does a hundred."""


def test_a_killed_switch_leaves_nothing_wrong(folder: Folder, tmp_path: Path) -> None:
    trial = Trial(folder, tmp_path, notes=150, seed=11)
    whole = trial.seconds(*SWITCHES[0])
    chance = random.Random(3)
    reached: set[str] = set()
    for number in range(KILLS):
        seconds = chance.uniform(0.4, 1.0) * whole
        reached.add(trial.attempt(f"{number}", seconds, *SWITCHES[number % len(SWITCHES)]))
    assert "while it grew" in reached
