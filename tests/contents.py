"""What an index holds, read behind its back, to compare two indexes."""

from pathlib import Path

import lancedb

Piece = tuple[str, int, str, bool]


def contents(folder: Path) -> set[Piece]:
    """The set of (path, ordinal, text, vector present) of the index in `folder`."""
    db = lancedb.connect(folder / "lance")
    names = db.list_tables(limit=100).tables
    notes = db.open_table("notes").to_arrow().to_pylist()
    paths = {row["note_id"]: row["path"] for row in notes}
    (table,) = [name for name in names if name.startswith("chunks_")]
    rows = db.open_table(table).to_arrow().to_pylist()
    pieces = [(paths[r["note_id"]], r["ordinal"], r["text"], r["vector"] is not None) for r in rows]
    assert len(pieces) == len(set(pieces)), "a chunk is stored twice"
    return set(pieces)
