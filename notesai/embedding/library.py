"""The models that the user added: installing, listing and removing them.

A model is made ready in a staging folder, opened once, and then renamed into place: a crash leaves
the whole model or none.
"""

import contextlib
import hashlib
import json
import logging
import re
import shutil
import tempfile
import time
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

from notesai import paths
from notesai.embedding import records
from notesai.embedding.base import ModelCard
from notesai.embedding.catalog import Entry, is_shipped, unknown
from notesai.embedding.cross_encoder import is_cross_encoder
from notesai.embedding.folder import CARD, GRAPH, MANIFEST, ModelFolder, damaged
from notesai.embedding.provenance import Provenance, told_by
from notesai.embedding.records import FILES, Installed, Origin
from notesai.errors import ModelError

log = logging.getLogger(__name__)

_STAGING = ".staging-"
_OTHER_FORMATS = shutil.ignore_patterns(
    *(".git", ".cache", "__pycache__", "onnx", "openvino", "coreml"),
    *("*.onnx", "*.onnx_data", "*.h5", "*.msgpack", "*.ot", "*.gguf", "*.py", "training_args.bin"),
)


def installed() -> tuple[Installed, ...]:
    """The models that were added, by name. What cannot be read is left out and logged."""
    found: list[Installed] = []
    for card in sorted(paths.home().models.glob(f"*/{CARD}")):
        if records.is_name(card.parent.name):
            try:
                found.append(records.read(card.parent))
            except ModelError as error:
                log.warning("an added model is left out: %s", error)
    return tuple(found)


def get(name: str) -> Installed:
    """The added model of that name. Raises `model.unknown`, `model.name` or `model.damaged`."""
    folder = records.folder_of(name)
    if not (folder / CARD).is_file():
        raise unknown(name)
    return records.read(folder)


def name_for(source: str) -> str:
    """A name for a model from its hub id, folder or URL: "org/Model-1" gives "model-1"."""
    last = re.split(r"[/\\]", source.rstrip("/\\"))[-1]
    return re.sub(r"[^\w.-]+", "-", last).strip("-._").lower()[:100] or "model"


def check_free(name: str) -> None:
    """Raise `model.name` or `model.exists` unless a model may be added under `name`."""
    if is_shipped(name) or records.folder_of(name).exists():
        raise ModelError(
            "model.exists",
            f"There is a model named {name!r} already.",
            "Remove it first, or add this one under another name. Nothing was changed.",
        )


def size(name: str) -> int:
    """Bytes that the added model takes on disk. Raises `model.unknown`."""
    return sum(path.stat().st_size for path in get(name).path.rglob("*") if path.is_file())


def remove(name: str) -> None:
    """Delete an added model. Raises `model.bundled` for one that comes with the program."""
    if is_shipped(name):
        message = f"{name} comes with notesai and stays: search by meaning needs it."
        raise ModelError("model.bundled", message, "Nothing was changed.")
    folder = records.folder_of(name)
    if not folder.is_dir():
        raise unknown(name)
    with _told("remove", name):
        # Renamed first: what is half deleted must not look like a model.
        doomed = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder.parent))
        folder.replace(doomed / folder.name)
        shutil.rmtree(doomed)


def install_files(
    name: str,
    files: Path,
    *,
    source: str,
    revision: str,
    entry: Entry | None,
    move: bool = False,
) -> Installed:
    """Add the model in the folder `files`, a sentence-transformers or transformers model or ours.

    It is opened once, to learn what it is. The folder is copied, or with `move` taken over where
    that is possible. An empty `revision` stands for the hash of its files.
    Raises `ModelError`: `model.exists`, `model.missing` for a folder without a model, and what
    opening it raises. Nothing is left behind then.
    """
    check_free(name)
    ours = (files / CARD).is_file() and (files / GRAPH).is_file()
    if not ours and not any((files / n).is_file() for n in ("config.json", "modules.json")):
        raise ModelError(
            "model.missing",
            f"There is no model in {files}.",
            "A model's folder holds config.json or modules.json. Nothing was changed.",
        )
    if ours:
        return _install_ours(name, files, source)
    with staging(name) as folder:
        _bring(files, folder / FILES, move=move)
        reranks = entry.reranks if entry is not None else is_cross_encoder(folder / FILES)
        card = _examined(name, folder / FILES, revision, entry, reranks=reranks)
        runtime = "cross-encoder" if reranks else "sentence-transformers"
        seal(folder, card, Origin(runtime=runtime, source=source))
        return place(folder, name)


