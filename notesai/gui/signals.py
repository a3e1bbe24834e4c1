"""Ending the window when the system asks for it: SIGTERM, SIGINT, SIGHUP."""

import contextlib
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP")


class QuitSignals(QObject):
    """Calls `quit_app` in the event loop when the process is asked to end.

    Python runs its signal handlers only between its own instructions, and a window that waits in
    Qt's event loop executes none. So the signal also writes to a socket that the loop watches.
    """

    def __init__(self, quit_app: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._quit = quit_app
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        for name in _NAMES:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), _noted)

    def close_sockets(self) -> None:
        """Listen no more."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        self._reading.close()
        self._writing.close()

    def _woken(self) -> None:
        with contextlib.suppress(OSError):
            numbers = self._reading.recv(64)
            if any(getattr(signal, name, None) in numbers for name in _NAMES):
                self._quit()


def _noted(number: int, frame: object) -> None:
    """Keep the signal from ending the process at once."""
