"""All models that a person can choose from: those of the catalogue and those that were added."""

from collections.abc import Sequence

from notesai.embedding import catalog, library
from notesai.embedding.catalog import Entry
from notesai.embedding.records import Installed
from notesai.model import KnownModel


def known_models(in_use: str = "") -> tuple[KnownModel, ...]:
    """Those that embed: the catalogue in its order, then what was added besides.

    `in_use` names a model. Raises `ModelError` if the catalogue is damaged.
    """
    added = [model for model in library.installed() if model.embeds]
    entries = [entry for entry in catalog.entries() if not (entry.reranks or entry.chats)]
    return _known(entries, added, in_use)


def known_rerankers(in_use: str = "") -> tuple[KnownModel, ...]:
    """Those that put results in order, in the same way."""
    added = [model for model in library.installed() if model.reranks]
    return _known([entry for entry in catalog.entries() if entry.reranks], added, in_use)


def known_chat_models(in_use: str = "") -> tuple[KnownModel, ...]:
    """Those that write answers, in the same way."""
    added = [model for model in library.installed() if model.chats]
    return _known([entry for entry in catalog.entries() if entry.chats], added, in_use)


def _known(
    entries: Sequence[Entry], added: Sequence[Installed], in_use: str
) -> tuple[KnownModel, ...]:
    by_name = {model.name: model for model in added}
    listed = [_listed(entry, by_name.get(entry.id), in_use) for entry in entries]
    names = {entry.id for entry in entries}
    return (*listed, *(described(by_name[n], in_use) for n in sorted(by_name.keys() - names)))


def described(model: Installed, in_use: str = "") -> KnownModel:
    """An added model of which the catalogue knows nothing, or one just added."""
    entry = catalog.find(model.name)
    if entry is not None:
        return _listed(entry, model, in_use)
    return KnownModel(
        name=model.name,
        title=model.origin.source or model.name,
        task=catalog.CHAT if model.chats else catalog.RERANK if model.reranks else "general",
        languages=model.card.languages,
        size=round(library.size(model.name) / 1e6),
        memory=0,
        dimension=model.card.dimension,
        licence=model.card.licence,
        source=model.origin.source,
        installed=True,
        in_use=model.name == in_use,
        sends_to=model.sends_to,
    )


def _listed(entry: Entry, model: Installed | None, in_use: str) -> KnownModel:
    return KnownModel(
        name=entry.id,
        title=entry.title,
        task=entry.task,
        languages=entry.languages,
        size=entry.size,
        memory=entry.memory,
        dimension=model.card.dimension if model is not None else entry.dimension,
        licence=entry.licence,
        source=model.origin.source if model is not None else entry.hub,
        installed=entry.bundled or model is not None,
        in_use=entry.id == in_use,
        bundled=entry.bundled,
        gated=entry.gated,
        fits=catalog.fits(entry),
    )
