"""Fetching an embedding model, by the command that does so, in a process of its own."""

from PySide6.QtCore import QObject, Signal

from notesai.gui.settings.model_command import ModelCommand, Outcome


class ModelFetch(QObject):
    """Fetches one model at a time. `ended` brings what the command said if it failed, else ""."""

    ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.command = ModelCommand(self)
        self.command.ended.connect(self._ended)
        self.name = ""

    @property
    def running(self) -> bool:
        """True while a model is being fetched."""
        return bool(self.command.running)

    def start(self, name: str) -> None:
        """Fetch the model `name`, unless one is being fetched."""
        if self.command.start(("add", name, "--yes", "--json")):
            self.name = name

    def stop(self) -> None:
        """Give up; what has arrived is kept for the next time. Nothing is told."""
        self.command.stop()

    def _ended(self, outcome: Outcome) -> None:
        self.ended.emit(outcome.failure)
