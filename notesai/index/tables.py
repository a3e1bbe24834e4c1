"""The tables of an index directory: opening, making, dropping them, and which of them answer."""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

import logging
import re
import threading
import unicodedata
from collections.abc import Iterable
from typing import Any, Self

import msgspec
import pyarrow as pa

from notesai.index import failures
from notesai.index.generations import Generation, Generations
from notesai.index.schema import FORMAT, META, chunks_schema, meta_schema, notes_schema

log = logging.getLogger(__name__)

_GENERATIONS = "generations"
_NOTES = "notes"
"""The one table of notes in an index of format 1."""


class Tables:
    """All tables of one index. Which of them belong together and answer is one row of `meta`."""

    def __init__(self, db: Any, location: str, meta: Any) -> None:
        self._db = db
        self.location = location
        self._meta = meta
        self._lock = threading.Lock()
        self._known = (-1, Generations())

    @classmethod
    def open(cls, db: Any, location: str, *, create: bool, vault: str) -> Self:
        """The index in `db`, with `create` made if there is none.

        Raises `index.missing`, `index.newer`, `index.corrupt`, or `index.other_vault` if it is to
        be written for another folder than it was made of.
        """
        with failures.translated():
            names = _names(db)
            if META not in names and not create:
                raise failures.missing(location)
            if create:
                names -= _drop_unborn(db, names)
            tables = cls(db, location, _open_meta(db, names, vault))
            if create:
                tables.require_made_of(vault)
        tables.generations()
        return tables

    def require_made_of(self, vault: str) -> None:
        """Raise `index.other_vault` if this is the index of a folder with another name.

        The path alone says nothing: one folder lies elsewhere on each machine.
        """
        with failures.translated():
            name = _name(_values(self._meta).get("vault", ""))
        if name and vault and name != _name(vault):
            raise failures.other_vault(self.location, name)

    def empty(self) -> None:
        """Remove all tables; a kill in between leaves tables that are nobody's."""
        names = self.names()
        # First the one without which there is no index.
        self.drop([name for name in (META, *sorted(names - {META})) if name in names])

    def generations(self) -> Generations:
        """Those of now, whoever wrote them; read again only when the row changed."""
        with self._lock, failures.translated():
            version = int(self._meta.version)
            if version != self._known[0]:
                self._known = (version, self._read())
            return self._known[1]

    def record(self, generations: Generations) -> None:
        """Make these the generations of the index: one row, one commit."""
        value = msgspec.json.encode(generations).decode()
        rows = {"key": ["format", _GENERATIONS], "value": [str(FORMAT), value]}
        with failures.translated():
            merge = self._meta.merge_insert("key").when_matched_update_all()
            merge.when_not_matched_insert_all().execute(pa.table(rows, schema=meta_schema()))

    def pair(self, generation: Generation) -> tuple[Any, Any]:
        """The tables of notes and of chunks. Raises `index.missing` if they are not there."""
        with failures.translated():
            if not {generation.notes, generation.chunks} <= _names(self._db):
                raise failures.missing(self.location)
            return self._db.open_table(generation.notes), self._db.open_table(generation.chunks)

    def made_pair(self, generation: Generation, dimension: int) -> tuple[Any, Any]:
        """As `pair`, for vectors of `dimension`; what is missing is made."""
        with failures.translated():
            names = _names(self._db)
            notes = _made(self._db, names, generation.notes, notes_schema())
            return notes, _made(self._db, names, generation.chunks, chunks_schema(dimension))

    def names(self) -> set[str]:
        """The tables that there are."""
        with failures.translated():
            return _names(self._db)

    def drop_unused(self) -> None:
        """Remove all tables that are of no generation."""
        self.drop(self.names() - self.generations().tables - {META})

    def drop(self, names: Iterable[str]) -> None:
        """Remove tables, as far as the system lets us."""
        for name in names:
            try:
                self._db.drop_table(name)
            except Exception as error:
                # Some systems keep a file that is open. It is in nobody's way until the next time.
                log.warning("the table %s could not be removed: %s", name, error)

    def _read(self) -> Generations:
        values = _values(self._meta)
        if _GENERATIONS in values:
            return msgspec.json.decode(values[_GENERATIONS], type=Generations)
        return Generations(_of_format_1(self._db) if values.get("format") == "1" else None)


def _name(folder: str) -> str:
    """The last part of a path of whatever system, in one form."""
    return unicodedata.normalize("NFC", re.split(r"[\\/]", folder.rstrip("\\/"))[-1])


def _names(db: Any) -> set[str]:
    return set(db.list_tables(limit=1000).tables)


def _values(meta: Any) -> dict[str, str]:
    return {row["key"]: row["value"] for row in meta.to_arrow().to_pylist()}


def _open_meta(db: Any, names: set[str], vault: str) -> Any:
    if META in names:
        meta = db.open_table(META)
        found = int(_values(meta).get("format", "0"))
        if found > FORMAT:
            raise failures.newer(found, FORMAT)
        if found < 1:
            raise failures.corrupt("it does not say which format it has")
        return meta
    rows = {"key": ["format", "vault"], "value": [str(FORMAT), vault]}
    return db.create_table(META, pa.table(rows, schema=meta_schema()), mode="create")


def _of_format_1(db: Any) -> Generation | None:
    """The notes and the chunks written last; if they do not belong together, the journal shows."""
    names = _names(db)
    written = {
        name: db.open_table(name).list_versions()[-1]["timestamp"]
        for name in names
        if name.startswith("chunks_")
    }
    if _NOTES not in names or not written:
        return None
    return Generation("", "", _NOTES, max(written, key=lambda name: (written[name], name)))


def _drop_unborn(db: Any, names: set[str]) -> set[str]:
    """Remove tables that were being made when a kill came: a folder, but no first version yet."""
    unborn: set[str] = set()
    for name in names:
        try:
            db.open_table(name)
        except Exception as error:
            # The same words as for a table that was never there. A damaged one says other things.
            if "was not found" in str(error):
                db.drop_table(name)
                unborn.add(name)
    return unborn


def _made(db: Any, names: set[str], name: str, schema: pa.Schema) -> Any:
    if name in names:
        return db.open_table(name)
    return db.create_table(name, schema=schema, exist_ok=True)
