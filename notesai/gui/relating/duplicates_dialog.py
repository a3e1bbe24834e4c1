"""All notes that say the same or nearly, and any two of them side by side."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from notesai.engine.protocol import Failure, FindDuplicates, ProgressMessage
from notesai.gui import states
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.i18n import number
from notesai.gui.relating.side_by_side import SideBySide
from notesai.gui.requests import Replies
from notesai.gui.rows import Row
from notesai.gui.states import State
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.row_list import RowList
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import DuplicatePair, Duplicates, NoteContent, NoteRef

MOST = 500
"""Pairs that are listed."""


@dataclass(frozen=True, slots=True)
class _Two:
    """Two notes that are shown side by side; `overlap` is None for equal ones."""

    left: NoteRef
    right: NoteRef
    overlap: float | None = None


class DuplicatesDialog(QDialog):
    """A list of pairs, and the chosen one with what differs. `note_wanted` brings a path to read.

    Nothing is deleted or changed here: the folder is the person's own.
    """

    note_wanted = Signal(str)

    def __init__(
        self, look: Appearance, client: EngineClient, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(Size.WINDOW[0] - 2 * Size.RAIL, Size.WINDOW_LEAST[1])
        self._client = client
        self._more = 0
        self._twos: list[_Two] = []
        self._texts: dict[str, str] = {}
        self._calls: list[int] = []
        self.list = RowList(look, 2, self)
        self.state = StatePane(look, self)
        self.compared = SideBySide(look, self)
        self.said = QLabel(self)
        self.said.setObjectName("faint")
        self.open_left, self.open_right = QPushButton(self), QPushButton(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._retranslate()
        self._find()

    def _lay_out(self) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.compared, 1)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.open_left)
        foot.addStretch(1)
        foot.addWidget(self.said)
        foot.addStretch(1)
        foot.addWidget(self.open_right)
        column.addLayout(foot)
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.setHandleWidth(Space.GAP)
        both.setChildrenCollapsible(False)
        both.addWidget(self.list)
        both.addWidget(right)
        both.setStretchFactor(1, 1)
        both.setSizes([Size.LIST, Size.WINDOW[0] - Size.LIST])
        for page in (self.state, both):
            self._stack.addWidget(page)
        page = QVBoxLayout(self)
        page.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        page.addWidget(self._stack)

    def _connect(self) -> None:
        self.list.chosen.connect(self._compare_chosen)
        self.list.picked.connect(self._compare_chosen)
        self.open_left.clicked.connect(lambda: self._open(left=True))
        self.open_right.clicked.connect(lambda: self._open(left=False))
        self.finished.connect(self._stop)
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.reject)

    def _find(self) -> None:
        self.state.say(lambda: State("related", self.tr("Comparing all notes…")))
        replies = Replies[Duplicates](ok=self._arrived, failed=self._failed, progress=self._say)
        self._calls.append(self._client.request(lambda n: FindDuplicates(id=n), replies))

    def _stop(self) -> None:
        for call in self._calls:
            self._client.cancel(call)

    def _say(self, step: ProgressMessage) -> None:
        done, total = number(step.done), number(step.total)
        said = self.tr("%1 of %2 notes").replace("%1", done).replace("%2", total)
        self.state.say(lambda: State("related", self.tr("Comparing all notes…"), said))

    def _failed(self, error: Failure) -> None:
        self.state.say(states.failed(error), self._find)
        self._stack.setCurrentIndex(0)

    def _arrived(self, found: Duplicates) -> None:
        twos = [*_equal(found), *map(_near, found.pairs)]
        self._twos, self._more = twos[:MOST], max(0, len(twos) - MOST) + found.more
        if not self._twos:
            self.state.say(
                lambda: State(
                    "check",
                    self.tr("No two notes say the same."),
                    self.tr("Notes that wait to be embedded are looked at later."),
                )
            )
            return
        self._show_rows()
        self._stack.setCurrentIndex(1)
        self.list.select_first()
        self.list.setFocus()

    def _show_rows(self) -> None:
        rows = [self._row(at, two) for at, two in enumerate(self._twos)]
        self.list.show_rows(rows, same_subject=True)
        more = self.tr("%1 more pairs are not listed.").replace("%1", number(self._more))
        self.said.setText(more if self._more else "")

    def _row(self, at: int, two: _Two) -> Row:
        alike = self.tr("identical") if two.overlap is None else f"{two.overlap:.0%}"
        title = two.left.title or two.left.path
        return Row(str(at), title, alike, snippet=two.left.path, detail=two.right.path)

    def _compare_chosen(self, row: Row) -> None:
        two = self._twos[int(row.path)]
        self.compared.name_them(two.left.path, two.right.path)
        for path in (two.left.path, two.right.path):
            if path not in self._texts:
                self._calls.append(self._client.read(path, Replies(ok=self._read)))
        self._show_texts()

    def _read(self, note: NoteContent) -> None:
        self._texts[note.path] = note.text
        self._show_texts()

    def _show_texts(self) -> None:
        two = self._chosen
        if two is not None and {two.left.path, two.right.path} <= self._texts.keys():
            left, right = self._texts[two.left.path], self._texts[two.right.path]
            self.compared.show_differences(left, right)

    @property
    def _chosen(self) -> _Two | None:
        row = self.list.current
        return self._twos[int(row.path)] if row is not None else None

    def _open(self, *, left: bool) -> None:
        two = self._chosen
        if two is not None:
            self.accept()
            self.note_wanted.emit(two.left.path if left else two.right.path)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Duplicates"))
        self.list.setAccessibleName(self.tr("Pairs of notes that say the same"))
        self.open_left.setText(self.tr("Open the left one"))
        self.open_right.setText(self.tr("Open the right one"))
        self._show_rows()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _equal(found: Duplicates) -> list[_Two]:
    """Each note of a group beside its first one."""
    return [_Two(group[0], other) for group in found.groups for other in group[1:]]


def _near(pair: DuplicatePair) -> _Two:
    left, right = NoteRef(pair.a, pair.a_title), NoteRef(pair.b, pair.b_title)
    return _Two(left, right, pair.overlap)
