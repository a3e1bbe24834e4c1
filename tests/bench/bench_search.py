"""How quick and how exact search is in an index of 100,000 chunks or more.

Usage: python tests/bench/bench_search.py [--chunks N] [--vaults FOLDER] [--work FOLDER]
       [--embed N] [--seed N] [--synthetic]

The notes are those of the vaults in FOLDER (archives or folders), in random order, until they make
about so many chunks; when they are used up they come again with changed words. With `--synthetic`,
or where there are no vaults, passages are made of words with the frequencies of a language. With
`--embed` only so many distinct texts are given to the model; the others get a vector that is mixed
from two of those and noise. Everything goes through the engine's Workspace. A `--work` folder is
kept and taken up again by the next run.
"""

import argparse
import os
import random
import re
import shutil
import statistics
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil

BYTES_PER_CHUNK = 545
SUFFIXES = (".md", ".org", ".txt", ".html")
VAULTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "vaults"
SHARES = {"100%": 1.0, "50%": 0.5, "25%": 0.25, "10%": 0.1, "5%": 0.05, "1%": 0.01, "0.1%": 0.001}
K = 10
CANDIDATES = 100
"""Passages that each half of a search asks for."""

ROUNDS = 3

WRITTEN = (
    "how to stop a script when a command fails",
    "remote session without password",
    "difference between a class and a structure",
    "vector of smart pointers",
    "undefined symbol when linking a library",
    "graph view and backlinks",
    "daily notes template",
    "keyboard shortcuts",
    "update state from a child component",
    "import a csv file",
    "sort a list by several keys",
    "what is an exception specification",
    "예외가 발생했을 때 처리하는 방법",
    "클래스와 구조체의 차이",
    "포인터를 반환하는 함수",
    "링커 오류 해결",
    "상태를 부모 컴포넌트로 끌어올리기",
    "메모 사이의 연결",
    "단축키 설정",
    "폴더 안의 파일 목록 가져오기",
    "스레드를 안전하게 종료하기",
    "템플릿 인수 추론",
    "렌더링이 두 번 되는 이유",
    "지식 관리 도구",
)
"""What people may type; all other queries are taken from the notes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--vaults", type=Path, default=VAULTS)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--embed", type=int, default=1 << 62)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--synthetic", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = arguments.work or Path(scratch)
        os.environ["NOTESAI_HOME"] = str(place / "home")
        measure(place, arguments)


def measure(place: Path, arguments: argparse.Namespace) -> None:
    from notesai.engine.workspace import Workspace

    vault = place / "vault"
    synthetic = arguments.synthetic or not arguments.vaults.is_dir()
    if not vault.is_dir():
        vault.mkdir(parents=True)
        if not synthetic:
            gather(arguments.vaults, vault, arguments.chunks, arguments.seed)
    with Workspace.open(vault, write=True) as workspace:
        if synthetic:
            synthesise(workspace, arguments.chunks, arguments.seed)
        else:
            timed("reading", lambda: workspace.reconcile(_Quiet()))
        embed(workspace, arguments.embed, arguments.seed)
        timed("optimising", workspace.optimise)
        timed("vector index", lambda: workspace._writing.finish_vectors(_Quiet()))
    with Workspace.open(vault, write=False) as workspace:
        report(workspace, queries(workspace, arguments.seed))


class _Quiet:
    def report(self, phase: str, done: int, total: int) -> None:
        pass


def timed(title: str, work: Callable[[], object]) -> None:
    started = time.perf_counter()
    work()
    print(f"{title}: {time.perf_counter() - started:.1f} s", flush=True)


# The notes


def gather(source: Path, vault: Path, chunks: int, seed: int) -> None:
    """Fill `vault` with notes in random order until they should make so many chunks."""
    with tempfile.TemporaryDirectory() as name:
        for archive in sorted(source.glob("*.tar.xz")):
            with tarfile.open(archive) as packed:
                packed.extractall(name, filter="data")
        roots = [Path(name), *(path for path in source.iterdir() if path.is_dir())]
        files = sorted((f, f.relative_to(root)) for root in roots for f in _notes(root))
        random.Random(seed).shuffle(files)
        wanted, size, copy = chunks * BYTES_PER_CHUNK, 0, 0
        while files and size < wanted:
            for file, relative in files:
                size += _take(file, vault, relative, copy)
                if size >= wanted:
                    break
            copy += 1
    print(f"{sum(1 for _ in _notes(vault))} notes, {size / 2**20:.0f} MiB, {copy} time(s) each")


def _notes(root: Path) -> Iterator[Path]:
    for path in root.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if path.suffix in SUFFIXES and path.is_file() and not hidden:
            yield path


def _take(file: Path, vault: Path, relative: Path, copy: int) -> int:
    target = vault / relative if not copy else vault / f"copy-{copy}" / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file, target)
    if copy:
        text = file.read_text("utf-8", "replace")
        # Every fifth word, so that no passage of the copy is the same as in the note.
        words = re.sub(r"((?:\S+\s+){4})(\S+)", rf"\1\2{copy}", text)
        target.write_text(words, "utf-8")
        shutil.copystat(file, target)
    return file.stat().st_size


def synthesise(workspace: Any, chunks: int, seed: int) -> None:
    """Write rows of notes of twelve chunks each, of words drawn by Zipf's law, with vectors."""
    from notesai.index.rows import chunk_table
    from notesai.index.schema import ChunkRow, NoteRow
    from notesai.model import Note, NoteStatus
    from notesai.notes.reader import chunk_terms, note_terms

    store = workspace._sides.active().store
    rng = np.random.default_rng(seed)
    words = np.array(vocabulary(seed))
    dimension = workspace.embedder().card.dimension
    centres = rng.normal(size=(4000, dimension)).astype(np.float32)
    made, number, started = store.count_chunks(), len(store.notebook()), time.perf_counter()
    while made < chunks:
        notes: list[NoteRow] = []
        rows: list[ChunkRow] = []
        for _ in range(2500):
            number += 1
            path, title = f"area-{number % 40}/note-{number}.md", " ".join(drawn(words, rng, 3))
            tags = (f"topic-{number % 25}",)
            note = Note(f"{number * 2654435761 % 2**32:08x}", path, title, f"c{number}", 1, 1)
            for ordinal in range(12):
                text = " ".join(drawn(words, rng, 40))
                row = ChunkRow(note.note_id, f"c{number}", ordinal, title, (title,), 0, len(text),
                               ordinal + 1, text, "", f"{number}-{ordinal}")  # fmt: skip
                rows.append(_with(row, terms=chunk_terms(row.chunk)))
            note = _with(note, n_chunks=12, tags=tags, status=NoteStatus.INDEXED, language="en",
                         created=f"20{10 + number % 15}-0{1 + number % 9}-11")  # fmt: skip
            notes.append(NoteRow(note, note_terms(title, path, tags)))
        noise = rng.normal(size=(len(rows), dimension)).astype(np.float32)
        vectors = _unit(centres[rng.integers(0, len(centres), len(rows))] + 1.2 * noise)
        by_hash = {row.text_hash: vector for row, vector in zip(rows, vectors, strict=True)}
        store.add_chunk_table(chunk_table(rows), by_hash)
        store.put_notes(notes)
        made += len(rows)
    print(f"synthetic: {made} chunks, {time.perf_counter() - started:.0f} s", flush=True)


