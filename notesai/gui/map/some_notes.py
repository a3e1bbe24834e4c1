"""Notes picked out on the map: their list, a search among them, and their links to copy."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from notesai.engine import protocol
from notesai.engine.protocol import Failure
from notesai.gui import states
from notesai.gui.appearance import Appearance
from notesai.gui.client import CANCELLED, EngineClient
from notesai.gui.requests import Replies
from notesai.gui.rows import hit_row, map_row
from notesai.gui.states import State
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.elided_label import ElidedLabel
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.note_menu import wikilink
from notesai.gui.widgets.row_list import RowList
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import MapPoint, Scope, SearchResult

_PAUSE_MS = 150
_MOST = 100


class SomeNotes(Card):
    """A list of notes with a name. `picked` brings the `Row` of one, `ask_wanted` the paths of all
    that are listed, to ask something of; `closed` ends the list."""

    picked = Signal(object)
    ask_wanted = Signal(object)
    closed = Signal()

    def __init__(
        self, look: Appearance, client: EngineClient, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._notes: tuple[MapPoint, ...] = ()
        self._name = ""
        self._call = 0
        self._heading = ElidedLabel("caps", self)
        self.copy_button = IconButton(look, "link", self)
        self.ask_button = IconButton(look, "ask", self)
        self.close_button = IconButton(look, "close", self)
        self.field = QLineEdit(self)
        self.field.setObjectName("entry")
        self.field.setClearButtonEnabled(True)
        self._stack = QStackedWidget(self)
        self.list = RowList(look, 2, self._stack)
        self.state = StatePane(look, self._stack)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.state)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        self.setMinimumWidth(Size.CARD_LEAST)
        self.add_head(self._heading, self.ask_button, self.copy_button, self.close_button)
        line = QHBoxLayout()
        line.setContentsMargins(Space.L, 0, Space.L, Space.S)
        line.addWidget(self.field)
        self.column.addLayout(line)
        self.add_list(self._stack)

    def _connect(self) -> None:
        self._soon.timeout.connect(self._search)
        self.field.textChanged.connect(lambda: self._soon.start())
        self.list.picked.connect(self.picked)
        self.list.opened.connect(self.picked)
        self.copy_button.clicked.connect(self.copy_links)
        self.ask_button.clicked.connect(
            lambda: self.ask_wanted.emit(tuple(row.path for row in self.list.rows))
        )
        self.close_button.clicked.connect(self.closed)

    @property
    def notes(self) -> tuple[MapPoint, ...]:
        """The notes that were picked out."""
        return self._notes

    def show_notes(self, notes: Sequence[MapPoint], name: str = "") -> None:
        """List these, those changed last first; `name` says what they have in common."""
        self._notes = tuple(sorted(notes, key=lambda note: -note.modified))
        self._name = name
        self.field.clear()
        self._soon.stop()
        self._show_all()

    def clear(self) -> None:
        """List nothing."""
        self._client.cancel(self._call)
        self._soon.stop()
        self._notes = ()
        self.list.show_rows((), same_subject=False)

    def copy_links(self) -> None:
        """Put the links of the notes that are listed on the clipboard, one a line."""
        QGuiApplication.clipboard().setText(
            "\n".join(f"- {wikilink(row.path)}" for row in self.list.rows)
        )

    def _search(self) -> None:
        self._client.cancel(self._call)
        query = self.field.text().strip()
        if not query:
            self._show_all()
            return
        scope = Scope(paths=tuple(note.path for note in self._notes))
        self._call = self._client.request(
            lambda number: protocol.Search(
                id=number, query=query, k=_MOST, typing=True, scope=scope
            ),
            Replies[SearchResult](ok=self._found, failed=self._failed),
        )

    def _found(self, result: SearchResult) -> None:
        rows = [hit_row(hit) for hit in result.hits]
        self.list.show_rows(rows, same_subject=False)
        self._stack.setCurrentWidget(self.list)
        if not rows:
            self._say_none()
        self._name_it()

    def _say_none(self) -> None:
        self.state.say(lambda: State("search", self.tr("None of these notes holds that.")))
        self._stack.setCurrentWidget(self.state)

    def _failed(self, error: Failure) -> None:
        if error.code != CANCELLED:
            self.state.say(states.failed(error), self._search)
            self._stack.setCurrentWidget(self.state)

    def _show_all(self) -> None:
        self.list.show_rows([map_row(note) for note in self._notes], same_subject=False)
        self._stack.setCurrentWidget(self.list)
        self._name_it()

    def _name_it(self) -> None:
        count = self.tr("%Ln note(s)", None, len(self.list.rows))
        self._heading.setText(f"{self._name} · {count}" if self._name else count)
        self.list.setAccessibleName(self._heading.text())

    def _retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Search among these notes"))
        self.field.setAccessibleName(self.tr("Search among these notes"))
        self.copy_button.name_it(self.tr("Copy the links of these notes"))
        self.ask_button.name_it(self.tr("Ask these notes"))
        self.close_button.name_it(self.tr("Close the list"), "Esc")
        self._name_it()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
