"""The card of results: how many there are, how they were searched, and the list."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from notesai.gui.appearance import Appearance
from notesai.gui.i18n import number
from notesai.gui.icons import icon
from notesai.gui.misread import told
from notesai.gui.rows import Row
from notesai.gui.states import Describe
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.elided_label import ElidedLabel
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.row_list import RowList
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import SearchMode, SearchResult


class ResultsCard(Card):
    """Shows rows or says why there are none. `mode_chosen` brings a `SearchMode`; `ask_wanted` asks
    for a question to be put to the notes found."""

    mode_chosen = Signal(object)
    ask_wanted = Signal()

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: SearchResult | None = None
        self._stateful = False
        self._mode = SearchMode.HYBRID
        self.setMinimumWidth(Size.CARD_LEAST)
        self._heading = ElidedLabel("caps", self)
        self._mode_button = QToolButton(self)
        self._mode_button.setObjectName("choice")
        self._mode_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._mode_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._mode_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._mode_button.setIconSize(QSize(Size.CAPS, Size.CAPS))
        self._mode_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._modes = self._mode_menu()
        self.ask_button = IconButton(look, "ask", self)
        self.ask_button.clicked.connect(self.ask_wanted)
        self.ask_button.hide()
        look.changed.connect(self._tint)
        self._look = look
        self._tint()
        self.list = RowList(look, 3, self)
        self.state = StatePane(look, self)
        self._foot = QLabel(self)
        self._foot.setObjectName("faint")
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        self._foot.setWordWrap(True)
        self._foot.hide()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.list)
        self._lay_out()

    def _mode_menu(self) -> dict[SearchMode, QAction]:
        menu = QMenu(self._mode_button)
        group = QActionGroup(menu)
        actions: dict[SearchMode, QAction] = {}
        for mode in SearchMode:
            action = QAction(menu)
            action.setCheckable(True)
            action.setChecked(mode is self._mode)
            action.triggered.connect(lambda _=False, mode=mode: self._choose(mode))
            group.addAction(action)
            menu.addAction(action)
            actions[mode] = action
        self._mode_button.setMenu(menu)
        return actions

    def _lay_out(self) -> None:
        self.add_head(self._heading, self._mode_button, self.ask_button)
        self.add_list(self._stack)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.EDGE, 0, Space.EDGE, Space.M)
        foot.addWidget(self._foot)
        self.column.addLayout(foot)

    @property
    def shows_list(self) -> bool:
        """True while rows are shown, not a state."""
        return self._stack.currentWidget() is self.list

    def show_results(
        self, rows: Sequence[Row], result: SearchResult, *, same_subject: bool
    ) -> None:
        """Show the rows of a search."""
        self._result, self._stateful = result, False
        self._mode_button.show()
        self.list.show_rows(rows, same_subject=same_subject)
        self._stack.setCurrentWidget(self.list)
        self._retranslate_result()

    def show_recent(self, rows: Sequence[Row], *, same_subject: bool) -> None:
        """Show notes that were changed last."""
        self._result, self._stateful = None, False
        self._mode_button.hide()
        self.list.show_rows(rows, same_subject=same_subject)
        self._stack.setCurrentWidget(self.list)
        self._retranslate_result()

    def show_state(self, describe: Describe, action: Callable[[], None] | None = None) -> None:
        """Say why there are no rows, and what to do."""
        self._result = None
        self._stateful = True
        self.list.show_rows((), same_subject=False)
        self._retranslate_result()
        self.state.say(describe, action)
        self._stack.setCurrentWidget(self.state)

    def nothing_pends(self) -> None:
        """All passages have been embedded since the answer that is shown came."""
        if self._result is not None:
            self._result = replace(self._result, pending=0)
        self._retranslate_result()

    def set_mode(self, mode: SearchMode) -> None:
        """Show `mode` as the one in use."""
        self._mode = mode
        self._modes[mode].setChecked(True)
        self._mode_button.setText(self._mode_names()[mode])

    def retranslate(self) -> None:
        """Speak the window's language."""
        for mode, name in self._mode_names().items():
            self._modes[mode].setText(name)
        self.set_mode(self._mode)
        self._mode_button.setAccessibleName(self.tr("How to search"))
        self._mode_button.setToolTip(self.tr("How to search"))
        self.ask_button.name_it(self.tr("Ask about these results"))
        self._retranslate_result()

    def _retranslate_result(self) -> None:
        result = self._result
        self.ask_button.setVisible(result is not None and bool(result.hits))
        self._foot.setVisible(result is not None and bool(result.pending or result.misread))
        if result is None:
            self._heading.setText(self.tr("Notes") if self._stateful else self.tr("Recent notes"))
            self.list.setAccessibleName(self.tr("Recent notes"))
            return
        found = self.tr("%Ln result(s)", None, len(result.hits))
        self._heading.setText(f"{found} · {number(max(1, round(result.milliseconds)))} ms")
        self.list.setAccessibleName(self.tr("Results"))
        lines = list(map(told, result.misread))
        if result.pending:
            waiting = self.tr(
                "%Ln passage(s) can be found by word only so far.", None, result.pending
            )
            lines.append(waiting)
        self._foot.setText("\n".join(lines))

    def _mode_names(self) -> dict[SearchMode, str]:
        return {
            SearchMode.HYBRID: self.tr("Meaning + words"),
            SearchMode.SEMANTIC: self.tr("Meaning only"),
            SearchMode.LEXICAL: self.tr("Words only"),
        }

    def _tint(self) -> None:
        self._mode_button.setIcon(icon("chevron-down", self._look.tokens, Size.CAPS))

    def _choose(self, mode: SearchMode) -> None:
        self.set_mode(mode)
        self.mode_chosen.emit(mode)
