"""The middle of the Ask view: the conversation, or what can be asked, and the question's box."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.asking.conversation import Conversation
from notesai.gui.asking.conversation_pane import ConversationPane
from notesai.gui.asking.model_chip import ModelChip
from notesai.gui.asking.notice_line import NoticeLine
from notesai.gui.asking.question_box import QuestionBox
from notesai.gui.client import EngineClient
from notesai.gui.states import State
from notesai.gui.theme import Size, Space
from notesai.gui.titles import Titles
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.state_pane import StatePane


class ConversationCard(Card):
    """`models_wanted` comes from the chip that names the model."""

    models_wanted = Signal()

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        conversation: Conversation,
        titles: Titles,
        title_of: Callable[[], Mapping[str, str]],
        chosen_model: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setMinimumWidth(Size.READER_LEAST)
        self._conversation = conversation
        self._heading = QLabel(self)
        self._heading.setObjectName("caps")
        self.chip = ModelChip(client, chosen_model, self)
        self._stack = QStackedWidget(self)
        self.pane = ConversationPane(look, conversation, title_of, self._stack)
        self.state = StatePane(look, self._stack)
        self.notice = NoticeLine(self)
        self.box = QuestionBox(look, titles, self)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.pane)
        self.add_head(self._heading, self.chip, left=Space.XL)
        self.column.addWidget(self._stack, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(Space.L, Space.S, Space.L, Space.L)
        foot.setSpacing(Space.S)
        foot.addWidget(self.notice)
        foot.addWidget(self.box)
        self.column.addLayout(foot)
        self.chip.clicked.connect(self.models_wanted)
        self.chip.known.connect(self._model_known)
        conversation.reset.connect(self._show)
        conversation.added.connect(self._show)
        conversation.changed.connect(self._show)
        self.state.say(self._empty)
        self._retranslate()
        self._show()

    def _model_known(self) -> None:
        self.pane.has_model = self.chip.has_model
        self.pane.refresh()

    def _show(self, _: int = -1) -> None:
        self._stack.setCurrentIndex(1 if self._conversation.exchanges else 0)
        self.box.show_busy(self._conversation.busy)

    def _empty(self) -> State:
        return State(
            "ask",
            self.tr("Ask your notes something."),
            self.tr("The answer comes from your notes alone, and names its sources."),
        )

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Ask"))
        self.pane.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
