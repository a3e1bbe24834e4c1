"""Making the index of a vault, emptying it, and looking at what is wrong with it."""

import logging
import shutil
from pathlib import Path

from notesai import paths
from notesai.engine.models import Models
from notesai.errors import StoreError
from notesai.index import failures, health
from notesai.index.generations import Generations
from notesai.index.opening import empty_index, open_index
from notesai.index.place import Place
from notesai.index.tables import Tables
from notesai.model import HealthReport

log = logging.getLogger(__name__)


def doctor(vault: Path, *, repair: bool) -> HealthReport:
    """Look at everything that can be wrong with `vault` and its index; mend it with `repair`."""
    place = Place.of(paths.expanded(vault).resolve())
    models = Models()
    return health.examine(vault, place, lambda model: models.open(model or ""), repair=repair)


def made(place: Place, vault: Path) -> Tables:
    """The index of `vault`, which is made where there is none."""
    _sweep(place)
    return open_index(place.uri, create=True, vault=str(vault))


def emptied(place: Place, vault: Path) -> Tables:
    """A new index in the place of the old one, for the model that was chosen there."""
    try:
        wanted = open_index(place.uri, create=False).generations().wanted
    except StoreError as error:
        log.warning("the choice of a model is lost: %s", error.message)
        wanted = ""
    _discard(place)
    tables = made(place, vault)
    if wanted:
        tables.record(Generations(wanted=wanted))
    return tables


def _sweep(place: Place) -> None:
    """Remove what a kill has left of an index that was thrown away."""
    shutil.rmtree(_aside(place), ignore_errors=True)


def _aside(place: Place) -> Path:
    return place.folder / "discarded"


def _discard(place: Place) -> None:
    with failures.translated():
        if place.remote:
            empty_index(place.uri)
            return
        index, aside = Path(place.uri), _aside(place)
        _sweep(place)
        if index.exists():
            # Renamed first: a kill while it is being removed must not leave half of an index.
            index.rename(aside)
            shutil.rmtree(aside)
