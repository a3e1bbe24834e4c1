"""An index of notes that have given vectors, made without files and without a model's work."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from notesai.embedding.base import ModelCard
from notesai.embedding.catalog import open_embedder
from notesai.engine.workspace import Workspace
from notesai.index.place import Place
from notesai.index.schema import ChunkRow, NoteRow
from notesai.index.store import Store
from notesai.model import Note


def bundled_card() -> ModelCard:
    """That of the model that comes with notesai: its vectors may be made up as well."""
    embedder = open_embedder()
    try:
        return embedder.card
    finally:
        embedder.close()


class MadeIndex:
    """The index of `vault`, to which notes are added with their vectors, one chunk each."""

    def __init__(self, vault: Path, card: ModelCard) -> None:
        place = Place.of(vault.resolve())
        place.folder.mkdir(parents=True, exist_ok=True)
        self.store = Store.open(place.uri, card, create=True, vault=str(vault.resolve()))
        self.dimension = card.dimension

    def write_through(self, workspace: Workspace) -> None:
        """Let the workspace see what is added as its own writer's work."""
        self.store = workspace._sides.active().store

    def add(
        self,
        paths: Sequence[str],
        vectors: np.ndarray | None,
        texts: Sequence[str] | None = None,
        version: str = "1",
    ) -> None:
        """Notes at `paths`, in their order; without `vectors` they wait for them."""
        texts = texts or [Path(path).stem for path in paths]
        notes = [self._note(path, version) for path in paths]
        rows = [
            _row(note, text, at) for at, (note, text) in enumerate(zip(notes, texts, strict=True))
        ]
        known = {}
        if vectors is not None:
            unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
            known = {
                row.text_hash: vector
                for row, vector in zip(rows, unit.astype(np.float32), strict=True)
            }
        self.store.add_chunks(rows, known)
        self.store.put_notes([NoteRow(note, note.title) for note in notes])

    def add_empty(self, paths: Sequence[str]) -> None:
        """Notes that hold nothing."""
        notes = [replace(self._note(path, "1"), n_chunks=0) for path in paths]
        self.store.put_notes([NoteRow(note, note.title) for note in notes])

    def drop(self, paths: Sequence[str]) -> None:
        """Notes that are gone."""
        book = self.store.notebook()
        self.store.drop_notes([note.note_id for path in paths if (note := book.at(path))])

    def _note(self, path: str, version: str) -> Note:
        known = self.store.notebook().at(path)
        note_id = known.note_id if known is not None else f"id-{path}"
        stem = Path(path).stem
        return Note(note_id, path, stem, f"{path}-{version}", 1, 1, language="en", n_chunks=1)


def _row(note: Note, text: str, at: int) -> ChunkRow:
    return ChunkRow(
        note_id=note.note_id,
        content_hash=note.content_hash,
        ordinal=0,
        title=note.title,
        headings=(),
        start=0,
        end=len(text),
        line=1,
        text=text,
        terms=text.lower(),
        text_hash=f"{note.content_hash}-{at}",
    )


def blobs(sizes: Sequence[int], dimension: int, seed: int = 0, spread: float = 0.6) -> np.ndarray:
    """Unit vectors around as many middles as there are sizes, in that order."""
    random = np.random.default_rng(seed)
    parts = []
    for size in sizes:
        middle = random.normal(size=dimension)
        middle /= np.linalg.norm(middle)
        noise = random.normal(size=(size, dimension)) / np.sqrt(dimension)
        parts.append(middle + spread * noise)
    found = np.concatenate(parts)
    return found / np.linalg.norm(found, axis=1, keepdims=True)
