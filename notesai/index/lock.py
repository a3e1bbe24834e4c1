"""One writer per index, across processes."""

from pathlib import Path

import filelock

from notesai.index import failures


class WriterLock:
    """The right to write an index; the operating system frees it when the process ends."""

    def __init__(self, folder: Path) -> None:
        self._lock = filelock.FileLock(folder / "writer.lock", thread_local=False)

    def acquire(self) -> None:
        """Take the lock. Raises `index.locked` at once if another process has it."""
        with failures.translated():
            Path(self._lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=0)
            except filelock.Timeout:
                raise failures.locked("") from None

    def release(self) -> None:
        """Give the lock back; harmless if it is not held."""
        self._lock.release()
