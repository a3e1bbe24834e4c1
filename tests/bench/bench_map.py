"""The map of many notes: first layout, cancelling, one more note, the same again.

    python tests/bench/bench_map.py [--notes 10000] [--vault FOLDER]

Without FOLDER the notes are made up: their vectors lie around 150 middles, like those of real
notes. All is done as in the engine: the layout in a process of its own, the rest here.
"""

import argparse
import os
import resource
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from made_index import MadeIndex, blobs, bundled_card
from threadpoolctl import threadpool_limits

from notesai.engine.mapping import Mapping
from notesai.engine.workspace import Workspace
from notesai.errors import Cancelled
from notesai.maps.embedded import EmbeddedNotes
from notesai.maps.following import followed
from notesai.maps.layout import read_layout
from notesai.model import MapMethod, NoteMap
from notesai.progress import Step, Task

GROUPS = 150
WORDS = ("garden", "soil", "query", "index", "camera", "lens", "sensor", "rain", "bread", "train")
NEW = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--vault", type=Path, help="index and map these notes instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="notesai-bench-") as name:
        os.environ.setdefault("NOTESAI_HOME", str(Path(name) / "home"))
        if options.vault is None:
            made_up(Path(name) / "vault", options.notes)
        else:
            with Workspace.open(options.vault, write=True) as workspace:
                workspace.index()
                measure(workspace)


def made_up(vault: Path, count: int) -> None:
    vault.mkdir()
    index = MadeIndex(vault, bundled_card())
    sizes = np.random.default_rng(1).dirichlet(np.full(GROUPS, 2.0)) * count
    vectors = blobs([max(3, int(size)) for size in sizes], index.dimension)
    paths = [f"{at:05}.md" for at in range(len(vectors))]
    texts = [
        f"{WORDS[at % len(WORDS)]} and {WORDS[at % 5]} of note {at}" for at in range(len(paths))
    ]
    index.add(paths, vectors, texts)
    with Workspace.open(vault, write=False) as workspace:
        first = measure(workspace)
        index.write_through(workspace)
        new = blobs([3] * GROUPS, index.dimension, seed=2)[::3]
        one_more(workspace.mapping, workspace.place.folder, index, new[:NEW], first)


def measure(workspace: Workspace) -> NoteMap:
    """First layout, cancelling, asking again, the same from nothing; each printed."""
    mapping, folder = workspace.mapping, workspace.place.folder
    phases: dict[str, float] = {}
    started = time.perf_counter()

    def note_phase(step: Step) -> None:
        phases.setdefault(step.phase, time.perf_counter() - started)

    first = mapping.map(MapMethod.TSNE, progress=Task(note_phase))
    seconds = time.perf_counter() - started
    work = resource.getrusage(resource.RUSAGE_CHILDREN)
    topics = [one for one in first.clusters.clusters if one.parent]
    print(
        f"{len(first.points):,} notes, {len(topics)} topics, {len(first.clusters.noise):,} in none"
    )
    print(f"first layout {seconds:.1f} s; {work.ru_utime + work.ru_stime:.1f} s of computing,")
    print(f"  {work.ru_maxrss / 1e3:,.0f} MB in a process that has ended")
    print("  begins: " + ", ".join(f"{name} {at:.1f} s" for name, at in phases.items()))
    print(f"asked again {1e3 * timed(lambda: mapping.map(MapMethod.TSNE)):.1f} ms, ", end="")
    print(f"by principal components {1e3 * timed(lambda: mapping.map(MapMethod.PCA)):.1f} ms")
    print(f"cancelled in the middle: ends after {1e3 * cancelling(mapping):.0f} ms")
    for file in folder.glob("layout*"):
        file.unlink()
    again = Mapping(workspace.place, workspace._sides).map(MapMethod.TSNE)
    same = again.points == first.points and again.clusters == first.clusters
    print(f"from nothing again: {'the same map and clusters' if same else 'ANOTHER MAP'}")
    return first


def cancelling(mapping: Mapping) -> float:
    """Seconds from cancelling a layout to its end."""
    at = 0.0
    task: Task

    def cancel() -> None:
        nonlocal at
        at = time.perf_counter()
        task.cancel()

    def in_the_middle(step: Step) -> None:
        if step.phase == "placing" and step.done > 0 and not at:
            threading.Thread(target=cancel).start()

    task = Task(in_the_middle)
    try:
        mapping.map(MapMethod.TSNE, anew=True, progress=task)
    except Cancelled:
        return time.perf_counter() - at
    raise SystemExit("it was not cancelled")


def one_more(
    mapping: Mapping, folder: Path, index: MadeIndex, vectors: np.ndarray, first: NoteMap
) -> None:
    """New notes, one by one: how long each takes, and whether an old point has moved."""
    mapping.map(MapMethod.TSNE)
    alone: list[float] = []
    placing: list[float] = []
    taken: list[float] = []
    for at, vector in enumerate(vectors):
        index.add([f"new-{at}.md"], vector[None])
        layout, found = read_layout(folder), EmbeddedNotes.of(index.store)
        # Threads that wait for each other count as computing.
        with threadpool_limits(1):
            alone.append(timed(partial(followed, layout, found), time.process_time))
        placing.append(timed(mapping.follow, time.process_time))
        taken.append(timed(lambda: mapping.map(MapMethod.TSNE), time.process_time))
    now = {point.path: point for point in mapping.map(MapMethod.TSNE).points}
    moved = sum(now[point.path] != point for point in first.points)
    placed = sum(bool(now[f"new-{at}.md"].cluster) for at in range(len(vectors)))
    for name, times in (
        ("placing one more note", alone),
        ("and reading it first", placing),
        ("and telling the whole map", taken),
    ):
        middle, p95 = np.percentile(times, (50, 95)) * 1e3
        print(f"{name}, in computing time: middle {middle:.0f} ms, 95 of 100 {p95:.0f} ms")
    print(f"{len(vectors)} new notes: {moved} old points have moved, {placed} new ones in a topic")


def timed(work, clock=time.perf_counter) -> float:
    started = clock()
    work()
    return clock() - started


if __name__ == "__main__":
    main()
