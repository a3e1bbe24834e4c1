"""From an edit to its being found, with `notesai index --watch` running on a real vault.

    python tests/bench/bench_watch.py [VAULT] [--edits 50]

Works on a copy of VAULT. Each edit puts a word of its own into a note; a reader in another process
than the writer searches until it finds it. Then the other ways a folder changes are tried.
"""

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from notesai.engine.workspace import Workspace
from notesai.model import SearchMode
from notesai.paths import sample_vault

TIMEOUT = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path, nargs="?", default=sample_vault())
    parser.add_argument("--edits", type=int, default=50)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["NOTESAI_HOME"] = str(Path(name) / "home")
        vault = Path(name) / "vault"
        shutil.copytree(arguments.vault, vault)
        command = [sys.executable, "-m", "notesai", "index", "--vault", str(vault), "--watch"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as writer:
            for line in writer.stderr or ():
                if line.startswith(b"Watching"):
                    break
            time.sleep(3)
            try:
                measure(vault, arguments.edits)
            finally:
                writer.send_signal(signal.SIGINT)


def measure(vault: Path, edits: int) -> None:
    notes = sorted(vault.rglob("*.md"))
    with Workspace.open(vault, write=False) as reader:

        def paths(word: str) -> set[str]:
            return {h.path for h in reader.search(word, k=5000, mode=SearchMode.LEXICAL).hits}

        times: list[float] = []
        for number in range(edits):
            word = f"zqedit{number}x"
            note = notes[number * 37 % len(notes)]
            wanted = note.relative_to(vault).as_posix()
            with note.open("a", encoding="utf-8") as file:
                file.write(f"\n\n{word} was added.\n")
            times.append(wait(lambda w=word, p=wanted: p in paths(w)))
            time.sleep(0.3)
        times.sort()
        p95 = times[int(0.95 * (len(times) - 1))]
        middle = statistics.median(times)
        print(f"edit to found, s: median {middle:.2f}, p95 {p95:.2f}, max {times[-1]:.2f}")
        others(vault, notes, paths)


def others(vault: Path, notes: list[Path], paths: Callable[[str], set[str]]) -> None:
    new = vault / "zqnew.md"
    new.write_text("zqfresh words")
    print(f"new file: {wait(lambda: paths('zqfresh') == {'zqnew.md'}):.2f}")
    new.rename(vault / "zqmoved.md")
    print(f"rename: {wait(lambda: paths('zqfresh') == {'zqmoved.md'}):.2f}")
    temporary = vault / ".zqmoved.md.swp"
    temporary.write_text("zqatomic words")
    temporary.replace(vault / "zqmoved.md")
    atomic = wait(lambda: paths("zqatomic") == {"zqmoved.md"} and not paths("zqfresh"))
    print(f"atomic save: {atomic:.2f}")
    (vault / "zqmoved.md").unlink()
    print(f"delete: {wait(lambda: not paths('zqatomic')):.2f}")
    many = notes[:2000]
    for note in many:
        note.write_text(f"zqcheckout {note.name}\n", encoding="utf-8")
    seconds = wait(lambda: len(paths("zqcheckout")) >= min(100, len(many)))
    print(f"{len(many)} files changed at once, first hundred found: {seconds:.2f}")
    names = [note.stem for note in many[::97]]
    print(
        f"all of a sample found: {wait(lambda: all(paths(f'zqcheckout {n}') for n in names)):.2f}"
    )


def wait(condition: Callable[[], bool]) -> float:
    started = time.perf_counter()
    while not condition():
        if time.perf_counter() - started > TIMEOUT:
            sys.exit("not found within a minute")
        time.sleep(0.01)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
