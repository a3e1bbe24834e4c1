"""The notes most similar to the one being read."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.rows import neighbour_row
from notesai.gui.states import Describe, State
from notesai.gui.theme import Size
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.row_list import RowList
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import SimilarResult


class Related(Card):
    """Related notes: likeness as a bar, the matching passage as a quote. `picked` brings a row."""

    picked = Signal(object)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: SimilarResult | None = None
        self.setMinimumWidth(Size.CARD_LEAST)
        self._heading = QLabel(self)
        self._heading.setObjectName("caps")
        self.list = RowList(look, 2, self)
        self.list.picked.connect(self.picked)
        self.list.opened.connect(self.picked)
        self.state = StatePane(look, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.list)
        self.add_head(self._heading)
        self.add_list(self._stack)
        self._retranslate()
        self.show_nothing()

    def show_nothing(self) -> None:
        """No note is being read."""
        self._shown = None
        self._say(lambda: State("related", self.tr("Open a note to see what is like it.")))

    def show_loading(self) -> None:
        """Related notes are on their way; what is shown stays until they come."""
        if self._shown is None:
            self._say(lambda: State("related", self.tr("Looking for related notes…")))

    def show_error(self, describe: Describe, again: Callable[[], None]) -> None:
        """They could not be found."""
        self._shown = None
        self._say(describe, again)

    def show_result(self, result: SimilarResult) -> None:
        """Show the neighbours of a note."""
        same = self._shown is not None and self._shown.note == result.note
        self._shown = result
        rows = [neighbour_row(neighbour) for neighbour in result.neighbours]
        self.list.show_rows(rows, same_subject=same)
        if rows:
            self._stack.setCurrentWidget(self.list)
        else:
            self._say(lambda: State("related", self.tr("No other note is like this one yet.")))

    def _say(self, describe: Describe, action: Callable[[], None] | None = None) -> None:
        self.state.say(describe, action)
        self._stack.setCurrentWidget(self.state)

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Related notes"))
        self.list.setAccessibleName(self.tr("Related notes"))
        if self._shown is not None:
            self.show_result(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