def install_endpoint(
    name: str,
    url: str,
    model: str,
    key_variable: str = "",
    *,
    languages: tuple[str, ...] = ("en", "ko"),
    window: int = 512,
) -> Installed:
    """Add an OpenAI-compatible endpoint after asking it once, for the dimension of its vectors.

    `key_variable` names the environment variable with the key, empty for none. `window` is the
    number of tokens that the service reads; 512 is what the smallest models read.
    Raises `ModelError`: `model.exists`, and what the endpoint raises.
    """
    from notesai.embedding import endpoint

    check_free(name)
    origin = Origin(runtime="endpoint", source=url, url=url, model=model, key_variable=key_variable)
    card = endpoint.asked(name, origin, languages, window)
    with staging(name) as folder:
        seal(folder, card, origin)
        return place(folder, name)


@contextlib.contextmanager
def staging(name: str) -> Generator[Path]:
    """A new folder beside the models, gone afterwards unless `place` made a model of it."""
    models = paths.home().models
    with _told("add", name):
        models.mkdir(parents=True, exist_ok=True)
        _sweep(models)
        folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=models))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def seal(folder: Path, card: ModelCard, origin: Origin) -> None:
    """Write the card of a staged model; an ONNX model also gets a manifest and is opened once."""
    records.write(folder, card, origin)
    if origin.runtime == "onnx":
        from notesai.embedding.onnx import OnnxEmbedder

        write_manifest(folder)
        OnnxEmbedder(folder, threads=1).close()


def place(folder: Path, name: str) -> Installed:
    """Rename a sealed model into place."""
    check_free(name)
    folder.chmod(0o755)
    folder.replace(records.folder_of(name))
    return records.read(records.folder_of(name))


def write_manifest(folder: Path) -> None:
    """Record size and sha256 of every file, as ONNX models have it. Raises `OSError`."""
    every = sorted(path for path in folder.rglob("*") if path.is_file())
    files = {path.relative_to(folder).as_posix(): _record(path) for path in every}
    files.pop(MANIFEST, None)
    (folder / MANIFEST).write_text(json.dumps({"files": files}, indent=2) + "\n", "utf-8")


def _install_ours(name: str, files: Path, source: str) -> Installed:
    """Add a folder with `model.onnx` and `manifest.json`; its hashes are compared."""
    given = ModelFolder.open(files)
    given.verify()
    with staging(name) as folder:
        for file in (*given.manifest.files, MANIFEST):
            # A manifest of others must not reach outside the folder.
            if not all(map(records.is_name, file.split("/"))):
                raise damaged(files / MANIFEST, f"it lists {file}")
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(files / file, folder / file)
        seal(folder, replace(given.card, id=name), Origin(runtime="onnx", source=source))
        return place(folder, name)


def _examined(
    name: str, files: Path, revision: str, entry: Entry | None, *, reranks: bool
) -> ModelCard:
    """The card of a model, from opening it, its README and the catalogue, the last one first."""
    from notesai.embedding import sentence_transformer as st
    from notesai.embedding.cross_encoder import examined as examined_reranker
    from notesai.embedding.languages import understood
    from notesai.embedding.network import Network

    told = Provenance(entry.licence, entry.languages) if entry else told_by(files / "README.md")
    card = ModelCard(
        id=name,
        revision=revision or _digest(files),
        dimension=0,
        window=0,
        languages=told.languages,
        licence=told.licence,
        query_prompt=entry.query_prompt if entry else "",
        document_prompt=entry.document_prompt if entry else "",
    )
    if reranks:
        return examined_reranker(files, card)
    network = Network(files)
    card = st.described(network, card)
    if card.languages:
        return card
    return replace(card, languages=understood(lambda texts: network.run(texts, "", "document")))


def _bring(files: Path, target: Path, *, move: bool) -> None:
    if move:
        with contextlib.suppress(OSError):
            files.replace(target)
            return
    shutil.copytree(files, target, ignore=_OTHER_FORMATS)
    # Weights in two formats: the safe one is read, the other one only takes room.
    for pickled in target.rglob("pytorch_model*.bin"):
        if any(pickled.parent.glob("*.safetensors")):
            pickled.unlink()


def _sweep(models: Path) -> None:
    """Remove what crashes left; staging folders of today may be in use by another process."""
    for folder in models.glob(f"{_STAGING}*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > 24 * 3600:
                shutil.rmtree(folder, ignore_errors=True)


def _digest(files: Path) -> str:
    """12 hexadecimal digits that stand for all files of a folder and their names."""
    whole = hashlib.sha256()
    for path in sorted(path for path in files.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").digest()
        whole.update(path.relative_to(files).as_posix().encode() + b"\0" + content)
    return whole.hexdigest()[:12]


def _record(path: Path) -> dict[str, int | str]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


@contextlib.contextmanager
def _told(verb: str, name: str) -> Generator[None]:
    """Turn trouble with the disk into an error that a person can read."""
    try:
        yield
    except (OSError, shutil.Error) as error:
        raise ModelError(
            "model.disk",
            f"Could not {verb} the model {name}: {error}",
            "Your notes, the index and all other models are as they were.",
        ) from error
