"""Reading many notes in several processes at once.

Parsing is Python and holds the interpreter's lock: in one process it would use one core only, and
make searches wait in the engine.
"""

import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from multiprocessing.synchronize import Event

from notesai.errors import Cancelled
from notesai.index.child import obey_parent
from notesai.index.reading import Check, ReadBatch, Reading, nothing
from notesai.model import Note
from notesai.notes.scanner import FileState

WORTHWHILE = 6 << 20
"""Bytes to read from which starting processes pays; each takes about half a second to start."""

WORKERS = 4
AHEAD = 2
"""Batches that wait per process: enough to keep it busy, little to lose and to hold in memory."""

Work = Sequence[tuple[FileState, Note | None, bool, str]]
"""For each file its note in the index, whether to read it whatever it holds, and its id if new."""

_CHECK_SECONDS = 0.1
"""How often it is looked whether the work was cancelled."""

_reading: Reading | None = None
_stop: Event | None = None


def read_batches(
    reading: Reading,
    batches: Iterable[Sequence[FileState]],
    notes: Mapping[str, Note],
    suspects: frozenset[str],
    size: int,
    ids: Mapping[str, str],
    *,
    alone: bool = False,
    check: Check = nothing,
) -> Generator[ReadBatch, None, None]:
    """The outcomes of each batch, in order; `size` is what is to be read in all, in bytes.

    With `alone` one note is read at a time, in this process, so that a crash tells which it was.
    `ids` has those that new notes are to get, by path; all others get one that is new as well.
    `check` is called while documents are read and may raise `Cancelled`.
    """
    works = (_work(batch, notes, suspects, ids) for batch in batches)
    cores = os.cpu_count() or 1
    if alone or size < WORTHWHILE or cores < 2 or not _travels(reading):
        for work in works:
            yield _batch(reading, work, check)
        return
    yield from _in_processes(reading, works, min(cores, WORKERS), check)


def _in_processes(
    reading: Reading, works: Iterable[Work], workers: int, check: Check
) -> Generator[ReadBatch, None, None]:
    waiting: deque[Future[ReadBatch]] = deque()
    # Not fork: the parent runs threads of LanceDB, whose locks a fork would copy as they are.
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(reading, stop))
    try:
        for work in works:
            waiting.append(pool.submit(_read, work))
            if len(waiting) > workers * AHEAD:
                yield _result(waiting.popleft(), check)
        while waiting:
            yield _result(waiting.popleft(), check)
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _result(future: Future[ReadBatch], check: Check) -> ReadBatch:
    check()
    while not wait([future], _CHECK_SECONDS).done:
        check()
    return future.result()


def _work(
    batch: Sequence[FileState],
    notes: Mapping[str, Note],
    suspects: frozenset[str],
    ids: Mapping[str, str],
) -> Work:
    found = ((file, notes.get(file.path)) for file in batch)
    return [
        (file, note, note is not None and note.note_id in suspects, ids.get(file.path, ""))
        for file, note in found
    ]


def _travels(reading: Reading) -> bool:
    try:
        pickle.dumps(reading)
    except Exception:  # pickle passes on whatever an object of its own raises
        return False
    return True


def _begin(reading: Reading, stop: Event) -> None:
    global _reading, _stop
    _reading, _stop = reading, stop
    obey_parent()


def _read(work: Work) -> ReadBatch:
    assert _reading is not None
    return _batch(_reading, work, _check_stop)


def _check_stop() -> None:
    if _stop is not None and _stop.is_set():
        raise Cancelled()


def _batch(reading: Reading, work: Work, check: Check) -> ReadBatch:
    return ReadBatch.of(
        [
            reading.read(file, known, force=force, note_id=note_id, check=check)
            for file, known, force, note_id in work
        ]
    )
