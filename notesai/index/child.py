"""What a process that works for the index does first."""

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait


def obey_parent() -> None:
    """Leave Ctrl+C to the parent, and end when it is gone, however it went."""
    # Ctrl+C reaches the whole group; it is the parent that ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A killed parent cannot tell its workers to end; they would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
