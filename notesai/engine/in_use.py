"""Which model answers for a vault, without opening it."""

from pathlib import Path

from notesai import paths
from notesai.engine.models import full_id
from notesai.errors import StoreError
from notesai.index.opening import open_index
from notesai.index.place import Place


def model_in_use(vault: Path) -> str:
    """Name of the model whose index answers for `vault`; empty if there is no index of it."""
    place = Place.of(paths.expanded(vault).resolve())
    if not place.remote and not Path(place.uri).is_dir():
        return ""
    try:
        active = open_index(place.uri, create=False).generations().active
    except StoreError:
        # Whoever opens the index hears of it; what models there are does not depend on it.
        return ""
    return full_id(active.model) if active is not None else ""
