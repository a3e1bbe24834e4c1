"""The layout of all notes: where each stands, which clusters there are, and how it is kept on disk.

It is a cache beside the index: it can be thrown away, and a damaged file is as good as none.
"""

import contextlib
import logging
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors
from notesai.maps.figures import NOTHING, Closeness

log = logging.getLogger(__name__)

FORMAT = 1
FILE = "layout.msgpack"


class KeptCluster(msgspec.Struct, frozen=True):
    """A theme, or a topic (then `parent` is its theme), and its words."""

    id: str
    parent: str
    terms: tuple[str, ...]


class Place(msgspec.Struct, frozen=True):
    """Which note stands in a row of the layout, and in which topic ("" for none)."""

    note_id: str
    path: str
    content_hash: str
    topic: str


@dataclass(frozen=True, slots=True)
class Flat:
    """How vectors come onto the plane of principal components: `vectors @ turn + shift`.

    Shapes (dimension, 2) and (2,).
    """

    turn: NDArray[np.float64]
    shift: NDArray[np.float64]

    def places(self, vectors: Vectors) -> NDArray[np.float32]:
        """Places, shape (n, 2), within -1..1."""
        found = vectors.astype(np.float64) @ self.turn + self.shift
        return np.clip(found, -1.0, 1.0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Layout:
    """All places, row by row; `tsne` and `pca` have shape (n, 2) and lie within -1..1.

    `made_of` is the number of notes that were laid out together, `changes` how many were placed,
    moved or removed since. `generation` names the table whose vectors it was made from.
    """

    generation: str
    places: tuple[Place, ...]
    tsne: NDArray[np.float32]
    pca: NDArray[np.float32]
    flat: Flat
    close: Closeness
    clusters: tuple[KeptCluster, ...]
    made_of: int
    changes: int = 0

    @property
    def changed(self) -> float:
        """The share of notes that were placed, moved or removed since the layout was made."""
        return self.changes / max(1, self.made_of)


def nothing_laid_out(generation: str) -> Layout:
    """The layout of no notes."""
    nowhere = np.zeros((0, 2), np.float32)
    flat = Flat(np.zeros((0, 2)), np.zeros(2))
    return Layout(generation, (), nowhere, nowhere, flat, NOTHING, (), 0)


class _Kept(msgspec.Struct):
    """The file: arrays as their bytes."""

    format: int
    generation: str
    places: tuple[Place, ...]
    tsne: bytes
    pca: bytes
    turn: bytes
    shift: bytes
    nearest: bytes
    nearest_rows: bytes
    clusters: tuple[KeptCluster, ...]
    made_of: int
    changes: int


def read_layout(folder: Path) -> Layout | None:
    """The layout kept in `folder`; None if there is none that can be read."""
    try:
        kept = msgspec.msgpack.decode((folder / FILE).read_bytes(), type=_Kept)
        return _unpacked(kept) if kept.format == FORMAT else None
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        log.warning("the map is made anew: %s", error)
        return None


def write_layout(folder: Path, layout: Layout) -> None:
    """Keep the layout in `folder`, in one step. Raises `OSError`."""
    write_whole(folder / FILE, msgspec.msgpack.encode(_packed(layout)), lasting=False)


def write_whole(target: Path, data: bytes, *, lasting: bool = True) -> None:
    """Give the file `target` this content in one step. Raises `OSError`.

    Unless `lasting`, it is not waited for the disk: a power cut may lose it, or spoil it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_name(f"{target.name}.{secrets.token_hex(4)}")
    try:
        with made.open("xb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        made.replace(target)
    finally:
        with contextlib.suppress(OSError):
            made.unlink(missing_ok=True)


def _packed(layout: Layout) -> _Kept:
    close = layout.close
    return _Kept(
        format=FORMAT,
        generation=layout.generation,
        places=layout.places,
        tsne=layout.tsne.astype("<f4").tobytes(),
        pca=layout.pca.astype("<f4").tobytes(),
        turn=layout.flat.turn.astype("<f8").tobytes(),
        shift=layout.flat.shift.astype("<f8").tobytes(),
        nearest=close.nearest.astype("<f4").tobytes(),
        nearest_rows=close.rows.astype("<i4").tobytes(),
        clusters=layout.clusters,
        made_of=layout.made_of,
        changes=layout.changes,
    )


def _unpacked(kept: _Kept) -> Layout:
    """Raises `ValueError` if the parts do not fit together."""
    n = len(kept.places)
    topics = {cluster.id for cluster in kept.clusters if cluster.parent}
    layout = Layout(
        generation=kept.generation,
        places=kept.places,
        tsne=np.frombuffer(kept.tsne, "<f4").reshape(n, 2),
        pca=np.frombuffer(kept.pca, "<f4").reshape(n, 2),
        flat=Flat(
            np.frombuffer(kept.turn, "<f8").reshape(-1, 2),
            np.frombuffer(kept.shift, "<f8").reshape(2),
        ),
        close=Closeness(
            np.frombuffer(kept.nearest, "<f4").reshape(n),
            np.frombuffer(kept.nearest_rows, "<i4").reshape(n),
        ),
        clusters=kept.clusters,
        made_of=kept.made_of,
        changes=kept.changes,
    )
    rows = layout.close.rows
    if n and not -1 <= rows.min() <= rows.max() < n:
        raise ValueError("it names rows that are not there")
    if not {place.topic for place in kept.places} <= topics | {""}:
        raise ValueError("it names clusters that are not there")
    if not np.isfinite(layout.tsne).all():
        raise ValueError("it has places that are nowhere")
    return layout
