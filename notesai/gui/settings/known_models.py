"""A table of models, whatever they are for: what tables of one kind or another have in common."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtCore import QPersistentModelIndex as PersistentIndex

from notesai.model import KnownModel

Index = QModelIndex | PersistentIndex


class KnownModels(QAbstractTableModel):
    """A row for each model; a kind of it has `headings`, and `text` for each cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.models: tuple[KnownModel, ...] = ()

    def headings(self) -> Sequence[str]:
        """What the columns hold, in their order."""
        raise NotImplementedError

    def text(self, model: KnownModel, column: int) -> str:
        """What stands in a cell."""
        raise NotImplementedError

    def show_models(self, models: tuple[KnownModel, ...]) -> None:
        """Show these instead of those there are."""
        if models != self.models:
            self.beginResetModel()
            self.models = models
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many models there are."""
        return 0 if parent.isValid() else len(self.models)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One for each heading."""
        return 0 if parent.isValid() else len(self.headings())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, which is also its tooltip."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        return self.text(self.models[index.row()], index.column())

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """What a column holds."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.headings()[section]

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        last = self.columnCount() - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self.models:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.models) - 1, last))

    def fits(self, model: KnownModel) -> str:
        """Whether a model fits this machine, in words."""
        if model.fits is None:
            return self.tr("not known")
        return self.tr("yes") if model.fits else self.tr("no: too little memory")

    def state(self, model: KnownModel) -> str:
        """What is with a model now, in words."""
        if model.in_use:
            return self.tr("in use")
        return self.tr("installed") if model.installed else self.tr("to be fetched")