def _with(value: Any, **changes: Any) -> Any:
    from dataclasses import replace

    return replace(value, **changes)


def vocabulary(seed: int) -> list[str]:
    choice = random.Random(seed).choice
    syllables = [c + v for c in "bcdfghklmnprstvz" for v in ("a", "e", "i", "o", "u", "ar", "in")]
    hangul = [chr(code) for code in range(0xAC00, 0xAC00 + 28 * 21 * 12, 29)]
    latin = ["".join(choice(syllables) for _ in range(2 + i % 3)) for i in range(30_000)]
    korean = ["".join(choice(hangul) for _ in range(2 + i % 3)) for i in range(30_000)]
    return [word for pair in zip(latin, korean, strict=True) for word in pair]


def drawn(words: Any, rng: np.random.Generator, n: int) -> list[str]:
    return list(words[np.minimum(rng.zipf(1.15, n), len(words)) - 1])


# The vectors


def embed(workspace: Any, most: int, seed: int) -> None:
    """Embed up to `most` distinct texts, and give mixed vectors to all others."""
    store = workspace._sides.active().store
    started = time.perf_counter()
    before = store.count_chunks() - store.count_pending()

    def enough() -> bool:
        return store.count_chunks() - store.count_pending() - before >= most

    done = workspace.embed(_Quiet(), enough if most < 1 << 62 else lambda: False)
    left = list(dict.fromkeys(chunk.text_hash for chunk in store.pending()))
    if left:
        _, known = store.sample(20_000)
        rng = np.random.default_rng(seed)
        for at in range(0, len(left), 20_000):
            part = left[at : at + 20_000]
            one, other = (known[rng.integers(0, len(known), len(part))] for _ in range(2))
            noise = rng.normal(size=one.shape) * (0.5 / one.shape[1] ** 0.5)
            store.set_vectors(part, _unit(one + 0.35 * other + noise))
    seconds = time.perf_counter() - started
    print(
        f"{store.count_chunks()} chunks of {len(store.notebook())} notes; {done.embedded} texts "
        f"embedded now, {len(left)} with mixed vectors; {seconds:.0f} s",
        flush=True,
    )


def _unit(vectors: Any) -> Any:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


# The questions


