"""The chat models that there are, as a table."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtCore import QPersistentModelIndex as PersistentIndex

from notesai.gui.asking.wording import model_words
from notesai.gui.i18n import number
from notesai.model import KnownModel

Index = QModelIndex | PersistentIndex

_GIGABYTE = 1000


class ChatTable(QAbstractTableModel):
    """Title, Korean, size of the file, memory, whether it fits this machine, and its state."""

    COLUMNS = 6

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.models: tuple[KnownModel, ...] = ()

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
        """Six."""
        return 0 if parent.isValid() else self.COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, which is also its tooltip."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        model = self.models[index.row()]
        match index.column():
            case 0:
                return model_words(model)
            case 1:
                return self.tr("good") if "ko" in model.languages else ""
            case 2:
                return megabytes(model.size)
            case 3:
                return megabytes(model.memory)
            case 4:
                return self._fits(model)
            case _:
                return self._state(model)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """What a column holds."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Model"),
            self.tr("Korean"),
            self.tr("Download"),
            self.tr("Memory"),
            self.tr("Fits this machine"),
            self.tr("Now"),
        )[section]

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.COLUMNS - 1)
        if self.models:
            last = self.index(len(self.models) - 1, self.COLUMNS - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _fits(self, model: KnownModel) -> str:
        if model.sends_to:
            return self.tr("runs elsewhere")
        if model.fits is None:
            return self.tr("not known")
        return self.tr("yes") if model.fits else self.tr("no: too little memory")

    def _state(self, model: KnownModel) -> str:
        if model.in_use:
            return self.tr("in use")
        return self.tr("installed") if model.installed else self.tr("to be fetched")


def megabytes(size: int) -> str:
    """So many megabytes, from a thousand on as gigabytes; nothing where not known."""
    if size <= 0:
        return ""
    if size < _GIGABYTE:
        return f"{number(size)} MB"
    return f"{size / _GIGABYTE:.1f} GB"
