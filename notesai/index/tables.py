"""Opening the tables of an index, and making those that are missing."""

# LanceDB and pyarrow ship no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from typing import Any

import pyarrow as pa

from notesai.index import failures
from notesai.index.schema import FORMAT, META, meta_schema


def open_meta(db: Any, names: set[str], vault: str) -> Any:
    """The table that says which format the index has. Raises `index.newer`, `index.corrupt`."""
    if META in names:
        meta = db.open_table(META)
        values = {row["key"]: row["value"] for row in meta.to_arrow().to_pylist()}
        found = int(values.get("format", "0"))
        if found > FORMAT:
            raise failures.newer(found, FORMAT)
        if found < 1:
            raise failures.corrupt("it does not say which format it has")
        return meta
    rows = {"key": ["format", "vault"], "value": [str(FORMAT), vault]}
    return db.create_table(META, pa.table(rows, schema=meta_schema()), mode="create")


def drop_unborn(db: Any, names: set[str]) -> set[str]:
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


def open_table(db: Any, names: set[str], name: str, schema: pa.Schema) -> Any:
    """The table of that name, made if there is none."""
    if name in names:
        return db.open_table(name)
    return db.create_table(name, schema=schema, exist_ok=True)
