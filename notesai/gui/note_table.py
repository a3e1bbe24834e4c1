"""Where every note stands in the index, as a table that is filtered and sorted here.

A proxy model would ask Python twice for each comparison; sorting ten thousand rows by keys that
are made once takes some milliseconds.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt
from PySide6.QtCore import QPersistentModelIndex as PersistentIndex

from notesai.engine.protocol import NoteState
from notesai.gui.i18n import number
from notesai.gui.reasons import reason
from notesai.model import NoteStatus

translate = QCoreApplication.translate

Index = QModelIndex | PersistentIndex

NOTE, STATE, PASSAGES, WHY = range(4)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TROUBLE_FIRST = (NoteStatus.FAILED, NoteStatus.SKIPPED, NoteStatus.PENDING, NoteStatus.INDEXED)


def state_name(status: NoteStatus) -> str:
    """What a state is called."""
    match status:
        case NoteStatus.INDEXED:
            return translate("NoteTable", "indexed")
        case NoteStatus.PENDING:
            return translate("NoteTable", "waiting")
        case NoteStatus.SKIPPED:
            return translate("NoteTable", "skipped")
        case NoteStatus.FAILED:
            return translate("NoteTable", "failed")


class NoteTable(QAbstractTableModel):
    """Note, state, passages, why not. `rows` are those that pass the filter, in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[NoteState, ...] = ()
        self._status: NoteStatus | None = None
        self._words: list[str] = []
        self._column, self._descending = STATE, False
        self.rows: list[NoteState] = []

    @property
    def notes(self) -> tuple[NoteState, ...]:
        """All notes."""
        return self._notes

    def show_notes(self, notes: tuple[NoteState, ...]) -> None:
        """Show these instead of those there are."""
        if notes != self._notes:
            self._notes = notes
            self._arrange()

    def show_status(self, status: NoteStatus | None) -> None:
        """Show only the notes of this state, or of all."""
        if status is not self._status:
            self._status = status
            self._arrange()

    def find(self, text: str) -> None:
        """Show only the notes that have each of these words in their path, title or reason."""
        words = text.casefold().split()
        if words != self._words:
            self._words = words
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._column, self._descending = column, order is Qt.SortOrder.DescendingOrder
        self._arrange()

    def row_of(self, path: str) -> int:
        """The row of the note at `path`, -1 if it is not shown."""
        return next((at for at, note in enumerate(self.rows) if note.path == path), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many notes are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Four."""
        return 0 if parent.isValid() else WHY + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, which is also its tooltip; figures stand at the right."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == PASSAGES:
            return _RIGHT
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        note = self.rows[index.row()]
        match index.column():
            case 0:
                return note.path
            case 1:
                return state_name(note.status)
            case 2:
                return number(note.passages) if note.passages else ""
            case _:
                return reason(note.reason) if note.reason else ""

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """What a column holds."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == PASSAGES:
            return _RIGHT
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Note"), self.tr("State"), self.tr("Passages"), self.tr("Why not"))[section]

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, WHY)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, WHY))

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = [note for note in self._notes if self._passes(note)]
        self.rows = sorted(shown, key=_KEYS[self._column], reverse=self._descending)
        self.endResetModel()

    def _passes(self, note: NoteState) -> bool:
        if self._status is not None and note.status is not self._status:
            return False
        if not self._words:
            return True
        text = f"{note.path} {note.title} {note.reason} {reason(note.reason)}".casefold()
        return all(word in text for word in self._words)


def failed(notes: Sequence[NoteState]) -> list[str]:
    """The paths of the notes that failed."""
    return [note.path for note in notes if note.status is NoteStatus.FAILED]


_KEYS: tuple[Callable[[NoteState], tuple[object, ...]], ...] = (
    lambda note: (note.path.casefold(),),
    lambda note: (_TROUBLE_FIRST.index(note.status), note.path.casefold()),
    lambda note: (note.passages, note.path.casefold()),
    lambda note: (not note.reason, note.reason, note.path.casefold()),
)
