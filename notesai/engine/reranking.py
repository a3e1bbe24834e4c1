"""Reranking as the user chose it: opened on first need, never in the way of an answer."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from notesai import settings
from notesai.embedding.base import Reranker
from notesai.embedding.catalog import open_reranker
from notesai.errors import ModelError, NotesaiError
from notesai.model import SearchResult
from notesai.search import rerank

log = logging.getLogger(__name__)

SETTLE_SECONDS = 0.15
"""How long a query has to stand before it is worth a model's work: people type on."""

_LOOK_SECONDS = 0.01

First = Callable[[SearchResult], None]
Find = Callable[[int, First | None], SearchResult]
"""Makes a search for so many hits, with a first answer to whoever takes it."""


class Reranking:
    """The reranker that the settings name. May be used by many threads.

    The settings are read whenever their file has changed. A model that cannot be used is left
    alone until the settings change, and `trouble` tells of it once.
    """

    def __init__(self, settings_file: Path) -> None:
        self._file = settings_file
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._name = ""
        self._reranker: Reranker | None = None
        self._opening: threading.Thread | None = None
        self._broken = False
        self._trouble: NotesaiError | None = None

    def answered(
        self,
        find: Find,
        query: str,
        *,
        k: int,
        first: First | None,
        check: Callable[[], None],
    ) -> SearchResult:
        """The `k` best hits. Whoever waits for a `first` answer gets the fused one there as well.

        Without `first` a reranker that is still being opened is waited for; with it, not.
        """
        started = time.perf_counter()
        reranker = self._ready(wait=first is None)
        if reranker is None or not rerank.concerns(reranker, query):
            return find(k, first)
        wide = find(max(k, rerank.PASSAGES), _shortened_to(k, first))
        if first is not None and wide.hits:
            first(_shortened(wide, k))
            _settle(check)
        try:
            found = rerank.reranked(reranker, wide, check=check)
        except ModelError as error:
            self._failed(reranker, error)
            return _shortened(wide, k)
        milliseconds = round(1000 * (time.perf_counter() - started), 2)
        return replace(_shortened(found, k), milliseconds=milliseconds)

    def trouble(self) -> NotesaiError | None:
        """What is wrong with the chosen model, the first time that this is asked."""
        with self._lock:
            trouble, self._trouble = self._trouble, None
            return trouble

    def _ready(self, *, wait: bool) -> Reranker | None:
        with self._lock:
            self._follow_settings()
            if not self._name or self._broken or self._reranker is not None:
                return self._reranker
            if self._opening is None:
                self._opening = threading.Thread(
                    target=self._open, args=(self._name,), name="reranker", daemon=True
                )
                self._opening.start()
            opening = self._opening
        if not wait:
            return None
        opening.join()
        with self._lock:
            return self._reranker

    def _follow_settings(self) -> None:
        stamp = _stamp(self._file)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        name = settings.load(self._file).reranker
        if name != self._name or self._broken:
            self._name, self._reranker, self._opening = name, None, None
            self._broken, self._trouble = False, None

    def _open(self, name: str) -> None:
        try:
            reranker = open_reranker(name)
        except NotesaiError as error:
            self._set_aside(name, error)
        except Exception as error:
            # Whatever a library raises over a model that it cannot read, searching goes on.
            log.warning("opening the reranker %s failed", name, exc_info=error)
            self._set_aside(name, ModelError("model.unusable", str(error)))
        else:
            with self._lock:
                if name == self._name:
                    self._reranker = reranker

    def _failed(self, reranker: Reranker, error: ModelError) -> None:
        if reranker is self._reranker:
            self._set_aside(self._name, error)

    def _set_aside(self, name: str, error: NotesaiError) -> None:
        log.warning("searching without the reranker %s: %s", name, error.message)
        with self._lock:
            if name == self._name:
                self._reranker, self._broken = None, True
                self._trouble = _explained(name, error)


def _explained(name: str, error: NotesaiError) -> NotesaiError:
    return ModelError(
        "reranker.unusable",
        f"The reranker {name} cannot be used: {error.message}",
        f"Searches go on without it. Add it again, or run: notesai models use --off {name}",
    )


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _settle(check: Callable[[], None]) -> None:
    """Wait a moment, unless it turns out that nobody waits for the answer any more."""
    until = time.perf_counter() + SETTLE_SECONDS
    while time.perf_counter() < until:
        check()
        time.sleep(_LOOK_SECONDS)


def _shortened(result: SearchResult, k: int) -> SearchResult:
    return replace(result, hits=result.hits[:k])


def _shortened_to(k: int, first: First | None) -> First | None:
    return None if first is None else lambda result: first(_shortened(result, k))
