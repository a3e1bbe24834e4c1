import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from notesai.embedding.catalog import bundled, entries
from notesai.embedding.folder import ModelFolder
from notesai.embedding.onnx import OnnxEmbedder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def embedder() -> Iterator[OnnxEmbedder]:
    opened = OnnxEmbedder(bundled())
    yield opened
    opened.close()


def test_every_file_is_what_was_made(embedder: OnnxEmbedder) -> None:
    embedder.verify()
    listed = set(ModelFolder.open(bundled()).manifest.files)
    assert listed == {path.name for path in bundled().iterdir()} - {"manifest.json"}
    assert {"LICENSE", "MODEL_CARD.md"} <= listed


def test_its_facts(embedder: OnnxEmbedder) -> None:
    card = embedder.card
    assert (card.dimension, card.window) == (384, 256)
    assert card.licence == "Apache-2.0"
    assert sum(path.stat().st_size for path in bundled().iterdir()) < 25e6


def test_its_vectors_are_those_of_the_float_network(embedder: OnnxEmbedder) -> None:
    """The file holds the vectors that sentence-transformers computes in float32."""
    reference: dict[str, list[float]] = json.loads(
        (ROOT / "tests/integration/minilm_float32.json").read_text("utf-8")
    )
    vectors = embedder.embed_documents(list(reference))
    cosine = (vectors * np.array(list(reference.values()), np.float32)).sum(1)
    assert cosine.min() > 0.99


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [
        ("how to water plants", "Tomatoes need a litre a day in summer.", "The server was down."),
        ("lost password", "Resetting your account credentials", "A recipe for onion soup"),
        ("dog", "The puppy slept in its basket.", "The parliament passed the budget."),
        ("why is the build slow?", "Compilation takes minutes since the update.", "Birds in May"),
    ],
)
def test_meaning_is_found(embedder: OnnxEmbedder, query: str, near: str, far: str) -> None:
    scores = embedder.embed_documents([near, far]) @ embedder.embed_query(query)
    assert scores[0] > scores[1] + 0.1


PROCESS = """
import json, time
import psutil
import numpy
from notesai.embedding.catalog import open_embedder
before, start = psutil.Process().memory_info().rss, time.perf_counter()
embedder = open_embedder()
embedder.embed_query("ready")
seconds = time.perf_counter() - start
embedder.embed_documents(["word " * (20 + i) for i in range(0, 236, 4)])
print(json.dumps([seconds, psutil.Process().memory_info().rss - before]))
"""


def test_it_is_ready_at_once_and_small() -> None:
    """Half a second on an idle machine; the bound leaves room for a busy one."""
    output = subprocess.check_output([sys.executable, "-c", PROCESS], text=True, cwd=ROOT)
    seconds, added = json.loads(output)
    assert seconds < 3
    assert added < 250e6
    promised = next(entry.memory for entry in entries() if entry.id == bundled().name)
    assert added < 1.5 * promised * 1e6
