"""Kill a switch of the embedding model at random moments; the index must equal a clean build.

    python tests/bench/bench_kill_switching.py [--kills 100] [--notes 150] [--seed 1]

The models are hashing ones, which are quick; the tables, the lane and the kills are real.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fakes import Folder
from switch_trial import SWITCHES, Trial


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--notes", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as name:
        vault = Path(name) / "vault"
        vault.mkdir()
        trial = Trial(Folder(vault), Path(name), arguments.notes, arguments.seed)
        whole = trial.seconds(*SWITCHES[0])
        print(f"clean build: {len(trial.clean)} chunks; a switch: {whole:.1f} s", flush=True)
        reached: Counter[str] = Counter()
        for number in range(arguments.kills):
            switch = SWITCHES[number % len(SWITCHES)]
            seconds = chance.uniform(0.3, 1.0) * whole
            reached[trial.attempt(f"{number}", seconds, *switch)] += 1
            if number % 10 == 9:
                print(f"{number + 1} of {number + 1} equal; killed {dict(reached)}", flush=True)
    print(f"killed {arguments.kills} times: all equal a clean build; killed {dict(reached)}")


if __name__ == "__main__":
    main()
