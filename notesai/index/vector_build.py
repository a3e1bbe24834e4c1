"""Making the index on the vectors, in a process of its own.

It takes a minute for 100,000 chunks, in code that cannot be interrupted and would compete with
searches. A process can run after all others and be ended at any moment. The index counts from the
one commit at its end; what is written meanwhile stays outside until it is brought up to date.
"""

import contextlib
import logging
import multiprocessing
import sys
import time
from typing import Any

import psutil

from notesai.index import failures, vector_index
from notesai.index.child import obey_parent

log = logging.getLogger(__name__)

NICENESS = 15

RETRY_SECONDS = 3600.0
"""After a failure it is tried again so much later: each attempt costs minutes of computing."""


class VectorBuild:
    """The making of one index, which runs until it is done or stopped."""

    def __init__(self, location: str, table: str, partitions: int) -> None:
        # Not fork: the parent runs threads of LanceDB, whose locks a fork would copy as they are.
        context = multiprocessing.get_context("spawn")
        arguments = (location, table, partitions)
        self._process = context.Process(target=_build, args=arguments, daemon=True)
        self._process.start()
        log.info("making the vector index of %s", table)

    def wait(self, seconds: float) -> bool:
        """Whether it is at its end, waiting so long at most."""
        self._process.join(seconds)
        return self._process.exitcode is not None

    def close(self) -> bool:
        """End it if it still runs; True if the index was made."""
        if self._process.exitcode is None:
            self._process.kill()
        self._process.join()
        made = self._process.exitcode == 0
        self._process.close()
        return made


class VectorCare:
    """Has the vector index of one table of chunks made, made anew, or removed, as is best."""

    def __init__(self, chunks: Any) -> None:
        self._chunks = chunks
        self._build: VectorBuild | None = None
        self._not_before = 0.0

    def look_after(self, location: str, embedded: int) -> bool:
        """Begin what is to be done for `embedded` chunks; True while an index is being made.

        Returns at once. To be called again now and then, in quiet moments, by the one writer of the
        index at `location`.
        """
        if self.being_made:
            return True
        with failures.translated():
            made = vector_index.coverage(self._chunks)
            if vector_index.to_be_removed(embedded, made):
                self._chunks.drop_index(vector_index.NAME)
            elif vector_index.to_be_made(embedded, made) and time.monotonic() >= self._not_before:
                graphs = vector_index.partitions(embedded)
                self._build = VectorBuild(location, self._chunks.name, graphs)
        return self._build is not None

    @property
    def being_made(self) -> bool:
        """Whether an index is being made now."""
        if self._build is not None and self._build.wait(0.0):
            self._ended(self._build.close())
        return self._build is not None

    def wait(self, seconds: float) -> bool:
        """Whether nothing is being made any more, waiting so long at most."""
        if self._build is not None:
            self._build.wait(seconds)
        return not self.being_made

    def stop(self) -> None:
        """Give up what is being made."""
        if self._build is not None:
            self._build.close()
            self._build = None

    def _ended(self, made: bool) -> None:
        self._build = None
        if not made:
            # The process has said why on standard error, which is the engine's log.
            log.warning("the vector index was not made; searches go on without it")
            self._not_before = time.monotonic() + RETRY_SECONDS


def _build(location: str, table: str, partitions: int) -> None:
    obey_parent()
    give_way()
    from notesai.index.opening import make_vector_index

    make_vector_index(location, table, partitions)


def give_way() -> None:
    """Run this process after all others."""
    lowest = psutil.IDLE_PRIORITY_CLASS if sys.platform == "win32" else NICENESS
    with contextlib.suppress(OSError, psutil.Error):
        psutil.Process().nice(lowest)
