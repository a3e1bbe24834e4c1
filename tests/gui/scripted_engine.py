"""An engine of the dozen notes in `vault`; it speaks the protocol, and the tests drive it.

    python scripted_engine.py [--vault PATH] [--act NAME ...]

Acts change how it behaves: `indexing` reports progress for ever, `slow-start` takes a second,
`crash-at-start`, `fail-at-start`, `empty` has no notes, `many` has 10,000, `reader` is no writer,
`failing` has 5,000 notes that failed, `switching` switches to another model, `switched` has just
done so.
Some queries are acts too: `!crash`, `!error`, `!slow`, `!garbage`, `!garbled`, `!partial`,
`!trouble`.
"""

import argparse
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

from notesai.engine import protocol
from notesai.engine.protocol import (
    AnyRequest,
    Done,
    EngineState,
    Failure,
    IndexChanged,
    IndexProgress,
    ModelChoice,
    ModelChoices,
    NoteState,
    NoteStates,
    NoteTitle,
    NoteTitles,
    Ok,
    Partial,
    Result,
)
from notesai.model import (
    Hit,
    Neighbour,
    NoteContent,
    NoteProblem,
    NoteStatus,
    Passage,
    PassagePair,
    SearchMode,
    SearchResult,
    SimilarResult,
    SwitchEstimate,
    Switching,
    VaultStatus,
)

VAULT = Path(__file__).resolve().parent / "vault"
_NEWEST = (
    "프로젝트/notesai/인덱스.md",
    "reading/ddia-notes.md",
    "ml/벡터DB.md",
    "ml/sbert.md",
    "journal/2026-10-02.md",
)
_NOW_NS = 1_791_180_000 * 10**9
_HOUR_NS = 3600 * 10**9


def title_of(path: str, text: str) -> str:
    """The first heading, else the file's name."""
    for line in text.splitlines():
        if line.startswith("# "):
            return line[2:].strip()
    return Path(path).stem


def tags_of(text: str) -> tuple[str, ...]:
    for line in text.splitlines()[:5]:
        if line.startswith("tags: ["):
            return tuple(tag.strip() for tag in line[7:-1].split(","))
    return ()


