"""Models that there are to choose from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownModel:
    """One model of the catalogue, or one that was added.

    `size` and `memory` are in megabytes, 0 where not known.

    `fits`: whether this machine has the memory for it, None where not known. `source` is a hub id,
    a folder or an address. `sends_to` is the host that an endpoint gets the texts on, else "".
    """

    name: str
    title: str
    task: str
    languages: tuple[str, ...]
    size: int
    memory: int
    dimension: int
    licence: str
    source: str
    installed: bool
    in_use: bool = False
    bundled: bool = False
    gated: bool = False
    fits: bool | None = None
    sends_to: str = ""
