"""Ending the app when the system asks for it: SIGTERM, SIGINT, SIGHUP."""

import contextlib
import signal
import socket

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP")


class QuitOnSignals(QObject):
    """Quits `app` in its event loop when the process is asked to end.

    Python runs its signal handlers only between its own instructions, and a window that waits in
    Qt's event loop executes none. So the signal also writes to a socket that the loop watches.
    """

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        self._numbers = {int(getattr(signal, name)) for name in _NAMES if hasattr(signal, name)}
        self._before = {number: signal.signal(number, _noted) for number in self._numbers}
        signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)

    def close(self) -> None:
        """Leave signals to those who had them before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            # None: whoever had the signal was not Python.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        self._reading.close()
        self._writing.close()

    def _woken(self) -> None:
        with contextlib.suppress(OSError):
            if self._numbers & set(self._reading.recv(64)):
                self._app.quit()


def _noted(number: int, frame: object) -> None:
    """Keep the signal from ending the process at once."""
