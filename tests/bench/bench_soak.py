"""Treat a folder roughly while the engine follows it, kill it now and then, and look at the index.

    python tests/bench/bench_soak.py [VAULT ...] [--minutes 20] [--kills 10] [--seed 1]

Works on a copy. Prints what the engine and its index take up over time, and at the end in what the
index differs from one that is made anew, which should be nothing.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from soak import differences, soaked

from notesai.engine.workspace import Workspace
from notesai.paths import sample_vault

EVERY_SECONDS = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path, nargs="*", default=[sample_vault()])
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        vault = Path(name) / "vault"
        for folder in arguments.vault:
            shutil.copytree(folder, vault / folder.name)
        home = Path(name) / "home"
        told, done = 0.0, Counter[str]()
        for now, what in soaked(
            vault,
            home,
            seconds=60 * arguments.minutes,
            kills=arguments.kills,
            seed=arguments.seed,
        ):
            done[what.split()[0]] += "MiB" not in what
            if what.startswith("killed") or ("MiB" in what and now >= told):
                told = now + EVERY_SECONDS if "MiB" in what else told
                print(f"{now:5.0f} s  {what}", flush=True)
        print({what: count for what, count in done.items() if count})
        (rough,) = (home / "data" / "indexes").iterdir()
        os.environ["NOTESAI_HOME"] = str(Path(name) / "clean")
        with Workspace.open(vault, write=True) as workspace:
            report = workspace.index()
            found = differences(rough, workspace.place.folder)
    print(f"{report.notes} notes, {report.chunks} passages; {len(found)} differences")
    print("\n".join(found[:20]))


if __name__ == "__main__":
    main()
