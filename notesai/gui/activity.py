"""What the engine is doing, in one place for all who show it, and in words."""

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from notesai.engine.protocol import Done, EngineState, Failure, IndexProgress
from notesai.gui.client import EngineClient
from notesai.gui.i18n import number
from notesai.gui.requests import Replies
from notesai.model import VaultStatus

_REPAINT_MS = 100
_PACE_SECONDS = 15.0


class Pace:
    """How much is done in a second, over the last seconds of one phase."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._phase = ""
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, phase: str, done: int) -> None:
        """So much of `phase` is done now."""
        if phase != self._phase or (self._seen and done < self._seen[-1][1]):
            self._phase = phase
            self._seen.clear()
        now = self._clock()
        self._seen.append((now, done))
        while now - self._seen[0][0] > _PACE_SECONDS:
            self._seen.popleft()

    @property
    def per_second(self) -> float:
        """How much was done in a second; 0 while unknown."""
        if len(self._seen) < 2:
            return 0.0
        (began, before), (now, done) = self._seen[0], self._seen[-1]
        return (done - before) / (now - began) if now - began >= 1.0 else 0.0


class Activity(QObject):
    """The engine's state and how far indexing is. `changed` comes ten times a second at most."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._progress: IndexProgress | None = None
        self._paused = self._folder_gone = False
        self._pace = Pace()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REPAINT_MS)
        self._soon.timeout.connect(self.changed)
        client.state_changed.connect(self._state_changed)
        client.index_progress.connect(self._index_progress)
        client.troubled.connect(self._troubled)

    @property
    def state(self) -> EngineState:
        """The engine's last word on itself."""
        return self._client.state

    @property
    def progress(self) -> IndexProgress | None:
        """How far indexing is; nothing while there is none under way."""
        return self._progress

    @property
    def settled(self) -> bool:
        """True once all that was to be done since the engine is ready has been done."""
        return self._client.looked_through and self._progress is None

    @property
    def folder_gone(self) -> bool:
        """True while the folder of notes cannot be read, so that nothing can be up to date."""
        return self._folder_gone

    @property
    def paused(self) -> bool:
        """True while indexing is held."""
        return self._paused

    @property
    def can_pause(self) -> bool:
        """True while this engine is the one that writes the index."""
        return self._client.ready and self.state.writer

    def toggle_pause(self) -> None:
        """Hold indexing, or let it go on."""
        if self._paused:
            self._client.resume(Replies(ok=self._resumed, failed=self._failed))
        else:
            self._client.pause(Replies(ok=self._held, failed=self._failed))

    def reindex(self, *, rebuild: bool) -> None:
        """Compare the folder with the index now; with `rebuild`, from nothing."""
        self._client.reindex(Replies(failed=self._failed), rebuild=rebuild)

    def cancel_switch(self) -> None:
        """Give up the switch to another model."""
        self._client.cancel_switch(Replies(ok=self._model_changed, failed=self._failed))

    def go_back(self) -> None:
        """Use the model before again."""
        self._client.go_back(Replies(ok=self._model_changed, failed=self._failed))

    def drop_previous(self) -> None:
        """Free the space of the index of the model before."""
        self._client.drop_previous(Replies(ok=self._model_changed, failed=self._failed))

    def words(self) -> str:
        """What indexing is doing, in a few words."""
        if self.state.state == "starting":
            return self.tr("opening the index")
        if self.state.state == "failed":
            return self.tr("stopped")
        if self.state.state != "ready":
            return self.tr("search is restarting")
        if self._folder_gone:
            return self.tr("the folder of notes is not there")
        if self._paused:
            return self.tr("paused")
        if not self.state.writer:
            return self.tr("kept up to date by another window")
        return self._progress_words(self._progress)

    def _progress_words(self, progress: IndexProgress | None) -> str:
        if progress is None:
            # Between being ready and the first look at the folder nothing is known yet.
            looked = self._client.looked_through
            return self.tr("up to date") if looked else self.tr("looking through the folder")
        if progress.phase == "scan":
            return self.tr("looking through the folder")
        left = max(0, progress.total - progress.done)
        if progress.phase == "waiting":
            return self.tr("%Ln passage(s) wait until this machine is plugged in", None, left)
        if progress.phase == "words":
            text = self.tr("%Ln note(s) to read", None, left)
        else:
            text = self.tr("embedding %Ln passage(s)", None, left)
        left_words = self.time_left(progress.seconds_left)
        return f"{text} · {left_words}" if left_words else text

    def speed(self) -> str:
        """How quick indexing is; nothing while nothing is indexed."""
        progress = self._progress
        pace = self._pace.per_second
        if progress is None or self._paused or pace < 0.5:
            return ""
        if progress.phase == "words":
            return self.tr("%Ln note(s) a second", None, round(pace))
        if progress.phase == "meaning":
            return self.tr("%Ln passage(s) a second", None, round(pace))
        return ""

    def time_left(self, seconds: float) -> str:
        """A rough time, in words; nothing if it is unknown or hardly any."""
        if seconds < 10:
            return ""
        if seconds < 90:
            return self.tr("about a minute left")
        if seconds < 5400:
            minutes = round(seconds / 60)
            return self.tr("about %Ln minute(s) left", None, minutes)
        hours = round(seconds / 3600)
        return self.tr("about %Ln hour(s) left", None, hours)

    def _troubled(self, trouble: EngineState) -> None:
        if trouble.code.startswith("vault."):
            self._folder_gone = True
            self.changed.emit()

    def _state_changed(self, state: EngineState) -> None:
        self._folder_gone = False
        if state.state != "ready":
            self._progress, self._paused = None, False
        self.changed.emit()

    def _index_progress(self, progress: IndexProgress) -> None:
        self._paused = progress.paused
        self._progress = None if progress.phase == "done" else progress
        self._pace.note(progress.phase, progress.done)
        if self._progress is None:
            self._soon.stop()
            self.changed.emit()
        elif not self._soon.isActive():
            self._soon.start()

    def _held(self, _: Done) -> None:
        self._paused = True
        self.changed.emit()

    def _resumed(self, _: Done) -> None:
        self._paused = False
        self.changed.emit()

    def _model_changed(self, _: VaultStatus) -> None:
        self.changed.emit()

    def _failed(self, error: Failure) -> None:
        self.failed.emit(error)


def size_words(size: int) -> str:
    """A size on disk: "84.2 MB"."""
    if size < 1 << 20:
        return f"{number(max(1, round(size / 1024))) if size else 0} KB"
    if size < 1 << 30:
        return f"{size / (1 << 20):.1f} MB"
    return f"{size / (1 << 30):.2f} GB"


def sentence(words: str) -> str:
    """Words that stand alone: with a capital, where the language has them."""
    return words[:1].upper() + words[1:]
