"""The catalogue of embedding models, and opening one of them."""

import functools
import re
from pathlib import Path

import msgspec

from notesai import paths
from notesai.embedding.base import Embedder
from notesai.embedding.folder import CARD, HINT, damaged
from notesai.errors import ModelError


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One model. `size` and `memory` are in megabytes; `bundled` ones are shipped."""

    id: str
    title: str
    task: str
    languages: tuple[str, ...]
    size: int
    memory: int
    licence: str
    bundled: bool = False
    query_prompt: str = ""
    document_prompt: str = ""


class _Catalogue(msgspec.Struct, frozen=True):
    models: tuple[Entry, ...]


@functools.cache
def entries() -> tuple[Entry, ...]:
    """All models of the catalogue, the default one first. Raises `model.damaged`."""
    path = paths.resources() / "models.toml"
    try:
        models = msgspec.toml.decode(path.read_bytes(), type=_Catalogue).models
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise damaged(path, str(error)) from error
    if not any(entry.bundled for entry in models):
        raise damaged(path, "it names no bundled model")
    return models


def bundled() -> Path:
    """Folder of the default model, which comes with the program."""
    return _shipped(next(entry.id for entry in entries() if entry.bundled))


def open_embedder(model_id: str | None = None) -> Embedder:
    """The model of that id, shipped or added by the user; the default one for None.

    Raises `ModelError`: `model.unknown` for an id that is neither, else what opening it raises.
    """
    # Not at the top: whoever only lists the catalogue needs no numpy.
    from notesai.embedding.onnx import OnnxEmbedder

    return OnnxEmbedder(bundled() if model_id is None else _folder(model_id))


def _folder(model_id: str) -> Path:
    """Folder of a model. An id is a plain name: it never leads out of the models' folders."""
    if re.fullmatch(r"\w[\w.-]*", model_id):
        for folder in (_shipped(model_id), paths.home().models / model_id):
            if (folder / CARD).is_file():
                return folder
    known = ", ".join(entry.id for entry in entries() if entry.bundled)
    raise ModelError("model.unknown", f"No model is named {model_id!r}. Known: {known}.", HINT)


def _shipped(model_id: str) -> Path:
    return paths.resources() / "models" / model_id
