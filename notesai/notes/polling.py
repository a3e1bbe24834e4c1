"""Noticing changes by looking: for file systems that tell nothing, and when event limits are hit.

This is our own scan, not watchdog's `PollingObserver`: that one also stats all ignored folders,
follows other rules, keeps every inode, and needs three threads to compare two dictionaries.
"""

import sys
import time
from pathlib import Path

from notesai.notes.ignore import IgnoreRules
from notesai.notes.inbox import STORM, Paths
from notesai.notes.scanner import FileState, scan
from notesai.progress import Progress

_SHORTEST_SECONDS = 2.0
_LONGEST_SECONDS = 60.0
_SHARE_OF_TIME = 0.05


class Poller:
    """Compares what a vault holds with what it held at the last look."""

    def __init__(self, vault: Path, rules: IgnoreRules, progress: Progress) -> None:
        self._vault = vault
        self._rules = rules
        self._progress = progress
        self._known: dict[str, FileState] | None = None
        self.interval = 0.0
        """Seconds until the next look: 2 to 60, so that looking takes a twentieth of the time."""

    def poll(self) -> Paths:
        """What changed since the last look; None at the first one, and when it is very much.

        It is too when nothing is left: of a share that is gone for now that is seen, and only
        whoever compares everything tells it from a folder that was emptied.

        Raises `VaultError` if the vault is gone, `Cancelled` if the progress says so.
        """
        start = time.monotonic()
        found = scan(self._vault, self._rules, max_bytes=sys.maxsize, progress=self._progress)
        seconds = time.monotonic() - start
        self.interval = min(max(seconds / _SHARE_OF_TIME, _SHORTEST_SECONDS), _LONGEST_SECONDS)
        before, self._known = self._known, found.files
        if before is None or (before and not found.files):
            return None
        changed = {path for path, state in found.files.items() if before.get(path) != state}
        for path in before.keys() - found.files.keys():
            if found.covers(path):
                changed.add(path)
            else:  # not seen now; to be compared when it is seen again
                self._known[path] = before[path]
        return frozenset(changed) if len(changed) <= STORM else None
