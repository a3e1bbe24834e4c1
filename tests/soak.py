"""A folder that is treated roughly while a real engine follows it, and what came of the index."""

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from contents import KeptPassage, kept

WORDS = [
    *("garden", "물주기", "색인", "rain", "서울", "query", "토마토", "compost"),
    *("노트", "검색", "kernel", "회의", "budget"),
]
LONGEST_SECONDS = 600


class Rough:
    """What people and programs do to a folder of notes, by chance."""

    def __init__(self, vault: Path, chance: random.Random) -> None:
        self.vault, self.chance, self.number = vault, chance, 0
        self._weights: dict[Callable[[], None], int] = {
            **{self.append: 30, self.rewrite: 20, self.write_slowly: 6, self.rename: 14},
            **{self.change_case: 5, self.change_form: 5, self.delete: 12, self.make: 14},
            **{self.move_folder: 8, self.burst: 3, self.remove_bursts: 2, self.check_out: 4},
            **{self.swap_names: 3, self.keep_time: 4, self.future: 2, self.other_bytes: 4},
            **{self.grow: 3, self.link: 4, self.ignore: 3, self.go_away: 2},
        }

    def step(self) -> str:
        """Do one thing; what it was."""
        self.number += 1
        act = self.chance.choices(list(self._weights), list(self._weights.values()))[0]
        try:
            act()
        except OSError as error:
            return f"{act.__name__} ({error})"
        return act.__name__

    def notes(self, most: int = 1) -> list[Path]:
        found = [p for p in self.vault.rglob("*.md") if p.is_file() and not p.is_symlink()]
        self.chance.shuffle(found)
        return found[:most]

    def words(self, count: int = 0) -> str:
        chosen = self.chance.choices(WORDS, k=count or self.chance.randint(5, 300))
        return " ".join(f"{word}.\n\n" if self.chance.random() < 0.08 else word for word in chosen)

    def append(self) -> None:
        for note in self.notes(self.chance.randint(1, 3)):
            with note.open("a", encoding="utf-8") as file:
                file.write("\n\n" + self.words(20))

    def rewrite(self) -> None:
        for note in self.notes():
            made = note.with_name(f".{note.name}.swp")
            made.write_text(f"# {self.chance.choice(WORDS)} {self.number}\n\n{self.words()}")
            made.replace(note)

    def write_slowly(self) -> None:
        for note in self.notes():
            with note.open("w", encoding="utf-8") as file:
                for _ in range(5):
                    file.write(self.words(30))
                    file.flush()
                    time.sleep(self.chance.random() * 0.3)

    def rename(self) -> None:
        for note in self.notes(4):
            self._call(note, f"이름 {self.number} {self.chance.randint(0, 999)}.md")

    def change_case(self) -> None:
        for note in self.notes():
            self._call(note, note.stem.swapcase() + note.suffix)

    def change_form(self) -> None:
        for note in self.notes(20):
            for form in ("NFD", "NFC"):
                self._call(note, unicodedata.normalize(form, note.name))

    def delete(self) -> None:
        for note in self.notes(self.chance.randint(1, 5)):
            note.unlink()

    def make(self) -> None:
        for note in self.notes(3):
            new = note.with_name(f"새 노트 {self.number} {self.chance.randint(0, 999)}.md")
            new.write_text(self.words())

    def move_folder(self) -> None:
        folder, into = self._folder(), self._folder()
        if into != folder and folder not in into.parents:
            folder.rename(into / f"folder {self.number}")

    def burst(self) -> None:
        folder = self.vault / f"burst {self.number}"
        folder.mkdir()
        for number in range(500):
            (folder / f"{number}.md").write_text(f"# Burst {number}\n\n{self.words(40)}")

    def remove_bursts(self) -> None:
        for folder in self.vault.glob("burst *"):
            shutil.rmtree(folder)

    def check_out(self) -> None:
        """Another branch, and mostly the first one again, with times of their own."""
        folder, aside = self._folder(), self.vault.parent / "aside"
        shutil.copytree(folder, aside, symlinks=True)
        for note in sorted(folder.rglob("*.md"))[::3]:
            note.unlink()
            if self.chance.random() < 0.7:
                note.write_text(self.words(60))
        time.sleep(self.chance.choice([0, 0.2, 2, 6]))
        if self.chance.random() < 0.7:
            shutil.rmtree(folder)
            shutil.copytree(aside, folder, symlinks=True)
        shutil.rmtree(aside)

    def swap_names(self) -> None:
        one, other = self.notes(2)
        aside = one.with_name(".aside")
        one.rename(aside)
        other.rename(one)
        aside.rename(other)

    def keep_time(self) -> None:
        for note in self.notes():
            before, data = note.stat(), note.read_bytes()
            note.write_bytes(data[:-6] + bytes(self.chance.choices(b"abcdefgh", k=6)))
            os.utime(note, ns=(before.st_atime_ns, before.st_mtime_ns))

    def future(self) -> None:
        for note in self.notes():
            os.utime(note, (time.time() + 86_400,) * 2)

    def other_bytes(self) -> None:
        for note in self.notes():
            korean = f"# 제목\n\n{self.words(50)}".encode("cp949")
            note.write_bytes(self.chance.choice([korean, self.chance.randbytes(500)]))

    def grow(self) -> None:
        for note in self.notes():
            note.write_text(self.words(200) * self.chance.choice([10, 400, 20_000]))

    def link(self) -> None:
        target = self.chance.choice([self.notes()[0], self._folder(), Path("nowhere")])
        (self.vault / f"link {self.number}.md").symlink_to(target)

    def ignore(self) -> None:
        file = self.vault / ".notesignore"
        if file.exists():
            file.unlink()
        else:
            file.write_text(f"{self._folder().name}/\n")

    def go_away(self) -> None:
        away = self.vault.with_name("away")
        self.vault.rename(away)
        time.sleep(self.chance.choice([0.1, 3, 12]))
        away.rename(self.vault)

    def _folder(self) -> Path:
        found = [p for p in self.vault.rglob("*") if p.is_dir() and not p.is_symlink()]
        return self.chance.choice(found)

    def _call(self, note: Path, name: str) -> None:
        if note.exists() and not note.with_name(name).exists():
            note.rename(note.with_name(name))


