"""The writer lane: keeps the index following the folder for as long as the program runs."""

import contextlib
import logging
import os
import sys
import threading
import time
from collections.abc import Callable

from notesai.engine import memory
from notesai.engine.power import NONE, Power
from notesai.engine.workspace import Workspace
from notesai.errors import Cancelled, NotesaiError
from notesai.index.indexer import Tally
from notesai.model import is_document
from notesai.notes.ignore import IgnoreRules
from notesai.notes.watcher import Watcher
from notesai.progress import Step, Task

log = logging.getLogger(__name__)

RECONCILE_SECONDS = 600.0
"""Every ten minutes the whole folder is compared: no watcher sees everything."""

IDLE_SECONDS = 5.0
"""Quiet time after which the index is tidied up."""

RETRY_SECONDS = 10.0
"""After a failure everything is compared again so soon, then after twice the time, and so on."""

NICENESS = 15
"""Indexing yields to the window and to searches by this much."""

POWER_SECONDS = 10.0
"""While embedding waits for the mains, it is looked so often whether they are there."""

RESTLESS = 100
"""Changes that were followed without a quiet moment after which the index is tidied up as well."""

Failed = Callable[[NotesaiError], None]


def give_way() -> None:
    """Let this thread, and the threads and processes that it starts, run after all others.

    Linux has a priority for each thread; elsewhere threads of one process have the same.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


class _Unseen:
    """Progress that is not told, but can be cancelled: other work is being told of meanwhile."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def report(self, phase: str, done: int, total: int) -> None:
        """Raise `Cancelled` once cancelled."""
        self._task.check()


