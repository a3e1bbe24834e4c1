"""Which models people choose besides the one that embeds: a reranker, one that writes answers."""

from typing import Literal

from notesai import paths, settings
from notesai.errors import ModelError, RequestError

Choice = Literal["reranker", "chat_model"]
"""The setting that holds the name of the chosen model, empty for none."""


def known_name(name: str) -> str:
    """What the settings call the model of this name or catalogue id."""
    from notesai.embedding import catalog

    entry = catalog.find(name)
    return entry.id if entry is not None and not _is_installed(name) else name


def require_installed(name: str) -> None:
    """Raise `model.unknown` unless there is an added model of that name."""
    if not _is_installed(name):
        hint = f"`notesai models add {name}` brings it. Nothing was changed."
        raise ModelError("model.unknown", f"{name} is not installed.", hint)


def chosen(what: Choice) -> str:
    """The name of the model that was chosen."""
    value: str = getattr(settings.load(paths.home().settings_file), what)
    return value


def choose(what: Choice, name: str, *, instead_of: str = "") -> None:
    """Remember a model, if `instead_of` is empty or names the present one."""
    file = paths.home().settings_file
    known = settings.load(file)
    present = getattr(known, what)
    if present != name and instead_of in ("", present):
        setattr(known, what, name)
        try:
            settings.save(known, file)
        except OSError as error:
            message = f"The settings could not be saved: {error}"
            raise RequestError("settings.unsaved", message, "They are as they were.") from error


def _is_installed(name: str) -> bool:
    from notesai.embedding import library

    return any(model.name == name for model in library.installed())
