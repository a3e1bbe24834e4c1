"""What an index holds, read behind its back, to compare two indexes."""

import json
from pathlib import Path
from typing import Any

import lancedb

Piece = tuple[str, int, str, bool]


def generations(folder: Path) -> dict[str, Any]:
    """The row that says which tables of the index in `folder` belong together and answer."""
    rows = lancedb.connect(folder / "lance").open_table("meta").to_arrow().to_pylist()
    return json.loads({row["key"]: row["value"] for row in rows}["generations"])


def contents(folder: Path, generation: str = "active") -> set[Piece]:
    """The set of (path, ordinal, text, vector present) of the index in `folder`."""
    db = lancedb.connect(folder / "lance")
    known = generations(folder)
    named = {g[kind] for g in known.values() if isinstance(g, dict) for kind in ("notes", "chunks")}
    assert set(db.list_tables(limit=100).tables) <= named | {"meta"}, "a table of nobody's"
    notes = db.open_table(known[generation]["notes"]).to_arrow().to_pylist()
    paths = {row["note_id"]: row["path"] for row in notes}
    rows = db.open_table(known[generation]["chunks"]).to_arrow().to_pylist()
    pieces = [(paths[r["note_id"]], r["ordinal"], r["text"], r["vector"] is not None) for r in rows]
    assert len(pieces) == len(set(pieces)), "a chunk is stored twice"
    return set(pieces)
