#!/usr/bin/env python3
"""Try a built program on notes of its own, without network and in an empty home.

    python3 packaging/smoke.py FOLDER [--gguf FILE] [--chroot ROOT]

FOLDER holds `notesai`. Checks `--version`, `index`, `search` in both languages, `similar`, `ask`,
`clusters` and `doctor`; with a language model also a generated answer. Needs nothing but Python.
With `--chroot` the program runs in ROOT, in which FOLDER lies.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NOTES = {
    "정원/퇴비.md": "# 퇴비\n\n퇴비에서 냄새가 나면 마른 낙엽을 더 넣고 뒤집어 준다.\n\n#정원\n",
    "garden/Compost.md": "# Compost\n\nA smelly heap is too wet: add dry leaves and turn it.\n",
    "cooking/Bread.md": "# Bread\n\nDough that does not rise was kept too cold. See [[Compost]].\n",
}


def main() -> int:
    """Run all checks. Returns 0 if all passed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gguf", type=Path)
    parser.add_argument("--chroot", type=Path, default=Path("/"))
    options = parser.parse_args()
    folder: Path = options.folder.resolve()
    program = next(folder.glob("notesai.exe"), folder / "notesai")
    there = options.chroot.resolve() / "tmp" if options.chroot != Path("/") else None
    with tempfile.TemporaryDirectory(dir=there, ignore_cleanup_errors=True) as scratch:
        trial = Trial(program, Path(scratch), options.chroot.resolve())
        trial.run(options.gguf)
    print("all passed" if not trial.failed else f"{trial.failed} failed")
    return int(bool(trial.failed))


class Trial:
    """One program in a home of its own, below `root`, which it takes for the whole disk."""

    def __init__(self, program: Path, scratch: Path, root: Path) -> None:
        self.scratch, self.root, self.failed = scratch, root, 0
        enter = ["chroot", str(root)] if root != Path(root.anchor) else []
        self.command = [*enter, self.seen(program)]
        self.vault = scratch / "notes"
        for name, text in NOTES.items():
            (self.vault / name).parent.mkdir(parents=True, exist_ok=True)
            (self.vault / name).write_text(text, "utf-8")

    def seen(self, path: Path) -> str:
        """The path as the program sees it."""
        if self.root == Path(self.root.anchor):
            return str(path)
        return "/" + path.relative_to(self.root).as_posix()

    def run(self, gguf: "Path | None") -> None:
        """All checks, one after the other."""
        self.check("version", self.call("--version"), lambda text: text.startswith("notesai "))
        self.check("index", self.json("index"), lambda it: it["notes"] == len(NOTES))
        self.check("search", self.json("search", "smelly heap"), found("garden/Compost.md"))
        self.check("search in Korean", self.json("search", "퇴비 냄새"), found("정원/퇴비.md"))
        self.check("similar", self.json("similar", "Compost"), lambda it: it["neighbours"])
        self.check("ask", self.json("ask", "Why does compost smell?"), lambda it: it["citations"])
        self.check("clusters", self.json("clusters"), lambda it: "clusters" in it)
        self.check("doctor", self.json("doctor"), lambda it: it["findings"])
        if gguf is not None:
            model = self.scratch / gguf.name
            shutil.copyfile(gguf, model)
            answer = self.json("ask", "Why does compost smell?", "--model", self.seen(model))
            self.check("ask a model", answer, lambda it: it["kind"] == "generated")

    def check(self, name: str, value: object, holds: object) -> None:
        """Print whether `holds` is true of `value`."""
        good = value is not None and bool(holds(value))  # type: ignore[operator]
        self.failed += not good
        print(f"  {name:<20}{'ok' if good else f'FAILED: {value}'}", flush=True)

    def json(self, *arguments: str) -> "dict[str, object] | None":
        """What a command prints as JSON; None, with its errors shown, if it failed."""
        text = self.call(*arguments, "--json", "--vault", self.seen(self.vault))
        return json.loads(text) if text else None

    def call(self, *arguments: str) -> str:
        """What a command prints; empty if it failed."""
        home = self.seen(self.scratch / "home")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "NOTESAI"))}
        environment = {**kept, "HOME": home, "NOTESAI_HOME": home, "PYTHONUTF8": "1"}
        started = time.monotonic()
        done = subprocess.run(
            [*self.command, *arguments], capture_output=True, env=environment, timeout=300
        )
        print(f"  {time.monotonic() - started:5.1f} s  {' '.join(arguments[:2])}", flush=True)
        if done.returncode:
            print(done.stderr.decode("utf-8", "replace"))
            return ""
        return done.stdout.decode("utf-8")


def found(path: str) -> object:
    """Whether the first hit is the note at `path`."""
    return lambda it: [hit["path"] for hit in it["hits"]][:1] == [path]


if __name__ == "__main__":
    sys.exit(main())
