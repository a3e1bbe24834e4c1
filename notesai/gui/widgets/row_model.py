"""The model behind the lists of results, notes and neighbours."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from notesai.gui.rows import Row

ROW = Qt.ItemDataRole.UserRole + 1


class RowModel(QAbstractListModel):
    """Rows, replaced as a whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in order."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show `rows` instead of those there are."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def position(self, path: str) -> int:
        """The position of the note at `path`, -1 if it is not there."""
        return next((at for at, row in enumerate(self._rows) if row.path == path), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The title, what a screen reader says, the path as tooltip, or under `ROW` the row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return row.path
            case _:
                return row if role == ROW else None
