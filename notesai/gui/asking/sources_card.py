"""The sources of the answer that the person looks at, beside the conversation."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.asking.source_card import SourceCard
from notesai.gui.states import State
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import AnswerKind, Citation


class SourcesCard(Card):
    """`opened` brings the citation of a card, `pointed` the numbers pointed at."""

    opened = Signal(object)
    pointed = Signal(tuple)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(Size.CARD_LEAST)
        self._heading = QLabel(self)
        self._heading.setObjectName("caps")
        self._kind: AnswerKind | None = None
        self._given = False
        self._shown: tuple[Citation, ...] = ()
        self._gone: tuple[bool, ...] = ()
        self.cards: list[SourceCard] = []
        self._stack = QStackedWidget(self)
        self.state = StatePane(look, self._stack)
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(Space.M, 0, Space.M, Space.M)
        self._column.setSpacing(Space.S)
        self._column.addStretch(1)
        self._area = QScrollArea(self._stack)
        self._area.setWidget(self._page)
        self._page.setAutoFillBackground(False)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self._area)
        self.add_head(self._heading)
        self.column.addWidget(self._stack, 1)
        self.state.say(self._nothing)
        self._retranslate()

    def show_sources(
        self,
        citations: Sequence[Citation],
        kind: AnswerKind | None,
        titles: Mapping[str, str],
        *,
        loaded: bool,
        given: bool = False,
    ) -> None:
        """Show `citations`; notes that `titles` does not name are gone if it is `loaded`.

        `given`: these are what the model reads, not yet what it names.
        """
        wanted = tuple(citations)
        gone = tuple(loaded and one.path not in titles for one in wanted)
        self._given = given
        if kind is not self._kind:
            self._kind = kind
            self.state.say(self._nothing)
        self._retranslate()
        if wanted == self._shown and gone == self._gone:
            return
        keep = self._kept(wanted, gone)
        for card in self.cards[keep:]:
            card.hide()
            card.deleteLater()
        del self.cards[keep:]
        for citation, missing in zip(wanted[keep:], gone[keep:], strict=True):
            self._add(citation, titles, gone=missing)
        self._shown, self._gone = wanted, gone
        self._stack.setCurrentIndex(1 if wanted else 0)
        self.state.say(self._nothing)
        if not keep:
            self._area.verticalScrollBar().setValue(0)

    def point_at(self, numbers: Sequence[int]) -> None:
        """Highlight the passages of these sources, and bring the first of them into sight."""
        first = True
        for card in self.cards:
            wanted = card.citation.n in numbers
            card.highlight(wanted)
            if wanted and first and not card.underMouse():
                self._area.ensureWidgetVisible(card, 0, Space.S)
            first = first and not wanted

    def _kept(self, wanted: tuple[Citation, ...], gone: tuple[bool, ...]) -> int:
        """How many of the cards from the first on are those that are wanted."""
        new_ones = zip(wanted, gone, strict=True)
        pairs = zip(new_ones, zip(self._shown, self._gone, strict=True), strict=False)
        count = 0
        for new, old in pairs:
            if new != old:
                break
            count += 1
        return count

    def _add(self, citation: Citation, titles: Mapping[str, str], *, gone: bool) -> None:
        name = citation.path.rpartition("/")[2]
        title = citation.title or titles.get(citation.path) or name
        card = SourceCard(citation, title, self._page, gone=gone)
        card.opened.connect(self.opened)
        card.pointed.connect(self.pointed)
        self.cards.append(card)
        self._column.insertWidget(len(self.cards) - 1, card)

    def _nothing(self) -> State:
        if self._kind is AnswerKind.GENERATED:
            what = self.tr("No source is named.")
            more = self.tr("“Why this answer” has the passages that the model was given.")
            return State("warning", what, more)
        return State("related", self.tr("The passages that an answer rests on stand here."))

    def _retranslate(self) -> None:
        if self._given:
            heading = self.tr("Passages found")
        elif self._kind is AnswerKind.NOT_COVERED:
            heading = self.tr("Nearest notes")
        else:
            heading = self.tr("Sources")
        self._heading.setText(heading)
        self._page.setAccessibleName(self._heading.text())

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
