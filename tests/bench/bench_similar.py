"""How quick similar notes are in an index of 100,000 chunks, also of a text that is being written.

Usage: python tests/bench/bench_similar.py --work FOLDER [--notes N] [--seed N]

FOLDER is a work folder of bench_search.py, which makes the index (100,000 chunks unless told
otherwise); here it is only read. Prints how long it takes to have words in memory, which the engine
does in a quiet moment (with --cold nobody has), what the first request then waits for, and the
milliseconds of a request by the clock and of all processors together, half and 95 in 100, for ten
neighbours:

- a note of the index;
- a text being written: a note in which one word more is typed each time;
- a new text, all of which has to be embedded, of about 200 words;
- what is near to the eight notes read last;

and how long all duplicates take, and the memory before and after.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psutil

READ = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--notes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cold", action="store_true")
    arguments = parser.parse_args()
    os.environ["NOTESAI_HOME"] = str(arguments.work / "home")
    chance = random.Random(arguments.seed)
    measure(arguments.work / "vault", arguments.notes, chance, cold=arguments.cold)


def measure(vault: Path, count: int, chance: random.Random, *, cold: bool) -> None:
    from notesai.engine.workspace import Workspace

    with Workspace.open(vault, write=False) as workspace:
        status = workspace.status()
        print(f"{status.notes} notes, {status.chunks} chunks, {status.pending} without vector")
        notes = [note for note in workspace.notes() if note.n_chunks]
        asked = chance.sample(notes, min(count, len(notes)))
        if not cold:
            once("words in memory, in a quiet moment", workspace.warm)
        before, relating = _memory(), workspace.relating
        once("the first request", lambda: workspace.similar(asked[0].path))
        print(f"memory: {before:.0f} MiB before, {_memory():.0f} MiB after", flush=True)
        report("a note", [lambda n=note: workspace.similar(n.path) for note in asked])
        texts = [(note.path, _text(workspace, note.path)) for note in asked[:20]]
        for path, text in texts:
            relating.similar(path, text=text)
        written = [
            lambda p=path, t=text, i=i: relating.similar(p, text=t + " word" * (i + 1))
            for path, text in texts
            for i in range(3)
        ]
        report("a text being written", written)
        new = [_mixed(texts, chance) for _ in range(20)]
        report("a new text", [lambda t=text: relating.similar("new.md", text=t) for text in new])
        paths = [note.path for note in notes]
        read = [tuple(chance.sample(paths, min(READ, len(paths)))) for _ in range(10)]
        report("near to what was read", [lambda r=recent: relating.for_you(r) for recent in read])
        once("all duplicates", relating.duplicates)
        print(f"memory: {_memory():.0f} MiB")


def once(name: str, work: Callable[[], object]) -> None:
    started, computed = time.perf_counter(), time.process_time()
    work()
    taken, used = time.perf_counter() - started, time.process_time() - computed
    print(f"{name}: {taken:.2f} s (computing {used:.2f} s)", flush=True)


def report(name: str, works: Sequence[Callable[[], object]]) -> None:
    times: list[tuple[float, float]] = []
    for work in works:
        started, computed = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - started, time.process_time() - computed))
    by_clock, used = ([1000 * value for value in values] for values in zip(*times, strict=True))
    print(
        f"{name}: p50 {statistics.median(by_clock):.1f} ms, p95 {_p95(by_clock):.1f} ms "
        f"(computing: p50 {statistics.median(used):.1f} ms, p95 {_p95(used):.1f} ms)",
        flush=True,
    )


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[round(0.95 * (len(values) - 1))]


def _text(workspace: Any, path: str) -> str:
    return workspace.read(path).text


def _mixed(texts: Sequence[tuple[str, str]], chance: random.Random) -> str:
    words = " ".join(text for _, text in chance.sample(texts, min(2, len(texts)))).split()
    chance.shuffle(words)
    return "# New\n\n" + " ".join(words[:200])


def _memory() -> float:
    return psutil.Process().memory_info().rss / 2**20


if __name__ == "__main__":
    main()
