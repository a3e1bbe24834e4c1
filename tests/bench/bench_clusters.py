"""Clusters on labelled texts, beside BERTopic's recipe on the same vectors; and labels to read.

    python tests/bench/bench_clusters.py SET.jsonl … [--vault FOLDER …] [--labels 20]

BERTopic's recipe (Grootendorst, 2022): UMAP to 5 dimensions (15 neighbours, minimal distance 0,
cosine), then HDBSCAN (least size 10 or 15, excess of mass). It needs the dependency group
`baselines`. V-measure takes noise for one group of its own; "of the rest" leaves it out; each noise
text as a group by itself is the third.
"""

import argparse
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np

from notesai.embedding.catalog import open_embedder
from notesai.evaluation.agreement import v_measure
from notesai.evaluation.datasets import read_labelled
from notesai.evaluation.sentences import embed
from notesai.maps.clustering import NEIGHBOURS, grouped
from notesai.maps.neighbours import nearest
from notesai.progress import Silent

SEEDS = (42, 1, 2)
SIZES = (10, 15)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--vault", action="append", type=Path, default=[])
    parser.add_argument("--labels", type=int, default=20)
    parser.add_argument("--no-baseline", action="store_true")
    options = parser.parse_args()
    for file in options.sets:
        compare(file, baseline=not options.no_baseline)
    for vault in options.vault:
        print_labels(vault, options.labels)


def compare(file: Path, *, baseline: bool) -> None:
    labelled = read_labelled(file)
    labels = [text.label for text in labelled.texts]
    vectors = embed(open_embedder(), [text.text for text in labelled.texts], Silent())
    print(f"\n{labelled.name}: {len(labels):,} texts, {len(set(labels))} labels")
    print(f"{'':<34}  clusters  noise  V-measure  of the rest  noise apart      s")
    started = time.perf_counter()
    found = grouped(nearest(vectors, NEIGHBOURS, Silent()), Silent())
    seconds = time.perf_counter() - started
    row("notesai, topics", labels, found.topics, seconds)
    row("notesai, themes", labels, found.theme_of_each, seconds)
    if baseline:
        bertopic(labels, vectors)


def bertopic(labels: list, vectors: np.ndarray) -> None:
    warnings.filterwarnings("ignore")
    import umap
    from sklearn.cluster import HDBSCAN

    for seed in SEEDS:
        started = time.perf_counter()
        flat = umap.UMAP(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
        ).fit_transform(vectors)
        for size in SIZES:
            model = HDBSCAN(min_cluster_size=size, cluster_selection_method="eom", copy=True)
            found = model.fit(flat).labels_
            row(
                f"BERTopic's, least {size}, seed {seed}",
                labels,
                found,
                time.perf_counter() - started,
            )


def row(name: str, labels: list, found: np.ndarray, seconds: float) -> None:
    inside = found >= 0
    apart = np.where(inside, found, found.max() + 1 + np.arange(len(found)))
    kept = [label for label, there in zip(labels, inside, strict=True) if there]
    rest = v_measure(kept, found[inside].tolist()) if kept else 0.0
    print(
        f"{name:<34}  {len(set(found[inside])):8,}  {1 - inside.mean():5.0%}"
        f"  {v_measure(labels, found.tolist()):9.3f}  {rest:11.3f}"
        f"  {v_measure(labels, apart.tolist()):11.3f}  {seconds:5.1f}"
    )


def print_labels(vault: Path, most: int) -> None:
    from notesai.engine.workspace import Workspace

    with tempfile.TemporaryDirectory(prefix="notesai-bench-") as home:
        import os

        os.environ.setdefault("NOTESAI_HOME", home)
        with Workspace.open(vault, write=True) as workspace:
            workspace.index()
            started = time.perf_counter()
            found = workspace.mapping.clusters()
    topics = [one for one in found.clusters if one.parent]
    themes = len(found.clusters) - len(topics)
    print(
        f"\n{vault.name}: {len(topics)} topics in {themes} themes, {len(found.noise)} notes in"
        f" none, {time.perf_counter() - started:.1f} s"
    )
    for one in topics[:most]:
        print(f"  {one.size:4}  {one.label}    ({', '.join(one.terms[3:])})")


if __name__ == "__main__":
    main()
