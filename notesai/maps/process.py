"""Laying out in a process of its own.

It takes half a minute for 10,000 notes and loads libraries of several hundred megabytes: so
searches stay quick meanwhile, the memory is given back at the end, and cancelling takes a moment.
"""

# threadpoolctl ships no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from notesai.embedding.base import Vectors
from notesai.errors import EngineError, ModelError, NotesaiError
from notesai.index.child import obey_parent
from notesai.index.generations import Generation
from notesai.index.store import Store
from notesai.index.vector_build import give_way
from notesai.maps.labels import Said
from notesai.model import Note
from notesai.progress import Progress, Step

_POLL_SECONDS = 0.1
"""How often it is looked whether the work was cancelled."""

_SAID = 1_200_000
"""Characters that are read in all for the words of clusters: about ten seconds of work."""

_LEAST_SAID, _MOST_SAID = 300, 1500
"""Characters that are read of one note."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to lay out: the notes of a generation of the index at `location`.

    The layout is kept in `folder`, and so are the earlier one and the names of clusters.
    """

    location: str
    generation: Generation
    folder: Path


def make_layout(job: Job, progress: Progress) -> None:
    """Lay out in a child process, which writes the layout into the folder of the job.

    Raises `Cancelled` when `progress` does, `StoreError`, or `EngineError` (`map.failed`).
    """
    # Not fork: the parent runs threads of LanceDB, whose locks a fork would copy as they are.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        with ours:
            _follow(ours, progress)
    finally:
        process.kill()
        process.join()
        process.close()


def _follow(source: Connection, progress: Progress) -> None:
    """Pass reports on until the child says that it is done."""
    step = Step("reading", 0, 0)
    while True:
        progress.report(step.phase, step.done, step.total)
        if not source.poll(_POLL_SECONDS):
            continue
        try:
            message: Step | NotesaiError | None = source.recv()
        except EOFError:
            raise EngineError(
                "map.failed",
                "The map could not be laid out: its process ended unexpectedly.",
                "Your notes are safe. Try again; the log has the details.",
            ) from None
        if message is None:
            return
        if isinstance(message, NotesaiError):
            raise message
        step = message


class _Reports:
    """Progress that is sent to the parent."""

    def __init__(self, sink: Connection) -> None:
        self._sink = sink

    def report(self, phase: str, done: int, total: int) -> None:
        """Pass on."""
        self._sink.send(Step(phase, done, total))


def _work(job: Job, sink: Connection) -> None:
    obey_parent()
    give_way()
    try:
        with _one_thread():
            _lay_out(job, _Reports(sink))
    except NotesaiError as error:
        sink.send(error)
    except OSError as error:
        # The disk is full, or may not be written.
        sink.send(EngineError("map.failed", f"The map could not be kept: {error}."))
    else:
        sink.send(None)


@contextmanager
def _one_thread() -> Generator[None]:
    """One thread of linear algebra: sums of several come out differently from time to time."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


def _lay_out(job: Job, progress: Progress) -> None:
    # Here, so that whoever only starts the process need not load it all.
    from notesai.index.opening import open_index
    from notesai.maps.describing import Sources
    from notesai.maps.embedded import EmbeddedNotes
    from notesai.maps.layout import read_layout, write_layout
    from notesai.maps.making import Earlier, lay_out
    from notesai.maps.names import read_names

    tables = open_index(job.location, create=False)
    store = Store.of(*tables.pair(job.generation))
    found = EmbeddedNotes.of(store)
    earlier = Earlier(read_layout(job.folder), read_names(job.folder).members())

    sources = Sources(partial(_said, store), _embed(job.generation))
    layout = lay_out(found, job.generation.chunks, sources, earlier, progress)
    write_layout(job.folder, layout)


def _embed(generation: Generation) -> Callable[[Sequence[str]], Vectors] | None:
    """What gives words the vectors that notes have; only the model that comes with notesai may.

    Others take long to open, or ask a service.
    """
    from notesai.embedding.catalog import open_embedder

    try:
        embedder = open_embedder()
    except ModelError:
        return None
    return embedder.embed_documents if generation.fits(embedder.card) else None


def _said(store: Store, notes: Sequence[Note]) -> list[Said]:
    """Title and beginning of each of these notes; of many notes less than of few."""
    most = min(_MOST_SAID, max(_LEAST_SAID, _SAID // max(1, len(notes))))
    texts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for rows in store.text_batches([note.note_id for note in notes]):
        for note_id, ordinal, headings, text in rows:
            if ordinal < _chunks_worth(most):
                texts[note_id].append((ordinal, "\n".join((*headings[-1:], text))))

    def said(note: Note) -> Said:
        whole = "\n".join(text for _, text in sorted(texts[note.note_id]))
        return Said(note.title, beginning(whole, most))

    return [said(note) for note in notes]


def beginning(text: str, most: int) -> str:
    """At most so many of the first characters; no word that has a space in reach is cut in two."""
    if len(text) <= most or text[most].isspace():
        return text[:most]
    cut = max(text.rfind(" ", 0, most), text.rfind("\n", 0, most))
    return text[:cut] if cut > 0 else text[:most]


def _chunks_worth(characters: int) -> int:
    """How many chunks from the first on surely hold so many characters, if the note has them."""
    return 2 + characters // 150
