"""A reranker from its files to the results of a search, with a network of random weights."""

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tiny_models
from fakes import Folder
from hub import LoopbackHub

from notesai import paths, settings
from notesai.cli import commands
from notesai.embedding import catalog, library
from notesai.embedding.base import Vectors
from notesai.embedding.cross_encoder import CrossEncoder, is_cross_encoder
from notesai.embedding.inventory import known_models, known_rerankers
from notesai.engine.workspace import Workspace
from notesai.errors import ModelError

pytest.importorskip("sentence_transformers")
pytest.importorskip("huggingface_hub")

TEXTS = ("the cat sat on the mat", "노트 검색 의미", "", "fox " * 3000, "NUL \0 and \u200f")


@pytest.fixture(autouse=True)
def logs_closed() -> Iterator[None]:
    """Close the log files that commands open."""
    before = list(logging.getLogger().handlers)
    yield
    for handler in set(logging.getLogger().handlers) - set(before):
        logging.getLogger().removeHandler(handler)
        handler.close()


def random_cross_encoder(folder: Path, *, classes: int = 1, languages: str = "[en, ko]") -> Path:
    """A folder as cross-encoders are published: one score for a pair of texts."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.manual_seed(11)
    own = tiny_models.tokenizer()
    config = BertConfig(
        vocab_size=own.get_vocab_size(),
        hidden_size=tiny_models.HIDDEN,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.5,
        num_labels=classes,
    )
    BertForSequenceClassification(config).eval().save_pretrained(folder)
    names = {f"{name}_token": f"[{name.upper()}]" for name in ("unk", "pad", "cls", "sep", "mask")}
    PreTrainedTokenizerFast(tokenizer_object=own, **names).save_pretrained(folder)
    readme = f"---\nlicense: apache-2.0\nlanguage: {languages}\n---\n"
    (folder / "README.md").write_text(readme, "utf-8")
    return folder


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_cross_encoder(tmp_path_factory.mktemp("made") / "tiny reranker")


def added(files: Path, name: str = "tiny") -> CrossEncoder:
    model = library.install_files(name, files, source="here", revision="", entry=None)
    assert model.reranks
    return CrossEncoder(model.path)


def test_a_cross_encoder_is_told_from_an_embedder(files: Path, tmp_path: Path) -> None:
    assert is_cross_encoder(files)
    assert not is_cross_encoder(tiny_models.bert(tmp_path / "bert"))
    assert not is_cross_encoder(tiny_models.sentence_bert(tmp_path / "sbert"))
    assert not is_cross_encoder(tmp_path / "nothing")
    (tmp_path / "config_sentence_transformers.json").write_text('{"model_type": "CrossEncoder"}')
    assert is_cross_encoder(tmp_path)
    (tmp_path / "config_sentence_transformers.json").write_text("[1, 2")
    assert not is_cross_encoder(tmp_path)


def test_any_text_gets_a_score_whatever_it_is_rated_with(files: Path) -> None:
    model = added(files)
    assert (model.card.languages, model.card.licence) == (("en", "ko"), "apache-2.0")
    assert (model.card.dimension, model.card.window) == (0, 64)
    together: Vectors = model.scores("what is a garden", TEXTS)
    assert together.shape == (len(TEXTS),) and ((together >= 0) & (together <= 1)).all()
    alone = [float(model.scores("what is a garden", [text])[0]) for text in TEXTS]
    assert together == pytest.approx(np.array(alone), abs=1e-5)
    assert not np.allclose(together, model.scores("노트", TEXTS))
    assert model.scores("q" * 50_000, [])[:].shape == (0,)


def test_who_embeds_does_not_rerank_and_the_other_way_round(files: Path, tmp_path: Path) -> None:
    added(files)
    with pytest.raises(ModelError) as caught:
        catalog.open_embedder("tiny")
    assert caught.value.code == "model.task"
    with pytest.raises(ModelError) as caught:
        catalog.open_reranker(catalog.bundled().name)
    assert caught.value.code == "model.task"
    assert "tiny" not in {model.name for model in known_models()}
    (tiny,) = [model for model in known_rerankers("tiny") if model.installed]
    assert (tiny.name, tiny.task, tiny.in_use) == ("tiny", "rerank", True)
    listed = {entry.id for entry in catalog.entries() if entry.task == "rerank"}
    assert listed and listed.isdisjoint(model.name for model in known_models())


def test_a_model_of_several_classes_is_refused(tmp_path: Path) -> None:
    several = random_cross_encoder(tmp_path / "several", classes=3)
    with pytest.raises(ModelError) as caught:
        added(several)
    assert caught.value.code == "model.unusable" and "3 classes" in caught.value.message
    assert library.installed() == ()


def test_code_of_a_model_s_own_is_not_run(files: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    shutil.copytree(files, foreign)
    config = json.loads((foreign / "config.json").read_text())
    config |= {"model_type": "new", "auto_map": {"AutoConfig": "own.Config"}}
    (foreign / "config.json").write_text(json.dumps(config))
    (foreign / "own.py").write_text("raise SystemExit('run')")
    with pytest.raises(ModelError) as caught:
        added(foreign)
    assert caught.value.code in {"model.code", "model.unusable"}


def test_languages_are_found_out_where_none_are_named(tmp_path: Path) -> None:
    model = added(random_cross_encoder(tmp_path / "silent", languages="[]"))
    assert model.card.languages == ("en",)


@pytest.fixture
def vault(folder: Folder) -> Folder:
    words = ("cat", "garden", "fox", "dog", "mat", "query", "meaning", "search")
    for number, word in enumerate(words):
        folder.write(
            f"{word}.md", f"# Note {number}\n\nA note about the {word} and the quick brown fox."
        )
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
    return folder


def found(vault: Folder, query: str) -> list[str]:
    with Workspace.open(vault.path, write=False) as workspace:
        hits = workspace.search(query, k=8).hits
        trouble = workspace.reranker_trouble()
        assert trouble is None, trouble
    return [hit.path for hit in hits]


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    capsys.readouterr()
    status = commands.run(list(arguments))
    return status, *capsys.readouterr()


def test_results_are_reranked_once_a_model_is_chosen(
    files: Path, vault: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    before = found(vault, "quick brown fox")
    status, _, _ = run("models", "add", str(files), "--name", "tiny", capsys=capsys)
    assert status == 0 and found(vault, "quick brown fox") == before
    status, out, _ = run("models", "use", "tiny", "--json", capsys=capsys)
    assert (status, json.loads(out)) == (0, {"reranker": "tiny"})
    after = found(vault, "quick brown fox")
    assert sorted(after) == sorted(before) and after != before
    _, out, _ = run("models", "--json", capsys=capsys)
    assert [m["name"] for m in json.loads(out)["rerankers"] if m["in_use"]] == ["tiny"]
    run("models", "use", "--off", "tiny", capsys=capsys)
    assert found(vault, "quick brown fox") == before
    run("models", "use", "tiny", capsys=capsys)
    run("models", "remove", "tiny", capsys=capsys)
    assert settings.load(paths.home().settings_file).reranker == ""
    assert found(vault, "quick brown fox") == before


def test_a_reranker_of_the_catalogue_comes_from_the_hub(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hub = LoopbackHub()
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    for name in ("HF_TOKEN", "HF_HUB_OFFLINE", "http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    try:
        paths_of = (path for path in files.rglob("*") if path.is_file())
        content = {path.relative_to(files).as_posix(): path.read_bytes() for path in paths_of}
        hub.add("cross-encoder/ms-marco-MiniLM-L6-v2", content)
        status, out, err = run("models", "add", "ms-marco-minilm-l6-v2", "--json", capsys=capsys)
    finally:
        hub.close()
    assert status == 0, err
    made = json.loads(out)
    # What the catalogue says of it goes before its README.
    assert (made["task"], made["languages"], made["installed"]) == ("rerank", ["en"], True)
    name = "cross-encoder/ms-marco-MiniLM-L6-v2"
    status, out, _ = run("models", "use", name, "--json", capsys=capsys)
    assert (status, json.loads(out)) == (0, {"reranker": "ms-marco-minilm-l6-v2"})


def test_korean_queries_are_not_harmed_by_an_english_reranker(
    vault: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, word in enumerate(("고양이", "정원", "검색", "의미")):
        vault.write(f"{word}.md", f"# 노트 {number}\n\n{word}에 관한 노트. 검색과 의미를 적는다.")
    with Workspace.open(vault.path, write=True) as workspace:
        workspace.index()
    before = [found(vault, query) for query in ("노트 검색", "의미", "고양이 fox 검색")]
    added(random_cross_encoder(tmp_path / "english", languages="[en]"), "english")
    assert run("models", "use", "english", capsys=capsys)[0] == 0
    assert [found(vault, query) for query in ("노트 검색", "의미", "고양이 fox 검색")] == before
    english = found(vault, "quick brown fox")
    assert [path for path in english if path.isascii()]


def test_a_broken_model_is_told_of_and_search_goes_on(
    files: Path,
    vault: Folder,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The library keeps the stream that it first logged to, which an earlier test has closed.
    monkeypatch.setattr(logging, "raiseExceptions", False)
    added(files)
    assert run("models", "use", "tiny", capsys=capsys)[0] == 0
    weights = paths.home().models / "tiny" / "files" / "model.safetensors"
    weights.write_bytes(b"damaged")
    where = ("search", "quick brown fox", "--vault", str(vault.path), "--json")
    status, out, err = run(*where, capsys=capsys)
    assert status == 0 and len(json.loads(out)["hits"]) > 3
    assert "tiny cannot be used" in err and "Traceback" not in err
    status, _, err = run("models", "use", "tiny", capsys=capsys)
    assert status == 1 and "Traceback" not in err


def test_a_reranker_that_was_not_added_says_how_to(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run("models", "use", "bge-reranker-v2-m3", capsys=capsys)
    assert status == 1 and "models add bge-reranker-v2-m3" in err
