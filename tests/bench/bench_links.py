"""How well similar notes foretell links that were taken out: recall@10 and MRR.

Usage: python tests/bench/bench_links.py [--vaults FOLDER] [--work FOLDER] [--per-vault N]

For each vault (an archive or a folder in FOLDER), a copy is made in which no note says where its
links led: every `[[wikilink]]`, `![[embed]]` and `[label](file)` goes with its label, as do
`[label]: file` definitions, whether the target exists or not; links to web addresses stay. Title,
folder and tags stay, as they are there in life too. The copy is indexed by the engine, and each
note that had links is asked for its 100 most similar ones. Right are those that it linked to, at
whatever name Obsidian, Logseq or Dendron would find them by; in a second table also those that
linked to it.

Beside ours stand three simpler ways over the same model's vectors: the first 500 characters as one
text; the mean of the chunks' vectors; the best pair of chunks.
"""

import argparse
import os
import posixpath
import re
import tarfile
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "data" / "vaults"
VAULTS = ("obsidian-help-en", "logseq-docs", "dendron-site", "obsidian-help-ko")
ENGLISH = VAULTS[:3]
SUFFIXES = (".md", ".markdown")
DEPTH = 100
HEAD = 500
OURS = "ours"

_WIKILINK = re.compile(r"[!#]?\[\[([^\[\]\n]+)\]\]")
_INLINE = re.compile(
    r"!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\((?![a-z][a-z0-9+.-]+:)"
    r"(<[^<>\n]*>|[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)"
)
_DEFINITION = re.compile(
    r"^[ \t]*\[[^\[\]\n]+\]:[ \t]*(?![a-z][a-z0-9+.-]+:)(\S+).*$", re.MULTILINE
)

Ranked = Mapping[str, Sequence[str]]
Relevant = Mapping[str, set[str]]
Figures = Mapping[str, tuple[float, float]]
Table = dict[str, Figures]
ONE_WAY, BOTH_WAYS = "linked to", "linked to or from"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vaults", type=Path, default=SOURCES)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--per-vault", type=int, default=1 << 30)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = arguments.work or Path(scratch)
        os.environ["NOTESAI_HOME"] = str(place / "home")
        tables: dict[str, Table] = {ONE_WAY: {}, BOTH_WAYS: {}}
        for name in VAULTS:
            links = prepare(arguments.vaults, name, place)
            if links is not None:
                found = measure(place / name / "stripped", links, arguments.per_vault)
                for way, figures in found.items():
                    tables[way][name] = figures
        for way, table in tables.items():
            report(way, table)


# Vaults without links


def prepare(sources: Path, name: str, place: Path) -> Relevant | None:
    """Make the copy without links below `place`; what linked to what. None without the vault."""
    original, stripped = place / name / "original", place / name / "stripped"
    if not original.is_dir():
        if (sources / name).is_dir():
            original.parent.mkdir(parents=True, exist_ok=True)
            original.symlink_to((sources / name).resolve())
        elif (sources / f"{name}.tar.xz").is_file():
            original.mkdir(parents=True)
            with tarfile.open(sources / f"{name}.tar.xz") as packed:
                packed.extractall(original, filter="data")
        else:
            print(f"{name}: not there")
            return None
    texts = {
        str(file.relative_to(original).as_posix()): file.read_text("utf-8", "replace")
        for file in sorted(original.rglob("*"))
        if file.suffix in SUFFIXES and file.is_file()
    }
    for path, text in texts.items():
        target = stripped / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_file():
            target.write_text(without_links(text), "utf-8")
    return linked(texts)


def without_links(text: str) -> str:
    """The text without any link to a file: neither target nor label is left."""
    for pattern in (_WIKILINK, _INLINE, _DEFINITION):
        text = pattern.sub(" ", text)
    return text


def linked(texts: Mapping[str, str]) -> Relevant:
    """For each path those that it links to."""
    names = _names(texts)
    links: dict[str, set[str]] = {}
    for path, text in texts.items():
        found = {_resolved(path, target, names) for target in _targets(text)}
        links[path] = {other for other in found if other and other != path}
    return links


def both_ways(links: Relevant) -> Relevant:
    """For each path those that it links to or that link to it."""
    partners: dict[str, set[str]] = defaultdict(set)
    for path, others in links.items():
        for other in others:
            partners[path].add(other)
            partners[other].add(path)
    return partners


def _targets(text: str) -> list[str]:
    """What the links of a note name. In Dendron's the label comes first, in all others last."""
    found: list[str] = []
    for match in _WIKILINK.finditer(text):
        sides = match[1].rstrip("\\").split("|")
        found += [side.partition("#")[0].strip() for side in sides]
    for pattern in (_INLINE, _DEFINITION):
        for match in pattern.finditer(text):
            address = match[1].strip().strip("<>").split(' "')[0]
            found.append(_unquoted(address.partition("#")[0]))
    return [target for target in found if target]


def _unquoted(address: str) -> str:
    from urllib.parse import unquote

    return unquote(address)


def _names(texts: Mapping[str, str]) -> dict[str, str]:
    """Paths by all that a link may call them: path, file name, title, alias; ambiguous ones not."""
    from notesai.notes.markdown import parse

    found: dict[str, str | None] = {}
    for path, text in texts.items():
        pure, document = PurePosixPath(path), parse(text, path)
        for name in {path, str(pure.with_suffix("")), pure.stem, document.title, *document.aliases}:
            key = name.casefold()
            found[key] = path if found.get(key, path) == path else None
    return {name: path for name, path in found.items() if path is not None}


