"""Three hashing embedders in the place of the real models; run as a program, a command on them.

    python two_models.py VAULT BUNDLED COMMAND [MODEL]

BUNDLED names the model that comes with notesai. The commands are `index`; `use`, which begins a
switch and goes on until all is done; `upgrade`, an `index` where the bundled model is the only one;
`watch`, which says for each line read which model answers, and what is found for the line; and
`engine`, with the second model slow.
"""

import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEmbedder

from notesai.embedding.base import Embedder, Vectors
from notesai.engine import models
from notesai.engine.server import serve
from notesai.engine.workspace import Workspace
from notesai.errors import ModelError
from notesai.progress import Silent


class Folded(HashingEmbedder):
    """Another dimension and another window, so that notes are cut in another way."""

    def __init__(self, identity: str, window: int, *, seconds: float = 0.0) -> None:
        super().__init__(identity=identity)
        self.card = replace(self.card, dimension=32, window=window)
        self.seconds = seconds
        self.seen: list[str] = []

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        time.sleep(self.seconds * len(texts))
        self.seen += texts
        return super().embed_documents(texts)

    def _vector(self, text: str) -> Vectors:
        vector = super()._vector(text)
        vector = vector[:32] + vector[32:]
        return (vector / np.linalg.norm(vector)).astype(np.float32)


class Shelf:
    """The models that can be opened, and which of them comes with notesai."""

    def __init__(self, bundled: str, embedders: Iterable[Embedder]) -> None:
        self.bundled = bundled
        self.embedders = {embedder.card.id: embedder for embedder in embedders}

    def open(self, model: str | None = None) -> Embedder:
        wanted = model or self.bundled
        if wanted not in self.embedders:
            raise ModelError("model.unknown", f"No model is named {wanted!r}.", "Add it.")
        return self.embedders[wanted]

    def stand_in(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(models, "open_embedder", self.open)
        patch.setattr(models, "bundled", lambda: Path(self.bundled))


def a_shelf(bundled: str = "first", *, seconds: float = 0.0) -> Shelf:
    plain = HashingEmbedder(identity="first")
    others = (Folded("second", 64, seconds=seconds), Folded("third", 40, seconds=seconds))
    return Shelf(bundled, (plain, *others))


def main(vault: Path, bundled: str, command: str, model: str = "") -> None:
    shelf = a_shelf(bundled, seconds=0.02 if command == "engine" else 0.004)
    if command == "upgrade":
        shelf.embedders = {bundled: shelf.embedders[bundled]}
    shelf.stand_in(pytest.MonkeyPatch())
    if command == "engine":
        serve(vault)
        return
    with Workspace.open(vault, write=command != "watch") as workspace:
        if command == "use":
            workspace.use_model(model)
        if command != "watch":
            workspace.index(Silent())
            return
        for line in sys.stdin:
            paths = [hit.path for hit in workspace.search(line.strip()).hits]
            print(workspace.model, *paths, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