class Upkeep:
    """A thread that reconciles at start, follows the watcher, and embeds in between.

    `changed` is told the paths after each change of the index, `step` how far the work is, `failed`
    what went wrong; all are called from the lane. A failure does not end it: it tries again.
    """

    def __init__(
        self,
        workspace: Workspace,
        rules: IgnoreRules,
        *,
        step: Callable[[Step], None],
        changed: Callable[[set[str]], None],
        failed: Failed,
        power: Power | None = None,
    ) -> None:
        self._workspace = workspace
        self._task = Task(step)
        self._changed = changed
        self._failed = failed
        self._lock = threading.Condition()
        self._paths: set[str] = set()
        self._everything = True
        self._stopping = False
        self._untidy = False
        self._since_tidied = 0
        self._power = power or Power()
        self._share = -1.0
        self._held = False
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
        self._watcher = Watcher(workspace.vault, rules, self.look_at)

    @property
    def paused(self) -> bool:
        """True between `pause` and `resume`."""
        return self._task.paused

    @property
    def watcher(self) -> Watcher:
        """What tells of changes; its `mode` says how."""
        return self._watcher

    def start(self) -> None:
        """Begin; the first thing is a full comparison."""
        self._thread.start()

    def stop(self) -> None:
        """Cancel what is going on and wait for the lane to end."""
        with self._lock:
            self._stopping = True
            self._lock.notify_all()
        self._task.cancel()
        self._watcher.stop()
        if self._thread.is_alive():
            self._thread.join()

    def pause(self) -> None:
        """Hold the work at its next step."""
        self._task.pause()

    def resume(self) -> None:
        """Go on."""
        self._task.resume()

    def use_power(self, choice: str) -> None:
        """Follow another setting of what embedding does on battery."""
        self._power.choose(choice)
        with self._lock:
            self._lock.notify_all()

    def look_at(self, paths: frozenset[str] | None) -> None:
        """Have these paths looked at, or everything."""
        with self._lock:
            if paths is None:
                self._everything = True
            else:
                self._paths.update(paths)
            self._lock.notify_all()

    def _urgent(self) -> bool:
        """True if embedding is to give way: to what has changed, or to the battery."""
        with self._lock:
            waits = bool(self._paths) or self._everything or self._stopping
        return waits or not self._has_power()

    def _has_power(self) -> bool:
        """Let embedding use what threads it may; False if it is to wait for the mains."""
        share = self._power.share()
        if share != self._share:
            self._share = share
            self._workspace.use_share(share)
        return share > NONE

    def _run(self) -> None:
        give_way()
        # The watcher first: what changes during the first comparison is seen by one or the other.
        self._watcher.start()
        try:
            self._follow_for_ever()
        finally:
            # `stop` may have come before the watcher had started.
            self._watcher.stop()

    def _follow_for_ever(self) -> None:
        next_full, retry = 0.0, RETRY_SECONDS
        while self._wait(next_full):
            try:
                if self._work():
                    next_full, retry = time.monotonic() + RECONCILE_SECONDS, RETRY_SECONDS
            except Cancelled:
                return
            except Exception as error:
                self._failed(_explained(error))
                # What was to be done is forgotten: only comparing everything is sure to find it.
                next_full = time.monotonic() + retry
                retry = min(2 * retry, RECONCILE_SECONDS)

    def _wait(self, next_full: float) -> bool:
        """Wait for something to do, or for a quiet moment to tidy in; False when stopping."""
        with self._lock:
            while not (self._paths or self._everything or self._stopping):
                left = next_full - time.monotonic()
                self._everything = left <= 0
                quiet = POWER_SECONDS if self._held else IDLE_SECONDS if self._untidy else left
                waits = self._untidy or self._held
                if left > 0 and not self._lock.wait(min(left, quiet)) and waits:
                    break
            return not self._stopping

    def _work(self) -> bool:
        """Do what is asked for; True if the whole folder was compared."""
        with self._lock:
            paths, everything = self._paths, self._everything
            self._paths, self._everything = set(), False
        if not paths and not everything:
            if self._untidy:
                self._tidy()
            if not self._held:
                return False
        else:
            tally = self._follow(paths, everything)
            self._since_tidied += 1
            # What is left untidy from the last time is seen to after each full comparison too.
            self._untidy = self._untidy or everything
            if tally.paths:
                self._untidy = True
                self._changed(tally.paths)
        self._embed()
        if self._untidy and self._since_tidied >= RESTLESS:
            # What writes a note every second would keep quiet moments away all day.
            self._tidy()
        return everything

    def _embed(self) -> None:
        """Embed what waits, unless all of it has to wait for the mains."""
        if self._hold():
            return
        model = self._workspace.model
        done = self._workspace.embed(self._task, self._urgent)
        if done.embedded or done.reused or self._workspace.model != model:
            self._untidy = True
            self._changed(set())
        if done.complete:
            self._task.report("done", 0, 0)
        else:
            self._hold()

    def _hold(self) -> bool:
        """Say so and answer True if there is something to embed that has to wait for the mains."""
        waiting = 0 if self._has_power() else self._workspace.waiting()
        self._held = waiting > 0
        if self._held:
            self._task.report("waiting", 0, waiting)
        return self._held

    def _follow(self, paths: set[str], everything: bool) -> Tally:
        if everything:
            return self._workspace.reconcile(self._task, self._serve_notes)
        return self._workspace.update(paths, self._task)

    def _serve_notes(self) -> None:
        """Follow what has changed among the notes, while documents are being read for minutes."""
        with self._lock:
            paths = {path for path in self._paths if not is_document(path)}
            self._paths -= paths
        if paths:
            tally = self._workspace.update(paths, _Unseen(self._task))
            if tally.paths:
                self._changed(tally.paths)

    def _tidy(self) -> None:
        self._untidy, self._since_tidied = False, 0
        # Whenever the index has changed, another model's included, it comes by here.
        self._workspace.warm(self._task.check)
        if self._workspace.is_untidy():
            self._workspace.optimise()
            # Rows lie elsewhere now, which words in memory learn at once.
            self._workspace.warm(self._task.check)
        self._workspace.drop_unused()
        # While it is being made nothing else is tidied; so there is something to come back for.
        self._untidy = self._workspace.index_vectors()
        memory.give_back()


def _explained(error: Exception) -> NotesaiError:
    if isinstance(error, NotesaiError):
        log.warning("%s", error.message)
        return error
    log.error("upkeep failed", exc_info=error)
    return NotesaiError("bug", f"Unexpected error: {error}", "The log has the details.")