class Followed:
    """An engine process over a folder, with its messages read all the while."""

    def __init__(self, vault: Path, home: Path) -> None:
        self.vault, self.home = vault, home
        self.failures: list[str] = []
        self._ids = 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "notesai", "engine", "--vault", str(self.vault)]
        environment = {**os.environ, "NOTESAI_HOME": str(self.home)}
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.phase = ""
        self._answers: dict[int, Any] = {}
        self._reader = threading.Thread(target=self._read, args=(self.process.stdout,))
        self._reader.start()

    def send(self, method: str, **parameters: Any) -> int:
        self._ids += 1
        assert self.process.stdin is not None
        line = json.dumps({"id": self._ids, "method": method, **parameters})
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        return self._ids

    def ask(self, method: str, **parameters: Any) -> Any:
        wanted, until = self.send(method, **parameters), time.monotonic() + LONGEST_SECONDS
        while wanted not in self._answers:
            assert self.process.poll() is None, "the engine has ended"
            assert time.monotonic() < until, f"{method} is not answered"
            time.sleep(0.02)
        return self._answers.pop(wanted)

    def settle(self, quiet: int = 6) -> dict[str, Any]:
        """Wait until nothing has been done for so many seconds; the status."""
        calm, until = 0, time.monotonic() + LONGEST_SECONDS
        while calm < quiet:
            assert time.monotonic() < until, f"still at {self.phase}"
            time.sleep(1)
            status = self.ask("status")
            calm = calm + 1 if self.phase == "done" and not status["pending"] else 0
        return status

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._close()

    def end(self) -> None:
        self._close()
        assert self.process.wait(60) == 0

    def _close(self) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self._reader.join()

    def measured(self) -> str:
        """What the process and its index take up."""
        process = psutil.Process(self.process.pid)
        sizes: list[int] = []
        for file in self.index.rglob("*"):
            # Files of old versions vanish while the index is being tidied.
            with contextlib.suppress(OSError):
                sizes.append(file.stat().st_size)
        return (
            f"{process.memory_info().rss >> 20} MiB resident, {process.num_fds()} descriptors, "
            f"{process.num_threads()} threads, index {sum(sizes) >> 20} MiB in {len(sizes)} files"
        )

    @property
    def index(self) -> Path:
        (place,) = (self.home / "data" / "indexes").iterdir()
        return place

    def _read(self, source: Any) -> None:
        for line in source:
            message = json.loads(line)
            match message["type"]:
                case "ok":
                    self._answers[message["id"]] = message["value"]
                case "error":
                    if message["code"] not in ("cancelled", "note.unknown", "note.gone"):
                        self.failures.append(f"{message['code']}: {message['message']}")
                case "index_progress":
                    self.phase = message["phase"]
                case "engine_state":
                    if message["code"] not in ("", "vault.missing"):
                        self.failures.append(f"{message['code']}: {message['message']}")
                case _:
                    pass
        source.close()


