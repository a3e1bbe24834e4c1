"""A switch from one model to another that is killed, and what is then made of the index."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import two_models
from contents import Piece, contents, generations
from fakes import Folder
from two_models import a_shelf

from notesai.engine.workspace import Workspace
from notesai.model import SearchMode

SWITCHES = (("first", "use", "third"), ("third", "index"), ("third", "upgrade"))
"""A person's choice; another bundled model; another one without the one before."""


class Trial:
    """One vault whose index `first` has made; each attempt works on a copy of it."""

    def __init__(self, folder: Folder, root: Path, notes: int, seed: int) -> None:
        self.folder = folder
        self.root = root
        chance = random.Random(seed)
        for number in range(notes):
            words = " ".join(
                chance.choices(["garden", "물주기", "index", "rain", "서울", "query"], k=70)
            )
            text = f"# Note {number}\n\n{words}\n\n## More\n\n{words}"
            folder.write(f"{number % 7}/{number}.md", text)
        self.edit("zinnia")
        self.start = self.built("start", "first")
        self.edit("late zinnia")
        self.clean: set[Piece] = contents(self.built("clean", "third"))

    def edit(self, words: str) -> None:
        self.folder.write("one.md", f"This holds the word {words}.")

    def attempt(self, name: str, seconds: float, *switch: str) -> str:
        """Kill the switch after so long, look, edit, and do it again; how far it had come."""
        home = self.copy(name)
        self.edit("zinnia")
        self.kill(home, seconds, *switch)
        known = generations(self.place(home))
        assert self.found(home, *switch) == ["one.md"]
        self.edit("late zinnia")
        self.finish(home, *switch)
        assert generations(self.place(home))["active"]["model"] == "third"
        assert contents(self.place(home)) == self.clean
        shutil.rmtree(home)
        if known["shadow"] is not None:
            return "while it grew"
        return "before it began" if known["active"]["model"] == "first" else "after the swap"

    def built(self, name: str, model: str) -> Path:
        """A clean build; the folder of its index."""
        self.finish(self.root / name, model, "index")
        return self.place(self.root / name)

    def place(self, home: Path) -> Path:
        (place,) = home.glob("data/indexes/*")
        return place

    def copy(self, name: str) -> Path:
        """A home with the index as it was before the switch."""
        home = self.root / name
        shutil.copytree(self.start, home / "data" / "indexes" / self.start.name)
        return home

    def spawn(self, home: Path, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, two_models.__file__, str(self.folder.path), *words]
        environment = {**os.environ, "NOTESAI_HOME": str(home)}
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def seconds(self, *words: str) -> float:
        """How long the switch takes if nobody kills it."""
        started = time.monotonic()
        with self.spawn(self.copy("timed"), *words) as process:
            assert process.wait(100) == 0
        return time.monotonic() - started

    def kill(self, home: Path, seconds: float, *words: str) -> None:
        with self.spawn(home, *words) as process:
            time.sleep(seconds)
            process.kill()

    def finish(self, home: Path, bundled: str, command: str, model: str = "") -> None:
        with (
            self._models(home, bundled, alone=command == "upgrade"),
            Workspace.open(self.folder.path, write=True) as workspace,
        ):
            if command == "use":
                workspace.use_model(model)
            workspace.index()
            workspace.drop_unused()

    def found(self, home: Path, bundled: str, command: str, model: str = "") -> list[str]:
        """What a reader finds by word, whatever state the kill has left."""
        with (
            self._models(home, bundled, alone=command == "upgrade"),
            Workspace.open(self.folder.path, write=False) as reader,
        ):
            hits = reader.search("zinnia", mode=SearchMode.LEXICAL).hits
        return [hit.path for hit in hits]

    @contextmanager
    def _models(self, home: Path, bundled: str, *, alone: bool) -> Iterator[None]:
        shelf = a_shelf(bundled)
        if alone:
            shelf.embedders = {bundled: shelf.embedders[bundled]}
        with pytest.MonkeyPatch.context() as patch:
            shelf.stand_in(patch)
            patch.setenv("NOTESAI_HOME", str(home))
            yield
