"""`notesai models`: which models there are, adding, choosing and removing them."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from notesai import paths, settings
from notesai.cli import chat_models, choosing, session, show, transfer
from notesai.errors import ModelError, RequestError, StoreError, VaultError

if TYPE_CHECKING:
    from notesai.embedding.catalog import Entry
    from notesai.embedding.records import Installed

app = typer.Typer(no_args_is_help=False, help="Say which models there are; add others.")

Vault = Annotated[
    Path | None,
    typer.Option("--vault", metavar="PATH", help="Folder of notes; default: the last one opened."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of a model, as listed.")]
Revision = Annotated[
    str, typer.Option(metavar="REVISION", help="Branch, tag or commit on the hub.")
]
Endpoint = Annotated[
    str, typer.Option(metavar="URL", help="Use this OpenAI-compatible service instead of files.")
]
Task = Annotated[
    str, typer.Option(metavar="chat", help="What a model of no catalogue is for: chat, or empty.")
]
Key = Annotated[
    str, typer.Option(metavar="VAR", help="Environment variable that holds the service's key.")
]


@app.callback(invoke_without_command=True)
def root(context: typer.Context, vault: Vault = None, as_json: AsJson = False) -> None:
    """List the models if nothing else is asked for."""
    context.obj = vault or context.obj
    if context.invoked_subcommand is None:
        list_models(context, vault, as_json)


@app.command("list")
def list_models(context: typer.Context, vault: Vault = None, as_json: AsJson = False) -> None:
    """Say which models there are and which of them are installed."""
    from notesai.embedding.inventory import known_chat_models, known_models, known_rerankers

    chosen = settings.load(paths.home().settings_file)
    models = known_models(_in_use(vault or context.obj))
    rerankers = known_rerankers(chosen.reranker)
    chat = known_chat_models(chosen.chat_model)
    if as_json:
        session.print_json({"models": models, "rerankers": rerankers, "chat": chat})
    else:
        show.models(models)
        show.rerankers(rerankers)
        show.chat_models(chat)


@app.command()
def add(
    what: Annotated[
        str,
        typer.Argument(metavar="WHAT", help="Name as listed, hub id, folder, or GGUF file."),
    ],
    name: Annotated[str, typer.Option("--name", help="What to call it here.")] = "",
    revision: Revision = "",
    endpoint: Endpoint = "",
    model: Annotated[str, typer.Option(metavar="NAME", help="The service's name of it.")] = "",
    key_variable: Key = "",
    task: Task = "",
    chat: Annotated[bool, typer.Option("--chat", help="The same as --task chat.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask back.")] = False,
    vault: Vault = None,
    as_json: AsJson = False,
) -> None:
    """Install a model from the hub, from a folder, or name a service that runs one."""
    from notesai.embedding.inventory import described

    if task not in ("", "chat"):
        raise typer.BadParameter("--task is chat, or left out.")
    chat = chat or task == "chat"
    if endpoint:
        if revision or not model:
            raise typer.BadParameter("--endpoint needs --model and takes no --revision.")
        add_service = chat_models.add_service if chat else _add_endpoint
        added = add_service(name or what, endpoint, model, key_variable, yes=yes)
    elif model or key_variable:
        raise typer.BadParameter("--model and --key-variable belong to --endpoint.")
    else:
        added = _add_files(what, name, revision, chat=chat)
    result = described(added)
    session.print_json(result) if as_json else show.model_added(result)


@app.command()
def remove(name: Name, vault: Vault = None, as_json: AsJson = False) -> None:
    """Delete a model that was added, or what an unfinished download of it left."""
    from notesai.embedding import catalog, download, library

    entry = catalog.find(name)
    left = download.discard(entry.hub if entry is not None and entry.hub else name)
    added = [m.name for m in library.installed() if name in (m.name, m.origin.source)]
    if added or not left:
        removed = added[0] if len(added) == 1 else name
        library.remove(removed)
        choosing.choose("reranker", "", instead_of=removed)
        choosing.choose("chat_model", "", instead_of=removed)
    if as_json:
        session.print_json({"removed": name})
    else:
        session.out.print(f"Removed {name}.", markup=False)


@app.command()
def optimise(name: Name, vault: Vault = None, as_json: AsJson = False) -> None:
    """Make a smaller and quicker copy of a model that was added, and compare the two."""
    from notesai.embedding.optimise import optimise as make

    with session.progress_bar() as progress:
        result = make(name, progress)
    session.print_json(result) if as_json else show.optimised(name, result)


@app.command("try")
def attempt(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name of a chat model, or a GGUF file.")
    ],
    vault: Vault = None,
    as_json: AsJson = False,
) -> None:
    """Have a chat model write a few words, and say how quick it is."""
    result = chat_models.attempt(name)
    session.print_json(result) if as_json else show.trial(result)


@app.command()
def use(
    context: typer.Context,
    name: Name,
    off: Annotated[
        bool, typer.Option("--off", help="Use this reranker or chat model no more.")
    ] = False,
    vault: Vault = None,
    as_json: AsJson = False,
) -> None:
    """Let a model answer for a vault: its index grows beside the old one, which answers till then.

    Stopped half-way, it goes on with the next `notesai index`. Going back is `use` of the old name.

    A reranker needs no index: from then on it puts the best results of every search in order. A
    chat model writes the answers from then on.
    """
    if chat_models.chats(name):
        chat_models.use(name, off=off, as_json=as_json)
        return
    if off or _reranks(name):
        _use_reranker(name, off=off, as_json=as_json)
        return
    from notesai.engine.workspace import Workspace

    try:
        opened = Workspace.open(session.chosen_vault(vault or context.obj), write=True)
    except StoreError as error:
        if error.code == "index.locked":
            hint = "Nothing was changed. Quit notesai, run this again, and open it when it is done."
            raise StoreError(error.code, error.message, hint) from error
        raise
    with opened as workspace:
        show.switch(workspace.estimate_switch(name))
        workspace.use_model(name)
        with session.progress_bar() as progress:
            result = workspace.index(progress)
    session.print_json(result) if as_json else show.report(result)


def _reranks(name: str) -> bool:
    """Whether that is the name of a reranker, added or not."""
    from notesai.embedding import catalog, library

    entry = catalog.find(name)
    added = any(model.reranks for model in library.installed() if model.name == name)
    return added or (entry is not None and entry.reranks)


def _use_reranker(name: str, *, off: bool, as_json: bool) -> None:
    from notesai.embedding import catalog

    name = choosing.known_name(name)
    if off:
        choosing.choose("reranker", "", instead_of=name)
    else:
        choosing.require_installed(name)
        session.err.print("Opening the model …")
        catalog.open_reranker(name)
        choosing.choose("reranker", name)
    in_use = choosing.chosen("reranker")
    if as_json:
        session.print_json({"reranker": in_use})
    else:
        said = f"Results are reranked by {in_use}." if in_use else "Results are not reranked."
        session.out.print(said, markup=False)


def _add_files(what: str, name: str, revision: str, *, chat: bool) -> "Installed":
    from notesai.embedding import catalog, library

    entry = catalog.find(what)
    folder = paths.expanded(what)
    if entry is not None and entry.bundled:
        raise ModelError("model.exists", f"{entry.id} comes with notesai.", "Nothing to be done.")
    if chat_models.is_file(what):
        return chat_models.add_file(what, name)
    if entry is not None and entry.chats:
        return chat_models.add_from_hub(entry.hub, name or entry.id, revision, entry)
    if entry is not None and entry.hub:
        return _add_from_hub(entry.hub, name or entry.id, revision, entry)
    if folder.is_dir():
        if revision:
            raise typer.BadParameter("--revision belongs to a model from the hub.")
        name = name or library.name_for(str(folder.resolve()))
        return library.install_files(
            name, folder, source=str(folder.resolve()), revision="", entry=None
        )
    if what.count("/") != 1:
        raise RequestError(
            "model.unknown",
            f"{what!r} is no model of the catalogue, no hub id, no folder and no GGUF file.",
            "`notesai models` lists the catalogue; a hub id looks like intfloat/e5-small-v2.",
        )
    if chat or what.lower().endswith("-gguf"):
        return chat_models.add_from_hub(what, name or library.name_for(what), revision, None)
    return _add_from_hub(what, name or library.name_for(what), revision, None)


def _add_from_hub(hub_id: str, name: str, revision: str, entry: "Entry | None") -> "Installed":
    from notesai.embedding import catalog, library
    from notesai.embedding.download import fetch
    from notesai.embedding.hub.errors import library_missing

    # Whatever can be known to fail is found out before a gigabyte is downloaded.
    library.check_free(name)
    if not catalog.has_sentence_transformers():
        raise library_missing()
    target = paths.home().cache / "downloads" / f"{name}.ready"
    try:
        with transfer.progress_bar() as progress:
            fetched = fetch(hub_id, revision, target, progress)
        session.err.print("Opening the model …")
        return library.install_files(
            name, target, source=hub_id, revision=fetched.revision, entry=entry, move=True
        )
    finally:
        shutil.rmtree(target, ignore_errors=True)


def _add_endpoint(name: str, url: str, model: str, key_variable: str, *, yes: bool) -> "Installed":
    from notesai import connections
    from notesai.embedding import library
    from notesai.embedding.endpoint import address

    host = urlsplit(address(url)).hostname
    library.check_free(name)
    connections.require_network(f"asking {host} for vectors")
    session.err.print(f"This model sends your notes to {host}.", markup=False, style="bold")
    if not yes and not typer.confirm("Add it?", err=True):
        raise RequestError("model.declined", "Nothing was added.", "Nothing was sent.")
    return library.install_endpoint(name, url, model, key_variable)


def _in_use(vault: Path | None) -> str:
    """Name of the model that answers for the vault; empty where none was ever opened."""
    try:
        folder = session.chosen_vault(vault)
    except VaultError:
        return ""
    from notesai.engine.in_use import model_in_use

    return model_in_use(folder)
