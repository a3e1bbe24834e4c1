"""How quick a model is and how much memory it takes, measured in a process of its own.

A process that has indexed and searched before holds far more than the model; and of two models in
one process nobody can tell which took what.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

import psutil

from notesai.embedding.base import Embedder
from notesai.embedding.catalog import open_embedder
from notesai.errors import ModelError, NotesaiError
from notesai.evaluation.report import SpeedRow
from notesai.evaluation.retrieval import percentiles
from notesai.progress import Progress

PASSAGES = 128
QUERIES = 60
"""Texts of each language: some seconds' work for a small model on a laptop."""

SECONDS = 10.0
"""After so many seconds no further passages are embedded, whatever the model's size."""

QUERY_CHARACTERS = 60

_BATCH = 16
_LOOK = 0.2


@dataclass(frozen=True, slots=True)
class Speed:
    """A model's time to be ready, the memory of a process that only has it, and its rows."""

    load_seconds: float
    resident_mb: float
    rows: tuple[SpeedRow, ...]


def measure(model: str | None, texts: Mapping[str, Sequence[str]], progress: Progress) -> Speed:
    """Measure the model of that name, None for the one in use, on texts by language.

    Raises `ModelError`: what opening the model raises, or `model.crashed`.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, model, texts), daemon=True)
    process.start()
    theirs.close()
    try:
        return _answer(ours, process, model, progress)
    finally:
        process.terminate()
        process.join()
        process.close()
        ours.close()


def _answer(
    answers: Connection, process: SpawnProcess, model: str | None, progress: Progress
) -> Speed:
    progress.report("speed", 0, 1)
    while not wait([answers, process.sentinel], _LOOK):
        progress.report("speed", 0, 1)
    try:
        found = answers.recv()
    except EOFError:
        raise ModelError(
            "model.crashed",
            f"The process that measured the model {model or 'in use'} ended unexpectedly.",
            "It may need more memory than there is. Your notes and the index are safe.",
        ) from None
    if isinstance(found, NotesaiError):
        raise found
    progress.report("speed", 1, 1)
    return found


def _work(answers: Connection, model: str | None, texts: Mapping[str, Sequence[str]]) -> None:
    # Ctrl+C reaches the whole group; it is the parent that ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        answers.send(_measured(model, texts))
    except NotesaiError as error:
        answers.send(error)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)


def _measured(model: str | None, texts: Mapping[str, Sequence[str]]) -> Speed:
    started = time.perf_counter()
    embedder = open_embedder(model)
    embedder.embed_query("ready")
    load = time.perf_counter() - started
    rows = tuple(row(embedder, language, some) for language, some in texts.items() if some)
    resident = psutil.Process().memory_info().rss / 1e6
    return Speed(load, resident, rows)


def row(embedder: Embedder, language: str, texts: Sequence[str]) -> SpeedRow:
    """Tokens a second over as many passages as time allows, and the latency of short queries.

    `texts` holds at least one.
    """
    passages = texts[:PASSAGES]
    embedder.embed_documents(passages[:_BATCH])
    tokens, seconds, done = 0, 0.0, 0
    while done < len(passages) and seconds < SECONDS:
        batch = passages[done : done + _BATCH * 4]
        started = time.perf_counter()
        embedder.embed_documents(batch)
        seconds += time.perf_counter() - started
        tokens += sum(min(embedder.card.window, embedder.count_tokens(text)) for text in batch)
        done += len(batch)
    median, p95 = percentiles(_latencies(embedder, passages))
    return SpeedRow(
        model=embedder.card.id,
        language=language,
        texts=done,
        tokens_per_second=tokens / seconds if seconds else 0.0,
        query_median_ms=median,
        query_p95_ms=p95,
    )


def _latencies(embedder: Embedder, texts: Sequence[str]) -> list[float]:
    """Milliseconds of embedding one query each: the first words of a text."""
    taken: list[float] = []
    for text in texts[:QUERIES]:
        query = text[:QUERY_CHARACTERS]
        started = time.perf_counter()
        embedder.embed_query(query)
        taken.append(1000.0 * (time.perf_counter() - started))
    return taken
