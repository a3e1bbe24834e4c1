import json
import os
import shutil
import time
from pathlib import Path

import pytest

from notesai import paths
from notesai.embedding import catalog, library, records
from notesai.embedding.base import ModelCard
from notesai.embedding.folder import ModelFolder
from notesai.embedding.records import Origin
from notesai.errors import ModelError

BUNDLED = "minilm-ko-en"
CARD = ModelCard("mine", "r1", 3, 8, ("en", "ko"), "MIT", "cls", "none", "q: ", "d: ")


def install(files: Path, name: str = "mine") -> library.Installed:
    return library.install_files(name, files, source="folder", revision="", entry=None)


def code_of(call: object, *arguments: object) -> str:
    assert callable(call)
    with pytest.raises(ModelError) as caught:
        call(*arguments)
    assert caught.value.hint
    return caught.value.code


def add_endpoint(name: str) -> Path:
    folder = records.folder_of(name)
    folder.mkdir(parents=True)
    records.write(folder, CARD, Origin(runtime="endpoint", url="https://api.example.org/v1"))
    return folder


def test_a_model_of_the_light_runtime() -> None:
    model = install(catalog.bundled())
    assert (model.name, model.origin.runtime, model.card.id) == ("mine", "onnx", "mine")
    assert library.installed() == (model,)
    assert library.size("mine") > catalog.entries()[0].size * 0.9e6
    embedder = catalog.open_embedder("mine")
    assert embedder.card.id == "mine"
    embedder.verify()  # type: ignore[attr-defined]


def test_parts_of_a_model_in_folders_of_their_own(tmp_path: Path) -> None:
    files = tmp_path / "copy"
    shutil.copytree(catalog.bundled(), files)
    (files / "part").mkdir(exist_ok=True)
    (files / "part" / "notes.txt").write_text("about this part")
    library.write_manifest(files)
    model = install(files)
    assert (model.path / "part" / "notes.txt").read_text() == "about this part"
    ModelFolder.open(model.path).verify()
    assert "part/notes.txt" in (model.path / "manifest.json").read_text()


def test_a_changed_byte_is_not_installed(tmp_path: Path) -> None:
    files = tmp_path / "copy"
    shutil.copytree(catalog.bundled(), files)
    data = bytearray((files / "model.onnx").read_bytes())
    data[len(data) // 2] ^= 1
    (files / "model.onnx").write_bytes(data)
    assert code_of(install, files) == "model.damaged"
    assert not paths.home().models.exists()


def test_a_manifest_that_reaches_outside(tmp_path: Path) -> None:
    files = tmp_path / "copy"
    shutil.copytree(catalog.bundled(), files)
    manifest = json.loads((files / "manifest.json").read_text())
    manifest["files"]["../LICENSE"] = manifest["files"]["LICENSE"]
    (tmp_path / "LICENSE").write_bytes((files / "LICENSE").read_bytes())
    (files / "manifest.json").write_text(json.dumps(manifest))
    assert code_of(install, files) == "model.damaged"


@pytest.mark.parametrize("name", ["", "..", "a/b", "-x", "x" * 101, "dot."])
def test_names_that_lead_elsewhere(name: str) -> None:
    assert code_of(install, catalog.bundled(), name) == "model.name"
    assert code_of(library.remove, name) in ("model.name", "model.unknown")


def test_a_name_that_is_taken(tmp_path: Path) -> None:
    add_endpoint("mine")
    assert code_of(install, catalog.bundled()) == "model.exists"
    assert code_of(install, catalog.bundled(), BUNDLED) == "model.exists"


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    assert code_of(install, tmp_path) == "model.missing"
    assert code_of(install, tmp_path / "nowhere") == "model.missing"


def test_remove() -> None:
    folder = add_endpoint("mine")
    add_endpoint("other")
    library.remove("mine")
    assert not folder.exists()
    assert [path.name for path in folder.parent.iterdir()] == ["other"]
    assert code_of(library.remove, "mine") == "model.unknown"
    assert code_of(library.remove, BUNDLED) == "model.bundled"


def test_what_is_not_known() -> None:
    add_endpoint("other")
    for call in (library.get, library.size):
        with pytest.raises(ModelError) as caught:
            call("mine")
        assert caught.value.code == "model.unknown"
        assert "other" in caught.value.message


def test_a_broken_card_is_left_out_of_the_list_and_can_be_removed() -> None:
    folder = add_endpoint("mine")
    other = add_endpoint("other")
    (folder / "model.toml").write_text("id =")
    assert [model.path for model in library.installed()] == [other]
    assert code_of(library.get, "mine") == "model.damaged"
    library.remove("mine")
    assert not folder.exists()


def test_what_a_crash_left_is_no_model_and_goes_after_a_day() -> None:
    models = paths.home().models
    old, new = models / ".staging-old", models / ".staging-new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        records.write(folder, CARD, Origin())
    os.utime(old, (time.time() - 90_000,) * 2)
    assert library.installed() == ()
    with library.staging("mine"):
        pass
    assert [path.name for path in models.iterdir()] == [new.name]


def test_a_disk_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    assert code_of(install, catalog.bundled()) == "model.disk"
    assert not list(paths.home().models.iterdir())


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("intfloat/multilingual-e5-small", "multilingual-e5-small"),
        ("Qwen/Qwen3-Embedding-0.6B", "qwen3-embedding-0.6b"),
        ("/home/me/My Model/", "my-model"),
        ("C:\\models\\mine", "mine"),
        ("...", "model"),
        ("한국어 모형", "한국어-모형"),
    ],
)
def test_names_from_sources(source: str, name: str) -> None:
    assert library.name_for(source) == name
    assert records.is_name(name)


def test_the_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    origin = Origin(
        runtime="endpoint", source="s", url="https://a.b:1/v1", model="m", key_variable="KEY"
    )
    records.write(tmp_path, CARD, origin)
    found = records.read(tmp_path)
    assert (found.card, found.origin, found.sends_to) == (CARD, origin, "a.b:1")
    assert [path.name for path in tmp_path.iterdir()] == ["model.toml"]
    (tmp_path / "model.toml").write_text((tmp_path / "model.toml").read_text() + 'runtime = "x"')
    assert code_of(records.read, tmp_path) == "model.damaged"
    assert code_of(records.read, tmp_path / "nowhere") == "model.missing"
