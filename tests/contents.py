"""What an index holds, read behind its back, to compare two indexes."""

import json
from dataclasses import dataclass
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


@dataclass(frozen=True)
class KeptPassage:
    """A chunk; `said` is all of it that follows from the note's content."""

    said: tuple[Any, ...]
    title: str
    vector: list[float] | None


def kept(folder: Path) -> dict[str, dict[str, Any]]:
    """What the index in `folder` holds of each note by its path, with its `passages` in order."""
    # Nothing of nobody's, nothing twice.
    contents(folder)
    db, known = lancedb.connect(folder / "lance"), generations(folder)
    notes = db.open_table(known["active"]["notes"]).to_arrow().to_pylist()
    chunks = db.open_table(known["active"]["chunks"]).to_arrow().to_pylist()
    own = {row["note_id"]: row | {"passages": []} for row in notes}
    for row in sorted(chunks, key=lambda row: row["ordinal"]):
        note = own[row["note_id"]]
        assert row["content_hash"] == note["content_hash"], "a chunk is of no content of its note"
        said = tuple(row[name] for name in _SAID)
        note["passages"].append(KeptPassage(said, row["title"], row["vector"]))
    found = {
        note["path"]: {name: value for name, value in note.items() if name not in _OWN}
        for note in own.values()
    }
    assert len(found) == len(own) == len(notes), "a note is stored twice"
    return found


_SAID = ("ordinal", "headings", "start", "end", "line", "text", "terms")
_OWN = ("note_id", "indexed_at")
"""What differs from index to index."""
