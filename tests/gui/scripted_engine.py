"""An engine of the dozen notes in `vault`; it speaks the protocol, and the tests drive it.

    python scripted_engine.py [--vault PATH] [--act NAME ...]

Acts change how it behaves: `indexing` reports progress for ever, `slow-start` takes a second,
`crash-at-start`, `fail-at-start`, `empty` has no notes, `many` has 10,000, `reader` is no writer,
`failing` has 5,000 notes that failed, `switching` switches to another model, `switched` has just
done so. Of maps: `slow-map` and `slow-anew` (only what is laid out again) never end, `broken-map`
fails, `crash-map` kills the engine at the first one, `noise` has no clusters, `one` and `two` place
so many notes, `unplaced` none, `pile` has 5,000 at one place.
Some queries are acts too: `!crash`, `!error`, `!slow`, `!garbage`, `!garbled`, `!partial`,
`!trouble`. Questions are acts too: `!crash`, `!error`, `!slow` (never a word), `!load`, `!stall`
(half an answer), and those of `scripted_answers`.
"""

import argparse
import os
import sys
import threading
import time
from dataclasses import replace
from typing import Any

from scripted_answers import answer_for, parts
from scripted_maps import Maps
from scripted_notes import Notes, many, of_vault, passages_of, title_of
from scripted_related import RelatedNotes

from notesai.engine import protocol
from notesai.engine.protocol import (
    AnyRequest,
    Done,
    EngineState,
    Failure,
    IndexChanged,
    IndexProgress,
    ModelChoices,
    NoteState,
    NoteStates,
    Ok,
    Partial,
    ProgressMessage,
    Result,
)
from notesai.model import (
    KnownModel,
    NoteProblem,
    NoteStatus,
    SearchMode,
    SearchResult,
    SwitchEstimate,
    Switching,
    VaultStatus,
)


