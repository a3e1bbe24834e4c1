"""Kill `notesai index` at random moments; after one more run the index must equal a clean build.

    python tests/bench/bench_kill.py [VAULT] [--kills 100] [--notes 300] [--seed 1]

Uses the notes of middle size of VAULT and the bundled model.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from contents import contents

from notesai.paths import sample_vault


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path, nargs="?", default=sample_vault())
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--notes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as name:
        os.environ["NOTESAI_HOME"] = str(Path(name) / "home")
        vault = Path(name) / "vault"
        by_size = sorted(arguments.vault.rglob("*.md"), key=lambda file: file.stat().st_size)
        first = max(0, (len(by_size) - arguments.notes) // 2)
        for file in by_size[first : first + arguments.notes]:
            target = vault / file.relative_to(arguments.vault)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target)
        command = [sys.executable, "-m", "notesai", "index", "--json", "--vault", str(vault)]
        started = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        whole = time.monotonic() - started
        (place,) = (Path(name) / "home" / "data" / "indexes").iterdir()
        clean = contents(place)
        print(f"clean build: {len(clean)} chunks in {whole:.1f} s", flush=True)
        equal = 0
        for number in range(arguments.kills):
            shutil.rmtree(place)
            kill_after(command, chance.uniform(0.15, 1.0) * whole)
            subprocess.run(command, check=True, capture_output=True)
            same = contents(place) == clean
            equal += same
            if not same or number % 10 == 9:
                print(f"{equal} of {number + 1} equal", flush=True)
    print(f"killed {arguments.kills} times: {equal} of {arguments.kills} equal a clean build")


def kill_after(command: list[str], seconds: float) -> None:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        process.kill()


if __name__ == "__main__":
    main()
