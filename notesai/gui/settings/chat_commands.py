"""The commands of `notesai models` that the page of chat models runs, and what they print."""

import msgspec


class Trial(msgspec.Struct, frozen=True):
    """What trying a model printed."""

    tokens_per_second: float = 0.0
    text: str = ""
    ready_seconds: float = 0.0


class Added(msgspec.Struct, frozen=True):
    """What adding a model printed: what it is called here."""

    name: str


def fetch(name: str) -> tuple[str, ...]:
    """Fetch a model of the catalogue."""
    return ("add", name, "--yes", "--json")


def take(file: str) -> tuple[str, ...]:
    """Take over a GGUF file."""
    return ("add", file, "--yes", "--json")


def serve(address: str, model: str, key: str) -> tuple[str, ...]:
    """Name a service that runs a chat model."""
    keyed = ("--key-variable", key) if key else ()
    named = (model, "--endpoint", address, "--model", model)
    return ("add", *named, *keyed, "--task", "chat", "--yes", "--json")


def remove(name: str) -> tuple[str, ...]:
    """Delete a model."""
    return ("remove", name, "--json")


def attempt(name: str) -> tuple[str, ...]:
    """Try a model: it writes a few words."""
    return ("try", name, "--json")
