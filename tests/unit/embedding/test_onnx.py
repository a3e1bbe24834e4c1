import json
import pickle
import shutil
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesai.embedding.catalog import bundled
from notesai.embedding.onnx import OnnxEmbedder, default_threads, runs_of_equal_length
from notesai.errors import ModelError

ODD = [
    "",
    " \n\t",
    "🙂👍🏽🎉",
    "\ud800 alone",
    "\x00\x01",
    "가나다 라마바",
    "a" * 5000,
    "한" * 3000,
    "word " * 2000,
    "\n" * 100_000 + "end",
]


@pytest.fixture(scope="module")
def embedder() -> Iterator[OnnxEmbedder]:
    opened = OnnxEmbedder(bundled(), threads=2)
    yield opened
    opened.close()


def assert_unit(vectors: np.ndarray) -> None:
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=-1), 1, atol=1e-5)


def test_importing_it_is_light() -> None:
    code = (
        "import sys, notesai.embedding.onnx, notesai.embedding.catalog\n"
        "print([name for name in ('onnxruntime', 'tokenizers', 'torch') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_odd_texts_have_unit_vectors(embedder: OnnxEmbedder) -> None:
    vectors = embedder.embed_documents(ODD)
    assert vectors.shape == (len(ODD), embedder.card.dimension)
    assert_unit(vectors)
    assert_unit(np.stack([embedder.embed_query(text) for text in ODD]))


@given(st.lists(st.text(alphabet=st.characters()), max_size=6))
@settings(max_examples=25, deadline=None)
def test_any_texts_have_unit_vectors(embedder: OnnxEmbedder, texts: list[str]) -> None:
    vectors = embedder.embed_documents(texts)
    assert vectors.shape == (len(texts), embedder.card.dimension)
    assert_unit(vectors)


def test_a_megabyte_is_cut_before_it_is_read(
    embedder: OnnxEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    class Reading:
        def encode(self, texts: list[str]) -> list[list[int]]:
            read.extend(texts)
            return tokenizer.encode(texts)

        def wake(self) -> None: ...

    tokenizer = embedder._encoder._tokenizer
    monkeypatch.setattr(embedder._encoder, "_tokenizer", Reading())
    text = "A note about gardens. " * 50_000
    assert np.array_equal(embedder.embed_query(text), embedder.embed_query(text[:2000]))
    assert max(map(len, read)) < 10_000


def test_white_space_in_front_does_not_push_text_out(embedder: OnnxEmbedder) -> None:
    for space in ("\n" * 100_000, " \t" * 50_000):
        assert np.array_equal(embedder.embed_query(space + "end"), embedder.embed_query("end"))


def test_only_the_window_counts(embedder: OnnxEmbedder) -> None:
    text = "tree " * embedder.card.window
    assert np.array_equal(embedder.embed_query(text), embedder.embed_query(text + "house " * 99))
    inside = "house " + text
    assert not np.array_equal(embedder.embed_query(text), embedder.embed_query(inside))


@pytest.mark.parametrize("text", ["한글 노트를 검색한다", "café naïve", "が"])
def test_decomposed_text_equals_composed(embedder: OnnxEmbedder, text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert composed != decomposed
    assert np.array_equal(embedder.embed_query(composed), embedder.embed_query(decomposed))
    assert embedder.count_tokens(composed) == embedder.count_tokens(decomposed)


def test_order_size_and_threads_do_not_move_a_vector(embedder: OnnxEmbedder) -> None:
    order = np.random.default_rng(3)
    texts = [
        f"note {i} " + "about trees and rivers " * int(order.integers(1, 20)) for i in range(30)
    ]
    texts += ODD
    together = embedder.embed_documents(texts)
    places = order.permutation(len(texts))
    shuffled = embedder.embed_documents([texts[i] for i in places])
    alone = np.stack([embedder.embed_query(text) for text in texts])
    embedder.set_threads(1)
    single = embedder.embed_documents(texts)
    embedder.set_threads(2)
    assert np.abs(together[places] - shuffled).max() < 1e-5
    assert np.abs(together - alone).max() < 1e-5
    assert np.abs(together - single).max() < 1e-5


def test_the_same_text_has_the_same_vector(embedder: OnnxEmbedder) -> None:
    vectors = embedder.embed_documents(["one", "two words", "one", "three", "one"])
    assert np.array_equal(vectors[0], vectors[2])
    assert np.array_equal(vectors[0], vectors[4])
    assert not np.allclose(vectors[0], vectors[1])


def test_a_query_does_not_wait_for_a_batch(embedder: OnnxEmbedder) -> None:
    texts = [f"{i} " + "words of a long passage " * 60 for i in range(60)]
    done = threading.Event()

    def batch() -> None:
        embedder.embed_documents(texts)
        done.set()

    thread = threading.Thread(target=batch)
    thread.start()
    time.sleep(0.05)
    for _ in range(3):
        assert_unit(embedder.embed_query("where are the long passages?"))
    waited = done.is_set()
    thread.join()
    assert not waited


def test_closed(embedder: OnnxEmbedder) -> None:
    own = OnnxEmbedder(bundled(), threads=1)
    own.close()
    for call in (lambda: own.embed_query("x"), lambda: own.embed_documents(["x"])):
        with pytest.raises(ModelError) as caught:
            call()
        assert caught.value.code == "model.closed"
    assert own.count_tokens("still counted") == 2


class FailsOnce:
    """A session whose first run fails."""

    def __init__(self, dimension: int) -> None:
        self.calls = 0
        self.dimension = dimension

    def run(self, names: object, feed: dict[str, Any]) -> list[Any]:
        self.calls += 1
        if self.calls == 1:
            raise RuntimeError("out of memory")
        time.sleep(0.02)
        return [np.ones((len(feed["input_ids"]), self.dimension), np.float32)]


@pytest.mark.parametrize("threads", [1, 3])
def test_a_failing_run_ends_the_batch(threads: int) -> None:
    own = OnnxEmbedder(bundled(), threads=threads)
    session = FailsOnce(own.card.dimension)
    own._encoder._session = session  # type: ignore[assignment]
    with pytest.raises(ModelError) as caught:
        own.embed_documents(["w " * n for n in range(1, 100)])
    assert caught.value.code == "model.failed"
    assert "out of memory" in caught.value.message
    assert session.calls <= 2 * threads


def copy(target: Path) -> Path:
    shutil.copytree(bundled(), target)
    return target


def resize(folder: Path) -> None:
    """Make the manifest agree with the files' sizes again."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    for name, record in manifest["files"].items():
        record["bytes"] = (folder / name).stat().st_size
    path.write_text(json.dumps(manifest))


def damage_graph(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"\x00" * 1000)


def damage_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}")


def damage_hangul(folder: Path) -> None:
    (folder / "hangul" / "model.onnx").write_bytes(b"\x00" * 1000)


def wrong_dimension(folder: Path) -> None:
    path = folder / "model.toml"
    path.write_text(path.read_text().replace("dimension = 384", "dimension = 256"))


@pytest.mark.parametrize("damage", [damage_graph, damage_tokenizer, damage_hangul, wrong_dimension])
def test_files_that_cannot_be_used(tmp_path: Path, damage: Any) -> None:
    folder = copy(tmp_path / "model")
    damage(folder)
    resize(folder)
    with pytest.raises(ModelError) as caught:
        OnnxEmbedder(folder)
    assert caught.value.code == "model.damaged"


def test_verify_reads_every_byte(tmp_path: Path) -> None:
    folder = copy(tmp_path / "model")
    path = folder / "model.onnx"
    data = bytearray(path.read_bytes())
    # A weight: the graph still loads.
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    opened = OnnxEmbedder(folder)
    with pytest.raises(ModelError) as caught:
        opened.verify()
    assert caught.value.code == "model.damaged"


def test_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        OnnxEmbedder(tmp_path)
    assert caught.value.code == "model.missing"


@given(st.lists(st.integers(1, 300), max_size=80), st.integers(1, 600))
def test_runs(lengths: list[int], tokens: int) -> None:
    runs = list(runs_of_equal_length(lengths, tokens))
    assert sorted(index for run in runs for index in run) == list(range(len(lengths)))
    first = [lengths[run[0]] for run in runs]
    assert first == sorted(first, reverse=True)
    for run in runs:
        assert len({lengths[index] for index in run}) == 1
        assert len(run) == 1 or len(run) * lengths[run[0]] <= tokens


def test_default_threads() -> None:
    assert 1 <= default_threads() <= 8
    own = OnnxEmbedder(bundled())
    assert own.threads == default_threads()
    own.set_threads(0)
    assert own.threads == 1


def test_the_counter_works_in_another_process(embedder: OnnxEmbedder) -> None:
    counter = pickle.loads(pickle.dumps(embedder.counter))
    for text in ("two words", "한글 노트", "form\ffeed", ""):
        assert counter(text) == embedder.count_tokens(text)
