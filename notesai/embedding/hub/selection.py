"""Which files of a model's repository sentence-transformers needs to run it.

A repository often holds the same weights five times over, for as many libraries, and sometimes
code. Wanted are the weights once, configurations, tokenizers and what says what the model is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from notesai.errors import ModelError

_FOREIGN = frozenset(
    {"onnx", "openvino", "tf", "tensorflow", "flax", "coreml", "gguf", "ggml", "mlx", "tensorrt"}
    | {"runs", "logs", "checkpoints", "images", "assets", "examples", "evaluation", "eval"}
)
"""Folders with the same weights for other libraries, or with nothing that a model needs."""

_SUFFIXES = frozenset(
    {".json", ".txt", ".model", ".vocab", ".bpe", ".codes", ".jinja", ".tiktoken", ".md"}
)
_PLAIN = ("license", "licence", "notice")


@dataclass(frozen=True, slots=True)
class HubFile:
    """One file of a repository, as the hub tells of it; `size` is in bytes.

    Large files have a `sha256`, small ones the `blob` id that git gives them; both hexadecimal.
    """

    path: str
    size: int
    sha256: str = ""
    blob: str = ""


def wanted(files: Iterable[HubFile]) -> tuple[HubFile, ...]:
    """The files to download, small ones first.

    Of each folder's weights the safetensors are taken, and pickles only where there are none.
    Raises `ModelError`: `hub.no_weights` if there is neither, `hub.unsafe_path` for a file that
    would be written outside the model's folder.
    """
    weights: dict[PurePosixPath, list[HubFile]] = defaultdict(list)
    chosen: list[HubFile] = []
    for file in files:
        path = checked_path(file.path)
        if _is_foreign(path):
            continue
        if path.suffix == ".safetensors" or _is_pickle(path):
            weights[path.parent].append(file)
        elif path.suffix.lower() in _SUFFIXES or path.name.lower().startswith(_PLAIN):
            chosen.append(file)
    if not weights:
        raise ModelError(
            "hub.no_weights",
            "This repository holds no weights that sentence-transformers could load.",
            "Nothing was installed. Look for the model's original repository: this one may hold "
            "a copy for another program.",
        )
    for group in weights.values():
        chosen += _once(group)
    return tuple(sorted(chosen, key=lambda file: (file.size, file.path)))


def checked_path(name: str) -> PurePosixPath:
    """The path, which came over the network and must not lead out of the folder."""
    path = PurePosixPath(name)
    odd = "\\" in name or ".." in path.parts or path.is_absolute() or not path.parts
    if odd or ":" in name or not name.isprintable():
        raise ModelError(
            "hub.unsafe_path",
            f"The hub names a file {name!r}, which may not be written.",
            "Nothing was installed. Do not use this model.",
        )
    return path


def _is_foreign(path: PurePosixPath) -> bool:
    folders = [part.lower() for part in path.parts[:-1]]
    hidden = any(part.startswith(".") for part in path.parts)
    return hidden or any(f in _FOREIGN or f.startswith("checkpoint-") for f in folders)


def _is_pickle(path: PurePosixPath) -> bool:
    return path.suffix == ".bin" and path.name.startswith("pytorch_model")


def _once(group: Sequence[HubFile]) -> list[HubFile]:
    """One set of weights: those in a single file before shards and before other precisions."""
    tensors = [file for file in group if file.path.endswith(".safetensors")] or list(group)
    whole = [f for f in tensors if _name(f) in ("model.safetensors", "pytorch_model.bin")]
    shards = [file for file in tensors if "-of-" in file.path]
    return whole or shards or tensors


def _name(file: HubFile) -> str:
    return PurePosixPath(file.path).name
