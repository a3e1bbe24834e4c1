"""The log of connections, as a table: the latest first."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    Qt,
)
from PySide6.QtCore import QPersistentModelIndex as PersistentIndex

from notesai.gui.activity import size_words

translate = QCoreApplication.translate

log = logging.getLogger(__name__)

MOST_BYTES = 1 << 20
"""So much of the log's end is shown; all of it is in the file."""

Index = QModelIndex | PersistentIndex


@dataclass(frozen=True, slots=True)
class Visit:
    """One line of the log. `time` is ISO 8601, `moved` counts bytes."""

    time: str
    host: str
    purpose: str
    moved: int


def read_visits(file: Path) -> list[Visit]:
    """The visits in the last megabyte of `file`, the latest first; lines that are none are left."""
    try:
        with file.open("rb") as source:
            size = source.seek(0, 2)
            source.seek(max(0, size - MOST_BYTES))
            data = source.read()
    except FileNotFoundError:
        return []
    except OSError as error:
        log.warning("the log of connections cannot be read: %s", error)
        return []
    found = (_visit(line) for line in reversed(data.splitlines()))
    return [visit for visit in found if visit is not None]


def _visit(line: bytes) -> Visit | None:
    try:
        values = json.loads(line)
        return Visit(
            str(values["time"]), str(values["host"]), str(values["purpose"]), int(values["bytes"])
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


class VisitTable(QAbstractTableModel):
    """When, with which host, what for, how much."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visits: list[Visit] = []

    def show_visits(self, visits: list[Visit]) -> None:
        """Show these instead of those there are."""
        self.beginResetModel()
        self._visits = visits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many visits there are."""
        return 0 if parent.isValid() else len(self._visits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Four."""
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, which is also its tooltip."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        visit = self._visits[index.row()]
        return (_moment(visit.time), visit.host, purpose(visit.purpose), size_words(visit.moved))[
            index.column()
        ]

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """What a column holds."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("When"), self.tr("Host"), self.tr("What for"), self.tr("Moved"))[section]

    def retranslate(self) -> None:
        """Say the headings in the window's language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 3)


def purpose(text: str) -> str:
    """What a connection was for, in the window's language; as it was written if not known here."""
    said, colon, name = text.partition("downloading the model ")
    if colon and not said:
        return translate("Purposes", "Fetching the model %1").replace("%1", name)
    known = {
        "vectors of texts": translate("Purposes", "Turning texts into vectors"),
        "the index": translate("Purposes", "Keeping the index there"),
    }
    return known.get(text, text)


def _moment(time: str) -> str:
    then = QDateTime.fromString(time, Qt.DateFormat.ISODate)
    shown = QLocale().toString(then.toLocalTime(), QLocale.FormatType.ShortFormat)
    return shown if then.isValid() else time