class Engine:
    def __init__(self, notes: Notes, acts: set[str], vault: str) -> None:
        self.notes = notes
        self.acts = acts
        self.vault = vault
        self.paused = False
        self.maps = Maps(notes, acts)
        self.related = RelatedNotes(notes, acts)
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
        elif "reader" not in self.acts and "unlooked" not in self.acts:
            self.say(IndexProgress(phase="done", done=0, total=0))
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
            case protocol.Ask():
                self.ask(request)
            case protocol.Create():
                self.ok(request.id, self.notes.create(request.folder, request.title))
            case protocol.Save():
                self.ok(request.id, self.notes.save(request.path, request.text))
            case protocol.Read():
                self.ok(request.id, self.notes.read(request.path))
            case protocol.FetchMap():
                self.map(request)
            case protocol.FindClusters():
                self.ok(request.id, self.maps.clusters())
            case protocol.RenameCluster():
                self.ok(request.id, self.maps.rename(request.cluster, request.name))
            case protocol.SuggestName():
                self.ok(request.id, self.maps.suggested(request.cluster))
            case protocol.SeeTokens():
                self.ok(request.id, self.maps.tokens(request.path))
            case protocol.Similar():
                self.ok(request.id, self.related.similar(request))
            case protocol.MarkNeighbour():
                self.ok(request.id, self.related.mark(request))
            case protocol.ForYou():
                self.ok(request.id, self.related.for_you(request))
            case protocol.FindDuplicates():
                self.ok(request.id, self.related.duplicates())
            case protocol.ListNotes():
                self.ok(request.id, self.notes.titles())
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
            case protocol.Wake():
                self.ok(request.id, Done())
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
        self.ok(request.id, self.found(query, request.mode, request.scope.paths))

    def map(self, request: protocol.FetchMap) -> None:
        if "crash-map" in self.acts:
            os.abort()
        if "broken-map" in self.acts:
            self.fail(request.id, "index.broken", "The index is damaged.", "Rebuild it.")
            return
        if "slow-map" in self.acts and not self.maps.anew:
            # The next one is quick: it shows what comes of trying again.
            self.maps.anew = 1
            self.say(ProgressMessage(id=request.id, phase="layout", done=42, total=100))
            self.wait_for_cancel(request.id)
            return
        if request.anew:
            self.say(Partial(id=request.id, value=protocol.raw(self.maps.map(request.projection))))
            self.say(ProgressMessage(id=request.id, phase="layout", done=60, total=100))
            if "slow-anew" in self.acts:
                self.wait_for_cancel(request.id)
                return
        self.maps.anew += request.anew
        self.ok(request.id, self.maps.map(request.projection))

    def ask(self, request: protocol.Ask) -> None:
        match request.question.split()[0]:
            case "!crash":
                os.abort()
            case "!error":
                self.fail(request.id, "index.corrupt", "The index is damaged.", "Rebuild it.")
                return
            case "!slow":
                self.wait_for_cancel(request.id)
                return
            case "!load":
                for done in range(0, 101, 10):
                    self.say(ProgressMessage(id=request.id, phase="load", done=done, total=100))
                self.wait_for_cancel(request.id)
                return
        whole = answer_for(request.question, request.scope, request.history, self.notes)
        pieces = parts(whole.answer)
        stalls = request.question.startswith(("!stall", "!die"))
        for text in pieces[: len(pieces) // 2] if stalls else pieces:
            written = replace(whole, answer=text, checks=(), unsupported=(), prompt="")
            self.say(Partial(id=request.id, value=protocol.raw(written)))
            time.sleep(0.002)
        if request.question.startswith("!die"):
            os.abort()
        if stalls:
            self.wait_for_cancel(request.id)
            return
        self.ok(request.id, whole)

    def wait_for_cancel(self, number: int) -> None:
        until = time.monotonic() + 20
        while number not in self._cancelled and time.monotonic() < until:
            time.sleep(0.01)
        self.fail(number, "cancelled", "Cancelled.")

    def found(self, query: str, mode: SearchMode, within: tuple[str, ...] = ()) -> SearchResult:
        pending = 3 if "indexing" in self.acts else 0
        return self.notes.found(query, mode, pending, within)

    def states(self) -> NoteStates:
        waits = "indexing" in self.acts
        found = [
            NoteState(
                path=path,
                title=title_of(path, text),
                status=NoteStatus.PENDING if waits and at < 2 else NoteStatus.INDEXED,
                passages=len(passages_of(text)),
            )
            for at, (path, text) in enumerate(self.notes.texts.items())
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
        def model(
            name: str, title: str, size: int, task: str = "general", **more: Any
        ) -> KnownModel:
            return KnownModel(
                name=name,
                title=title,
                task=task,
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
                model("ms-marco", "MS MARCO", 92, "rerank", installed=True, fits=True),
                model("bge-reranker", "BGE reranker", 2293, "rerank", installed=False),
                *self.chat_models(),
            )
        )

    def chat_models(self) -> tuple[KnownModel, ...]:
        def model(name: str, title: str, size: int, **more: Any) -> KnownModel:
            return KnownModel(
                name=name,
                title=title,
                task="chat",
                languages=("en", "ko"),
                size=size,
                memory=size + 700,
                dimension=0,
                licence="Apache-2.0",
                source=f"org/{name}",
                **more,
            )

        used = "no-model" not in self.acts
        return (
            model("tiny", "Tiny 1B", 800, installed=True, in_use=used, fits=True),
            model("qwen3-4b", "Qwen3 4B", 2500, installed=False, fits=True),
            model("large", "Large 70B", 40_000, installed=False, fits=False),
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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--vault", default="/home/minji/notes")
    parser.add_argument("--act", action="append", default=[])
    options = parser.parse_args()
    acts = set(options.act)
    empty = Notes({})
    count = 10_000 if "many" in acts else 5_000 if "pile" in acts else 0
    notes = empty if "empty" in acts else many(count) if count else of_vault()
    Engine(notes, acts, options.vault).run()


if __name__ == "__main__":
    main()
