"""What `notesai models` does with models that write answers: adding, choosing, trying."""

import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
import typer

from notesai import paths, settings
from notesai.cli import choosing, session, transfer
from notesai.errors import RequestError

if TYPE_CHECKING:
    from notesai.embedding.catalog import Entry
    from notesai.embedding.records import Installed

TRIAL_TOKENS = 64
_TRIAL = "Say in three sentences what a garden needs in spring. 봄에 정원에 필요한 것을 말해 줘."


class Trial(msgspec.Struct, frozen=True):
    """What trying a model came to: `ready_seconds` until it is loaded, `first_seconds` from then
    until its first word, and how quickly it writes.
    """

    name: str
    text: str
    tokens: int
    tokens_per_second: float
    ready_seconds: float
    first_seconds: float


def is_file(what: str) -> bool:
    """Whether `what` names a GGUF file."""
    return what.lower().endswith(".gguf") and paths.expanded(what).is_file()


def add_file(what: str, name: str) -> "Installed":
    """Take over a GGUF file."""
    from notesai.answers.chat_library import install_file
    from notesai.embedding.library import name_for

    file = paths.expanded(what)
    with transfer.progress_bar() as progress:
        return install_file(name or name_for(file.stem), file, progress)


def add_from_hub(hub_id: str, name: str, revision: str, entry: "Entry | None") -> "Installed":
    """Download one GGUF model."""
    from notesai.answers.chat_library import install_from_hub

    with transfer.progress_bar() as progress:
        return install_from_hub(name, hub_id, revision, progress, entry)


def add_service(name: str, url: str, model: str, key_variable: str, *, yes: bool) -> "Installed":
    """Add a service after saying where questions and passages would go, and asking back."""
    from notesai import connections
    from notesai.answers.chat_library import install_service
    from notesai.embedding import library, records
    from notesai.embedding.addresses import service_address, this_machine

    name = name if records.is_name(name) else library.name_for(name)
    address = urlsplit(service_address(url, "/chat/completions"))
    library.check_free(name)
    if not this_machine(address):
        connections.require_network(f"asking {address.netloc} for answers")
        warning = f"This model sends your questions and passages of your notes to {address.netloc}."
        session.err.print(warning, markup=False, style="bold")
        if not yes and not typer.confirm("Add it?", err=True):
            raise RequestError("model.declined", "Nothing was added.", "Nothing was sent.")
    return install_service(name, url, model, key_variable)


def chats(name: str) -> bool:
    """Whether that is the name of a chat model, added or not."""
    from notesai.embedding import catalog, library

    entry = catalog.find(name)
    added = any(model.chats for model in library.installed() if model.name == name)
    return added or (entry is not None and entry.chats)


def use(name: str, *, off: bool, as_json: bool) -> None:
    """Let a chat model write the answers from now on; `off`: quote again."""
    name = choosing.known_name(name)
    if off:
        choosing.choose("chat_model", "", instead_of=name)
    else:
        choosing.require_installed(name)
        choosing.choose("chat_model", name)
    in_use = choosing.chosen("chat_model")
    if as_json:
        session.print_json({"chat_model": in_use})
    else:
        said = f"Answers are written by {in_use}." if in_use else "Answers are quoted."
        session.out.print(said, markup=False)


def attempt(name: str) -> Trial:
    """Have a model, by name or GGUF file, write a few words. Raises `ModelError`."""
    from notesai.answers.llama import Message, Role
    from notesai.answers.llm.threads import default_threads
    from notesai.answers.opening import open_chat_model

    context = settings.load(paths.home().settings_file).llm_context
    model = open_chat_model(name, context=context, threads=default_threads)

    def report(phase: str, done: int, total: int) -> None:
        """The command says when it is done."""

    try:
        started = time.perf_counter()
        model.prepare(report, _nothing)
        ready = first = last = time.perf_counter()
        pieces: list[str] = []
        stream = model.stream(
            [Message(Role.USER, _TRIAL)], max_tokens=TRIAL_TOKENS, report=report, check=_nothing
        )
        for piece in stream:
            last = time.perf_counter()
            first = first if pieces else last
            pieces.append(piece)
        tokens = model.count_tokens(["".join(pieces)])[0]
    finally:
        model.close()
    # The first token took reading the prompt; the rest is what writing takes.
    speed = (tokens - 1) / (last - first) if tokens > 1 and last > first else 0.0
    return Trial(
        Path(name).stem if is_file(name) else name,
        "".join(pieces).strip(),
        tokens,
        round(speed, 1),
        round(ready - started, 2),
        round(first - ready, 2),
    )


def _nothing() -> None:
    """Nobody cancels but by ending this process."""
