"""Where the map comes from: asked for when it is looked at, and anew when notes have changed."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

from notesai.engine import protocol
from notesai.engine.protocol import Failure, IndexChanged, ProgressMessage
from notesai.gui.client import CANCELLED, EngineClient
from notesai.gui.map.placing import Placed, place
from notesai.gui.requests import Replies
from notesai.model import MapMethod, NoteMap

REFRESH_MS = 2000
_PATIENCE = 4
"""After an answer that took long, so many times as long passes before the next question."""


class MapSource(QObject):
    """Keeps asking for one map. `began` says that an answer is waited for, `progressed` how far
    it is (done, total), `arrived` brings a `Placed` map, perhaps one from before while a newer one
    is laid out (`busy`), `failed` a `Failure`; `stopped` is a person's wish."""

    began = Signal()
    progressed = Signal(int, int)
    arrived = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._method = MapMethod.TSNE
        self._call = 0
        self._started = 0.0
        self._took = 0.0
        self._looked_at = False
        self._stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._refresh)
        client.index_changed.connect(self._index_changed)

    @property
    def busy(self) -> bool:
        """True while an answer is waited for."""
        return self._call != 0

    @property
    def method(self) -> MapMethod:
        """How the plane is found."""
        return self._method

    def look(self, looking: bool) -> None:
        """Whether somebody looks: only then is anything asked for."""
        self._looked_at = looking
        if looking and self._stale and not self.busy:
            self.fetch()

    def choose(self, method: MapMethod) -> None:
        """Find the plane by another method."""
        if method is not self._method:
            self._method = method
            self.fetch()

    def fetch(self, *, anew: bool = False) -> None:
        """Ask for the map, laid out `anew` if wished. What was asked before is given up."""
        self._client.cancel(self._call)
        self._soon.stop()
        self._stale = False
        self._started = time.monotonic()
        method = self._method
        replies = Replies[NoteMap](
            ok=lambda found: self._place_soon(found, last=True),
            partial=lambda found: self._place_soon(found, last=False),
            failed=self._fail,
            progress=self._progress,
        )
        self._call = self._client.request(
            lambda number: protocol.FetchMap(id=number, projection=method, anew=anew), replies
        )
        self.began.emit()

    def cancel(self) -> None:
        """Give up what is under way."""
        if self.busy:
            self._drop()
            self._stale = True
            self.stopped.emit()

    def close(self) -> None:
        """Ask for nothing more."""
        self._drop()
        self._looked_at = False

    def engine_ready(self) -> None:
        """Ask again, for the engine is another one."""
        if self._looked_at and not self.busy and self._stale:
            self.fetch()

    def _drop(self) -> None:
        self._client.cancel(self._call)
        self._call = 0
        self._soon.stop()

    def _place_soon(self, found: NoteMap, *, last: bool) -> None:
        """To have read a large map was long enough: it is placed in a turn of its own, and passed
        on in the next.
        """
        call = self._call
        QTimer.singleShot(0, self, lambda: self._place(call, found, last=last))

    def _place(self, call: int, found: NoteMap, *, last: bool) -> None:
        if call == self._call:
            ready = place(found)
            QTimer.singleShot(0, self, lambda: self._pass_on(call, ready, last=last))

    def _pass_on(self, call: int, ready: Placed, *, last: bool) -> None:
        if call != self._call:
            return
        if not last:
            self.arrived.emit(ready)
            return
        self._call = 0
        self._took = time.monotonic() - self._started
        self.arrived.emit(ready)
        if self._stale and self._looked_at:
            self._later()

    def _fail(self, error: Failure) -> None:
        self._call = 0
        self._stale = True
        if error.code == CANCELLED:
            self._later()
        else:
            self.failed.emit(error)

    def _progress(self, progress: ProgressMessage) -> None:
        self.progressed.emit(progress.done, progress.total)

    def _index_changed(self, _: IndexChanged) -> None:
        self._stale = True
        if self._looked_at and not self.busy and not self._soon.isActive():
            self._later()

    def _later(self) -> None:
        self._soon.start(max(REFRESH_MS, round(_PATIENCE * self._took * 1000)))

    def _refresh(self) -> None:
        if self._looked_at and not self.busy:
            self.fetch()
