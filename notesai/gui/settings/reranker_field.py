"""Choosing the model that puts results in order, among those that are on this computer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from notesai.gui.i18n import number
from notesai.gui.preferences import Preferences
from notesai.gui.settings.section import Choice, Field
from notesai.gui.theme import Space
from notesai.model import KnownModel

RERANK = "rerank"
"""The task of these models."""


class RerankerField(QWidget):
    """One of the installed ones, or none; `fetch_wanted` brings a `KnownModel` to be fetched."""

    fetch_wanted = Signal(object)

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._models: tuple[KnownModel, ...] = ()
        self.choice = Choice(("",), self)
        self._field = Field(self.choice, self)
        self.fetches: dict[str, QPushButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, Space.M, 0, 0)
        self._column.setSpacing(Space.XS)
        self._column.addWidget(self._field)
        preferences.changed.connect(self._changed)
        self.retranslate()

    def show_models(self, models: Sequence[KnownModel]) -> None:
        """Offer these rerankers: those that are here to be chosen, the others to be fetched."""
        if tuple(models) != self._models:
            self._models = tuple(models)
            self._rebuild()

    def _rebuild(self) -> None:
        installed = [model.name for model in self._models if model.installed]
        for old in (self._field, *self.fetches.values()):
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.choice = Choice(("", *installed))
        self.choice.chosen.connect(self._choose)
        self.choice.setVisible(bool(installed))
        self._field = Field(self.choice, self)
        self._column.addWidget(self._field)
        self.fetches = {}
        for model in self._models:
            if not model.installed:
                self._offer(model)
        self.retranslate()

    def _offer(self, model: KnownModel) -> None:
        button = QPushButton(self)
        button.setObjectName("quiet")
        button.clicked.connect(lambda: self.fetch_wanted.emit(model))
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.fetches[model.name] = button

    def _choose(self, name: str) -> None:
        self._preferences.change("reranker", name)

    def _changed(self, name: str) -> None:
        if name == "reranker":
            self.choice.show_value(self._preferences.now.reranker)

    def retranslate(self) -> None:
        """Say all texts in the window's language."""
        titles = {model.name: model.title for model in self._models}
        here = [titles[name] for name in self.choice.buttons if name]
        self.choice.name_values((self.tr("None"), *here))
        self.choice.show_value(self._preferences.now.reranker)
        self._field.name_it(
            self.tr("Results in a better order"),
            self.tr(
                "A model that reads each passage together with the query and puts the best first. "
                "It works in its own languages, takes up to a second and a half, and never delays "
                "the first results."
            ),
        )
        for model in self._models:
            if model.name in self.fetches:
                text = self.tr("Fetch %1 (%2 MB)").replace("%1", model.title)
                self.fetches[model.name].setText(text.replace("%2", number(model.size)))
