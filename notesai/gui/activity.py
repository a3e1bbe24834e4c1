"""What the engine is doing, in one place for all who show it, and in words."""

from PySide6.QtCore import QObject, QTimer, Signal

from notesai.engine.protocol import Done, EngineState, Failure, IndexProgress
from notesai.gui.client import EngineClient, Replies
from notesai.gui.i18n import number
from notesai.model import VaultStatus

_REPAINT_MS = 100


class Activity(QObject):
    """The engine's state and how far indexing is. `changed` comes ten times a second at most."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._progress: IndexProgress | None = None
        self._paused = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REPAINT_MS)
        self._soon.timeout.connect(self.changed)
        client.state_changed.connect(self._state_changed)
        client.index_progress.connect(self._index_progress)

    @property
    def state(self) -> EngineState:
        """The engine's last word on itself."""
        return self._client.state

    @property
    def progress(self) -> IndexProgress | None:
        """How far indexing is; nothing while there is none under way."""
        return self._progress

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
        if self._paused:
            return self.tr("paused")
        if not self.state.writer:
            return self.tr("kept up to date by another window")
        return self._progress_words(self._progress)

    def _progress_words(self, progress: IndexProgress | None) -> str:
        if progress is None:
            return self.tr("up to date")
        if progress.phase == "scan":
            return self.tr("looking through the folder")
        left = max(0, progress.total - progress.done)
        if progress.phase == "words":
            text = self.tr("%Ln note(s) to read", None, left)
        else:
            text = self.tr("embedding %Ln passage(s)", None, left)
        time = self.time_left(progress.seconds_left)
        return f"{text} · {time}" if time else text

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

    def _state_changed(self, state: EngineState) -> None:
        if state.state != "ready":
            self._progress, self._paused = None, False
        self.changed.emit()

    def _index_progress(self, progress: IndexProgress) -> None:
        self._paused = progress.paused
        self._progress = None if progress.phase == "done" else progress
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
