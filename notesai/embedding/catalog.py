"""The catalogue of models that embed, rerank or chat, and opening one of the first two."""

import functools
import importlib.util
from pathlib import Path

import msgspec

from notesai import paths
from notesai.embedding import records
from notesai.embedding.base import Embedder, Reranker
from notesai.embedding.folder import CARD, damaged
from notesai.errors import ModelError

RERANK = "rerank"
"""The task of models that put results in order; they make no vectors."""

CHAT = "chat"
"""The task of models that write answers; `notesai.answers` runs them."""

MEMORY_SHARE = 0.5
"""Share of the machine's memory that a model may take; the rest is for all other programs."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One model. `size` and `memory` are in megabytes; `bundled` ones are shipped.

    `hub` is its id on the Hugging Face hub, empty for what is not there; `gated` ones are given
    only to those who accepted their terms there. `dimension` and `window` are 0 where not known.
    A chat model is one GGUF `file` of its repository.
    """

    id: str
    title: str
    task: str
    languages: tuple[str, ...]
    size: int
    memory: int
    licence: str
    bundled: bool = False
    hub: str = ""
    gated: bool = False
    dimension: int = 0
    window: int = 0
    pooling: str = ""
    query_prompt: str = ""
    document_prompt: str = ""
    file: str = ""
    quantisation: str = ""

    @property
    def reranks(self) -> bool:
        """True for a model that puts results in order and makes no vectors."""
        return self.task == RERANK

    @property
    def chats(self) -> bool:
        """True for a model that writes answers; it makes no vectors."""
        return self.task == CHAT


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


def find(name: str) -> Entry | None:
    """The entry of that id or hub id; capitals do not matter on the hub."""
    wanted = name.casefold()
    return next(
        (e for e in entries() if wanted in {e.id.casefold(), e.hub.casefold()} - {""}), None
    )


def fits(entry: Entry) -> bool | None:
    """Whether the model leaves this machine enough memory; None if its need is not known."""
    import psutil

    if not entry.memory:
        return None
    return entry.memory * 1e6 <= psutil.virtual_memory().total * MEMORY_SHARE


def has_sentence_transformers() -> bool:
    """Whether models other than ONNX ones can run here. Looks, but loads nothing."""
    return importlib.util.find_spec("sentence_transformers") is not None


def bundled() -> Path:
    """Folder of the default model, which comes with the program."""
    return _shipped(next(entry.id for entry in entries() if entry.bundled))


def open_embedder(model_id: str | None = None) -> Embedder:
    """The model of that id, shipped or added by the user; the default one for None.

    Raises `ModelError`: `model.unknown` for an id that is neither, else what opening it raises.
    """
    if model_id is None:
        return _open_onnx(bundled())
    folder = _folder(model_id)
    match records.read(folder).origin.runtime:
        case "onnx":
            return _open_onnx(folder)
        case "sentence-transformers":
            from notesai.embedding.sentence_transformer import SentenceTransformerEmbedder

            return SentenceTransformerEmbedder(folder)
        case "endpoint":
            from notesai.embedding.endpoint import EndpointEmbedder

            return EndpointEmbedder(folder)
        case "cross-encoder":
            raise ModelError(
                "model.task",
                f"{model_id} puts results in order; it cannot make an index.",
                "Choose another model. Nothing was changed.",
            )
        case "gguf" | "chat-endpoint":
            raise ModelError(
                "model.task",
                f"{model_id} writes answers; it cannot make an index.",
                "Choose another model. Nothing was changed.",
            )


def open_reranker(model_id: str) -> Reranker:
    """The added model of that id that puts results in order.

    Raises `ModelError`: `model.unknown`, `model.task` for one that embeds, and what opening raises.
    """
    folder = _folder(model_id)
    if records.read(folder).origin.runtime != "cross-encoder":
        message = f"{model_id} makes vectors; it cannot put results in order."
        raise ModelError("model.task", message, "Choose a model for reranking.")
    from notesai.embedding.cross_encoder import CrossEncoder

    return CrossEncoder(folder)


def is_shipped(name: str) -> bool:
    """Whether a model of that name comes with the program."""
    return records.is_name(name) and (_shipped(name) / CARD).is_file()


def unknown(name: str) -> ModelError:
    """The error for a name that no shipped and no added model has."""
    added = paths.home().models.glob(f"*/{CARD}")
    names = [entry.id for entry in entries() if entry.bundled]
    names += sorted(path.parent.name for path in added if records.is_name(path.parent.name))
    return ModelError(
        "model.unknown",
        f"No model is named {name!r}. Installed: {', '.join(names)}.",
        "Your notes and the index are safe. `notesai models` lists the models that there are.",
    )


def _open_onnx(folder: Path) -> Embedder:
    # Not at the top: whoever only lists the catalogue needs no runtime.
    from notesai.embedding.onnx import OnnxEmbedder

    return OnnxEmbedder(folder)


def _folder(model_id: str) -> Path:
    """Folder of a model. An id is a plain name: it never leads out of the models' folders."""
    if records.is_name(model_id):
        for folder in (_shipped(model_id), paths.home().models / model_id):
            if (folder / CARD).is_file():
                return folder
    raise unknown(model_id)


def _shipped(model_id: str) -> Path:
    return paths.resources() / "models" / model_id
