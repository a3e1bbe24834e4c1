"""What `model.toml` says of an added model: its card, what runs it, where it came from."""

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec
import tomli_w

from notesai import paths
from notesai.embedding.addresses import this_machine
from notesai.embedding.base import ModelCard
from notesai.embedding.folder import CARD, HINT, damaged
from notesai.errors import ModelError

FILES = "files"
"""Sub-folder with the files of a sentence-transformers model."""

Runtime = Literal[
    "onnx", "sentence-transformers", "endpoint", "cross-encoder", "gguf", "chat-endpoint"
]


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What runs a model and where it came from; the last three are an endpoint's.

    `key_variable` names the environment variable that holds the key. The key itself is never kept.
    """

    runtime: Runtime = "onnx"
    source: str = ""
    url: str = ""
    model: str = ""
    key_variable: str = ""


@dataclass(frozen=True, slots=True)
class Installed:
    """A model that the user added. `sends_to` is the host that gets the texts, "" if none does."""

    name: str
    path: Path
    card: ModelCard
    origin: Origin

    @property
    def reranks(self) -> bool:
        """True for a model that puts results in order and makes no vectors."""
        return self.origin.runtime == "cross-encoder"

    @property
    def chats(self) -> bool:
        """True for a model that writes answers and makes no vectors."""
        return self.origin.runtime in ("gguf", "chat-endpoint")

    @property
    def embeds(self) -> bool:
        """True for a model that makes vectors."""
        return not (self.reranks or self.chats)

    @property
    def sends_to(self) -> str:
        """Host and port of the endpoint; empty for models, and chat services, that run here."""
        address = urlsplit(self.origin.url)
        return "" if self.chats and this_machine(address) else address.netloc


def is_name(name: str) -> bool:
    """Whether `name` is a plain name: it never leads out of the models' folder."""
    return re.fullmatch(r"\w[\w.-]{0,99}", name) is not None and not name.endswith(".")


def folder_of(name: str) -> Path:
    """Folder of the added model `name`, whether it is there or not. Raises `model.name`."""
    if not is_name(name):
        raise ModelError(
            "model.name",
            f"{name!r} cannot name a model.",
            "Use letters, digits, dots, hyphens and underscores. Nothing was changed.",
        )
    return paths.home().models / name


def read(folder: Path) -> Installed:
    """The model in `folder`. Raises `model.missing` or `model.damaged`."""
    path = folder / CARD
    try:
        data = path.read_bytes()
        card = msgspec.toml.decode(data, type=ModelCard)
        origin = msgspec.toml.decode(data, type=Origin)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ModelError("model.missing", f"There is no model in {folder}.", HINT) from error
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise damaged(path, str(error)) from error
    return Installed(folder.name, folder, card, origin)


def write(folder: Path, card: ModelCard, origin: Origin) -> None:
    """Write `model.toml`, whole or not at all. Raises `OSError`."""
    values = {**msgspec.to_builtins(card), **msgspec.to_builtins(origin)}
    handle, name = tempfile.mkstemp(dir=folder, prefix=".card-")
    try:
        with os.fdopen(handle, "wb") as file:
            tomli_w.dump(values, file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(folder / CARD)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
