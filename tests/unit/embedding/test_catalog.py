import shutil
from pathlib import Path

import pytest

from notesai import paths
from notesai.embedding import catalog
from notesai.embedding.onnx import OnnxEmbedder
from notesai.errors import ModelError


def test_every_bundled_entry_tells_the_truth() -> None:
    for entry in catalog.entries():
        if not entry.bundled:
            continue
        embedder = catalog.open_embedder(entry.id)
        card = embedder.card
        assert (card.id, card.languages, card.licence) == (
            entry.id,
            entry.languages,
            entry.licence,
        )
        assert (card.query_prompt, card.document_prompt) == (
            entry.query_prompt,
            entry.document_prompt,
        )
        folder = paths.resources() / "models" / entry.id
        megabytes = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        assert abs(entry.size - megabytes) < 1


def test_the_default_is_the_bundled_one() -> None:
    assert catalog.open_embedder().card.id == catalog.bundled().name


def test_a_model_that_the_user_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTESAI_HOME", str(tmp_path))
    folder = paths.home().models / "mine"
    folder.parent.mkdir(parents=True)
    shutil.copytree(catalog.bundled(), folder)
    embedder = catalog.open_embedder("mine")
    assert isinstance(embedder, OnnxEmbedder)


@pytest.mark.parametrize("name", ["", "nothing", "../models", "a/b", "..", "/etc", "c:\\x"])
def test_other_names_are_unknown(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTESAI_HOME", str(tmp_path))
    with pytest.raises(ModelError) as caught:
        catalog.open_embedder(name)
    assert caught.value.code == "model.unknown"
    assert catalog.bundled().name in caught.value.message


@pytest.mark.parametrize("text", [None, "models = 3", "models = []", "["])
def test_a_broken_catalogue(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if text is not None:
        (tmp_path / "models.toml").write_text(text)
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    catalog.entries.cache_clear()
    try:
        with pytest.raises(ModelError) as caught:
            catalog.open_embedder()
        assert caught.value.code == "model.damaged"
    finally:
        catalog.entries.cache_clear()