def passages_of(text: str) -> list[tuple[int, int]]:
    """Offsets of the paragraphs after the front matter."""
    start = text.find("\n---\n") + 5 if text.startswith("---") else 0
    spans: list[tuple[int, int]] = []
    while start < len(text):
        end = text.find("\n\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip() and not text[start:end].lstrip().startswith("#"):
            spans.append((start, end))
        start = end + 2
    return spans


def pieces(text: str) -> set[str]:
    """Overlapping pairs of letters, a stand-in for meaning."""
    letters = "".join(char for char in text.casefold() if char.isalnum())
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


def likeness(a: set[str], b: set[str]) -> float:
    return len(a & b) / (len(a | b) or 1)


class Engine:
    def __init__(self, notes: dict[str, str], acts: set[str], vault: str) -> None:
        self.notes = notes
        self.acts = acts
        self.vault = vault
        self.paused = False
        self._lock = threading.Lock()
        self._cancelled: set[int] = set()
        self._out = os.fdopen(os.dup(1), "wb", buffering=0)

    def say(self, message: protocol.Message) -> None:
        with self._lock:
            self._out.write(protocol.encode(message))

    def say_raw(self, data: bytes) -> None:
        with self._lock:
            self._out.write(data)

    def run(self) -> None:
        self.say(EngineState(state="starting"))
        if "slow-start" in self.acts:
            time.sleep(1.0)
        if "crash-at-start" in self.acts:
            os.abort()
        if "fail-at-start" in self.acts:
            self.say(EngineState(state="failed", code="vault.missing", message="No folder."))
            sys.exit(1)
        self.say(self.state())
        if "indexing" in self.acts:
            threading.Thread(target=self.index, daemon=True).start()
        for line in sys.stdin.buffer:
            request = protocol.decode_request(line)
            threading.Thread(target=self.answer, args=(request,), daemon=True).start()

    def state(self) -> EngineState:
        return EngineState(
            state="ready",
            notes=len(self.notes),
            model="bilingual-mini · int8",
            writer="reader" not in self.acts,
        )

    def index(self) -> None:
        total, done = 43, 33
        while True:
            if not self.paused:
                done = min(done + 1, total - 3)
            self.say(
                IndexProgress(
                    phase="meaning", done=done, total=total, seconds_left=5.0, paused=self.paused
                )
            )
            time.sleep(0.02)

    def answer(self, request: AnyRequest) -> None:
        try:
            self.respond(request)
        except KeyError:
            self.fail(request.id, "note.unknown", "There is no such note.")

    def fail(self, number: int, code: str, message: str, hint: str = "") -> None:
        self.say(Failure(id=number, code=code, message=message, hint=hint))

    def ok(self, number: int, value: Result) -> None:
        self.say(Ok(id=number, value=protocol.raw(value)))

    def respond(self, request: AnyRequest) -> None:
        match request:
            case protocol.Search():
                self.search(request)
            case protocol.Read():
                self.ok(request.id, self.read(request.path))
            case protocol.Similar():
                self.ok(request.id, self.similar(request.path, request.k))
            case protocol.ListNotes():
                self.ok(request.id, self.titles())
            case protocol.Status():
                self.ok(request.id, self.status())
            case protocol.Pause() | protocol.Resume():
                self.paused = isinstance(request, protocol.Pause)
                self.ok(request.id, Done())
            case protocol.CancelSwitch() | protocol.DropPrevious():
                self.acts -= {"switching", "switched"}
                self.ok(request.id, self.status())
            case protocol.GoBack():
                self.fail(request.id, "model.unknown", "No model is named 'minilm'.", "Add it.")
            case protocol.Retry() | protocol.ReadSettings():
                self.ok(request.id, Done())
                self.say(IndexChanged(paths=()))
            case protocol.ListStates():
                self.ok(request.id, self.states())
            case protocol.ListModels():
                self.ok(request.id, self.models())
            case protocol.EstimateSwitch():
                self.estimate(request)
            case protocol.UseModel():
                self.acts.add("switching")
                self.ok(request.id, self.status())
            case protocol.Cancel():
                self._cancelled.add(request.target)
                self.ok(request.id, Done())
            case protocol.Reindex():
                self.ok(request.id, Done())
                self.say(IndexChanged(paths=()))
            case _:
                self.fail(request.id, "request.unknown", "Not known here.")

    def search(self, request: protocol.Search) -> None:
        query = request.query
        if query == "!crash":
            os.abort()
        if query == "!error":
            self.fail(request.id, "index.broken", "The index is damaged.", "Rebuild it.")
            return
        if query == "!garbage":
            self.say_raw(b'not json\n\xff\xfe\n{"type":"ok"}\n{"type":"new","id":1}\n\n')
        if query == "!trouble":
            code = "index.disk_full"
            self.say(EngineState(state="trouble", code=code, message="full"))
        if query == "!garbled":
            self.ok(request.id, Done())
            return
        if query == "!slow":
            self.wait_for_cancel(request.id)
            return
        words = self.found(query, SearchMode.LEXICAL)
        if request.mode is not SearchMode.SEMANTIC and not query.startswith("!whole"):
            self.say(Partial(id=request.id, value=protocol.raw(words)))
        if query == "!partial":
            self.wait_for_cancel(request.id)
            return
        self.ok(request.id, self.found(query, request.mode))

    def wait_for_cancel(self, number: int) -> None:
        until = time.monotonic() + 20
        while number not in self._cancelled and time.monotonic() < until:
            time.sleep(0.01)
        self.fail(number, "cancelled", "Cancelled.")

    def found(self, query: str, mode: SearchMode) -> SearchResult:
        words = [word for word in query.casefold().split() if word]
        tag = query.removeprefix("tag:") if query.startswith("tag:") else ""
        hits: list[Hit] = []
        for path, text in self.notes.items():
            hit = self.hit(path, text, words, mode)
            if tag:
                hit = self.hit(path, text, [], mode) if tag in tags_of(text) else None
            if hit is not None:
                hits.append(hit)
        hits.sort(key=lambda hit: -hit.score)
        pending = 3 if "indexing" in self.acts else 0
        return SearchResult(query=query, milliseconds=18.2, hits=tuple(hits[:20]), pending=pending)

    def hit(self, path: str, text: str, words: list[str], mode: SearchMode) -> Hit | None:
        title = title_of(path, text)
        passages = [self.passage(text, start, end, words) for start, end in passages_of(text)]
        passages.sort(key=lambda passage: -passage.score)
        why: list[str] = []
        score = passages[0].score if passages else 0.0
        score += 0.6 * sum(bool(passage.highlights) for passage in passages)
        if any(word in title.casefold() for word in words):
            why.append("title")
            score += 1
        if passages and passages[0].highlights:
            why.append("words")
        meaning = likeness(pieces(" ".join(words)), pieces(text))
        if mode is not SearchMode.LEXICAL and (meaning > 0.012 or not words):
            why.append("meaning")
            score += 3 * meaning
        if mode is SearchMode.SEMANTIC:
            why = [reason for reason in why if reason == "meaning"]
        best = tuple(passage for passage in passages[:3] if passage.highlights) or passages[:1]
        return Hit(path, title, score, tuple(best), tuple(why)) if why else None

    def passage(self, text: str, start: int, end: int, words: list[str]) -> Passage:
        piece = text[start:end]
        marks: list[tuple[int, int]] = []
        for word in words:
            stem = word.rstrip("를을이가은는의") if len(word) > 2 else word
            at = piece.casefold().find(stem)
            while at >= 0:
                marks.append((at, at + len(stem)))
                at = piece.casefold().find(stem, at + len(stem))
        line = text.count("\n", 0, start) + 1
        return Passage("", line, start, end, piece, float(len(marks)), tuple(sorted(marks)))

    def read(self, path: str) -> NoteContent:
        text = self.notes[path]
        return NoteContent(path, title_of(path, text), text, tags_of(text), NoteStatus.INDEXED, "")

    def similar(self, path: str, k: int) -> SimilarResult:
        here = self.notes[path]
        neighbours: list[Neighbour] = []
        for other, text in self.notes.items():
            if other == path:
                continue
            pairs = self.pairs(here, text)
            linked = title_of(other, text) in here or title_of(path, here) in text
            score = min(0.95, 0.35 + 3 * likeness(pieces(here), pieces(text)) + 0.25 * linked)
            neighbours.append(Neighbour(other, title_of(other, text), score, pairs, linked))
        neighbours.sort(key=lambda neighbour: -neighbour.score)
        return SimilarResult(path, tuple(n for n in neighbours[:k] if n.score > 0.4)[:6])

    def pairs(self, here: str, there: str) -> tuple[PassagePair, ...]:
        best: PassagePair | None = None
        for a in passages_of(here):
            for b in passages_of(there):
                score = likeness(pieces(here[a[0] : a[1]]), pieces(there[b[0] : b[1]]))
                if best is None or score > best.score:
                    left = self.passage(here, *a, [])
                    best = PassagePair(left, self.passage(there, *b, []), score)
        return (best,) if best else ()

    def titles(self) -> NoteTitles:
        notes = [
            NoteTitle(path=path, title=title_of(path, text), mtime_ns=_NOW_NS - at * 7 * _HOUR_NS)
            for at, (path, text) in enumerate(self.notes.items())
        ]
        return NoteTitles(notes=tuple(sorted(notes, key=lambda note: note.path)))

    def states(self) -> NoteStates:
        waits = "indexing" in self.acts
        found = [
            NoteState(
                path=path,
                title=title_of(path, text),
                status=NoteStatus.PENDING if waits and at < 2 else NoteStatus.INDEXED,
                passages=len(passages_of(text)),
            )
            for at, (path, text) in enumerate(self.notes.items())
        ]
        status = self.status()
        failed, skipped = NoteStatus.FAILED, NoteStatus.SKIPPED
        for state, problems in ((failed, status.failed), (skipped, status.skipped)):
            found += [
                NoteState(path=one.path, title=one.path, status=state, reason=one.reason)
                for one in problems
            ]
        if "failing" in self.acts:
            found += [
                NoteState(path=f"broken/{at:04}.pdf", title="", status=failed, reason="It broke.")
                for at in range(5000)
            ]
        return NoteStates(notes=tuple(sorted(found, key=lambda state: state.path)))

    def models(self) -> ModelChoices:
        def model(name: str, title: str, size: int, **more: Any) -> ModelChoice:
            return ModelChoice(
                name=name,
                title=title,
                task="general",
                languages=("ko", "en", "ja", "zh", "de"),
                size=size,
                memory=size * 2,
                dimension=384,
                licence="MIT",
                source=f"org/{name}",
                **more,
            )

        return ModelChoices(
            models=(
                model("mini", "MiniLM", 42, installed=True, in_use=True, bundled=True, fits=True),
                model("e5", "Multilingual E5 small", 493, installed=True, fits=True),
                model("bge-m3", "BGE M3", 2293, installed=False, fits=False),
                model("ours", "A service", 0, installed=True, sends_to="ai.example.org"),
            )
        )

    def estimate(self, request: protocol.EstimateSwitch) -> None:
        if request.model == "ours":
            self.fail(request.id, "model.unusable", "It does not answer.", "Try later.")
            return
        count = len(self.notes)
        self.ok(request.id, SwitchEstimate(request.model, count, 4 * count, 900, 130.0))

    def status(self) -> VaultStatus:
        problems = bool(self.notes)
        return VaultStatus(
            vault=self.vault,
            notes=len(self.notes),
            chunks=43 if problems else 0,
            pending=3 if "indexing" in self.acts else 0,
            failed=(NoteProblem("archive/2019 세금.pdf", "The PDF is protected by a password."),)
            if problems
            else (),
            skipped=(
                NoteProblem("media/interview.md", "24.5 MiB, larger than the limit of 20 MiB"),
                NoteProblem(
                    "old/memo.txt", "The file was left out: its character encoding is not known."
                ),
            )
            if problems
            else (),
            model="bilingual-mini · int8",
            index_bytes=88_342_528,
            index_path="/home/minji/.local/share/notesai/indexes/notes-5f1c2a9b70de",
            switching=Switching("multilingual-e5-small", 1200, 4300, 400.0)
            if "switching" in self.acts
            else None,
            previous_model="minilm" if "switched" in self.acts else "",
            model_trouble="It broke." if "switching" in self.acts else "",
        )


def notes_of_vault() -> dict[str, str]:
    """The notes of the folder beside this file, those that were changed last first."""
    paths = [path.relative_to(VAULT).as_posix() for path in sorted(VAULT.rglob("*.md"))]
    paths.sort(key=lambda path: (path not in _NEWEST, path not in _NEWEST or _NEWEST.index(path)))
    return {path: (VAULT / path).read_text(encoding="utf-8") for path in paths}


def many(count: int) -> dict[str, str]:
    return {
        f"folder {at % 100:02}/sub {at % 7}/노트 {at}.md": f"# 노트 {at}\n\n본문 {at} body.\n"
        for at in range(count)
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--vault", default="/home/minji/notes")
    parser.add_argument("--act", action="append", default=[])
    options = parser.parse_args()
    acts = set(options.act)
    notes = {} if "empty" in acts else many(10_000) if "many" in acts else notes_of_vault()
    Engine(notes, acts, options.vault).run()


if __name__ == "__main__":
    main()
