"""Names that clusters were given: by a person, or by a language model. Kept beside the index.

A name remembers which notes its cluster had, so that it finds it again even if the map is lost.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from notesai.errors import StoreError
from notesai.maps.layout import write_whole

log = logging.getLogger(__name__)

FILE = "cluster-names.json"

_REMEMBERED = 400
"""Notes of a cluster that are remembered with its name."""


class Name(msgspec.Struct, frozen=True):
    """What a cluster is called; `by_hand` if a person said so. `notes` are paths."""

    cluster: str
    name: str
    by_hand: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """All names that were given, by cluster."""

    by_cluster: Mapping[str, Name]

    def get(self, cluster: str) -> Name | None:
        """The name of a cluster, if it was given one."""
        return self.by_cluster.get(cluster)

    def members(self) -> dict[str, tuple[str, ...]]:
        """The notes that each named cluster had."""
        return {name.cluster: name.notes for name in self.by_cluster.values()}

    def given(self, cluster: str, name: str, notes: Collection[str], *, by_hand: bool) -> "Names":
        """With this name; an empty one takes the present one back."""
        rest = {key: kept for key, kept in self.by_cluster.items() if key != cluster}
        if name:
            remembered = tuple(sorted(notes))[:_REMEMBERED]
            rest[cluster] = Name(cluster, name, by_hand, remembered)
        return Names(rest)


def read_names(folder: Path) -> Names:
    """The names kept in `folder`. What cannot be read is put aside, not written over."""
    file = folder / FILE
    try:
        kept = msgspec.json.decode(file.read_bytes(), type=tuple[Name, ...])
    except FileNotFoundError:
        return Names({})
    except (OSError, msgspec.MsgspecError) as error:
        log.warning("the names of clusters cannot be read: %s", error)
        _put_aside(file)
        return Names({})
    return Names({name.cluster: name for name in kept})


def write_names(folder: Path, names: Names) -> None:
    """Keep the names in `folder`. Raises `StoreError`."""
    ordered = [names.by_cluster[key] for key in sorted(names.by_cluster)]
    try:
        write_whole(folder / FILE, msgspec.json.format(msgspec.json.encode(ordered), indent=1))
    except OSError as error:
        raise StoreError(
            "map.cannot_write",
            f"The name was not kept: {error.strerror or error}.",
            "Your notes are safe. Free some disk space and name the cluster again.",
        ) from error


def _put_aside(file: Path) -> None:
    try:
        file.replace(file.with_suffix(".broken.json"))
    except OSError as error:
        log.warning("%s stays where it is: %s", file, error)
