import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import msgspec
import psutil
import pytest

from notesai import paths
from notesai.embedding import catalog, records
from notesai.embedding.base import ModelCard
from notesai.embedding.endpoint import EndpointEmbedder
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
        megabytes = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6
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


def test_every_entry_is_complete() -> None:
    known = catalog.entries()
    assert len({entry.id for entry in known}) == len(known)
    for entry in known:
        assert records.is_name(entry.id)
        assert entry.bundled != bool(re.fullmatch(r"[\w.-]+/[\w.-]+", entry.hub)), entry.id
        assert entry.title
        assert entry.licence
        assert entry.languages
        assert min(entry.size, entry.memory) > 0
        assert (entry.dimension == 0) == (entry.reranks or entry.chats)
        assert entry.file.endswith(".gguf") == entry.chats
    tasks = {"general", "multilingual", "search", "domain", "code", "rerank", "chat"}
    assert tasks == {entry.task for entry in known}


def test_rerankers_are_there_for_both_languages_and_freely_licensed() -> None:
    rerankers = [entry for entry in catalog.entries() if entry.reranks]
    assert {entry.licence for entry in rerankers} <= {"Apache-2.0", "MIT"}
    assert any("ko" in entry.languages for entry in rerankers)
    assert any(entry.size < 200 for entry in rerankers)


def test_entries_by_id_and_by_hub_id() -> None:
    entry = catalog.find("baai/bge-m3")
    assert entry is not None
    assert entry is catalog.find("bge-m3")
    assert catalog.find("") is None
    assert catalog.find("nothing") is None


def test_whether_a_model_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = catalog.find("bge-m3")
    assert entry is not None
    for gigabytes, fits in ((4, False), (16, True)):
        memory = SimpleNamespace(total=gigabytes * 10**9)
        monkeypatch.setattr(psutil, "virtual_memory", lambda memory=memory: memory)
        assert catalog.fits(entry) is fits
    assert catalog.fits(msgspec.structs.replace(entry, memory=0)) is None


def test_every_runtime_is_opened_by_its_own(tmp_path: Path) -> None:
    card = ModelCard("mine", "1", 3, 8, ("en",), "MIT")
    for runtime in ("sentence-transformers", "endpoint"):
        folder = records.folder_of(runtime)
        folder.mkdir(parents=True)
        records.write(folder, card, records.Origin(runtime=runtime, url="http://localhost:1"))
    assert isinstance(catalog.open_embedder("endpoint"), EndpointEmbedder)
    with pytest.raises(ModelError) as caught:
        catalog.open_embedder("sentence-transformers")
    assert caught.value.code in ("model.unusable", "model.extra")


def test_chat_models_for_every_machine_and_for_korean() -> None:
    chat = [entry for entry in catalog.entries() if entry.chats]
    assert any(entry.memory < 2000 for entry in chat)
    assert any(entry.memory > 6000 for entry in chat)
    korean = [entry for entry in chat if "ko" in entry.languages]
    assert any(entry.licence == "Apache-2.0" for entry in korean)
    assert all("non-commercial" in e.licence for e in chat if e.id.startswith("exaone"))
