"""A model on disk.

`model.onnx` is the graph, `tokenizer.json` its tokenizer, `model.toml` holds its facts (a
`ModelCard`), `manifest.json` the size and sha256 of every file.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from notesai.embedding.base import ModelCard
from notesai.errors import ModelError

GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"
CARD = "model.toml"
MANIFEST = "manifest.json"
HINT = (
    "Your notes and the index are safe, and search by word goes on. "
    "Install notesai again, or remove this model and add it again."
)


class FileRecord(msgspec.Struct, frozen=True):
    """What a file must be: its size and its sha256 in hexadecimal digits."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What is in the folder, by file name."""

    files: dict[str, FileRecord]


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model folder whose files are there in their right sizes."""

    path: Path
    card: ModelCard
    manifest: Manifest

    @classmethod
    def open(cls, path: Path) -> "ModelFolder":
        """Read the facts, compare the sizes. Raises `model.missing` or `model.damaged`."""
        if not (path / CARD).is_file():
            raise ModelError("model.missing", f"There is no model in {path}.", HINT)
        folder = cls(path, _read_card(path / CARD), _read_manifest(path / MANIFEST))
        for name in (GRAPH, TOKENIZER):
            if name not in folder.manifest.files:
                raise damaged(path / MANIFEST, f"it does not list {name}")
        for name, record in folder.manifest.files.items():
            folder._check_size(name, record)
        return folder

    def verify(self) -> None:
        """Compare the hash of every file. Raises `ModelError` (`model.damaged`)."""
        for name, record in self.manifest.files.items():
            try:
                with (self.path / name).open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise damaged(self.path / name, str(error)) from error
            if digest != record.sha256:
                raise damaged(self.path / name, "its content is not what was shipped")

    def _check_size(self, name: str, record: FileRecord) -> None:
        try:
            size = (self.path / name).stat().st_size
        except OSError as error:
            raise damaged(self.path / name, str(error)) from error
        if size != record.bytes:
            raise damaged(self.path / name, f"it has {size} bytes instead of {record.bytes}")


def damaged(path: Path, reason: str) -> ModelError:
    """The error for a file that cannot be used."""
    return ModelError("model.damaged", f"The model file {path} is damaged: {reason}.", HINT)


def _read_card(path: Path) -> ModelCard:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=ModelCard)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise damaged(path, str(error)) from error


def _read_manifest(path: Path) -> Manifest:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise damaged(path, str(error)) from error