def _resolved(path: str, target: str, names: Mapping[str, str]) -> str | None:
    relative = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    # dendron://vault/note
    bare = re.sub(r"^dendron://[^/]*/", "", target)
    for name in (relative, target, bare, bare.removesuffix(".md")):
        found = names.get(name.lstrip("/").casefold())
        if found is not None:
            return found
    return None


# Rankings


def measure(vault: Path, links: Relevant, most: int) -> dict[str, Figures]:
    """Recall@10 and MRR of each way, over the notes that had links."""
    from notesai.engine.workspace import Workspace

    started = time.perf_counter()
    wanted = {ONE_WAY: links, BOTH_WAYS: both_ways(links)}
    with Workspace.open(vault, write=True) as workspace:
        workspace.index()
        known = {note.path for note in workspace.notes() if note.n_chunks}
        right = {
            way: {path: others & known for path, others in of.items() if path in known}
            for way, of in wanted.items()
        }
        asked = sorted(path for path, others in right[BOTH_WAYS].items() if others)
        asked = asked[:: max(1, len(asked) // most)]
        ranked = {OURS: _ours(workspace, asked)} | _simple(workspace, vault, asked)
    counts = [len(right[ONE_WAY][path]) for path in asked if right[ONE_WAY].get(path)]
    print(
        f"{vault.parent.name}: {len(known)} notes with text, {len(counts)} of them link to "
        f"{np.mean(counts):.1f} others each; {time.perf_counter() - started:.0f} s",
        flush=True,
    )
    return {
        way: {name: score(found, of) for name, found in ranked.items()} for way, of in right.items()
    }


def _ours(workspace: Any, asked: Sequence[str]) -> Ranked:
    return {
        path: [other.path for other in workspace.similar(path, k=DEPTH).neighbours]
        for path in asked
    }


def _simple(workspace: Any, vault: Path, asked: Sequence[str]) -> dict[str, Ranked]:
    """The three simpler ways, over all notes with vectors."""
    side = workspace._sides.active()
    notes = [note for note in workspace.notes() if note.n_chunks]
    chunks = [side.store.matrix_of(note.note_id, note.content_hash)[1] for note in notes]
    heads = side.embedder.embed_documents(
        [_body(vault, note.path, note.title)[:HEAD] for note in notes]
    )
    means = np.stack([_unit(vectors.mean(0)) for vectors in chunks])
    starts = np.cumsum([0, *map(len, chunks)])[:-1]
    every = np.concatenate(chunks)
    at = {note.path: number for number, note in enumerate(notes)}

    def best(number: int) -> Any:
        return np.maximum.reduceat((chunks[number] @ every.T).max(0), starts)

    ways: dict[str, Callable[[int], Any]] = {
        "first 500 characters": lambda number: heads @ heads[number],
        "mean of chunks": lambda number: means @ means[number],
        "best chunk": best,
    }
    return {
        way: {path: _order(score(at[path]), at[path], notes) for path in asked}
        for way, score in ways.items()
    }


def _body(vault: Path, path: str, title: str) -> str:
    from notesai.notes.markdown import parse

    text = (vault / path).read_text("utf-8", "replace")
    blocks = parse(text, path).blocks
    return f"{title}\n{text[blocks[0].start :] if blocks else ''}"


def _order(scores: Any, own: int, notes: Sequence[Any]) -> list[str]:
    order = np.argsort(-scores, kind="stable")
    return [notes[number].path for number in order[: DEPTH + 1] if number != own][:DEPTH]


def _unit(vector: Any) -> Any:
    return vector / max(1e-9, float(np.linalg.norm(vector)))


# Figures


def score(ranked: Ranked, relevant: Relevant) -> tuple[float, float]:
    """Mean recall@10 and mean reciprocal rank of the first right note, within `DEPTH`."""
    recalls: list[float] = []
    reciprocals: list[float] = []
    for path, found in ranked.items():
        right = relevant.get(path)
        if right:
            recalls.append(len(right & set(found[:10])) / len(right))
            first = next((rank for rank, other in enumerate(found, 1) if other in right), 0)
            reciprocals.append(1 / first if first else 0.0)
    return float(np.mean(recalls)), float(np.mean(reciprocals))


def report(way: str, table: Table) -> None:
    """One table, and the means that are to be held."""
    names = [name for name in VAULTS if name in table]
    if not names:
        return
    print(f"\nnotes {way}: recall@10 / MRR")
    heads = "".join(f"{name:>18}" for name in names)
    print(f"{'':22}{heads}{'mean of all':>18}{'English':>9}")
    for method in table[names[0]]:
        cells = [table[name][method] for name in names]
        english = [table[name][method][0] for name in names if name in ENGLISH]
        means = float(np.mean([cell[0] for cell in cells])), float(np.mean([c[1] for c in cells]))
        row = "".join(f"{recall:>10.3f} / {mrr:.3f}" for recall, mrr in [*cells, means])
        print(f"{method:22}{row}{np.mean(english) if english else 0.0:>9.3f}")


if __name__ == "__main__":
    main()
