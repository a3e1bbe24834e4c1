"""The page of the program itself: its version, what is new in it, and what it is made of."""

from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from notesai import about
from notesai.gui.i18n import spoken
from notesai.gui.settings.licence_dialog import LicenceDialog
from notesai.gui.settings.model_command import ModelCommand, Outcome
from notesai.gui.settings.section import Field, Section, row_of
from notesai.gui.theme import Size
from notesai.gui.widgets.table import Table

_ROWS = 8

Index = QModelIndex | QPersistentModelIndex


class _Latest(msgspec.Struct, frozen=True):
    version: str
    newer: bool
    address: str


class _Told(msgspec.Struct, frozen=True):
    """What `notesai about --check --json` prints."""

    latest: _Latest


class PartsModel(QAbstractTableModel):
    """One row a library: name, version, licence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.parts: tuple[about.Part, ...] = ()

    def read(self) -> None:
        """Look up what there is, unless that was done: it takes a quarter of a second."""
        if not self.parts:
            self.beginResetModel()
            self.parts = about.parts()
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of parts."""
        return 0 if parent.isValid() else len(self.parts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, version, licence."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        part = self.parts[index.row()]
        return (part.name, part.version, part.licence)[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (self.tr("Part"), self.tr("Version"), self.tr("Licence"))[section]


class AboutSection(Section):
    """Version, news and licences. A newer version is looked for only when the button is pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.command = ModelCommand(self, under="about")
        self._outcome: Outcome | None = None
        self.version = QLabel(f"notesai {about.version()}", self)
        self.version.setObjectName("value")
        self.look = QPushButton(self)
        self.found = QLabel(self)
        self.found.setObjectName("soft")
        self.found.setWordWrap(True)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.news = QLabel(self)
        self.news.setWordWrap(True)
        self.parts = PartsModel(self)
        self.table = Table(self)
        self.table.setModel(self.parts)
        self.table.share_width(0, (0, Size.LABELS, Size.LIST - Size.LABELS // 2))
        self.table.setFixedHeight(_ROWS * Size.TABLE_ROW)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.read = QPushButton(self)
        self._news = Field(self.news, self)
        self._parts = Field(self.table, self)
        self.add(row_of(self.version, self.look), self.found, self._news, self._parts)
        self.add(row_of(self.read))
        self.look.clicked.connect(self._look)
        self.command.ended.connect(self._looked)
        self.read.clicked.connect(self._read)
        self.table.activated.connect(self._read)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Look up the parts when they are looked at."""
        super().showEvent(event)
        self.parts.read()
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _look(self) -> None:
        if self.command.start(("--check", "--json")):
            self.look.setEnabled(False)
            self._outcome = None
            self._say()

    def _looked(self, outcome: Outcome) -> None:
        self.look.setEnabled(True)
        self._outcome = outcome
        self._say()

    def _say(self) -> None:
        self.found.setText(self._said())
        self.found.setVisible(bool(self.found.text()))

    def _said(self) -> str:
        if self.command.running:
            return self.tr("Looking…")
        if self._outcome is None:
            return ""
        told = self._outcome.value(_Told)
        if isinstance(told, _Told):
            if not told.latest.newer:
                return self.tr("This is the newest version.")
            text = self.tr("Version %1 is there: %2")
            return text.replace("%1", told.latest.version).replace("%2", told.latest.address)
        if self._outcome.code == "network.off":
            return self.tr("The network is switched off in the settings. Nothing was sent.")
        return self.tr("The list of versions could not be read. Try again later.")

    def _chosen(self) -> None:
        self.read.setEnabled(bool(self.parts.parts and self._part().texts))

    def _part(self) -> about.Part:
        return self.parts.parts[max(0, self.table.currentIndex().row())]

    def _read(self) -> None:
        part = self._part() if self.parts.parts else None
        if part is not None and part.texts:
            dialog = LicenceDialog(part.name, part.texts, self.window())
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def retranslate(self) -> None:
        """Say all texts in the window's language."""
        self.heading.setText(self.tr("About notesai"))
        self.look.setText(self.tr("Look for a new version"))
        self.look.setToolTip(self.tr("Asks pypi.org once, now. It is never looked for unasked."))
        self.news.setText("\n".join(f"•  {line}" for line in about.news(spoken())))
        self._news.name_it(self.tr("What is new"))
        self._parts.name_it(self.tr("What notesai is made of"))
        self.table.name_it(self.tr("What notesai is made of"))
        self.read.setText(self.tr("Read the licence"))
        self.read.setToolTip(self.tr("The texts come with the installed program."))
        self.parts.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 2)
        self._say()
        self._chosen()
