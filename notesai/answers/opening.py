"""Opening the chat model that a person chose, by name or by file."""

from collections.abc import Callable
from pathlib import Path

from notesai import paths
from notesai.answers.llama import ChatModel
from notesai.answers.llm.process import LlamaProcess
from notesai.answers.service import ChatService
from notesai.embedding import records
from notesai.embedding.folder import CARD
from notesai.errors import ModelError

_FIRST_PART = "*-00001-of-*.gguf"


def open_chat_model(name: str, *, context: int, threads: Callable[[], int]) -> ChatModel:
    """The model added under `name`, or in the GGUF file at that path. Nothing is loaded yet.

    It may be a service that was added. Raises `llm.unknown`, and `model.damaged`.
    """
    path = paths.expanded(name)
    if path.suffix.lower() == ".gguf":
        return LlamaProcess(path, context=context, threads=threads)
    folder = paths.home().models / name
    known = records.is_name(name)
    if known and (folder / CARD).is_file():
        origin = records.read(folder).origin
        if origin.runtime == "chat-endpoint":
            return ChatService(name, origin, context)
    file = _file_of(folder) if known else None
    if file is None:
        raise ModelError(
            "llm.unknown",
            f"There is no chat model called {name!r}.",
            "Choose another one. Without one, answers are quoted from your notes.",
        )
    return LlamaProcess(file, name=name, context=context, threads=threads)


def _file_of(folder: Path) -> Path | None:
    """The GGUF file in the folder of an added model, of a split one the first."""
    files = sorted(folder.rglob("*.gguf"))
    first = [file for file in files if file.match(_FIRST_PART)]
    return next(iter([*first, *files]), None)
