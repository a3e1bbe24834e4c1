import hashlib
import json
from pathlib import Path

import pytest

from notesai.embedding.folder import ModelFolder
from notesai.errors import ModelError

CARD = """
id = "tiny"
revision = "1"
dimension = 3
window = 8
languages = ["en", "ko"]
licence = "MIT"
query_prompt = "query: "
"""


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    records = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    }
    (folder / "manifest.json").write_text(json.dumps({"files": records}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, {"model.onnx": b"graph", "tokenizer.json": b"{}", "model.toml": CARD.encode()})
    return tmp_path


def code_of(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        ModelFolder.open(folder).verify()
    assert caught.value.message
    assert "safe" in caught.value.hint
    return caught.value.code


def test_the_card_is_read(folder: Path) -> None:
    opened = ModelFolder.open(folder)
    opened.verify()
    assert opened.card.languages == ("en", "ko")
    assert (opened.card.dimension, opened.card.query_prompt) == (3, "query: ")
    assert opened.card.pooling == "mean"


def test_no_folder(tmp_path: Path) -> None:
    assert code_of(tmp_path / "nowhere") == "model.missing"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "manifest.json"])
def test_a_file_is_gone(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert code_of(folder) == "model.damaged"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "model.toml"])
def test_a_file_is_cut(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes()[:-1])
    assert code_of(folder) == "model.damaged"


def test_changed_bytes_are_found_by_verify_alone(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"grapf")
    ModelFolder.open(folder)
    assert code_of(folder) == "model.damaged"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("model.toml", b"id = "),
        ("model.toml", b'id = "tiny"'),
        ("model.toml", b"\xff\xfe"),
        ("manifest.json", b"{"),
        ("manifest.json", b'{"files": {"a": 1}}'),
        ("manifest.json", b'{"files": {}}'),
    ],
)
def test_unreadable_facts(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    assert code_of(folder) == "model.damaged"
