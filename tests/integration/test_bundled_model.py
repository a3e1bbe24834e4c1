import json
import os
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
    there = (path for path in bundled().rglob("*") if path.is_file())
    names = {path.relative_to(bundled()).as_posix() for path in there}
    assert listed == names - {"manifest.json"}
    assert {"LICENSE", "MODEL_CARD.md", "hangul/model.onnx", "hangul/tokenizer.json"} <= listed


def test_its_facts(embedder: OnnxEmbedder) -> None:
    card = embedder.card
    assert (card.dimension, card.window) == (384, 256)
    assert card.licence == "Apache-2.0"
    assert card.languages == ("ko", "en")
    assert sum(path.stat().st_size for path in bundled().rglob("*") if path.is_file()) < 45e6


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
        ("화분에 물 주기", "토마토는 여름에 하루 한 번 물을 흠뻑 주어야 한다.", "서버가 멈췄다."),
        ("비밀번호를 잊어버렸어요", "계정 암호를 다시 설정하는 방법", "양파 수프 끓이기"),
        ("강아지", "개가 바구니에서 잠들었다.", "국회가 예산안을 통과시켰다."),
        ("LanceDB 인덱스 optimize 하는 법", "How to optimise a LanceDB index", "Birds in May"),
        ("예산 회의", "The meeting about next year's budget", "새들이 남쪽으로 날아갔다."),
        ("how to bake bread", "빵을 굽는 방법", "세금 신고 기한"),
    ],
)
def test_meaning_is_found(embedder: OnnxEmbedder, query: str, near: str, far: str) -> None:
    scores = embedder.embed_documents([near, far]) @ embedder.embed_query(query)
    assert scores[0] > scores[1] + 0.1


PROCESS = """
import psutil
import numpy
from notesai.embedding.catalog import open_embedder
before = psutil.Process().memory_info().rss
embedder = open_embedder()
lengths = range(20, 256, 4)
embedder.embed_documents([word * i for i in lengths for word in ("word ", "낱말 ")])
print(psutil.Process().memory_info().rss - before)
"""


def test_it_is_small() -> None:
    output = subprocess.check_output([sys.executable, "-c", PROCESS], text=True, cwd=ROOT)
    added = int(output)
    assert added < 250e6
    promised = next(entry.memory for entry in entries() if entry.id == bundled().name)
    assert added < 1.5 * promised * 1e6


REPORTS = """
import sys
from notesai.embedding.catalog import open_embedder
open_embedder().embed_query("Is anything reported?")
import onnxruntime
print(onnxruntime.__version__)
"""


def test_the_runtime_keeps_no_identifier_and_nothing_to_report(tmp_path: Path):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ORT_"))}
    environment = {**kept, "HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", REPORTS], env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr
    # `.cache/Microsoft/DeveloperTools/.onnxruntime` of the runtime's own.
    assert not [file for file in tmp_path.rglob("*") if "onnxruntime" in file.name.lower()]
