"""Which file of a repository of GGUF models to bring.

Such a repository holds one model in many precisions, each a file of its own, or several numbered
ones. The one that people mostly take is 4-bit `Q4_K_M`: half the size of 8-bit ones, hardly worse.
"""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import PurePosixPath

from notesai.embedding.hub.selection import HubFile, checked_path
from notesai.errors import ModelError

PREFERRED = ("Q4_K_M", "Q4_K_S", "Q4_0", "IQ4_XS", "Q5_K_M", "Q8_0", "Q6_K", "Q3_K_M")
"""Precisions in the order in which they are taken where nobody names a file."""

_PART = re.compile(r"-(\d{5})-of-(\d{5})(?=\.gguf\Z)", re.IGNORECASE)
_NO_MODEL = re.compile(r"mmproj|imatrix|draft|lora", re.IGNORECASE)


def gguf(files: Iterable[HubFile], name: str = "") -> tuple[HubFile, ...]:
    """The file called `name`, else the best one for most machines, with all of its parts.

    Makers rename files; the model is what was asked for, so a name that is gone stops nothing.

    Raises `ModelError`: `hub.no_weights`, `hub.unsafe_path`.
    """
    models = [file for file in files if _is_model(file)]
    wanted = [file for file in models if file.path == name] or _best(models)
    if not wanted:
        raise ModelError(
            "hub.no_weights",
            "This repository holds no GGUF model.",
            "Nothing was installed. Look at its list of files on the hub; "
            "`notesai models add FILE.gguf` takes one that you have.",
        )
    whole = _PART.sub("", wanted[0].path)
    return tuple(sorted(_parts(models, whole), key=lambda file: file.path))


def selecting(name: str) -> partial[tuple[HubFile, ...]]:
    """`gguf` for the file of that name."""
    return partial(gguf, name=name)


def _is_model(file: HubFile) -> bool:
    path = PurePosixPath(file.path)
    return path.suffix.lower() == ".gguf" and not _NO_MODEL.search(path.name)


def _best(models: Sequence[HubFile]) -> list[HubFile]:
    for precision in PREFERRED:
        named = [file for file in models if _names(file, precision)]
        if named:
            return sorted(named, key=lambda file: file.path)
    return sorted(models, key=lambda file: (file.size, file.path))


def _names(file: HubFile, precision: str) -> bool:
    name = PurePosixPath(file.path).name.upper()
    return re.search(rf"(?<![A-Z0-9]){precision}(?![A-Z0-9_])", name) is not None


def _parts(models: Iterable[HubFile], whole: str) -> list[HubFile]:
    found = [file for file in models if _PART.sub("", file.path) == whole]
    for file in found:
        checked_path(file.path)
    return found
