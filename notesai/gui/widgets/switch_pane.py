"""What the models of an index are at: one that is being switched to, one to go back to."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from notesai.gui.activity import Activity, sentence
from notesai.gui.i18n import number
from notesai.gui.theme import Space
from notesai.model import Switching, VaultStatus

_STEPS = 1000


class SwitchPane(QWidget):
    """Progress and an end of a switch, the way back and its price, a model that fails.

    Hidden while there is nothing to say.
    """

    def __init__(self, activity: Activity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._activity = activity
        self._status: VaultStatus | None = None
        self.trouble = QLabel(self)
        self.trouble.setObjectName("warn")
        self.text = QLabel(self)
        self.text.setObjectName("soft")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.cancel = QPushButton(self)
        self.back = QPushButton(self)
        self.drop = QPushButton(self)
        self.cancel.clicked.connect(activity.cancel_switch)
        self.back.clicked.connect(activity.go_back)
        self.drop.clicked.connect(activity.drop_previous)
        activity.changed.connect(self._enable)
        self._lay_out()
        self._retranslate()
        self.hide()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        for button in (self.cancel, self.back, self.drop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for widget in (self.trouble, self.text, self.bar):
            column.addWidget(widget)
        for label in (self.trouble, self.text):
            label.setWordWrap(True)
        column.addLayout(buttons)

    def show_status(self, status: VaultStatus) -> None:
        """Show what `status` says of models."""
        self._status = status
        switching, previous = status.switching, status.previous_model
        self.trouble.setVisible(bool(status.model_trouble))
        self.trouble.setToolTip(status.model_trouble)
        self.bar.setVisible(switching is not None)
        self.cancel.setVisible(switching is not None)
        self.text.setVisible(switching is not None or bool(previous))
        # The way back is offered once the switch is over.
        for button in (self.back, self.drop):
            button.setVisible(switching is None and bool(previous))
        if switching is not None:
            self._show_switching(switching)
        self._retranslate()
        self._enable()
        self.setVisible(self.text.isVisibleTo(self) or self.trouble.isVisibleTo(self))

    def _show_switching(self, switching: Switching) -> None:
        total = max(1, switching.total)
        self.bar.setValue(_STEPS * min(switching.done, total) // total)

    def _enable(self) -> None:
        for button in (self.cancel, self.back, self.drop):
            button.setEnabled(self._activity.can_pause)

    def _words(self, status: VaultStatus) -> str:
        switching = status.switching
        if switching is None:
            kept = self.tr("The index made by %1 is kept, so that you can go back to it.")
            return kept.replace("%1", status.previous_model)
        text = self.tr("Switching to %1. The present index answers until the new one is whole.")
        done = self.tr("%1 of %2 passages")
        done = done.replace("%1", number(switching.done)).replace("%2", number(switching.total))
        parts = [done, self._activity.time_left(switching.seconds_left or 0)]
        return f"{text.replace('%1', switching.model)}\n{sentence(' · '.join(filter(None, parts)))}"

    def _retranslate(self) -> None:
        self.trouble.setText(self.tr("A model cannot be used now. Search goes on without it."))
        self.bar.setAccessibleName(self.tr("Switching the model"))
        self.cancel.setText(self.tr("Cancel the switch"))
        self.cancel.setToolTip(self.tr("Stay with the present model"))
        self.back.setText(self.tr("Go back"))
        self.back.setToolTip(self.tr("Use the model before again, at once"))
        self.drop.setText(self.tr("Free its space"))
        self.drop.setToolTip(self.tr("Delete the index of the model before"))
        if self._status is not None:
            self.text.setText(self._words(self._status))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
