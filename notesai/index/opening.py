"""Opening an index wherever it lies, and what is done to a whole one."""

from typing import Any

from notesai.index import bucket, failures, lance
from notesai.index.tables import Tables
from notesai.index.vector_index import NAME


def open_index(location: str, *, create: bool, vault: str = "") -> Tables:
    """The index at `location`, a folder or a URI that LanceDB understands.

    With `create` it is made if there is none; without, raises `index.missing`. Raises
    `index.newer`, `index.corrupt`, `index.disk_full`, `index.no_permission`, or what
    `bucket.reached` raises.
    """
    with failures.translated():
        return Tables.open(_connected(location), location, create=create, vault=vault)


def empty_index(location: str) -> None:
    """Remove all tables at `location`, whatever state they are in."""
    with failures.translated():
        db = _connected(location)
        Tables(db, location, None).empty()


def make_vector_index(location: str, table: str, partitions: int) -> None:
    """Make the vector index of a table of chunks of the index at `location`, minutes of work."""
    with failures.translated():
        chunks = _connected(location).open_table(table)
        config = lance.vector_index(partitions)
        chunks.create_index("vector", config=config, name=NAME, replace=True)


def _connected(location: str) -> Any:
    options = bucket.reached(location) if location.startswith(bucket.SCHEME) else None
    return lance.connected(location, options)
