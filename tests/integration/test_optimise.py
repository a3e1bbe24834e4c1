import logging
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
import tiny_models

from notesai import paths
from notesai.embedding import catalog, library
from notesai.embedding import optimise as module
from notesai.embedding.network import Network
from notesai.embedding.onnx import OnnxEmbedder
from notesai.embedding.optimise import optimise, sample_texts
from notesai.errors import Cancelled, ModelError
from notesai.progress import Silent, Step, Task

pytest.importorskip("sentence_transformers")
pytest.importorskip("onnxscript")

# Writing a graph takes seconds, but a minute on a machine that has other things to do.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The float graph of `sentence_bert`, which takes seconds to write."""
    folder = tmp_path_factory.mktemp("exported")
    files = tiny_models.sentence_bert(folder / "files")
    module._export(Network(files, device="cpu"), folder / "export" / "model.onnx")
    return folder / "export"


@pytest.fixture
def quick_export(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_export", lambda _, target: copytree(exported, target.parent))


def install(files: Path, name: str = "mine") -> library.Installed:
    return library.install_files(name, files, source="here", revision="r1", entry=None)


def code_of_optimising(name: str = "mine") -> str:
    with pytest.raises(ModelError) as caught:
        optimise(name, Silent())
    return caught.value.code


def nothing_is_left() -> bool:
    return [path.name for path in paths.home().models.iterdir()] == ["mine"]


def test_a_bert_becomes_int8_onnx(
    tmp_path: Path, quick_export: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TABLE_NUMBERS", 1000)
    install(tiny_models.sentence_bert(tmp_path / "files", prompts={"query": "query: "}))
    handlers, steps = list(logging.getLogger().handlers), list[Step]()
    result = optimise("mine", Task(steps.append))
    assert logging.getLogger().handlers == handlers
    assert [step.done for step in steps] == [0, 1, 2, 3, 4]
    assert result.name == "mine-int8"
    assert result.cosine > 0.99
    assert result.cosine >= result.least_cosine > 0.95
    assert result.speed_ratio == result.speed / result.speed_before > 0

    before, after = catalog.open_embedder("mine"), catalog.open_embedder("mine-int8")
    assert isinstance(after, OnnxEmbedder)
    after.verify()
    assert after.card.query_prompt == "query: "
    assert after.card.quantisation.startswith("int8")
    assert after.card.fingerprint != before.card.fingerprint
    texts = ["the cat sat", "노트 검색", "", "a note about search . " * 50, "\ud800"]
    a, b = before.embed_documents(texts), after.embed_documents(texts)
    assert (a * b).sum(1).min() > 0.95
    assert (before.embed_query("cat") * after.embed_query("cat")).sum() > 0.95
    alone = np.concatenate([after.embed_documents([text]) for text in texts])
    assert np.abs(alone - b).max() < 1e-3
    assert [after.count_tokens(t) for t in texts] == [before.count_tokens(t) for t in texts]
    assert b"codes" in (result.path / "model.onnx").read_bytes()

    assert code_of_optimising() == "model.exists"
    assert {model.name for model in library.installed()} == {"mine", "mine-int8"}


def test_pooling_by_the_first_token(tmp_path: Path) -> None:
    install(tiny_models.sentence_bert(tmp_path / "files", pooling="cls_token"))
    assert optimise("mine", Silent()).cosine > 0.99


def test_what_cannot_be_converted(tmp_path: Path) -> None:
    install(tiny_models.static(tmp_path / "static"))
    assert code_of_optimising() == "model.not_convertible"
    assert nothing_is_left()
    with pytest.raises(ModelError) as caught:
        optimise("nothing", Silent())
    assert caught.value.code == "model.unknown"


def test_a_prompt_outside_the_mean_is_not_converted(tmp_path: Path) -> None:
    install(tiny_models.sentence_bert(tmp_path / "files", include_prompt=False))
    assert code_of_optimising() == "model.not_convertible"
    assert nothing_is_left()


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tiny_models.sentence_bert(tmp_path / "files"))
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    assert code_of_optimising() == "model.too_large"
    assert nothing_is_left()


def test_not_faithful(tmp_path: Path, quick_export: None, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tiny_models.sentence_bert(tmp_path / "files"))
    monkeypatch.setattr(module, "LEAST_COSINE", 1.1)
    assert code_of_optimising() == "model.unfaithful"
    assert nothing_is_left()


def test_cancelled(tmp_path: Path, quick_export: None) -> None:
    install(tiny_models.sentence_bert(tmp_path / "files"))
    task = Task(lambda step: task.cancel() if step.done == 1 else None)
    with pytest.raises(Cancelled):
        optimise("mine", task)
    assert nothing_is_left()


def test_an_onnx_model_is_no_original() -> None:
    install(catalog.bundled())
    assert code_of_optimising() == "model.not_convertible"


def test_the_samples_are_of_both_languages_and_all_lengths() -> None:
    texts = sample_texts()
    assert len(texts) == len(set(texts))
    assert min(map(len, texts)) < 30
    assert max(map(len, texts)) > 500
    assert any("가" <= text[0] <= "힣" for text in texts)