def ask_something(engine: Followed, rough: Rough) -> None:
    """One request as the window makes them, or none."""
    query, path = rough.words(2).replace("\n", " "), ""
    for note in rough.notes():
        path = unicodedata.normalize("NFC", note.relative_to(rough.vault).as_posix())
    requests: list[tuple[str, dict[str, Any]]] = [
        *(("search", {"query": query, "mode": m}) for m in ("hybrid", "lexical", "semantic")),
        *(("similar", {"path": path}), ("ask", {"question": f"{query}?", "extractive": True})),
        *(("fetch_map", {}), ("for_you", {"recent": [path]}), ("find_duplicates", {})),
        *(("list_notes", {}), ("list_states", {}), ("read", {"path": path}), ("status", {})),
    ]
    method, parameters = rough.chance.choice(requests)
    engine.send(method, **parameters)


def soaked(
    vault: Path, home: Path, *, seconds: float, kills: int, seed: int
) -> Iterator[tuple[float, str]]:
    """Treat `vault` roughly while an engine with its index in `home` follows; tells what it sees.

    At its end the index has settled, and no request has failed.
    """
    chance = random.Random(seed)
    rough, engine = Rough(vault, chance), Followed(vault, home)
    try:
        engine.settle(2)
        began = time.monotonic()
        deaths = sorted(chance.uniform(0, seconds) for _ in range(kills))
        while (now := time.monotonic() - began) < seconds:
            if deaths and now > deaths[0]:
                deaths.pop(0)
                yield now, f"killed while {engine.phase or 'starting'}"
                engine.kill()
                rough.step()
                engine.start()
            yield now, rough.step()
            ask_something(engine, rough)
            time.sleep(chance.expovariate(1.0))
            yield now, engine.measured()
        engine.settle()
        yield seconds, engine.measured()
        assert not engine.failures, engine.failures
        engine.end()
    finally:
        if engine.process.poll() is None:
            engine.kill()


def differences(soaked: Path, clean: Path) -> list[str]:
    """What differs between two indexes of one folder; both hold nothing that is nobody's.

    A note that was renamed keeps the passages that were cut and embedded with the title it had:
    of those nothing is said.
    """
    one, other = kept(soaked), kept(clean)
    found = [f"note: {path}" for path in one.keys() ^ other.keys()]
    for path in one.keys() & other.keys():
        a, b = one[path], other[path]
        renamed = any(passage.title != a["title"] for passage in a["passages"])
        names = a.keys() - ({"passages", "n_chunks"} if renamed else {"passages"})
        found += [
            f"{path}: {name} {a[name]!r}, not {b[name]!r}" for name in names if a[name] != b[name]
        ]
        if not renamed:
            found += [f"{path}: {what}" for what in _in_passages(a["passages"], b["passages"])]
    return found


def _in_passages(one: list[KeptPassage], other: list[KeptPassage]) -> Iterator[str]:
    if len(one) != len(other):
        yield f"{len(one)} passages, not {len(other)}"
    for a, b in zip(one, other, strict=False):
        if a.said != b.said:
            yield f"{a.said}, not {b.said}"
        elif a.vector is None or b.vector is None:
            yield "a passage without vector"
        elif np.abs(np.subtract(a.vector, b.vector)).max() > 1e-6:
            yield "another vector"
