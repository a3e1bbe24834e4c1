"""Adding chat models: a GGUF file from a hub or from this machine, or a service that runs one.

An added one is a folder below `models/` like any other model: its `model.toml`, and the file.
"""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from notesai import paths
from notesai.answers.llm.gguf import Header, read_header
from notesai.embedding import library
from notesai.embedding.base import ModelCard
from notesai.embedding.catalog import Entry
from notesai.embedding.download import RESERVE, fetch
from notesai.embedding.hub import errors
from notesai.embedding.hub.gguf_selection import selecting
from notesai.embedding.records import Installed, Origin
from notesai.progress import Progress

_BLOCK = 4 << 20


def install_from_hub(
    name: str, hub_id: str, revision: str, progress: Progress, entry: Entry | None
) -> Installed:
    """Download one GGUF model of a repository: that of the catalogue, or the usual precision.

    What has arrived when it breaks off is kept for the next time. Raises what `fetch` does, and
    `llm.*` for a file that holds no chat model.
    """
    library.check_free(name)
    target = paths.home().cache / "downloads" / f"{name}.ready"
    try:
        file = entry.file if entry is not None else ""
        fetched = fetch(hub_id, revision, target, progress, selecting(file))
        return _placed(name, sorted(target.rglob("*.gguf")), hub_id, fetched.revision, entry)
    finally:
        shutil.rmtree(target, ignore_errors=True)


def install_file(name: str, file: Path, progress: Progress) -> Installed:
    """Take over a GGUF file, of a split model all parts: linked where possible, else copied.

    The file itself stays as it is. Raises `llm.*` for one that holds no chat model,
    `hub.disk_full`, `model.exists`, `model.name`.
    """
    library.check_free(name)
    read_header(file)
    parts = _parts(file)

    def bring(source: Path, target: Path) -> None:
        try:
            os.link(source.resolve(), target)
        except OSError:
            _copied(source, target, progress)

    return _placed(name, parts, str(file.resolve()), "", None, bring)


def install_service(name: str, url: str, model: str, key_variable: str = "") -> Installed:
    """Add an OpenAI-compatible chat service after letting it say one token.

    Raises `ModelError`: `model.exists`, and what the service raises.
    """
    from notesai.answers.service import ChatService

    library.check_free(name)
    origin = Origin(
        runtime="chat-endpoint", source=url, url=url, model=model, key_variable=key_variable
    )
    service = ChatService(name, origin)
    try:
        service.greet()
    finally:
        service.close()
    card = ModelCard(name, f"{model} at {service.host}", 0, 0, ("en", "ko"), "that of the service")
    with library.staging(name) as folder:
        library.seal(folder, card, origin)
        return library.place(folder, name)


def _placed(
    name: str,
    files: list[Path],
    source: str,
    revision: str,
    entry: Entry | None,
    bring: Callable[[Path, Path], None] | None = None,
) -> Installed:
    bring = bring or _moved
    header = read_header(files[0])
    with library.staging(name) as folder:
        for file in files:
            bring(file, folder / file.name)
        library.seal(
            folder, _card(name, header, revision, entry), Origin(runtime="gguf", source=source)
        )
        return library.place(folder, name)


def _card(name: str, header: Header, revision: str, entry: Entry | None) -> ModelCard:
    return ModelCard(
        id=name,
        revision=revision or header.size_label or "1",
        dimension=0,
        window=header.context,
        languages=entry.languages if entry is not None else (),
        licence=entry.licence if entry is not None else header.licence or "not stated",
        quantisation=entry.quantisation if entry is not None else "as in the file",
    )


def _parts(file: Path) -> list[Path]:
    """All files of a split model; of any other just itself."""
    head, mark, tail = file.name.partition("-00001-of-")
    return sorted(file.parent.glob(f"{head}-*-of-{tail}")) if mark else [file]


def _moved(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copyfile(source, target)


def _copied(source: Path, target: Path, progress: Progress) -> None:
    size, free = source.stat().st_size, shutil.disk_usage(target.parent).free
    if free < size + RESERVE:
        raise errors.disk_full(size + RESERVE, free)
    done = 0
    with source.open("rb") as read, target.open("wb") as written:
        while block := read.read(_BLOCK):
            written.write(block)
            done += len(block)
            progress.report("download", done, size)
