"""One app for one user and home: a second start hands over to the first what it was asked for.

The socket lies in the user's runtime folder, where nobody else can reach it. A lock file beside the
settings says who is first; the system's own record of processes tells a lock that was left behind.
"""

import hashlib
import logging
import os
import sys
from pathlib import Path
from typing import Literal

import msgspec
from PySide6.QtCore import QLockFile, QObject, QStandardPaths, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from notesai.paths import home

log = logging.getLogger(__name__)

Show = Literal["main", "quick", "nothing"]

_LONGEST = 64 << 10
_CONNECT_MS = 1000
_ANSWER_MS = 5000
_READ_MS = 3000
_TAKEN = b"ok\n"


class Summons(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a second start asks of the first: a window, perhaps another vault.

    `token` lets the window take the keyboard where the desktop wants to see one for that.
    """

    show: Show = "main"
    vault: str = ""
    token: str = ""


def summon(summons: Summons) -> bool:
    """Hand `summons` to the running app. False if there is none, or none that answers."""
    socket = QLocalSocket()
    socket.connectToServer(socket_name())
    if not socket.waitForConnected(_CONNECT_MS):
        return False
    socket.write(_line(summons))
    taken = socket.waitForBytesWritten(_CONNECT_MS) or socket.bytesToWrite() == 0
    while taken and socket.bytesAvailable() < len(_TAKEN):
        taken = socket.waitForReadyRead(_ANSWER_MS)
    answer = socket.readAll().data()
    socket.abort()
    return answer == _TAKEN


def _line(summons: Summons) -> bytes:
    """`summons` as it is sent. A path that is no text cannot be; the window comes without it."""
    try:
        return msgspec.json.encode(summons) + b"\n"
    except UnicodeEncodeError:
        return msgspec.json.encode(msgspec.structs.replace(summons, vault="")) + b"\n"


def _read(line: bytes) -> Summons:
    """The summons in `line`. Raises `ValueError` if there is none."""
    summons = msgspec.json.decode(line, type=Summons)
    vault = summons.vault
    if vault and ("\0" in vault or not Path(vault).is_absolute()):
        raise ValueError(f"not a folder: {vault!r}")
    return summons


def socket_name() -> str:
    """Where the socket of this user and home is: a path, or on Windows the name of a pipe."""
    owner = f"{Path.home()}\n{home().config}"
    name = f"notesai-{hashlib.blake2b(os.fsencode(owner), digest_size=8).hexdigest()}"
    if sys.platform == "win32":
        return name
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
    return f"{folder}/{name}" if folder else name


class SingleInstance(QObject):
    """Makes this process the one that others call. `summoned` brings each `Summons`."""

    summoned = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock: QLockFile | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    @property
    def first(self) -> bool:
        """True while other starts reach this process."""
        return self._server.isListening()

    def claim(self) -> bool:
        """Become the one that others call; False if another process is.

        Where the lock cannot be written at all, this start goes on by itself: True.
        """
        folder = home().config
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.warning("no single instance: %s", error)
            return True
        lock = QLockFile(str(folder / "app.lock"))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            held = lock.error() is QLockFile.LockError.LockFailedError
            log.info("the lock of the app is %s", "held" if held else "not to be had")
            return not held
        self._lock = lock
        # The lock is ours, so a socket that is still there belongs to nobody.
        QLocalServer.removeServer(socket_name())
        if not self._server.listen(socket_name()):
            log.warning("no single instance: %s", self._server.errorString())
        return True

    def close(self) -> None:
        """Let another process be the first."""
        self._server.close()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _greet(self) -> None:
        while self._server.hasPendingConnections():
            _Visit(self._server.nextPendingConnection(), self)


class _Visit(QObject):
    """One connection: a line is read and answered. Whoever says anything else is hung up on."""

    def __init__(self, socket: QLocalSocket, instance: SingleInstance) -> None:
        super().__init__(instance)
        self._socket, self._instance = socket, instance
        self._ended = False
        socket.setParent(self)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self._end)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._hang_up)
        self._patience.start(_READ_MS)
        self._read()

    def _read(self) -> None:
        if self._ended or not self._socket.canReadLine():
            if self._socket.bytesAvailable() > _LONGEST:
                self._hang_up()
            return
        line = self._socket.readLine(_LONGEST).data()
        try:
            summons = _read(bytes(line))
        except (ValueError, RecursionError):
            log.warning("not understood on the app's socket: %.200r", line)
            self._hang_up()
            return
        self._ended = True
        self._socket.write(_TAKEN)
        self._socket.flush()
        self._socket.disconnectFromServer()
        self._instance.summoned.emit(summons)

    def _hang_up(self) -> None:
        self._ended = True
        self._socket.abort()
        self._end()

    def _end(self) -> None:
        self._patience.stop()
        self.deleteLater()