def queries(workspace: Any, seed: int) -> dict[str, list[str]]:
    """Queries by kind: written ones, headings, pieces of sentences, and with each filter."""
    chance = random.Random(seed)
    store = workspace._sides.active().store
    rows, _ = store.sample(4000)
    chance.shuffle(rows)
    notes = chance.sample(workspace.notes(), min(400, len(workspace.notes())))
    headings = [row.headings[-1] for row in rows if row.headings and len(row.headings[-1]) > 4]
    pieces = [piece for row in rows if (piece := _piece(row.text, chance))]
    tags = [tag.lstrip("#") for note in notes for tag in note.tags]
    folders = sorted({str(Path(note.path).parent) for note in notes if "/" in note.path})
    chance.shuffle(folders)
    found = {
        "written": list(WRITTEN),
        "headings": headings[:30],
        "pieces": pieces[:40],
        "tag:": [f"{piece} tag:{tag}" for piece, tag in zip(pieces[40:], tags, strict=False)][:10],
        "path:": [f'{p} path:"{f}/"' for p, f in zip(pieces[60:], folders, strict=False)][:10],
        "after:": [f"{piece} after:{2012 + i}-05-01" for i, piece in enumerate(pieces[80:90])],
        "phrase": [f'"{" ".join(piece.split()[:2])}"' for piece in pieces[100:115]],
    }
    print("; ".join(f"{len(group)} {kind}" for kind, group in found.items()), flush=True)
    return found


def _piece(text: str, chance: random.Random) -> str:
    """Two to five words in a row, as they stand in a passage."""
    words = [word for word in re.findall(r"[^\W_]+", text) if len(word) > 1]
    length = chance.randint(2, 5)
    if len(words) < length + 1:
        return ""
    start = chance.randrange(len(words) - length)
    return " ".join(words[start : start + length])


# The figures


def report(workspace: Any, asked: dict[str, list[str]]) -> None:
    from notesai.model import SearchMode

    every = [query for group in asked.values() for query in group]
    print(f"memory before the first search: {_memory():.0f} MiB", flush=True)
    timed("reading ahead", workspace.warm)
    lexicon = workspace._sides.active().store.lexicon()
    print(f"words in memory: {lexicon.nbytes / 2**20:.1f} MiB; {_memory():.0f} MiB in all")
    timed("first search", lambda: workspace.search(every[0], k=K))
    for query in every[:20]:
        workspace.search(query, k=K)
    for mode in (SearchMode.HYBRID, SearchMode.LEXICAL, SearchMode.SEMANTIC):
        taken = {kind: _times(workspace, group, mode) for kind, group in asked.items()}
        print(f"{mode.value}: {_figures([t for times in taken.values() for t in times])}")
        for kind, times in taken.items():
            print(f"    {kind}: {_figures(times)}", flush=True)
    print(f"memory after: {_memory():.0f} MiB", flush=True)
    plain = asked["written"] + asked["headings"] + asked["pieces"]
    recall(workspace, plain[::2])


def _times(workspace: Any, asked: Sequence[str], mode: Any) -> list[tuple[float, float]]:
    """Milliseconds of each search by the clock, and of all processors together."""
    times: list[tuple[float, float]] = []
    for query in list(asked) * ROUNDS:
        started, computed = time.perf_counter(), time.process_time()
        workspace.search(query, k=K, mode=mode)
        taken = time.perf_counter() - started, time.process_time() - computed
        times.append((1000 * taken[0], 1000 * taken[1]))
    return times


def _figures(times: list[tuple[float, float]]) -> str:
    """Half and 95 in 100 searches take at most so long; computing is free of a busy machine."""
    if not times:
        return "none"
    (half, most), (half_computed, most_computed) = (
        (statistics.median(values), sorted(values)[round(0.95 * (len(values) - 1))])
        for values in zip(*times, strict=True)
    )
    return (
        f"p50 {half:.1f} ms, p95 {most:.1f} ms "
        f"(computing: p50 {half_computed:.1f} ms, p95 {most_computed:.1f} ms)"
    )


def recall(workspace: Any, asked: Sequence[str]) -> None:
    """What a search finds by meaning against the exact scan, in all notes and in some of them."""
    from notesai.search.filters import facets
    from notesai.search.in_memory import InMemory
    from notesai.search.narrowing import limited

    side = workspace._sides.active()
    store, lexicon = side.store, side.store.lexicon()
    vectors = [side.embedder.embed_query(query) for query in asked]
    known = facets(store.known)
    for name, share in SHARES.items():
        kept = np.array([note_id < _bound(share) for note_id in known.ids])
        limits = limited(lexicon, known, kept) if share < 1 else None
        lookup = InMemory(store, lexicon, limits)
        where = f"note_id < '{_bound(share)}'" if share < 1 else ""
        hits, whole, taken = 0, 0, list[tuple[float, float]]()
        for vector in vectors:
            started, computed = time.perf_counter(), time.process_time()
            found = lookup.meaning(vector, CANDIDATES)[:K]
            times = time.perf_counter() - started, time.process_time() - computed
            taken.append((1000 * times[0], 1000 * times[1]))
            truth = store.semantic(vector, K, where=where, exact=True)
            # Passages of the same text are as good as one another.
            hits += sum(chunk.score >= truth[-1].score - 1e-6 for chunk in found)
            whole += len(truth)
        print(f"recall@10, {name} of the notes: {hits / max(1, whole):.4f}; {_figures(taken)}")


def _bound(share: float) -> str:
    """The ids of this share of all notes, which are random hexadecimal digits, are below it."""
    return f"{round(share * 16**8):08x}" if share < 1 else "g"


def _memory() -> float:
    return psutil.Process().memory_info().rss / 2**20


if __name__ == "__main__":
    main()
