"""Which chat model answers, in the head of the conversation; a click leads to the settings."""

from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from notesai.engine.protocol import ModelChoices
from notesai.gui.asking.wording import model_words
from notesai.gui.client import EngineClient
from notesai.gui.requests import Replies
from notesai.model import KnownModel

CHAT = "chat"
"""The task of the models that write answers."""


class ModelChip(QPushButton):
    """`known` follows each answer of the engine about its models. `chosen` answers the name in the
    settings, which may be a file that the engine's list does not have."""

    known = Signal()

    def __init__(
        self, client: EngineClient, chosen: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._chosen = client, chosen
        self._call = 0
        self.model: KnownModel | None = None
        self.setObjectName("chip")
        self._retranslate()

    @property
    def has_model(self) -> bool:
        """True if answers are written, as far as is known."""
        return self.model is not None or bool(self._chosen())

    def refresh(self) -> None:
        """Ask which model is in use."""
        self._client.cancel(self._call)
        self._call = self._client.list_models(Replies(ok=self._arrived))

    def forget(self) -> None:
        """Ask no more."""
        self._client.cancel(self._call)

    def _arrived(self, choices: ModelChoices) -> None:
        used = (model for model in choices.models if model.task == CHAT and model.in_use)
        self.show_model(next(used, None))

    def show_model(self, model: KnownModel | None) -> None:
        """Name `model` as the one that answers; None for quotes."""
        self.model = model
        self._retranslate()
        self.known.emit()

    def _retranslate(self) -> None:
        model = self.model
        if model is None and self._chosen():
            words = PurePath(self._chosen()).name
        elif model is None:
            words = self.tr("Quoted answers, no model")
        elif model.sends_to:
            words = self.tr("%1, sends to %2").replace("%1", model_words(model))
            words = words.replace("%2", model.sends_to)
        else:
            words = model_words(model)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(self.tr("Chat model: %1").replace("%1", words))
        self.setToolTip(self.tr("Choose the chat model in the settings"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
